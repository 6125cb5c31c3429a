//! Buttons.

use super::class::class;
use super::icon::{IconName, picture};
use super::states::spinner;
use yew::prelude::*;

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one main thing to do.
    Primary,
    /// One of several things to do.
    #[default]
    Plain,
    /// Without a frame.
    Quiet,
    /// What cannot be taken back.
    Danger,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Plain => "button",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// What [`Button`] takes.
#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    /// How much it stands out.
    #[prop_or_default]
    pub kind: ButtonKind,
    /// A picture before the words.
    #[prop_or_default]
    pub icon: Option<IconName>,
    /// What it does; none for a button that submits its form.
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
    /// Whether it submits its form.
    #[prop_or_default]
    pub submit: bool,
    /// Whether it cannot be pressed now.
    #[prop_or_default]
    pub disabled: bool,
    /// Whether what it does is under way.
    #[prop_or_default]
    pub busy: bool,
    /// More classes.
    #[prop_or_default]
    pub class: &'static str,
    /// To reach the element.
    #[prop_or_default]
    pub node_ref: NodeRef,
    /// Its words.
    pub children: Html,
}

/// A button with words.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let kind = if props.submit { "submit" } else { "button" };
    // A button that is disabled loses the focus, and whoever is at the keyboard their place.
    let waits = props.busy && !props.submit;
    let onclick = if waits { Callback::noop() } else { props.onclick.clone() };
    html! {
        <button
            ref={props.node_ref.clone()}
            type={kind}
            class={class(&[props.kind.class(), props.class])}
            {onclick}
            disabled={props.disabled || (props.busy && props.submit)}
            aria-disabled={waits.then_some("true")}
            aria-busy={props.busy.then_some("true")}
        >
            if props.busy { { spinner() } } else if let Some(icon) = props.icon { { picture(icon) } }
            <span>{props.children.clone()}</span>
        </button>
    }
}

/// What [`IconButton`] takes.
#[derive(Properties, PartialEq)]
pub struct IconButtonProps {
    /// The picture.
    pub icon: IconName,
    /// What it does, in words: for screen readers and as a tip.
    pub label: AttrValue,
    /// What it does.
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
    /// Whether it cannot be pressed now.
    #[prop_or_default]
    pub disabled: bool,
    /// Whether it is switched on; `None` for a button that is no switch.
    #[prop_or_default]
    pub pressed: Option<bool>,
    /// More classes.
    #[prop_or_default]
    pub class: &'static str,
    /// To reach the element.
    #[prop_or_default]
    pub node_ref: NodeRef,
}

/// A button with a picture alone.
#[component]
pub fn IconButton(props: &IconButtonProps) -> Html {
    html! {
        <button
            ref={props.node_ref.clone()}
            type="button"
            class={class(&["icon-button", props.class])}
            onclick={props.onclick.clone()}
            disabled={props.disabled}
            aria-label={props.label.clone()}
            title={props.label.clone()}
            aria-pressed={props.pressed.map(|pressed| if pressed { "true" } else { "false" })}
        >
            { picture(props.icon) }
        </button>
    }
}

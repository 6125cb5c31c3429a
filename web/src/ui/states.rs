//! Waiting, nothing there, and failed.

use super::button::{Button, ButtonKind};
use super::icon::{IconName, picture};
use crate::words::common as words;
use yew::prelude::*;

/// A small sign of work under way.
pub fn spinner() -> Html {
    html! { <span class="spinner" aria-hidden="true"></span> }
}

/// What [`EmptyState`] takes.
#[derive(Properties, PartialEq)]
pub struct EmptyStateProps {
    /// The picture.
    pub icon: IconName,
    /// What is so.
    pub title: AttrValue,
    /// What can be done.
    #[prop_or_default]
    pub detail: AttrValue,
    /// Buttons.
    #[prop_or_default]
    pub children: Html,
}

/// Nothing is there, and what to do about it.
#[component]
pub fn EmptyState(props: &EmptyStateProps) -> Html {
    html! {
        <div class="state">
            <span class="state-picture">{ picture(props.icon) }</span>
            <p class="state-title">{&props.title}</p>
            if !props.detail.is_empty() { <p class="state-detail">{&props.detail}</p> }
            {props.children.clone()}
        </div>
    }
}

/// What [`ErrorState`] takes.
#[derive(Properties, PartialEq)]
pub struct ErrorStateProps {
    /// What happened.
    pub detail: AttrValue,
    /// Tries again.
    pub on_retry: Callback<()>,
}

/// Something could not be loaded.
#[component]
pub fn ErrorState(props: &ErrorStateProps) -> Html {
    let onclick = props.on_retry.reform(|_| ());
    html! {
        <div class="state" role="alert">
            <span class="state-picture state-picture-error">{ picture(IconName::Warning) }</span>
            <p class="state-title">{words::ERROR_TITLE}</p>
            <p class="state-detail">{&props.detail}</p>
            <Button kind={ButtonKind::Plain} icon={IconName::Redo} {onclick}>{words::RETRY}</Button>
        </div>
    }
}

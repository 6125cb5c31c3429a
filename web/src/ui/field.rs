//! Labelled fields of forms.

use super::icon::{IconName, picture};
use super::input::value_of;
use crate::words::account as words;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What [`TextField`] takes.
#[derive(Properties, PartialEq)]
pub struct TextFieldProps {
    /// The element's id.
    pub id: AttrValue,
    /// Its label.
    pub label: AttrValue,
    /// `text`, `email` or `password`; a password can be revealed.
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    /// What is typed.
    pub value: AttrValue,
    /// Something was typed.
    pub on_input: Callback<String>,
    /// For password managers (HTML, "Autofill").
    #[prop_or_default]
    pub autocomplete: AttrValue,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What to know before typing.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Names to choose from.
    #[prop_or_default]
    pub options: Vec<AttrValue>,
    /// Whether it has the focus at first.
    #[prop_or_default]
    pub autofocus: bool,
    /// Whether it has to be filled in.
    #[prop_or_default]
    pub required: bool,
}

/// A labelled field; what is wrong with it stands below and is announced.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let revealed = use_state(bool::default);
    let node = use_node_ref();
    use_effect_with((props.autofocus, node.clone()), |(autofocus, node)| {
        if let (true, Some(input)) = (*autofocus, node.cast::<HtmlInputElement>()) {
            let _ = input.focus();
        }
    });
    let is_password = props.kind == "password";
    let kind = if is_password && *revealed { AttrValue::Static("text") } else { props.kind.clone() };
    let oninput = props.on_input.reform(|event: InputEvent| value_of(&event));
    let reveal = {
        let revealed = revealed.clone();
        Callback::from(move |_: MouseEvent| revealed.set(!*revealed))
    };
    let note = format!("{}-note", props.id);
    let list = (!props.options.is_empty()).then(|| format!("{}-options", props.id));
    let (icon, label) =
        if *revealed { (IconName::EyeOff, words::HIDE_PASSWORD) } else { (IconName::Eye, words::SHOW_PASSWORD) };
    html! {
        <div class="field">
            <label for={props.id.clone()}>{&props.label}</label>
            <div class="input-box">
                <input ref={node} id={props.id.clone()} name={props.id.clone()} class="input" type={kind} value={props.value.clone()}
                    {oninput} autocomplete={props.autocomplete.clone()} required={props.required} aria-describedby={note.clone()}
                    aria-invalid={props.error.is_some().then_some("true")} list={list.clone()}
                    autocapitalize={(props.kind != "text").then_some("none")} spellcheck={(props.kind != "text").then_some("false")} />
                if is_password {
                    <button type="button" class="icon-button reveal" onclick={reveal} aria-label={label} title={label}
                        aria-pressed={if *revealed { "true" } else { "false" }}>{ picture(icon) }</button>
                }
            </div>
            if let Some(list) = list {
                <datalist id={list}>{ for props.options.iter().map(|name| html! { <option value={name.clone()} /> }) }</datalist>
            }
            <span id={note} class={if props.error.is_some() { "field-error" } else { "note" }} aria-live="polite">
                { props.error.clone().or_else(|| props.hint.clone()).unwrap_or_default() }
            </span>
        </div>
    }
}

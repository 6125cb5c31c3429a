//! The browser's own modal dialog: it holds the focus, closes on Escape and gives the focus back.

use super::button::IconButton;
use super::class::class;
use super::icon::IconName;
use super::input::on_press;
use crate::words::common as words;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};
use yew::prelude::*;

/// What [`Dialog`] takes.
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// Its heading.
    pub title: AttrValue,
    /// It wants to be closed.
    pub on_close: Callback<()>,
    /// More classes.
    #[prop_or_default]
    pub class: &'static str,
    /// What it holds.
    pub children: Html,
}

/// A modal dialog, open as long as it is rendered.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let dialog = use_node_ref();
    use_effect_with((), {
        let dialog = dialog.clone();
        move |()| {
            let before = web_sys::window()
                .and_then(|window| window.document())
                .and_then(|document| document.active_element())
                .and_then(|element| element.dyn_into::<HtmlElement>().ok());
            let element = dialog.cast::<HtmlDialogElement>();
            if let Some(element) = &element {
                let _ = element.show_modal();
            }
            move || {
                if let Some(element) = element {
                    element.close();
                }
                if let Some(before) = before {
                    let _ = before.focus();
                }
            }
        }
    });
    let oncancel = props.on_close.reform(|event: Event| event.prevent_default());
    let onclick = {
        let (dialog, on_close) = (dialog.clone(), props.on_close.clone());
        Callback::from(move |event: MouseEvent| {
            let on_backdrop = event.target().zip(dialog.get()).is_some_and(|(target, node)| *node == target);
            if on_backdrop {
                on_close.emit(());
            }
        })
    };
    let close = on_press(&props.on_close);
    html! {
        <dialog ref={dialog} class={class(&["dialog", props.class])} {oncancel} {onclick}
            aria-labelledby="dialog-title">
            <div class="dialog-box">
                <header class="dialog-head">
                    <h2 id="dialog-title">{&props.title}</h2>
                    <IconButton icon={IconName::Close} label={words::CLOSE} onclick={close} />
                </header>
                {props.children.clone()}
            </div>
        </dialog>
    }
}

//! The title, while it is being edited in its row.

use super::row::RowEvent;
use crate::words::tasks as words;
use todo_contract::limits::TITLE_MAX;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct TitleEditProps {
    pub(super) title: AttrValue,
    pub(super) on: Callback<RowEvent>,
}

/// Enter and leaving the field save, Escape does not.
#[component]
pub(super) fn TitleEdit(props: &TitleEditProps) -> Html {
    let node = use_node_ref();
    let over = use_mut_ref(|| false);
    use_effect_with((), {
        let node = node.clone();
        move |()| {
            if let Some(input) = node.cast::<HtmlInputElement>() {
                let _ = input.focus();
                input.select();
            }
        }
    });
    let end = {
        let (on, over, before) = (props.on.clone(), over, props.title.clone());
        move |text: Option<String>| {
            if over.replace(true) {
                return;
            }
            match text.filter(|text| !text.trim().is_empty() && text.trim() != before.as_str()) {
                Some(text) => on.emit(RowEvent::Renamed(text)),
                None => on.emit(RowEvent::EditLeft),
            }
        }
    };
    let onkeydown = {
        let (end, node) = (end.clone(), node.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if !event.is_composing() => {
                event.prevent_default();
                end(node.cast::<HtmlInputElement>().map(|input| input.value()));
            }
            "Escape" => {
                event.stop_propagation();
                end(None);
            }
            _ => {}
        })
    };
    let onblur = {
        let node = node.clone();
        Callback::from(move |_: FocusEvent| end(node.cast::<HtmlInputElement>().map(|input| input.value())))
    };
    html! {
        <input ref={node} class="title-input" type="text" value={props.title.clone()} {onkeydown} {onblur}
            maxlength={TITLE_MAX.to_string()} aria-label={words::TITLE} autocomplete="off" />
    }
}

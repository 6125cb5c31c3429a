//! A button with a panel below it, closed by Escape, by a press outside, and by leaving it with Tab.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct PopoverProps {
    pub class: &'static str,
    pub open: bool,
    pub on_toggle: Callback<bool>,
    pub label: AttrValue,
    pub button: Html,
    pub children: Html,
}

/// The button, and the panel while it is open.
#[component]
pub(super) fn Popover(props: &PopoverProps) -> Html {
    let root = use_node_ref();
    let trigger = use_node_ref();
    use_effect_with((props.open, props.on_toggle.clone()), {
        let root = root.clone();
        move |(open, on_toggle): &(bool, Callback<bool>)| {
            let document = web_sys::window().and_then(|window| window.document()).filter(|_| *open);
            let on_toggle = on_toggle.clone();
            let listener = document.map(|document| {
                EventListener::new(&document, "pointerdown", move |event| {
                    let inside = |node: &Node| root.cast::<Node>().is_some_and(|root| root.contains(Some(node)));
                    let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
                    if !target.as_ref().is_some_and(inside) {
                        on_toggle.emit(false);
                    }
                })
            });
            move || drop(listener)
        }
    });
    let on_keydown = {
        let (open, on_toggle, trigger) = (props.open, props.on_toggle.clone(), trigger.clone());
        Callback::from(move |event: KeyboardEvent| {
            if open && event.key() == "Escape" && !event.default_prevented() {
                event.prevent_default();
                on_toggle.emit(false);
                if let Some(trigger) = trigger.cast::<HtmlElement>() {
                    drop(trigger.focus());
                }
            }
        })
    };
    let toggle = {
        let open = props.open;
        props.on_toggle.reform(move |_: MouseEvent| !open)
    };
    html! {
        <div class={crate::ui::class(&["popover", props.class])} ref={root} onkeydown={on_keydown}>
            <button class="popover-button" ref={trigger} onclick={toggle} aria-expanded={props.open.to_string()} aria-label={props.label.clone()}
                title={props.label.clone()}>{ props.button.clone() }</button>
            if props.open {
                <div class="popover-panel">{ props.children.clone() }</div>
            }
        </div>
    }
}

//! Shortcuts: from key presses anywhere on the page to commands, and the list of them.

use super::keys::{Command, Focus, Press, command};
use crate::ui::Dialog;
use crate::ui::hooks::use_stable;
use crate::words::{common, tasks as words};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use todo_contract::TaskId;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};
use yew::prelude::*;

/// A placeholder of the list needs this long to become rows.
const RENDER_MS: u32 = 80;

/// Turns key presses into commands; `on_command` answers whether it had a use for one.
#[hook]
pub(super) fn use_shortcuts(on_command: Callback<(Command, KeyboardEvent)>) {
    let on_command = use_stable(on_command);
    use_effect_with((), move |()| {
        let listener = document().map(|document| {
            EventListener::new_with_options(
                &document,
                "keydown",
                EventListenerOptions::enable_prevent_default(),
                move |event| {
                    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                    if event.default_prevented() || event.is_composing() {
                        return;
                    }
                    let press = Press {
                        key: event.key(),
                        ctrl: event.ctrl_key() || event.meta_key(),
                        alt: event.alt_key(),
                        shift: event.shift_key(),
                    };
                    if let Some(command) = command(&press, focus_now()) {
                        on_command.emit((command, event.clone()));
                    }
                },
            )
        });
        move || drop(listener)
    });
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn focus_now() -> Focus {
    let Some(document) = document() else { return Focus::Elsewhere };
    if document.query_selector("dialog[open], [role=menu]").is_ok_and(|open| open.is_some()) {
        return Focus::Typing;
    }
    let Some(active) = document.active_element() else { return Focus::Elsewhere };
    let is = |selector: &str| active.matches(selector).unwrap_or(false);
    if is("textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])") {
        Focus::Typing
    } else if is("[data-task]") {
        Focus::Row
    } else if is("button, a, input, summary, [tabindex]") {
        Focus::Control
    } else {
        Focus::Elsewhere
    }
}

fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Moves the focus to an element.
pub(super) fn focus(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.focus();
    }
}

/// Moves the focus to the first row.
pub(super) fn focus_first_row() {
    let row = document().and_then(|document| document.query_selector("[data-task]").ok().flatten());
    if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        let _ = row.focus();
    }
}

/// Moves the focus to a row, which may first have to be scrolled near to be rendered.
pub(super) fn focus_row(id: TaskId, place: usize) {
    let name = format!("task-{id}");
    if let Some(row) = element(&name) {
        let _ = row.focus();
        return;
    }
    let chunks = document().and_then(|document| document.query_selector_all(".chunk").ok());
    let chunk = chunks.and_then(|chunks| chunks.get(u32::try_from(place / super::chunk::CHUNK).ok()?));
    if let Some(chunk) = chunk.and_then(|chunk| chunk.dyn_into::<Element>().ok()) {
        chunk.scroll_into_view();
    }
    Timeout::new(RENDER_MS, move || focus(&name)).forget();
}

#[derive(Properties, PartialEq)]
pub(super) struct ShortcutsProps {
    pub(super) on_close: Callback<()>,
}

/// The list of shortcuts.
#[component]
pub(super) fn Shortcuts(props: &ShortcutsProps) -> Html {
    html! {
        <Dialog title={common::SHORTCUTS} on_close={props.on_close.clone()} class="dialog-small">
            <dl class="shortcuts">
                { for words::SHORTCUTS.iter().map(|(keys, what)| html! {
                    <div>
                        <dt>{what}</dt>
                        <dd>{ for keys.iter().map(|key| html! { <kbd>{key}</kbd> }) }</dd>
                    </div>
                }) }
            </dl>
        </Dialog>
    }
}

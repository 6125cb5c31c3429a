//! What comes from the browser's events.

use js_sys::Reflect;
use yew::prelude::*;

/// The text of the field in which something was typed, or the value of the choice that was made.
#[must_use]
pub fn value_of(event: &Event) -> String {
    event
        .target()
        .and_then(|target| Reflect::get(&target, &"value".into()).ok())
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// For a button that needs nothing of its event.
#[must_use]
pub fn on_press(tell: &Callback<()>) -> Callback<MouseEvent> {
    tell.reform(|_: MouseEvent| ())
}

//! Waiting, nothing there, and failed.

use super::button::{Button, ButtonKind};
use super::icon::{IconName, picture};
use crate::words::common as words;
use yew::prelude::*;

/// A small sign of work under way.
pub fn spinner() -> Html {
    html! { <span class="spinner" aria-hidden="true"></span> }
}

/// Nothing is there, and what to do about it.
pub fn empty_state(icon: IconName, title: &'static str, detail: &'static str, actions: Html) -> Html {
    html! {
        <div class="state">
            <span class="state-picture">{ picture(icon) }</span>
            <p class="state-title">{title}</p>
            if !detail.is_empty() { <p class="state-detail">{detail}</p> }
            {actions}
        </div>
    }
}

/// Something could not be loaded.
pub fn error_state(detail: &str, on_retry: &Callback<()>) -> Html {
    let onclick = on_retry.reform(|_| ());
    html! {
        <div class="state" role="alert">
            <span class="state-picture state-picture-error">{ picture(IconName::Warning) }</span>
            <p class="state-title">{words::ERROR_TITLE}</p>
            <p class="state-detail">{detail.to_owned()}</p>
            <Button kind={ButtonKind::Plain} icon={IconName::Redo} {onclick}>{words::RETRY}</Button>
        </div>
    }
}

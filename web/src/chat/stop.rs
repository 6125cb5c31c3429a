//! Stopping what is at work.

use super::handle::Chat;
use crate::api::ApiError;
use crate::store::use_store;
use todo_contract::TurnId;
use yew::prelude::*;

/// Stops a turn, and says so if that fails.
#[hook]
pub(super) fn use_stop(chat: &Chat) -> Callback<TurnId> {
    let store = use_store();
    let chat = chat.clone();
    Callback::from(move |turn| {
        let store = store.clone();
        chat.stop(turn, Callback::from(move |error: ApiError| store.report(&error)));
    })
}

/// Escape stops the turn at work, unless it closed something first.
#[hook]
pub(super) fn use_stop_on_escape(chat: &Chat) -> Callback<KeyboardEvent> {
    let stop = use_stop(chat);
    let at_work = chat.active_turn().filter(|turn| turn.is_stoppable()).map(|turn| turn.id);
    Callback::from(move |event: KeyboardEvent| {
        if let Some(turn) = at_work
            && event.key() == "Escape"
            && !event.default_prevented()
        {
            event.prevent_default();
            stop.emit(turn);
        }
    })
}

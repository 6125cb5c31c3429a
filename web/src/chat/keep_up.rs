//! Keeps the chat up to date with the server and with other tabs.

use super::handle::Chat;
use super::state::ChatAction;
use super::turn::Delivery;
use crate::activity::use_journal_news;
use crate::store::use_store;
use gloo_events::EventListener;
use todo_contract::Operation;
use yew::prelude::*;

/// Fetches what is shown at first, again when the page comes to the front, and when the journal tells of a turn
/// that is not known here; sends again what could not be sent.
#[hook]
pub(super) fn use_keeping_up(chat: &Chat) {
    let store = use_store();
    use_effect_with(store.online, {
        let chat = chat.clone();
        move |online| {
            if *online {
                chat.fetch_conversations();
                resend_what_waited(&chat);
            }
        }
    });
    use_effect_with((), {
        let chat = chat.clone();
        move |()| {
            let listeners = web_sys::window().map(|window| {
                let refresh = chat.clone();
                let to_front = EventListener::new(&window, "focus", move |_| {
                    refresh.fetch_conversations();
                    refresh.refresh_turns();
                });
                (to_front, EventListener::new(&window, "online", move |_| resend_what_waited(&chat)))
            });
            move || drop(listeners)
        }
    });
    use_journal_news({
        let chat = chat.clone();
        Callback::from(move |news: Vec<Operation>| {
            let known = |row: &Operation| row.turn_id.is_none_or(|id| chat.turns.iter().any(|turn| turn.id == id));
            if !news.iter().all(known) {
                chat.fetch_conversations();
                chat.refresh_turns();
            }
            chat.dispatch(ChatAction::Recorded(news));
        })
    });
}

fn resend_what_waited(chat: &Chat) {
    for turn in chat.turns.iter().filter(|turn| matches!(turn.delivery, Delivery::Unsent { offline: true, .. })) {
        chat.resend(turn);
    }
}

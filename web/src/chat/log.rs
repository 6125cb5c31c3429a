//! The messages of a conversation.

use super::announcer::Announcer;
use super::empty::empty_chat;
use super::handle::Chat;
use super::scroll::use_stick_to_end;
use super::state::Load;
use super::turn_card::TurnCard;
use crate::store::{Store, use_store};
use crate::ui::{Button, ButtonKind, IconName, error_state, picture};
use crate::words::{chat as words, common};
use yew::prelude::*;

/// The messages, the first screen where there are none, and what went wrong in fetching them.
#[component]
pub(super) fn MessageLog() -> Html {
    let chat = use_context::<Chat>();
    let store = use_store();
    let log = use_node_ref();
    let shown = chat.as_deref().map(|chat| (chat.current, chat.turns.clone()));
    let (is_away, on_scroll, go_to_end) = use_stick_to_end(&log, shown);
    let Some(chat) = chat else { return Html::default() };
    let busy = (chat.turns_load == Load::Loading).to_string();
    html! {
        <div class="chat-scroller">
            <div class="chat-log" role="log" aria-live="off" aria-label={words::LOG} tabindex="0" ref={log}
                onscroll={on_scroll} aria-busy={busy}>
                <div class="chat-column">{ messages(&chat, store) }</div>
            </div>
            if is_away {
                <button type="button" class="chat-pill" onclick={go_to_end}>
                    { picture(IconName::ArrowDown) }{ words::NEW_MESSAGES }
                </button>
            }
            <Announcer turns={chat.turns.clone()} />
        </div>
    }
}

fn messages(chat: &Chat, store: Store) -> Html {
    match &chat.turns_load {
        Load::Loading => skeleton(),
        Load::Failed(reason) => {
            let chat = chat.clone();
            let retry = Callback::from(move |()| chat.open(chat.current));
            error_state(reason, &retry)
        }
        Load::Ready if chat.turns.is_empty() => empty_chat(chat),
        Load::Ready => html! {
            <>
                if chat.earlier.is_some() { { earlier_button(chat, store) } }
                { for chat.turns.iter().map(|turn| html! {
                    <TurnCard key={turn.id.to_string()} turn={turn.clone()} />
                }) }
            </>
        },
    }
}

fn earlier_button(chat: &Chat, store: Store) -> Html {
    let chat = chat.clone();
    let fetch = Callback::from(move |_: MouseEvent| {
        let store = store.clone();
        chat.fetch_earlier(Callback::from(move |error| store.report(&error)));
    });
    html! { <p class="chat-earlier"><Button kind={ButtonKind::Quiet} onclick={fetch}>{ words::EARLIER }</Button></p> }
}

fn skeleton() -> Html {
    html! {
        <div class="chat-skeleton" role="status" aria-label={common::LOADING}>
            <span class="chat-skeleton-own" /><span /><span /><span class="chat-skeleton-own" /><span />
        </div>
    }
}

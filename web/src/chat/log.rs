//! The messages of a conversation.

use super::announcer::Announcer;
use super::empty::EmptyChat;
use super::handle::Chat;
use super::scroll::use_stick_to_end;
use super::state::Load;
use super::turn_card::TurnCard;
use crate::ui::{Icon, IconName};
use crate::words::{chat as words, common};
use yew::prelude::*;

/// The messages, the first screen where there are none, and what went wrong in fetching them.
#[component]
pub(super) fn MessageLog() -> Html {
    let Some(chat) = use_context::<Chat>() else { return Html::default() };
    let log = use_node_ref();
    let (is_away, on_scroll, go_to_end) = use_stick_to_end(&log, chat.current, &chat.turns);
    let retry = {
        let chat = chat.clone();
        Callback::from(move |_: MouseEvent| chat.open(chat.current))
    };
    let messages = match &chat.turns_load {
        Load::Loading => html! { <Skeleton /> },
        Load::Failed(reason) => html! {
            <div class="chat-note" role="alert">
                <p>{ words::TURNS_FAILED }</p>
                <p class="chat-muted">{ reason }</p>
                <button class="button" onclick={retry}>{ common::RETRY }</button>
            </div>
        },
        Load::Ready if chat.turns.is_empty() => html! { <EmptyChat /> },
        Load::Ready => {
            chat.turns.iter().map(|turn| html! { <TurnCard key={turn.id.to_string()} turn={turn.clone()} /> }).collect()
        }
    };
    html! {
        <div class="chat-scroller">
            <div class="chat-log" role="log" aria-live="off" aria-label={words::LOG} tabindex="0" ref={log} onscroll={on_scroll}
                aria-busy={(chat.turns_load == Load::Loading).to_string()}>
                <div class="chat-column">{ messages }</div>
            </div>
            if is_away {
                <button class="chat-pill" onclick={go_to_end}>
                    <Icon name={IconName::ArrowDown} />{ words::NEW_MESSAGES }
                </button>
            }
            <Announcer turns={chat.turns.clone()} />
        </div>
    }
}

#[component]
fn Skeleton() -> Html {
    html! {
        <div class="chat-skeleton" aria-label={common::LOADING}>
            <span class="chat-skeleton-own" /><span /><span /><span class="chat-skeleton-own" /><span />
        </div>
    }
}

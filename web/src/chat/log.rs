//! The messages of a conversation.

use super::announcer::Announcer;
use super::empty::EmptyChat;
use super::handle::Chat;
use super::scroll::use_stick_to_end;
use super::state::Load;
use super::turn_card::TurnCard;
use crate::store::use_store;
use crate::ui::{Button, ButtonKind, ErrorState, Icon, IconName};
use crate::words::{chat as words, common};
use yew::prelude::*;

/// The messages, the first screen where there are none, and what went wrong in fetching them.
#[component]
pub(super) fn MessageLog() -> Html {
    let chat = use_context::<Chat>();
    let log = use_node_ref();
    let shown = chat.as_deref().map(|chat| (chat.current, chat.turns.clone()));
    let (is_away, on_scroll, go_to_end) = use_stick_to_end(&log, shown);
    let Some(chat) = chat else { return Html::default() };
    let busy = (chat.turns_load == Load::Loading).to_string();
    html! {
        <div class="chat-scroller">
            <div class="chat-log" role="log" aria-live="off" aria-label={words::LOG} tabindex="0" ref={log}
                onscroll={on_scroll} aria-busy={busy}>
                <div class="chat-column">{ messages(&chat) }</div>
            </div>
            if is_away {
                <button type="button" class="chat-pill" onclick={go_to_end}>
                    <Icon name={IconName::ArrowDown} />{ words::NEW_MESSAGES }
                </button>
            }
            <Announcer turns={chat.turns.clone()} />
        </div>
    }
}

fn messages(chat: &Chat) -> Html {
    match &chat.turns_load {
        Load::Loading => html! { <Skeleton /> },
        Load::Failed(reason) => {
            let chat = chat.clone();
            let retry = Callback::from(move |()| chat.open(chat.current));
            html! { <ErrorState detail={reason.clone()} on_retry={retry} /> }
        }
        Load::Ready if chat.turns.is_empty() => html! { <EmptyChat /> },
        Load::Ready => html! {
            <>
                if chat.earlier.is_some() { <EarlierButton chat={chat.clone()} /> }
                { for chat.turns.iter().map(|turn| html! {
                    <TurnCard key={turn.id.to_string()} turn={turn.clone()} />
                }) }
            </>
        },
    }
}

#[derive(Properties, PartialEq)]
struct EarlierProps {
    chat: Chat,
}

#[component]
fn EarlierButton(props: &EarlierProps) -> Html {
    let store = use_store();
    let chat = props.chat.clone();
    let fetch = Callback::from(move |_: MouseEvent| {
        let store = store.clone();
        chat.fetch_earlier(Callback::from(move |error| store.report(&error)));
    });
    html! { <p class="chat-earlier"><Button kind={ButtonKind::Quiet} onclick={fetch}>{ words::EARLIER }</Button></p> }
}

#[component]
fn Skeleton() -> Html {
    html! {
        <div class="chat-skeleton" role="status" aria-label={common::LOADING}>
            <span class="chat-skeleton-own" /><span /><span /><span class="chat-skeleton-own" /><span />
        </div>
    }
}

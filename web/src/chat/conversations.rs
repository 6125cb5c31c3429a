//! The menu of conversations.

use super::conversation_row::ConversationRow;
use super::handle::Chat;
use super::popover::Popover;
use super::state::Load;
use crate::ui::{Button, IconName, picture};
use crate::words::{chat as words, common};
use todo_contract::ConversationId;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct ConversationMenuProps {
    pub chat: Chat,
}

/// The title of the conversation shown; a press lists all of them.
#[component]
pub(super) fn ConversationMenu(props: &ConversationMenuProps) -> Html {
    let chat = &props.chat;
    let open = use_state_eq(bool::default);
    let title = chat.current_conversation().map_or(words::NEW_CONVERSATION, |shown| shown.title.as_str()).to_owned();
    let set_open = {
        let open = open.clone();
        Callback::from(move |shall: bool| open.set(shall))
    };
    let choose = {
        let (chat, open) = (chat.clone(), open.clone());
        Callback::from(move |id: ConversationId| {
            open.set(false);
            chat.open(id);
        })
    };
    let fetch = {
        let chat = chat.clone();
        Callback::from(move |_: MouseEvent| chat.fetch_conversations())
    };
    let list = match &chat.conversations_load {
        Load::Failed(reason) if chat.conversations.is_empty() => html! {
            <div class="panel-note" role="alert">
                <p>{ words::CONVERSATIONS_FAILED }{ " " }{ reason }</p>
                <Button onclick={fetch}>{ common::RETRY }</Button>
            </div>
        },
        Load::Loading if chat.conversations.is_empty() => html! { <p class="panel-note">{ common::LOADING }</p> },
        _ if chat.conversations.is_empty() => html! { <p class="panel-note">{ words::NO_CONVERSATIONS }</p> },
        _ => html! {
            <ul class="conversations" aria-label={words::CONVERSATIONS}>
                { for chat.conversations.iter().map(|conversation| html! {
                    <ConversationRow key={conversation.id.to_string()} chat={chat.clone()} conversation={conversation.clone()} on_choose={choose.clone()} />
                }) }
            </ul>
        },
    };
    let button = html! { <><span class="conversation-title">{ &title }</span>{ picture(IconName::ChevronDown) }</> };
    html! {
        <Popover class="conversation-menu" open={*open} on_toggle={set_open} label={words::current_conversation(&title)} {button}>
            { list }
        </Popover>
    }
}

//! The top of the chat: which conversation, and a new one.

use super::conversations::ConversationMenu;
use super::handle::Chat;
use crate::ui::{IconButton, IconName};
use crate::words::chat as words;
use yew::prelude::*;

/// The conversation switcher and New.
pub(super) fn chat_header(chat: &Chat) -> Html {
    let begin = {
        let chat = chat.clone();
        Callback::from(move |_: MouseEvent| chat.begin())
    };
    html! {
        <header class="chat-header">
            <ConversationMenu chat={chat.clone()} />
            <IconButton icon={IconName::Plus} label={words::NEW_CONVERSATION_ACTION} onclick={begin}
                disabled={chat.turns.is_empty()} />
        </header>
    }
}

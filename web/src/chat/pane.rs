//! The chat beside the list.

use super::composer::Composer;
use super::handle::Chat;
use super::header::chat_header;
use super::keep_up::use_keeping_up;
use super::log::MessageLog;
use super::planner::use_planner;
use super::state::ChatState;
use super::stop::use_stop_on_escape;
use super::stream::TurnStream;
use crate::api::random_uuid;
use todo_contract::ConversationId;
use yew::prelude::*;

/// The chat: conversations, messages and the composer.
#[component]
pub fn ChatPane() -> Html {
    let chat = Chat::new(use_reducer_eq(|| ChatState::new(ConversationId(random_uuid()))));
    let planner = use_planner(&chat);
    use_keeping_up(&chat);
    let streams = chat.turns.iter().filter_map(|turn| {
        let after = turn.resume_after()?;
        Some(html! { <TurnStream key={turn.id.to_string()} turn={turn.id} {after} /> })
    });
    let on_keydown = use_stop_on_escape(&chat);
    html! {
        <ContextProvider<Chat> context={chat.clone()}>
            <div class="chat" onkeydown={on_keydown}>
                { chat_header(&chat) }
                <MessageLog />
                <Composer key={chat.current.to_string()} chat={chat.clone()} {planner} />
                { for streams }
            </div>
        </ContextProvider<Chat>>
    }
}

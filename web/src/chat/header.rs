//! The top of the chat: which conversation, which planner.

use super::conversations::ConversationMenu;
use super::handle::Chat;
use super::planner_badge::PlannerBadge;
use crate::ui::{IconButton, IconName};
use crate::words::chat as words;
use todo_contract::step::PlannerInfo;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct ChatHeaderProps {
    pub planner: Option<PlannerInfo>,
}

/// The conversation switcher, the planner's badge and New.
#[component]
pub(super) fn ChatHeader(props: &ChatHeaderProps) -> Html {
    let Some(chat) = use_context::<Chat>() else { return Html::default() };
    let begin = {
        let chat = chat.clone();
        Callback::from(move |_: MouseEvent| chat.begin())
    };
    html! {
        <header class="chat-header">
            <ConversationMenu chat={chat.clone()} />
            <PlannerBadge planner={props.planner.clone()} />
            <IconButton icon={IconName::Plus} label={words::NEW_CONVERSATION_ACTION} onclick={begin}
                disabled={chat.turns.is_empty()} />
        </header>
    }
}

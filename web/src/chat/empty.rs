//! The first screen of a conversation.

use super::handle::Chat;
use crate::ui::{IconName, picture};
use crate::words::chat as words;
use yew::prelude::*;

/// A greeting, and examples that are said when pressed.
pub(super) fn empty_chat(chat: &Chat) -> Html {
    let example = |text: &'static str| {
        let chat = chat.clone();
        let say = Callback::from(move |_: MouseEvent| chat.say(text));
        html! { <li><button class="chat-example" onclick={say}><span>{ text }</span>{ picture(IconName::ArrowUp) }</button></li> }
    };
    html! {
        <div class="chat-empty">
            <h2>{ words::EMPTY_TITLE }</h2>
            <p>{ words::EMPTY_BODY }</p>
            <ul aria-label={words::EXAMPLES_LABEL}>{ for words::EXAMPLES.into_iter().map(example) }</ul>
        </div>
    }
}

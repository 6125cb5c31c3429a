//! What is being written, kept over a reload.

use super::handle::Chat;
use super::remember;
use yew::prelude::*;

/// The draft of the conversation shown, and a way to change it.
#[hook]
pub(super) fn use_draft(chat: &Chat) -> (AttrValue, Callback<String>) {
    let id = chat.current_conversation().map(|conversation| conversation.id);
    let text = use_state_eq(|| AttrValue::from(remember::last_draft(id)));
    let set = {
        let text = text.clone();
        Callback::from(move |new: String| {
            remember::draft(id, &new);
            text.set(new.into());
        })
    };
    ((*text).clone(), set)
}

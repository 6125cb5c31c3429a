//! What outlives a reload: which conversation was shown, and what was being written. It is kept for this
//! tab alone, so that two tabs, or two people at one browser, don't get in each other's way.

use gloo_storage::{SessionStorage, Storage};
use todo_contract::ConversationId;

const CONVERSATION: &str = "todo.chat.conversation";
const BEGUN: &str = "todo.chat.begun";

fn draft_key(id: Option<ConversationId>) -> String {
    id.map_or_else(|| "todo.chat.draft".to_owned(), |id| format!("todo.chat.draft.{id}"))
}

/// Where storage is full or forbidden, nothing is remembered, and nothing else is lost.
fn keep(key: &str, value: impl serde::Serialize) {
    drop(SessionStorage::set(key, value));
}

/// Remembers the conversation shown.
pub(super) fn conversation(id: ConversationId) {
    keep(CONVERSATION, id);
    SessionStorage::delete(BEGUN);
}

/// Remembers that a conversation was begun in which nothing was said yet.
pub(super) fn no_conversation() {
    SessionStorage::delete(CONVERSATION);
    keep(BEGUN, true);
}

/// Whether a conversation was begun in which nothing was said yet.
pub(super) fn has_begun() -> bool {
    SessionStorage::get(BEGUN).unwrap_or(false)
}

/// The conversation that was shown last.
pub(super) fn last_conversation() -> Option<ConversationId> {
    SessionStorage::get(CONVERSATION).ok()
}

/// Remembers what is being written; `None` stands for the conversation that is not made yet.
pub(super) fn draft(id: Option<ConversationId>, text: &str) {
    if text.is_empty() {
        SessionStorage::delete(draft_key(id));
    } else {
        keep(&draft_key(id), text);
    }
}

/// What was being written.
pub(super) fn last_draft(id: Option<ConversationId>) -> String {
    SessionStorage::get(draft_key(id)).unwrap_or_default()
}

/// Forgets what was being written in a conversation that is gone.
pub(super) fn forget_draft(id: ConversationId) {
    SessionStorage::delete(draft_key(Some(id)));
}

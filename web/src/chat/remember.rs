//! What outlives a reload: which conversation was shown, and what was being written. It is kept for this
//! tab alone, so that two tabs, or two people at one browser, don't get in each other's way.

use crate::kept::Kept::InTab;
use todo_contract::ConversationId;
use uuid::Uuid;

const CONVERSATION: &str = "todo.chat.conversation";
const BEGUN: &str = "todo.chat.begun";

fn draft_key(id: Option<ConversationId>) -> String {
    id.map_or_else(|| "todo.chat.draft".to_owned(), |id| format!("todo.chat.draft.{id}"))
}

/// Remembers the conversation shown.
pub(super) fn conversation(id: ConversationId) {
    InTab.put(CONVERSATION, &id.to_string());
    InTab.forget(BEGUN);
}

/// Remembers that a conversation was begun in which nothing was said yet.
pub(super) fn no_conversation() {
    InTab.forget(CONVERSATION);
    InTab.put(BEGUN, "true");
}

/// Whether a conversation was begun in which nothing was said yet.
pub(super) fn has_begun() -> bool {
    InTab.get(BEGUN).is_some()
}

/// The conversation that was shown last.
pub(super) fn last_conversation() -> Option<ConversationId> {
    InTab.get(CONVERSATION)?.parse::<Uuid>().ok().map(ConversationId)
}

/// Remembers what is being written; `None` stands for the conversation that is not made yet.
pub(super) fn draft(id: Option<ConversationId>, text: &str) {
    if text.is_empty() {
        InTab.forget(&draft_key(id));
    } else {
        InTab.put(&draft_key(id), text);
    }
}

/// What was being written.
pub(super) fn last_draft(id: Option<ConversationId>) -> String {
    InTab.get(&draft_key(id)).unwrap_or_default()
}

/// Forgets what was being written in a conversation that is gone.
pub(super) fn forget_draft(id: ConversationId) {
    InTab.forget(&draft_key(Some(id)));
}

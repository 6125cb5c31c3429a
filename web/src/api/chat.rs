//! Conversations and turns.

use super::error::ApiResult;
use super::request::Call;
use todo_contract::chat::{ConversationPatch, NewConversation, RetryRequest};
use todo_contract::{CallId, Confirmation, Conversation, ConversationId, Page, Turn, TurnId, TurnRequest};

/// A page of conversations, the latest first.
///
/// # Errors
/// See [`Call::text`].
pub async fn conversations(cursor: Option<String>, limit: u32) -> ApiResult<Page<Conversation>> {
    Call::get("/conversations").query(paging(cursor, limit)).fetch().await
}

/// Makes a conversation, or gives the one with this id.
///
/// # Errors
/// See [`Call::text`].
pub async fn create_conversation(new: &NewConversation) -> ApiResult<Conversation> {
    Call::post("/conversations").json(new).fetch().await
}

/// A conversation.
///
/// # Errors
/// See [`Call::text`].
pub async fn conversation(id: ConversationId) -> ApiResult<Conversation> {
    Call::get(format!("/conversations/{id}")).fetch().await
}

/// Renames a conversation.
///
/// # Errors
/// See [`Call::text`].
pub async fn rename_conversation(id: ConversationId, patch: &ConversationPatch) -> ApiResult<Conversation> {
    Call::patch(format!("/conversations/{id}")).json(patch).fetch().await
}

/// Deletes a conversation with its turns; tasks stay.
///
/// # Errors
/// See [`Call::text`].
pub async fn delete_conversation(id: ConversationId) -> ApiResult<()> {
    Call::delete(format!("/conversations/{id}")).done().await
}

/// A page of a conversation's turns.
///
/// # Errors
/// See [`Call::text`].
pub async fn turns(id: ConversationId, cursor: Option<String>, limit: u32) -> ApiResult<Page<Turn>> {
    Call::get(format!("/conversations/{id}/turns")).query(paging(cursor, limit)).fetch().await
}

/// Says something; the same turn id again answers with the turn that is there.
///
/// # Errors
/// See [`Call::text`].
pub async fn create_turn(id: ConversationId, request: &TurnRequest) -> ApiResult<Turn> {
    Call::post(format!("/conversations/{id}/turns")).json(request).fetch().await
}

/// The path of a turn's stream, for [`super::events::follow`].
#[must_use]
pub fn turn_events_path(id: TurnId) -> String {
    format!("/turns/{id}/events")
}

/// Stops a turn.
///
/// # Errors
/// See [`Call::text`].
pub async fn stop(id: TurnId) -> ApiResult<()> {
    Call::post(format!("/turns/{id}/stop")).done().await
}

/// Tries a turn again.
///
/// # Errors
/// See [`Call::text`].
pub async fn retry(id: TurnId, request: &RetryRequest) -> ApiResult<()> {
    Call::post(format!("/turns/{id}/retry")).json(request).done().await
}

/// Answers a call's question. The api answers at once or at the end of the turn; what follows comes by the stream.
///
/// # Errors
/// See [`Call::text`].
pub async fn confirm(id: TurnId, call: &CallId, approve: bool) -> ApiResult<()> {
    let call = String::from(js_sys::encode_uri_component(call.as_str()));
    Call::post(format!("/turns/{id}/confirmations/{call}")).json(&Confirmation { approve }).done().await
}

pub(super) fn paging(cursor: Option<String>, limit: u32) -> impl Iterator<Item = (&'static str, String)> {
    cursor.map(|cursor| ("cursor", cursor)).into_iter().chain([("limit", limit.to_string())])
}

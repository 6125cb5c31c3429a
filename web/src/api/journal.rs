//! The journal: what was done, and taking it back.

use super::chat::paging;
use super::error::ApiResult;
use super::jobs::{Settled, settled};
use super::request::Call;
use todo_contract::{Operation, OperationId, Page, UndoRequest, UndoResponse, UndoScope};

/// The path of the journal's stream, for [`super::events::follow`].
pub const EVENTS_PATH: &str = "/events";

/// A page of operations, the latest first.
///
/// # Errors
/// See [`Call::text`].
pub async fn operations(cursor: Option<String>, limit: u32) -> ApiResult<Page<Operation>> {
    Call::get("/operations").query(paging(cursor, limit)).fetch().await
}

/// Takes an operation, or all of its group, back. To redo, undo the operations in the answer.
///
/// # Errors
/// 409 `undo_conflict` or `already_undone`; else see [`Call::text`].
pub async fn undo(id: OperationId, scope: UndoScope) -> ApiResult<Settled<UndoResponse>> {
    settled(Call::post(format!("/operations/{id}/undo")).json(&UndoRequest { scope })).await
}

/// Brings back what was taken back last.
///
/// # Errors
/// 409 `nothing_to_redo`; else see [`Call::text`].
pub async fn redo_last() -> ApiResult<Settled<UndoResponse>> {
    settled(Call::post("/operations/redo-last")).await
}

/// Takes the latest change back.
///
/// # Errors
/// 409 `nothing_to_undo`; else see [`Call::text`].
pub async fn undo_last() -> ApiResult<Settled<UndoResponse>> {
    settled(Call::post("/operations/undo-last")).await
}

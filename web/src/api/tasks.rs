//! Tasks and tags.

use super::error::ApiResult;
use super::request::Call;
use todo_contract::task::{TagCount, TaskMove};
use todo_contract::{Batch, NewTask, Page, Task, TaskId, TaskPatch, ToolResult};

/// A page of tasks. `params` are those of `GET /tasks`.
///
/// # Errors
/// See [`Call::text`].
pub async fn list(params: Vec<(&'static str, String)>) -> ApiResult<Page<Task>> {
    Call::get("/tasks").query(params).fetch().await
}

/// A task.
///
/// # Errors
/// See [`Call::text`].
pub async fn get(id: TaskId) -> ApiResult<Task> {
    Call::get(format!("/tasks/{id}")).fetch().await
}

/// Makes a task. The same key again makes no second one.
///
/// # Errors
/// See [`Call::text`].
pub async fn create(new: &NewTask, key: &str) -> ApiResult<Task> {
    Call::post("/tasks").header("Idempotency-Key", key).json(new).fetch().await
}

/// Changes a task, if it still has `version`.
///
/// # Errors
/// 412 if it was changed in between; else see [`Call::text`].
pub async fn update(id: TaskId, patch: &TaskPatch, version: Option<i64>) -> ApiResult<Task> {
    let call = Call::patch(format!("/tasks/{id}")).json(patch);
    match version {
        Some(version) => call.header("If-Match", format!("\"{version}\"")),
        None => call,
    }
    .fetch()
    .await
}

/// Marks a task done.
///
/// # Errors
/// See [`Call::text`].
pub async fn complete(id: TaskId) -> ApiResult<Task> {
    Call::post(format!("/tasks/{id}/complete")).fetch().await
}

/// Opens a done task again.
///
/// # Errors
/// See [`Call::text`].
pub async fn reopen(id: TaskId) -> ApiResult<Task> {
    Call::post(format!("/tasks/{id}/reopen")).fetch().await
}

/// Takes a task out of the trash.
///
/// # Errors
/// See [`Call::text`].
pub async fn restore(id: TaskId) -> ApiResult<Task> {
    Call::post(format!("/tasks/{id}/restore")).fetch().await
}

/// Moves a task in the manual order.
///
/// # Errors
/// See [`Call::text`].
pub async fn move_to(id: TaskId, place: TaskMove) -> ApiResult<Task> {
    Call::post(format!("/tasks/{id}/move")).json(&place).fetch().await
}

/// Puts a task into the trash.
///
/// # Errors
/// See [`Call::text`].
pub async fn delete(id: TaskId) -> ApiResult<()> {
    Call::delete(format!("/tasks/{id}")).done().await
}

/// Removes a task of the trash for good.
///
/// # Errors
/// See [`Call::text`].
pub async fn delete_for_good(id: TaskId) -> ApiResult<()> {
    Call::delete(format!("/tasks/{id}")).query([("permanent", "true".to_owned())]).done().await
}

/// Changes many tasks; each succeeds or fails by itself.
///
/// # Errors
/// See [`Call::text`].
pub async fn batch(batch: &Batch) -> ApiResult<ToolResult> {
    Call::post("/tasks/batch").header("Idempotency-Key", super::idempotency_key()).json(batch).fetch().await
}

/// The tags of open tasks, with counts.
///
/// # Errors
/// See [`Call::text`].
pub async fn tags() -> ApiResult<Vec<TagCount>> {
    Call::get("/tags").fetch().await
}

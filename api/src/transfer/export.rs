//! The document, written piece by piece, so that its size does not matter.

use crate::error::ApiError;
use crate::state::AppState;
use crate::tasks;
use actix_web::web::Bytes;
use futures_util::{Stream, stream};
use jiff::Timestamp;
use serde::Serialize;
use todo_contract::{Account, Task, TaskId};
use utoipa::ToSchema;

/// Names the format of the document.
pub(super) const FORMAT: &str = "todo-app";
/// Counts its versions.
pub(super) const VERSION: u32 = 1;
/// Tasks read at once.
const PAGE: i64 = 500;

/// What `GET /me/export` answers.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Document {
    /// `todo-app`.
    format: &'static str,
    /// 1.
    version: u32,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    exported_at: Timestamp,
    /// Whose tasks these are.
    account: Account,
    /// All tasks, those in the trash too, by number.
    tasks: Vec<Task>,
}

enum Part {
    Head(Box<Account>, Timestamp),
    Tasks(TaskId, bool),
    End,
}

/// The document's pieces. An error in the middle breaks the connection off, so that a half is never taken
/// for the whole.
pub(super) fn document(
    state: AppState,
    account: Account,
    now: Timestamp,
) -> impl Stream<Item = Result<Bytes, ApiError>> {
    let user_id = account.id;
    stream::try_unfold(Part::Head(Box::new(account), now), move |part| {
        let state = state.clone();
        async move {
            Ok(match part {
                Part::Head(account, now) => Some((head(*account, now)?, Part::Tasks(TaskId(0), true))),
                Part::Tasks(after, first) => {
                    let page = state.db.read(move |conn| tasks::tasks_after(conn, user_id, after, PAGE)).await?;
                    let next = page.last().map_or(Part::End, |last| Part::Tasks(last.id, false));
                    let piece = if page.is_empty() { Bytes::from_static(b"]}") } else { items(&page, first)? };
                    Some((piece, next))
                }
                Part::End => None,
            })
        }
    })
}

/// All up to the first task: the whole document without tasks, but for its end.
fn head(account: Account, exported_at: Timestamp) -> Result<Bytes, ApiError> {
    let empty = Document { format: FORMAT, version: VERSION, exported_at, account, tasks: Vec::new() };
    let mut json = serde_json::to_vec(&empty).map_err(ApiError::internal)?;
    json.truncate(json.len().saturating_sub("]}".len()));
    Ok(json.into())
}

fn items(tasks: &[Task], first: bool) -> Result<Bytes, ApiError> {
    let mut json = Vec::with_capacity(tasks.len() * 400);
    for (index, task) in tasks.iter().enumerate() {
        if index > 0 || !first {
            json.push(b',');
        }
        serde_json::to_writer(&mut json, task).map_err(ApiError::internal)?;
    }
    Ok(json.into())
}

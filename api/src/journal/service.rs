//! The journal as a list.

use super::routes::ListParams;
use super::store;
use crate::db::Connection;
use crate::error::ApiError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use todo_contract::limits::{PAGE_DEFAULT, PAGE_MAX};
use todo_contract::{Operation, Page, TaskId};

/// A checked query.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListQuery {
    task: Option<TaskId>,
    limit: u32,
    before: i64,
}

/// Which operations were seen: all from `before` on.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cursor {
    before: i64,
}

impl ListQuery {
    /// # Errors
    /// The parameter that is not understood.
    pub(super) fn read(params: &ListParams) -> Result<Self, ApiError> {
        let task = given(params.task_id.as_ref())
            .map(|text| text.parse().map(TaskId).map_err(|_| ApiError::field("task_id", "must be a task's number")));
        let limit = given(params.limit.as_ref())
            .map_or(Some(PAGE_DEFAULT), |text| text.parse().ok().filter(|limit| (1..=PAGE_MAX).contains(limit)));
        let limit = limit.ok_or_else(|| ApiError::field("limit", format!("must be a number from 1 to {PAGE_MAX}")))?;
        let before = given(params.cursor.as_ref()).map_or(Some(i64::MAX), |text| {
            let json = URL_SAFE_NO_PAD.decode(text).ok()?;
            serde_json::from_slice::<Cursor>(&json).ok().map(|cursor| cursor.before)
        });
        let before = before.ok_or_else(|| ApiError::field("cursor", "must be the next_cursor of the page before"))?;
        Ok(Self { task: task.transpose()?, limit, before })
    }
}

fn given(value: Option<&String>) -> Option<&str> {
    value.map(|text| text.trim()).filter(|text| !text.is_empty())
}

pub(super) fn page(conn: &mut Connection, user_id: i64, query: ListQuery) -> Result<Page<Operation>, ApiError> {
    let limit = usize::try_from(query.limit).unwrap_or(1);
    let mut items = store::before(conn, user_id, query.before, query.task, i64::from(query.limit) + 1)?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next_cursor = items
        .last()
        .filter(|_| more)
        .map(|last| URL_SAFE_NO_PAD.encode(serde_json::to_vec(&Cursor { before: last.id.0 }).unwrap_or_default()));
    Ok(Page { items, next_cursor, total: None })
}

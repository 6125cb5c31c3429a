//! What is deleted for good.

use crate::error::ApiError;
use crate::journal::retention;
use crate::schema::{task_tags, tasks};
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use jiff::Timestamp;
use todo_contract::TaskId;

/// Deletes at most `limit` tasks that lie in the trash since before `before`.
pub(super) fn purge_trash(c: &mut SqliteConnection, before: Timestamp, limit: i64) -> Result<usize, ApiError> {
    let old: Vec<(i64, i64, i64)> = tasks::table
        .filter(tasks::deleted_at.lt(before.as_microsecond()))
        .select((tasks::row_id, tasks::user_id, tasks::id))
        .limit(limit)
        .load(c)?;
    for (row_id, user_id, id) in &old {
        let tags = task_tags::table.filter(task_tags::user_id.eq(user_id)).filter(task_tags::task_id.eq(id));
        diesel::delete(tags).execute(c)?;
        retention::forget_task(c, *user_id, TaskId(*id))?;
        diesel::delete(tasks::table.filter(tasks::row_id.eq(row_id))).execute(c)?;
    }
    Ok(old.len())
}

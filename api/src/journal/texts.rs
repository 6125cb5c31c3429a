//! Long values of tasks, once for all operations that left them as they are: each from an operation on, until the next
//! of its field.

use super::compact::{Compact, Side};
use crate::error::ApiError;
use crate::schema::operation_texts as texts;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use todo_contract::{OperationId, TaskId};

/// Keeps the long values that operation `id` needs.
pub(super) fn keep(
    conn: &mut SqliteConnection,
    user_id: i64,
    task: TaskId,
    id: OperationId,
    kept: &Compact,
) -> Result<(), ApiError> {
    for (field, value) in &kept.had {
        // One that was there before is the present one, for every change of a long value is written down here.
        let known = of_field(user_id, task, field);
        if !diesel::select(diesel::dsl::exists(known)).get_result::<bool>(conn)? {
            insert(conn, user_id, task, field, id.0 - 1, value)?;
        }
    }
    kept.brought.iter().try_for_each(|(field, value)| insert(conn, user_id, task, field, id.0, value))
}

/// The long value of a field before or after operation `id`.
pub(super) fn find(
    conn: &mut SqliteConnection,
    user_id: i64,
    task: TaskId,
    field: &str,
    id: OperationId,
    side: Side,
) -> Result<Option<String>, ApiError> {
    let last = match side {
        Side::Before => id.0 - 1,
        Side::After => id.0,
    };
    let found = of_field(user_id, task, field).filter(texts::since.le(last)).order(texts::since.desc());
    Ok(found.select(texts::value).first(conn).optional()?)
}

/// Deletes all of a task.
pub(super) fn remove(conn: &mut SqliteConnection, user_id: i64, task: TaskId) -> Result<(), ApiError> {
    let of_task = texts::table.filter(texts::user_id.eq(user_id)).filter(texts::task_id.eq(task.0));
    diesel::delete(of_task).execute(conn)?;
    Ok(())
}

/// Deletes what no operation of the task from `first` on needs.
pub(super) fn remove_before(
    conn: &mut SqliteConnection,
    user_id: i64,
    task: TaskId,
    first: OperationId,
) -> Result<(), ApiError> {
    let of_task = || texts::table.filter(texts::user_id.eq(user_id)).filter(texts::task_id.eq(task.0));
    let older = of_task().filter(texts::since.lt(first.0)).order((texts::field, texts::since.desc()));
    let older: Vec<(String, i64)> = older.select((texts::field, texts::since)).load(conn)?;
    let mut last: Option<&str> = None;
    for (field, since) in &older {
        // The latest of each field is what the task had before that operation.
        if last == Some(field) {
            diesel::delete(texts::table.find((user_id, task.0, field, since))).execute(conn)?;
        }
        last = Some(field);
    }
    Ok(())
}

#[diesel::dsl::auto_type]
fn of_field<'a>(user_id: i64, task: TaskId, field: &'a str) -> _ {
    let task: i64 = task.0;
    texts::table.filter(texts::user_id.eq(user_id)).filter(texts::task_id.eq(task)).filter(texts::field.eq(field))
}

fn insert(
    conn: &mut SqliteConnection,
    user_id: i64,
    task: TaskId,
    field: &str,
    since: i64,
    value: &str,
) -> Result<(), ApiError> {
    let row = (
        texts::user_id.eq(user_id),
        texts::task_id.eq(task.0),
        texts::field.eq(field),
        texts::since.eq(since),
        texts::value.eq(value),
    );
    diesel::insert_into(texts::table).values(row).execute(conn)?;
    Ok(())
}

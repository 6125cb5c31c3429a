//! The tasks' rows.

mod page;
mod row;

pub(super) use page::{count, page};
pub(super) use row::TaskRow;

use crate::clock::timestamp;
use crate::error::ApiError;
use crate::schema::{operations, task_tags, tasks, users};
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use jiff::Timestamp;
use todo_contract::{OperationId, Tag, Task, TaskId};

/// The next numbers of `count` tasks and as many operations: the last of each.
pub(super) fn next_numbers(
    conn: &mut SqliteConnection,
    user_id: i64,
    count: i64,
) -> Result<(TaskId, OperationId), ApiError> {
    let account = users::table.find(user_id);
    let (task, operation) = diesel::update(account)
        .set((
            users::last_task_id.eq(users::last_task_id + count),
            users::last_operation_id.eq(users::last_operation_id + count),
        ))
        .returning((users::last_task_id, users::last_operation_id))
        .get_result::<(i64, i64)>(conn)?;
    Ok((TaskId(task), OperationId(operation)))
}

pub(super) fn last_task_id(conn: &mut SqliteConnection, user_id: i64) -> Result<i64, ApiError> {
    Ok(users::table.find(user_id).select(users::last_task_id).first(conn)?)
}

/// The task, also if it lies in the trash.
pub(crate) fn find(conn: &mut SqliteConnection, user_id: i64, id: TaskId) -> Result<Option<Task>, ApiError> {
    let row = tasks::table.find((user_id, id.0)).select(TaskRow::as_select()).first(conn).optional()?;
    row.map(TaskRow::into_task).transpose()
}

/// Tasks with numbers above `after`, by number, the trash included.
pub(crate) fn after(
    conn: &mut SqliteConnection,
    user_id: i64,
    after: TaskId,
    limit: i64,
) -> Result<Vec<Task>, ApiError> {
    let rows = tasks::table
        .filter(tasks::user_id.eq(user_id))
        .filter(tasks::id.gt(after.0))
        .order(tasks::id)
        .limit(limit)
        .select(TaskRow::as_select())
        .load(conn)?;
    rows.into_iter().map(TaskRow::into_task).collect()
}

/// Number, title and time of making of tasks with numbers above `after`, by number, and whether they lie in the trash.
pub(crate) fn marks_after(
    conn: &mut SqliteConnection,
    user_id: i64,
    after: TaskId,
    limit: i64,
) -> Result<Vec<(TaskId, String, Timestamp, bool)>, ApiError> {
    let rows: Vec<(i64, String, i64, Option<i64>)> = tasks::table
        .filter(tasks::user_id.eq(user_id))
        .filter(tasks::id.gt(after.0))
        .order(tasks::id)
        .limit(limit)
        .select((tasks::id, tasks::title, tasks::created_at, tasks::deleted_at))
        .load(conn)?;
    let marks = rows.into_iter().map(|(id, title, at, gone)| (TaskId(id), title, timestamp(at), gone.is_some()));
    Ok(marks.collect())
}

pub(super) fn insert(conn: &mut SqliteConnection, user_id: i64, task: &Task) -> Result<(), ApiError> {
    diesel::insert_into(tasks::table).values(TaskRow::new(user_id, task)?).execute(conn)?;
    add_tags(conn, user_id, task.id, &task.tags)
}

pub(super) fn update(conn: &mut SqliteConnection, user_id: i64, before: &Task, task: &Task) -> Result<(), ApiError> {
    diesel::update(tasks::table.find((user_id, task.id.0))).set(TaskRow::new(user_id, task)?).execute(conn)?;
    if before.tags != task.tags {
        remove_tags(conn, user_id, task.id)?;
        add_tags(conn, user_id, task.id, &task.tags)?;
    }
    Ok(())
}

pub(super) fn remove(conn: &mut SqliteConnection, user_id: i64, id: TaskId) -> Result<(), ApiError> {
    diesel::delete(tasks::table.find((user_id, id.0))).execute(conn)?;
    remove_tags(conn, user_id, id)
}

fn add_tags(conn: &mut SqliteConnection, user_id: i64, id: TaskId, tags: &[Tag]) -> Result<(), ApiError> {
    for tag in tags {
        let row = (task_tags::user_id.eq(user_id), task_tags::tag.eq(tag.as_str()), task_tags::task_id.eq(id.0));
        diesel::insert_into(task_tags::table).values(row).execute(conn)?;
    }
    Ok(())
}

fn remove_tags(conn: &mut SqliteConnection, user_id: i64, id: TaskId) -> Result<(), ApiError> {
    let of_task = task_tags::table.filter(task_tags::user_id.eq(user_id)).filter(task_tags::task_id.eq(id.0));
    diesel::delete(of_task).execute(conn)?;
    Ok(())
}

/// The tags of open tasks, and how many bear each, by name.
pub(super) fn tag_counts(conn: &mut SqliteConnection, user_id: i64) -> Result<Vec<(String, i64)>, ApiError> {
    let open = tasks::user_id
        .eq(task_tags::user_id)
        .and(tasks::id.eq(task_tags::task_id))
        .and(tasks::done.eq(false))
        .and(tasks::deleted_at.is_null());
    Ok(task_tags::table
        .inner_join(tasks::table.on(open))
        .filter(task_tags::user_id.eq(user_id))
        .group_by(task_tags::tag)
        .order(task_tags::tag)
        .select((task_tags::tag, diesel::dsl::count_star()))
        .load(conn)?)
}

/// The numbers of the open tasks that stand last in the manual order, at most `limit`.
pub(super) fn open_ids(conn: &mut SqliteConnection, user_id: i64, limit: i64) -> Result<Vec<i64>, ApiError> {
    Ok(tasks::table
        .filter(tasks::user_id.eq(user_id))
        .filter(tasks::done.eq(false))
        .filter(tasks::deleted_at.is_null())
        .order(tasks::position.desc())
        .limit(limit)
        .select(tasks::id)
        .load(conn)?)
}

/// The nearest place before (or after) `place` that an undeleted task holds, `skip` left out.
pub(super) fn neighbour(
    conn: &mut SqliteConnection,
    user_id: i64,
    place: &str,
    skip: TaskId,
    side: Side,
) -> Result<Option<String>, ApiError> {
    let mut nearest: Option<String> = None;
    // One look into each half of the index, which leads with `done`.
    for done in [false, true] {
        let half = tasks::table
            .filter(tasks::user_id.eq(user_id))
            .filter(tasks::done.eq(done))
            .filter(tasks::deleted_at.is_null())
            .filter(tasks::id.ne(skip.0))
            .select(tasks::position);
        let found: Option<String> = match side {
            Side::Before => half.filter(tasks::position.lt(place)).order(tasks::position.desc()).first(conn),
            Side::After => half.filter(tasks::position.gt(place)).order(tasks::position.asc()).first(conn),
        }
        .optional()?;
        nearest = match (nearest, found) {
            (Some(a), Some(b)) => Some(if side == Side::Before { a.max(b) } else { a.min(b) }),
            (a, b) => a.or(b),
        };
    }
    Ok(nearest)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// Whether another open task holds this place.
pub(super) fn is_taken(conn: &mut SqliteConnection, user_id: i64, place: &str, skip: TaskId) -> Result<bool, ApiError> {
    let same = tasks::table
        .filter(tasks::user_id.eq(user_id))
        .filter(tasks::done.eq(false))
        .filter(tasks::deleted_at.is_null())
        .filter(tasks::position.eq(place))
        .filter(tasks::id.ne(skip.0));
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(conn)?)
}

/// Whether completing this task made another one that is still there.
pub(super) fn has_successor(conn: &mut SqliteConnection, user_id: i64, id: TaskId) -> Result<bool, ApiError> {
    let completions = operations::table
        .filter(operations::user_id.eq(user_id))
        .filter(operations::task_id.eq(id.0))
        .filter(operations::kind.eq("complete"))
        .select(operations::id)
        .load::<i64>(conn)?;
    let made = operations::table
        .filter(operations::user_id.eq(user_id))
        .filter(operations::kind.eq("create"))
        .filter(operations::caused_by.eq_any(completions.into_iter().map(Some)))
        .select(operations::task_id)
        .load::<i64>(conn)?;
    let there = tasks::table
        .filter(tasks::user_id.eq(user_id))
        .filter(tasks::id.eq_any(made))
        .filter(tasks::deleted_at.is_null());
    Ok(diesel::select(diesel::dsl::exists(there)).get_result(conn)?)
}

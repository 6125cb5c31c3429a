//! What leaves the journal: the words of tasks that were removed for good, and groups older than the retention.

use super::store::REMOVED;
use super::texts;
use crate::error::ApiError;
use crate::schema::{operations, purges};
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use jiff::Timestamp;
use std::collections::BTreeSet;
use todo_contract::{OperationId, TaskId};

/// Rows of one write.
const STEP: i64 = 200;

/// Removes the words of a task that was removed for good. What is more than one write may take is left for
/// [`continue_purges`].
pub(crate) fn forget_task(conn: &mut SqliteConnection, user_id: i64, task: TaskId) -> Result<(), ApiError> {
    if !forget_some(conn, user_id, task)? {
        let is_known = diesel::select(diesel::dsl::exists(purges::table.find((user_id, task.0))));
        if !is_known.get_result::<bool>(conn)? {
            let row = (purges::user_id.eq(user_id), purges::task_id.eq(task.0));
            diesel::insert_into(purges::table).values(row).execute(conn)?;
        }
    }
    Ok(())
}

/// Goes on with one task that was removed for good; whether there was one.
pub(crate) fn continue_purges(conn: &mut SqliteConnection) -> Result<bool, ApiError> {
    let next = purges::table.select((purges::user_id, purges::task_id)).first::<(i64, i64)>(conn).optional()?;
    let Some((user_id, task)) = next else { return Ok(false) };
    if forget_some(conn, user_id, TaskId(task))? {
        diesel::delete(purges::table.find((user_id, task))).execute(conn)?;
    }
    Ok(true)
}

/// Whether that was all.
fn forget_some(conn: &mut SqliteConnection, user_id: i64, task: TaskId) -> Result<bool, ApiError> {
    texts::remove(conn, user_id, task)?;
    let ids: Vec<i64> = operations::table
        .filter(operations::user_id.eq(user_id))
        .filter(operations::task_id.eq(task.0))
        .filter(operations::format.ne(REMOVED))
        .order(operations::id)
        .limit(STEP)
        .select(operations::id)
        .load(conn)?;
    for id in &ids {
        diesel::update(operations::table.find((user_id, id)))
            .set((
                operations::before.eq(None::<String>),
                operations::after.eq(None::<String>),
                operations::format.eq(REMOVED),
            ))
            .execute(conn)?;
    }
    Ok(ids.len() < usize::try_from(STEP).unwrap_or(usize::MAX))
}

/// Accounts whose oldest operation is from before `before`, at most 100, from `after` on by number.
pub(crate) fn accounts_with_old(
    conn: &mut SqliteConnection,
    before: Timestamp,
    after: i64,
) -> Result<Vec<i64>, ApiError> {
    use crate::schema::users;
    let ids: Vec<i64> =
        users::table.filter(users::id.gt(after)).order(users::id).limit(100).select(users::id).load(conn)?;
    let mut old = Vec::new();
    for id in ids {
        if oldest(conn, id)?.is_some_and(|(_, at, _)| at < before.as_microsecond()) {
            old.push(id);
        }
    }
    Ok(old)
}

/// The next 100 accounts' last number, to go on from.
pub(crate) fn next_account(conn: &mut SqliteConnection, after: i64) -> Result<Option<i64>, ApiError> {
    use crate::schema::users;
    let ids: Vec<i64> =
        users::table.filter(users::id.gt(after)).order(users::id).limit(100).select(users::id).load(conn)?;
    Ok(ids.last().copied())
}

fn oldest(conn: &mut SqliteConnection, user_id: i64) -> Result<Option<(i64, i64, String)>, ApiError> {
    let first = operations::table.filter(operations::user_id.eq(user_id)).order(operations::id);
    let row = first.select((operations::id, operations::at, operations::group_id));
    Ok(row.first::<(i64, i64, String)>(conn).optional()?)
}

/// Deletes rows of an account's oldest group, if all of it is from before `before`; whether anything was deleted.
pub(crate) fn prune(conn: &mut SqliteConnection, user_id: i64, before: Timestamp) -> Result<bool, ApiError> {
    let Some((_, _, group)) = oldest(conn, user_id)? else { return Ok(false) };
    let of_group = || operations::table.filter(operations::user_id.eq(user_id)).filter(operations::group_id.eq(&group));
    let latest: Option<i64> = of_group().select(diesel::dsl::max(operations::at)).first(conn)?;
    if latest.is_none_or(|at| at >= before.as_microsecond()) {
        return Ok(false);
    }
    let rows: Vec<(i64, i64)> =
        of_group().order(operations::id).limit(STEP).select((operations::id, operations::task_id)).load(conn)?;
    for (id, _) in &rows {
        diesel::delete(operations::table.find((user_id, id))).execute(conn)?;
    }
    let tasks: BTreeSet<i64> = rows.into_iter().map(|(_, task)| task).collect();
    for task in tasks {
        let rest = operations::table.filter(operations::user_id.eq(user_id)).filter(operations::task_id.eq(task));
        let first: Option<i64> = rest.select(diesel::dsl::min(operations::id)).first(conn)?;
        match first {
            Some(first) => texts::remove_before(conn, user_id, TaskId(task), OperationId(first))?,
            None => texts::remove(conn, user_id, TaskId(task))?,
        }
    }
    Ok(true)
}

//! Removing an account. A small one goes at once; of a large one nobody can sign in from then on, and its rows go in
//! steps.

use super::store;
use crate::db::{Connection, Tx};
use crate::error::ApiError;
use crate::jobs::{self, Budget, JobRow, Step};
use crate::schema::{api_tokens, conversations, operation_texts, operations, sessions, task_tags, tasks, turns, users};
use crate::storage;
use diesel::prelude::*;
use jiff::Timestamp;

/// An account with less goes at once.
const SMALL_BYTES: i64 = 512 << 10;
/// Rows of a kind that are deleted before the next look at the clock.
const ROWS: i64 = 20;

/// Removes the account, or begins to.
pub(super) fn begin(tx: &mut Tx<'_>, user_id: i64, now: Timestamp) -> Result<(), ApiError> {
    if storage::used(tx, user_id)? < SMALL_BYTES {
        store::delete_user(tx, user_id)?;
        return Ok(());
    }
    let connection: &mut Connection = tx;
    diesel::delete(sessions::table.filter(sessions::user_id.eq(user_id))).execute(connection)?;
    diesel::delete(api_tokens::table.filter(api_tokens::user_id.eq(user_id))).execute(connection)?;
    // The address is free again at once, and no password is the right one.
    diesel::update(users::table.find(user_id))
        .set((
            // No address that anyone can have.
            users::email.eq(format!("removed {user_id}")),
            users::name.eq(None::<String>),
            users::password_hash.eq(""),
            users::deleted_at.eq(now.as_microsecond()),
        ))
        .execute(connection)?;
    store::ensure_owner(connection)?;
    jobs::start_removal(tx, user_id, now)
}

/// Deletes the next rows.
pub(crate) fn step(tx: &mut Tx<'_>, row: &JobRow) -> Result<Step, ApiError> {
    let (mut budget, mut done) = (Budget::begin(), 0);
    loop {
        let count = some_rows(tx, row.user_id)?;
        done += i64::try_from(count).unwrap_or_default();
        if count == 0 {
            store::delete_user(tx, row.user_id)?;
            return Ok(Step::Last(done));
        }
        if !budget.spend(count) {
            return Ok(Step::More(done));
        }
    }
}

/// Deletes some rows of the first kind of which there are any; how many.
fn some_rows(c: &mut Connection, user_id: i64) -> Result<usize, ApiError> {
    let ids: Vec<i64> = tasks::table.filter(tasks::user_id.eq(user_id)).limit(ROWS).select(tasks::id).load(c)?;
    if !ids.is_empty() {
        for id in &ids {
            let tags = task_tags::table.filter(task_tags::user_id.eq(user_id)).filter(task_tags::task_id.eq(id));
            diesel::delete(tags).execute(c)?;
            diesel::delete(tasks::table.find((user_id, id))).execute(c)?;
        }
        return Ok(ids.len());
    }
    let of_user = operations::table.filter(operations::user_id.eq(user_id));
    let ids: Vec<i64> = of_user.order(operations::id).limit(ROWS).select(operations::id).load(c)?;
    if !ids.is_empty() {
        for id in &ids {
            diesel::delete(operations::table.find((user_id, id))).execute(c)?;
        }
        return Ok(ids.len());
    }
    let of_user = operation_texts::table.filter(operation_texts::user_id.eq(user_id)).limit(ROWS);
    let texts: Vec<(i64, String, i64)> =
        of_user.select((operation_texts::task_id, operation_texts::field, operation_texts::since)).load(c)?;
    if !texts.is_empty() {
        for (task, field, since) in &texts {
            diesel::delete(operation_texts::table.find((user_id, task, field, since))).execute(c)?;
        }
        return Ok(texts.len());
    }
    let one: Option<String> = turns::table.filter(turns::user_id.eq(user_id)).select(turns::id).first(c).optional()?;
    if let Some(id) = one {
        diesel::delete(turns::table.find(id)).execute(c)?;
        return Ok(1);
    }
    let of_user = conversations::table.filter(conversations::user_id.eq(user_id)).limit(ROWS);
    let ids: Vec<String> = of_user.select(conversations::id).load(c)?;
    Ok(diesel::delete(conversations::table.filter(conversations::id.eq_any(ids))).execute(c)?)
}

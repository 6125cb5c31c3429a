//! The table of failed sign-ins.

use crate::schema::sign_in_attempts::dsl::{attempt, failures, last_at, sign_in_attempts};
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use jiff::Timestamp;

/// How many, and when the last was.
pub(super) fn find(c: &mut SqliteConnection, key: &[u8]) -> QueryResult<Option<(i64, i64)>> {
    sign_in_attempts.find(key).select((failures, last_at)).first(c).optional()
}

pub(super) fn set(c: &mut SqliteConnection, key: &[u8], count: i64, now: Timestamp) -> QueryResult<usize> {
    let values = (failures.eq(count.max(0)), last_at.eq(now.as_microsecond()));
    match diesel::update(sign_in_attempts.find(key)).set(values).execute(c)? {
        0 => diesel::insert_into(sign_in_attempts).values((attempt.eq(key), values)).execute(c),
        updated => Ok(updated),
    }
}

pub(super) fn remove(c: &mut SqliteConnection, key: &[u8]) -> QueryResult<usize> {
    diesel::delete(sign_in_attempts.find(key)).execute(c)
}

/// Forgets at most `limit` that last failed before `before`.
///
/// # Errors
/// The database's.
pub fn purge_attempts(c: &mut SqliteConnection, before: Timestamp, limit: i64) -> QueryResult<usize> {
    let old: Vec<Vec<u8>> =
        sign_in_attempts.filter(last_at.lt(before.as_microsecond())).select(attempt).limit(limit).load(c)?;
    diesel::delete(sign_in_attempts.filter(attempt.eq_any(old))).execute(c)
}

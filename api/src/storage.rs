//! How much of the disk an account takes up, and the bound on it. Triggers count along; `docs/operations.md` says what.

use crate::db::{Connection, Tx};
use crate::error::{ApiError, Code};
use crate::schema::account_storage;
use diesel::prelude::*;

/// Bytes that the account takes up.
///
/// # Errors
/// The database's.
pub(crate) fn used(conn: &mut Connection, user_id: i64) -> Result<i64, ApiError> {
    let row = account_storage::table.find(user_id).select(account_storage::used_bytes).first(conn).optional()?;
    Ok(row.unwrap_or_default())
}

/// Tasks that it has, the trash included.
///
/// # Errors
/// The database's.
pub(crate) fn tasks(conn: &mut Connection, user_id: i64) -> Result<i64, ApiError> {
    let row = account_storage::table.find(user_id).select(account_storage::tasks).first(conn).optional()?;
    Ok(row.unwrap_or_default())
}

/// To be asked before anything is added.
///
/// # Errors
/// `account_full`.
pub(crate) fn check(tx: &mut Tx<'_>, user_id: i64) -> Result<(), ApiError> {
    let max = tx.account_max_bytes();
    if used(tx, user_id)? < max {
        return Ok(());
    }
    let detail = format!(
        "Your tasks, their history and your conversations take up all of the {} that an account may have. Delete \
         conversations, or tasks for good, to make room.",
        in_words(max)
    );
    Err(ApiError::new(Code::AccountFull, detail))
}

fn in_words(bytes: i64) -> String {
    match bytes {
        bytes if bytes >= 1 << 20 => format!("{} MiB", bytes >> 20),
        bytes => format!("{bytes} bytes"),
    }
}

//! Which tasks may have been meant by a number that there is none of.

use super::store;
use crate::db::Connection;
use crate::error::ApiError;
use todo_contract::{TaskBrief, TaskId};

/// Most tasks to look through, and most to name.
const LOOKED_AT: i64 = 200;
const NAMED: usize = 3;

/// The open tasks whose numbers look most like `id`: the same digits first, then the nearest number.
pub(super) fn near(conn: &mut Connection, user_id: i64, id: TaskId) -> Result<Vec<TaskBrief>, ApiError> {
    let mut ids = store::open_ids(conn, user_id, LOOKED_AT)?;
    ids.sort_by_key(|other| (!looks_like(id.0, *other), other.abs_diff(id.0), *other));
    ids.truncate(NAMED);
    let mut near = Vec::with_capacity(ids.len());
    for id in ids {
        near.extend(store::find(conn, user_id, TaskId(id))?.as_ref().map(TaskBrief::from));
    }
    Ok(near)
}

/// One digit too many or too few, as a slip of the finger makes it: 13 or 3 for 33.
fn looks_like(wanted: i64, other: i64) -> bool {
    let (wanted, other) = (wanted.to_string(), other.to_string());
    wanted.contains(&other) || other.contains(&wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_or_doubled_digit_looks_alike() {
        assert!(looks_like(33, 3) && looks_like(1, 13));
        assert!(!looks_like(12, 21));
    }
}

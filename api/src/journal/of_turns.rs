//! What turns changed, in the journal's rows.

use super::store;
use crate::error::ApiError;
use crate::schema::{operations, turns};
use diesel::dsl::min;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use std::collections::HashMap;
use todo_contract::{OperationId, TaskId};

/// As [`store::last_change`], of those alone that were made in turns of the conversation.
pub(crate) fn last_change_in(
    conn: &mut SqliteConnection,
    user_id: i64,
    conversation_id: &str,
) -> Result<Option<(OperationId, String)>, ApiError> {
    let found = operations::table
        .filter(operations::user_id.eq(user_id))
        .filter(operations::undone_by.is_null())
        .filter(operations::undoes.is_null())
        .filter(operations::turn_id.eq_any(turns_of(conversation_id)))
        .order(operations::id.desc())
        .select((operations::id, operations::group_id))
        .first::<(i64, String)>(conn)
        .optional()?;
    Ok(found.map(|(id, group)| (OperationId(id), group)))
}

/// Whether the operation was made in a turn of the conversation.
pub(crate) fn is_of_conversation(
    conn: &mut SqliteConnection,
    user_id: i64,
    id: OperationId,
    conversation_id: &str,
) -> Result<bool, ApiError> {
    let own = operations::table
        .find((user_id, id.0))
        .filter(operations::turn_id.eq_any(turns_of(conversation_id)))
        .select(operations::id);
    Ok(own.first::<i64>(conn).optional()?.is_some())
}

#[diesel::dsl::auto_type(no_type_alias)]
fn turns_of<'a>(conversation_id: &'a str) -> _ {
    turns::table.filter(turns::conversation_id.eq(conversation_id)).select(turns::id.nullable())
}

/// The titles that `tasks` had before these turns changed them; of those tasks alone that they did change.
pub(crate) fn titles_before(
    conn: &mut SqliteConnection,
    user_id: i64,
    turns: &[String],
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, String>, ApiError> {
    let firsts: Vec<Option<i64>> = operations::table
        .filter(operations::user_id.eq(user_id))
        .filter(operations::turn_id.eq_any(turns))
        .filter(operations::task_id.eq_any(tasks.iter().map(|task| task.0)))
        .group_by(operations::task_id)
        .select(min(operations::id))
        .load(conn)?;
    let mut titles = HashMap::new();
    for id in firsts.into_iter().flatten() {
        let Some(record) = store::find(conn, user_id, OperationId(id))? else { continue };
        let operation = record.operation;
        if let Some(task) = operation.before.or(operation.after) {
            titles.insert(operation.task_id, task.title.into());
        }
    }
    Ok(titles)
}

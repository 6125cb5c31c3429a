//! What an undo or a redo would do, before it is done.

use super::undo::ROWS_OF_CALL;
use super::{of_turns, store, undo};
use crate::db::Connection;
use crate::error::{ApiError, Code};
use todo_contract::{OperationId, Task, TaskId};

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Undo,
    Redo,
}

/// How far it may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// What was done in the conversation.
    Conversation,
    /// Whatever was done last.
    Account,
}

/// What would be taken back.
#[derive(Clone, Debug)]
pub(crate) struct Prospect {
    /// An operation of the group that is meant.
    pub(crate) operation: OperationId,
    /// Whether it was done in the conversation.
    pub(crate) own: bool,
    /// The tasks that go into the trash by it, with their titles.
    pub(crate) deleted: Vec<(TaskId, String)>,
    /// The tasks that change otherwise.
    pub(crate) changed: Vec<(TaskId, String)>,
    /// How many changes there are beyond those.
    pub(crate) more: usize,
}

/// Looks what the last undo or redo in `reach` would do.
///
/// # Errors
/// `nothing_to_undo`, `nothing_to_redo`.
pub(crate) fn prospect(
    conn: &mut Connection,
    user_id: i64,
    conversation_id: &str,
    direction: Direction,
    reach: Reach,
) -> Result<Prospect, ApiError> {
    let found = match (direction, reach) {
        (Direction::Undo, Reach::Conversation) => of_turns::last_change_in(conn, user_id, conversation_id)?,
        (Direction::Undo, Reach::Account) => store::last_change(conn, user_id)?,
        (Direction::Redo, _) => undo::last_undo(conn, user_id)?,
    };
    let (operation, group) = found.ok_or_else(|| nothing(direction, reach))?;
    let own = of_turns::is_of_conversation(conn, user_id, operation, conversation_id)?;
    if !own && reach == Reach::Conversation {
        return Err(nothing(direction, reach));
    }
    // Whatever is more than this is big, and a job does it: which tasks the rest touches need not be known.
    let more = store::count_standing(conn, user_id, &group)?.saturating_sub(ROWS_OF_CALL);
    let (mut deleted, mut changed) = (Vec::new(), Vec::new());
    for record in store::standing(conn, user_id, &group, None, ROWS_OF_CALL)?.into_iter().rev() {
        let (before, after) = (record.operation.before, record.operation.after);
        let is_gone = |task: &Option<Task>| task.as_ref().is_none_or(|task| task.deleted_at.is_some());
        let Some(title) = after.as_ref().or(before.as_ref()).map(|task| task.title.to_string()) else { continue };
        let to = if is_gone(&before) && !is_gone(&after) { &mut deleted } else { &mut changed };
        to.push((record.operation.task_id, title));
    }
    Ok(Prospect { operation, own, deleted, changed, more })
}

fn nothing(direction: Direction, reach: Reach) -> ApiError {
    let here = reach == Reach::Conversation;
    match direction {
        Direction::Undo if here => ApiError::new(
            Code::NothingToUndo,
            "Nothing that was done in this conversation is left to be taken back. What was done elsewhere is taken \
             back only when the person asks for an undo.",
        ),
        Direction::Undo => ApiError::new(Code::NothingToUndo, "There is no change left that could be taken back."),
        Direction::Redo if here => ApiError::new(
            Code::NothingToRedo,
            "Nothing was taken back in this conversation since the latest change to the list.",
        ),
        Direction::Redo => {
            ApiError::new(Code::NothingToRedo, "Nothing was taken back since the latest change to the list.")
        }
    }
}

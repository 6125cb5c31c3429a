//! What an operation did, seen from the states before and after it.

use todo_contract::{Operation, OperationKind, Task, TaskStatus};

/// What an operation did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named for what was done")]
pub enum Effect {
    Added,
    Renamed,
    /// Another due date, or none.
    Rescheduled,
    /// Another place in the manual order.
    Reordered,
    Changed,
    Completed,
    Reopened,
    /// Put into the trash.
    Deleted,
    /// Removed for good.
    Purged,
    Restored,
    Undid(Reversible),
    Redid(Reversible),
}

/// What an undo takes back, and a redo brings back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named for what was done")]
pub enum Reversible {
    Adding,
    Changing,
    Completing,
    Reopening,
    Deleting,
}

/// What `row` did; `redoes` says that it took back an undo.
#[must_use]
pub fn effect_of(row: &Operation, redoes: bool) -> Effect {
    match row.kind {
        OperationKind::Create => Effect::Added,
        OperationKind::Update => update(row.before.as_ref(), row.after.as_ref()),
        OperationKind::Complete => Effect::Completed,
        OperationKind::Reopen => Effect::Reopened,
        OperationKind::Delete if row.after.is_none() => Effect::Purged,
        OperationKind::Delete => Effect::Deleted,
        OperationKind::Restore => Effect::Restored,
        OperationKind::Undo if redoes => Effect::Redid(change_between(row.before.as_ref(), row.after.as_ref())),
        OperationKind::Undo => Effect::Undid(change_between(row.after.as_ref(), row.before.as_ref())),
    }
}

fn update(before: Option<&Task>, after: Option<&Task>) -> Effect {
    let (Some(before), Some(after)) = (before, after) else { return Effect::Changed };
    let content = before.notes != after.notes
        || before.priority != after.priority
        || before.repeat != after.repeat
        || before.tags != after.tags;
    let (title, due, position) =
        (before.title != after.title, before.due != after.due, before.position != after.position);
    match (content, title, due, position) {
        (false, true, false, false) => Effect::Renamed,
        (false, false, true, false) => Effect::Rescheduled,
        (false, false, false, true) => Effect::Reordered,
        _ => Effect::Changed,
    }
}

/// An undone creation lies in the trash, so coming out of it is adding where nothing was before.
fn change_between(before: Option<&Task>, after: Option<&Task>) -> Reversible {
    let in_list = |task: Option<&Task>| task.is_some_and(|task| task.deleted_at.is_none());
    let done = |task: Option<&Task>| task.is_some_and(|task| task.status == TaskStatus::Done);
    match (in_list(before), in_list(after)) {
        (false, true) => Reversible::Adding,
        (true, false) => Reversible::Deleting,
        _ if !done(before) && done(after) => Reversible::Completing,
        _ if done(before) && !done(after) => Reversible::Reopening,
        _ => Reversible::Changing,
    }
}

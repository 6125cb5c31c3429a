//! Completing and reopening, and the next occurrence of what repeats.

use super::change::{self, Stamp};
use super::service::Done;
use super::{checklist, recurrence, store};
use crate::db::Tx;
use crate::error::ApiError;
use crate::identity::Author;
use todo_contract::{NewTask, OperationId, OperationKind, Task, TaskStatus};

/// Marks a task done. One that is done already stays as it is, and nothing is written.
pub(super) fn complete(tx: &mut Tx<'_>, author: &Author, task: Task, key: Option<&str>) -> Result<Done, ApiError> {
    if task.status == TaskStatus::Done {
        return Ok(Done::unchanged(task));
    }
    let after = Task { status: TaskStatus::Done, completed_at: Some(author.now), ..task.clone() };
    let (done, operation) = change::save(tx, author, OperationKind::Complete, &task, after, Stamp::keyed(key))?;
    let mut operations = vec![operation];
    let next = follow(tx, author, &done, operation)?.map(|(next, made)| {
        operations.push(made);
        next
    });
    Ok(Done { task: done, next, operations, replayed: false })
}

/// Makes the next occurrence of a task that repeats, where that one stands.
fn follow(
    tx: &mut Tx<'_>,
    author: &Author,
    task: &Task,
    cause: OperationId,
) -> Result<Option<(Task, OperationId)>, ApiError> {
    let (Some(due), Some(repeat)) = (&task.due, &task.repeat) else { return Ok(None) };
    let Some(next) = recurrence::next(due, repeat, author.now, &author.time_zone) else { return Ok(None) };
    let new = NewTask {
        title: task.title.clone(),
        notes: checklist::unticked(&task.notes),
        due: Some(next.due),
        priority: task.priority,
        tags: task.tags.clone(),
        repeat: Some(next.repeat),
    };
    let stamp = Stamp { caused_by: Some(cause), ..Stamp::default() };
    change::insert_at(tx, author, new, Some(task.position.clone()), stamp).map(Some)
}

/// Opens a done task again. If its next occurrence is there already, that one goes on repeating, and this
/// one no longer does: else there would be two of them from then on.
pub(super) fn reopen(tx: &mut Tx<'_>, author: &Author, task: Task, key: Option<&str>) -> Result<Done, ApiError> {
    if task.status == TaskStatus::Open {
        return Ok(Done::unchanged(task));
    }
    let goes_on = task.repeat.is_some() && store::has_successor(tx, author.user_id, task.id)?;
    let repeat = if goes_on { None } else { task.repeat.clone() };
    let after = Task { status: TaskStatus::Open, completed_at: None, repeat, ..task.clone() };
    Done::of(change::save(tx, author, OperationKind::Reopen, &task, after, Stamp::keyed(key))?)
}

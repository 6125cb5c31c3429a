//! A change to a task and its row in the journal, in one transaction.

use super::position;
use super::store::{self, Side};
use crate::db::Tx;
use crate::error::{ApiError, Code};
use crate::identity::Author;
use crate::journal::retention;
use crate::journal::store::{self as journal, Entry};
use crate::signals::Topic;
use crate::storage;
use todo_contract::{NewTask, OperationId, OperationKind, Task, TaskId, TaskStatus};

/// Most tasks of one account, the trash included.
pub(crate) const TASKS_MAX: i64 = 50_000;

/// How a change is marked in the journal, besides its author.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stamp<'a> {
    /// The operation that brings this one about.
    pub(crate) caused_by: Option<OperationId>,
    /// The operation that this one takes back.
    pub(crate) undoes: Option<OperationId>,
    /// The undo that this one takes back, so that a change stands again.
    pub(crate) redoes: Option<OperationId>,
    /// The idempotency key.
    pub(crate) key: Option<&'a str>,
}

impl<'a> Stamp<'a> {
    /// Marked with a key alone.
    pub(crate) fn keyed(key: Option<&'a str>) -> Self {
        Self { key, ..Self::default() }
    }
}

/// Makes a task, at the end of the manual order. Its due date is settled already.
///
/// # Errors
/// The account is full.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    author: &Author,
    new: NewTask,
    stamp: Stamp<'_>,
) -> Result<(Task, OperationId), ApiError> {
    insert_at(tx, author, new, None, stamp)
}

/// Makes a task at a place of the manual order, or else at its end.
///
/// # Errors
/// The account is full.
pub(super) fn insert_at(
    tx: &mut Tx<'_>,
    author: &Author,
    new: NewTask,
    place: Option<String>,
    stamp: Stamp<'_>,
) -> Result<(Task, OperationId), ApiError> {
    insert_as(tx, author, stamp, |id| Task {
        id,
        title: new.title,
        notes: new.notes,
        status: TaskStatus::Open,
        priority: new.priority,
        due: new.due,
        repeat: new.repeat,
        tags: new.tags,
        position: place.unwrap_or_else(|| position::at_end(id.0)),
        version: 1,
        created_at: author.now,
        updated_at: author.now,
        completed_at: None,
        deleted_at: None,
    })
}

/// Makes the task that `make` says, given its number. Without a place it goes to the end of the manual order.
///
/// # Errors
/// The account is full.
pub(crate) fn insert_as(
    tx: &mut Tx<'_>,
    author: &Author,
    stamp: Stamp<'_>,
    make: impl FnOnce(TaskId) -> Task,
) -> Result<(Task, OperationId), ApiError> {
    check_room(tx, author.user_id, 1)?;
    let (id, operation) = store::next_numbers(tx, author.user_id, 1)?;
    let made = make(id);
    let task = match made.position.is_empty() {
        true => Task { position: position::at_end(id.0), ..made },
        false => made,
    };
    store::insert(tx, author.user_id, &task)?;
    record(tx, author, operation, stamp.entry(OperationKind::Create, None, Some(&task)))?;
    Ok((task, operation))
}

/// As [`insert_as`], for many at once. Answers with nothing: whoever makes that many looks them up in pages.
///
/// # Errors
/// The account is full.
pub(crate) fn insert_all<M: FnOnce(TaskId) -> Task>(
    tx: &mut Tx<'_>,
    author: &Author,
    tasks: Vec<(Stamp<'_>, M)>,
) -> Result<(), ApiError> {
    let count = i64::try_from(tasks.len()).unwrap_or(i64::MAX);
    check_room(tx, author.user_id, count)?;
    let (last_task, last_operation) = store::next_numbers(tx, author.user_id, count)?;
    for ((stamp, make), rest) in tasks.into_iter().zip((0..count).rev()) {
        let (id, operation) = (TaskId(last_task.0 - rest), OperationId(last_operation.0 - rest));
        let task = Task { position: position::at_end(id.0), ..make(id) };
        store::insert(tx, author.user_id, &task)?;
        record(tx, author, operation, stamp.entry(OperationKind::Create, None, Some(&task)))?;
    }
    Ok(())
}

/// Whether `more` tasks find room, by number and by bytes.
///
/// # Errors
/// They do not.
pub(crate) fn check_room(tx: &mut Tx<'_>, user_id: i64, more: i64) -> Result<(), ApiError> {
    storage::check(tx, user_id)?;
    if storage::tasks(tx, user_id)? + more > TASKS_MAX {
        let detail =
            format!("An account may have at most {TASKS_MAX} tasks, the trash included. Empty the trash first.");
        return Err(ApiError::new(Code::ValidationFailed, detail));
    }
    Ok(())
}

/// Writes `after` over `before`, with the next version.
pub(crate) fn save(
    tx: &mut Tx<'_>,
    author: &Author,
    kind: OperationKind,
    before: &Task,
    after: Task,
    stamp: Stamp<'_>,
) -> Result<(Task, OperationId), ApiError> {
    // What gets rid of a task works in a full account too.
    if after.deleted_at.is_none() {
        storage::check(tx, author.user_id)?;
    }
    let operation = journal::next_number(tx, author.user_id)?;
    let mut after = Task { version: before.version + 1, updated_at: author.now, ..after };
    // A done task shares its place with the next occurrence of it; of the open ones each has its own. An undo
    // takes that next occurrence away, right after this.
    let reopened = before.status != after.status && kind != OperationKind::Undo;
    let restored = before.deleted_at.is_some() && after.deleted_at.is_none();
    let moved = before.position != after.position;
    if after.status == TaskStatus::Open && (reopened || restored || moved) {
        after.position = free_place(tx, author.user_id, &after)?;
    }
    store::update(tx, author.user_id, before, &after)?;
    record(tx, author, operation, stamp.entry(kind, Some(before), Some(&after)))?;
    Ok((after, operation))
}

/// Removes a task from the trash for good. The journal keeps that it was there, and none of its words.
pub(crate) fn purge(tx: &mut Tx<'_>, author: &Author, task: &Task) -> Result<OperationId, ApiError> {
    let operation = journal::next_number(tx, author.user_id)?;
    store::remove(tx, author.user_id, task.id)?;
    record(tx, author, operation, Stamp::default().entry(OperationKind::Delete, Some(task), None))?;
    retention::forget_task(tx, author.user_id, task.id)?;
    Ok(operation)
}

/// The task's place, or the one right behind it if another task took that in the meantime.
fn free_place(tx: &mut Tx<'_>, user_id: i64, task: &Task) -> Result<String, ApiError> {
    if !store::is_taken(tx, user_id, &task.position, task.id)? {
        return Ok(task.position.clone());
    }
    place_after(tx, user_id, &task.position, task.id)
}

/// A free place right behind `place`.
pub(super) fn place_after(tx: &mut Tx<'_>, user_id: i64, place: &str, skip: TaskId) -> Result<String, ApiError> {
    let end = position::at_end(store::last_task_id(tx, user_id)? + 1);
    let next = store::neighbour(tx, user_id, place, skip, Side::After)?.unwrap_or(end);
    position::between(place, &next).ok_or_else(|| ApiError::internal(format!("no place between {place} and {next}")))
}

/// A free place right in front of `place`.
pub(super) fn place_before(tx: &mut Tx<'_>, user_id: i64, place: &str, skip: TaskId) -> Result<String, ApiError> {
    let last = store::neighbour(tx, user_id, place, skip, Side::Before)?.unwrap_or_default();
    position::between(&last, place).ok_or_else(|| ApiError::internal(format!("no place between {last} and {place}")))
}

/// A free place behind all tasks there are.
pub(super) fn place_at_end(tx: &mut Tx<'_>, user_id: i64, skip: TaskId) -> Result<String, ApiError> {
    let end = position::at_end(store::last_task_id(tx, user_id)? + 1);
    place_before(tx, user_id, &end, skip)
}

impl Stamp<'_> {
    fn entry<'b>(&'b self, kind: OperationKind, before: Option<&'b Task>, after: Option<&'b Task>) -> Entry<'b> {
        let Self { caused_by, undoes, redoes, key } = *self;
        Entry { caused_by, undoes, redoes, key, ..Entry::new(kind, before, after) }
    }
}

fn record(tx: &mut Tx<'_>, author: &Author, id: OperationId, entry: Entry<'_>) -> Result<(), ApiError> {
    journal::append(tx, author, id, entry)?;
    tx.wake(Topic::Journal(author.user_id));
    Ok(())
}

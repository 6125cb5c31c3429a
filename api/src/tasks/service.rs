//! The rules of tasks.

pub use super::calls::{list_call, run_batch, run_call, take_back_call};

use super::change::{self, Stamp};
use super::{complete, edit, store};
use crate::db::{Connection, Tx};
use crate::error::{ApiError, Code};
use crate::identity::Author;
use crate::journal::store::{self as journal, Record};
use todo_contract::task::{TagCount, TaskMove};
use todo_contract::{NewTask, OperationId, OperationKind, Tag, Task, TaskId, TaskPatch};

/// What a change did.
#[derive(Clone, Debug)]
pub(crate) struct Done {
    /// The task as it is now.
    pub(crate) task: Task,
    /// The next occurrence that completing a repeating task made.
    pub(crate) next: Option<Task>,
    /// The rows of the journal; none if nothing was to be done.
    pub(crate) operations: Vec<OperationId>,
    /// Whether an earlier request under the same key did it.
    pub(crate) replayed: bool,
}

impl Done {
    pub(super) fn unchanged(task: Task) -> Self {
        Self { task, next: None, operations: Vec::new(), replayed: false }
    }

    pub(super) fn of((task, operation): (Task, OperationId)) -> Result<Self, ApiError> {
        Ok(Self { task, next: None, operations: vec![operation], replayed: false })
    }
}

/// Makes a task; under a key that was used before, answers with what that made.
pub(crate) fn create(tx: &mut Tx<'_>, author: &Author, new: NewTask, key: Option<&str>) -> Result<Done, ApiError> {
    let new = edit::settle_new(new, author)?;
    if let Some(done) = replay(tx, author, key, |before| made(before, &new))? {
        return Ok(done);
    }
    Done::of(change::insert(tx, author, new, Stamp::keyed(key))?)
}

/// Whether the operation made the same as `new` would. The date is left out where the rule gave it, since
/// that depends on the day.
fn made(record: &Record, new: &NewTask) -> bool {
    let operation = &record.operation;
    operation.kind == OperationKind::Create
        && operation.after.as_ref().is_some_and(|task| {
            let same_due = task.due == new.due || new.repeat.is_some();
            let same_words = task.title == new.title && task.notes == new.notes;
            same_words
                && same_due
                && (task.priority, &task.tags, &task.repeat) == (new.priority, &new.tags, &new.repeat)
        })
}

/// What was done under `key` before, if it was.
///
/// # Errors
/// `idempotency_key_reused` if `same` says that it was something else.
pub(super) fn replay(
    conn: &mut Connection,
    author: &Author,
    key: Option<&str>,
    same: impl FnOnce(&Record) -> bool,
) -> Result<Option<Done>, ApiError> {
    let Some(key) = key else { return Ok(None) };
    let Some(record) = journal::by_key(conn, author, key)? else { return Ok(None) };
    if !same(&record) {
        return Err(ApiError::new(Code::IdempotencyKeyReused, "Send a new key with a new request."));
    }
    let mut operations = vec![record.operation.id];
    let mut next = None;
    for caused in journal::caused_by(conn, author.user_id, &[record.operation.id])? {
        operations.push(caused.operation.id);
        next = next.or(caused.operation.after);
    }
    let task = record.operation.after.ok_or_else(|| ApiError::not_found("task"))?;
    Ok(Some(Done { task, next, operations, replayed: true }))
}

/// The task, also if it lies in the trash.
pub(crate) fn get(conn: &mut Connection, user_id: i64, id: TaskId) -> Result<Task, ApiError> {
    store::find(conn, user_id, id)?.ok_or_else(|| ApiError::not_found("task"))
}

/// The task, if it can be changed as it is.
pub(super) fn get_live(conn: &mut Connection, user_id: i64, id: TaskId) -> Result<Task, ApiError> {
    let task = get(conn, user_id, id)?;
    match task.deleted_at {
        None => Ok(task),
        Some(_) => Err(ApiError::new(Code::NotFound, format!("Task {id} is in the trash. Restore it first."))),
    }
}

/// # Errors
/// `version_mismatch` if `expected` is given and the task has another version.
fn check_version(task: &Task, expected: Option<i64>) -> Result<(), ApiError> {
    match expected {
        Some(version) if version != task.version => {
            let detail = format!("Task {} is at version {} by now, not {version}.", task.id, task.version);
            Err(ApiError::new(Code::VersionMismatch, detail))
        }
        _ => Ok(()),
    }
}

/// Applies a merge patch. One that changes nothing writes nothing.
pub(crate) fn patch(
    tx: &mut Tx<'_>,
    author: &Author,
    id: TaskId,
    patch: TaskPatch,
    expected: Option<i64>,
) -> Result<Done, ApiError> {
    let task = get_live(tx, author.user_id, id)?;
    check_version(&task, expected)?;
    write_patch(tx, author, task, patch, None)
}

pub(super) fn write_patch(
    tx: &mut Tx<'_>,
    author: &Author,
    task: Task,
    patch: TaskPatch,
    key: Option<&str>,
) -> Result<Done, ApiError> {
    let edited = edit::apply(&task, patch, author)?;
    if edited == task {
        return Ok(Done::unchanged(task));
    }
    Done::of(change::save(tx, author, OperationKind::Update, &task, edited, Stamp::keyed(key))?)
}

/// Completes or reopens, checking the version first.
pub(crate) fn set_status(
    tx: &mut Tx<'_>,
    author: &Author,
    id: TaskId,
    kind: OperationKind,
    expected: Option<i64>,
) -> Result<Done, ApiError> {
    let task = get_live(tx, author.user_id, id)?;
    check_version(&task, expected)?;
    match kind {
        OperationKind::Reopen => complete::reopen(tx, author, task, None),
        _ => complete::complete(tx, author, task, None),
    }
}

/// Puts a task into the trash. One that lies there stays as it is.
pub(crate) fn delete(
    tx: &mut Tx<'_>,
    author: &Author,
    id: TaskId,
    expected: Option<i64>,
    key: Option<&str>,
) -> Result<Done, ApiError> {
    let task = get(tx, author.user_id, id)?;
    if task.deleted_at.is_some() {
        return Ok(Done::unchanged(task));
    }
    check_version(&task, expected)?;
    let after = Task { deleted_at: Some(author.now), ..task.clone() };
    Done::of(change::save(tx, author, OperationKind::Delete, &task, after, Stamp::keyed(key))?)
}

/// Removes a task for good, in the trash or not.
pub(crate) fn purge(tx: &mut Tx<'_>, author: &Author, id: TaskId, expected: Option<i64>) -> Result<(), ApiError> {
    let task = get(tx, author.user_id, id)?;
    check_version(&task, expected)?;
    change::purge(tx, author, &task).map(|_| ())
}

/// Takes a task out of the trash. One that is not there stays as it is.
pub(crate) fn restore(tx: &mut Tx<'_>, author: &Author, id: TaskId, key: Option<&str>) -> Result<Done, ApiError> {
    let task = get(tx, author.user_id, id)?;
    if task.deleted_at.is_none() {
        return Ok(Done::unchanged(task));
    }
    let after = Task { deleted_at: None, ..task.clone() };
    Done::of(change::save(tx, author, OperationKind::Restore, &task, after, Stamp::keyed(key))?)
}

/// Moves a task in the manual order.
pub(crate) fn move_to(
    tx: &mut Tx<'_>,
    author: &Author,
    id: TaskId,
    to: TaskMove,
    expected: Option<i64>,
) -> Result<Done, ApiError> {
    let task = get_live(tx, author.user_id, id)?;
    check_version(&task, expected)?;
    let user = author.user_id;
    let place = match (to.before, to.after) {
        (Some(_), Some(_)) => return Err(ApiError::field("after", "give before or after, not both")),
        (Some(other), None) => {
            let anchor = anchor(tx, user, "before", other, id)?;
            change::place_before(tx, user, &anchor, id)?
        }
        (None, Some(other)) => {
            let anchor = anchor(tx, user, "after", other, id)?;
            change::place_after(tx, user, &anchor, id)?
        }
        (None, None) => change::place_at_end(tx, user, id)?,
    };
    let after = Task { position: place, ..task.clone() };
    Done::of(change::save(tx, author, OperationKind::Update, &task, after, Stamp::default())?)
}

/// The place of the task beside which `moved` is to go.
fn anchor(conn: &mut Connection, user_id: i64, field: &str, other: TaskId, moved: TaskId) -> Result<String, ApiError> {
    if other == moved {
        return Err(ApiError::field(field, "a task cannot be moved beside itself"));
    }
    match store::find(conn, user_id, other)? {
        Some(task) if task.deleted_at.is_none() => Ok(task.position),
        _ => Err(ApiError::field(field, format!("there is no task {other}"))),
    }
}

/// The tags in use, by name.
pub(crate) fn tags(conn: &mut Connection, user_id: i64) -> Result<Vec<TagCount>, ApiError> {
    let counts = store::tag_counts(conn, user_id)?.into_iter();
    counts.map(|(tag, count)| Ok(TagCount { tag: Tag::new(tag).map_err(ApiError::internal)?, count })).collect()
}

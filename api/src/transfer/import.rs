//! Reading the document back: all of it is checked before anything is written.

use super::export::{FORMAT, VERSION};
use crate::db::Tx;
use crate::error::{ApiError, Code};
use crate::identity::Author;
use crate::journal::store as journal;
use crate::tasks::{self, Stamp, TASKS_MAX};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use todo_contract::{Due, FieldProblem, NewTask, Notes, OperationKind, Priority, Repeat, Tag, Task, TaskStatus, Title};
use utoipa::ToSchema;

/// Largest document, in bytes.
pub(super) const DOCUMENT_MAX: usize = 32 << 20;

/// The body of `POST /me/import`: what `GET /me/export` answers. Whose it was, and the tasks' numbers,
/// versions and times of change, are not read: the tasks get new ones here.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Document {
    /// `todo-app`.
    #[serde(default)]
    format: Option<String>,
    /// 1.
    #[serde(default)]
    version: Option<u32>,
    /// At most 50,000.
    tasks: Vec<Item>,
}

/// A task to be taken in.
#[derive(Debug, Deserialize, ToSchema)]
struct Item {
    title: Title,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    notes: Notes,
    #[serde(default)]
    #[schema(value_type = Option<TaskStatus>)]
    status: TaskStatus,
    #[serde(default)]
    #[schema(value_type = Option<Priority>)]
    priority: Priority,
    #[serde(default)]
    due: Option<Due>,
    #[serde(default)]
    repeat: Option<Repeat>,
    #[serde(default)]
    #[schema(value_type = Option<Vec<Tag>>)]
    tags: Vec<Tag>,
    /// The tasks keep their order by this.
    #[serde(default)]
    position: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    created_at: Option<Timestamp>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    completed_at: Option<Timestamp>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    deleted_at: Option<Timestamp>,
}

/// What an import did.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Imported {
    /// Tasks taken in.
    pub(super) imported: usize,
    #[serde(skip)]
    pub(super) replayed: bool,
}

/// A checked task, and what a new one does not have.
pub(super) struct Checked {
    new: NewTask,
    status: TaskStatus,
    created_at: Timestamp,
    completed_at: Option<Timestamp>,
    deleted_at: Option<Timestamp>,
}

/// Checks the whole document.
///
/// # Errors
/// The first field that breaks its rule, with its path in the document.
pub(super) fn check(document: Document, author: &Author) -> Result<Vec<Checked>, ApiError> {
    if document.format.is_some_and(|format| format != FORMAT) {
        return Err(ApiError::field("format", format!("must be {FORMAT}")));
    }
    if document.version.is_some_and(|version| version != VERSION) {
        return Err(ApiError::field("version", format!("must be {VERSION}, the one that this server writes")));
    }
    let count = document.tasks.len();
    if i64::try_from(count).unwrap_or(i64::MAX) > TASKS_MAX {
        return Err(ApiError::field("tasks", format!("must have at most {TASKS_MAX} items; this has {count}")));
    }
    let mut items: Vec<_> = document.tasks.into_iter().enumerate().collect();
    items.sort_by(|(_, a), (_, b)| a.position.cmp(&b.position));
    items.into_iter().map(|(index, item)| check_item(item, author).map_err(|error| within(index, error))).collect()
}

fn check_item(item: Item, author: &Author) -> Result<Checked, ApiError> {
    let Item { title, notes, priority, due, repeat, tags, .. } = item;
    let new = tasks::settle_new(NewTask { title, notes, due, priority, tags, repeat }, author)?;
    let done = item.status == TaskStatus::Done;
    if item.completed_at.is_some() && !done {
        return Err(ApiError::field("completed_at", "must be null for a task that is open"));
    }
    let times = [("created_at", item.created_at), ("completed_at", item.completed_at), ("deleted_at", item.deleted_at)];
    if let Some((field, _)) = times.into_iter().find(|(_, at)| at.is_some_and(|at| at > author.now)) {
        return Err(ApiError::field(field, "must not be in the future"));
    }
    let created_at = item.created_at.unwrap_or(author.now);
    let completed_at = done.then(|| item.completed_at.unwrap_or(author.now));
    Ok(Checked { new, status: item.status, created_at, completed_at, deleted_at: item.deleted_at })
}

fn within(index: usize, error: ApiError) -> ApiError {
    let at = |field: &str| format!("tasks[{index}].{field}");
    let errors = error.errors.iter();
    let errors: Vec<_> = errors.map(|e| FieldProblem { field: at(&e.field), message: e.message.clone() }).collect();
    ApiError { detail: at(&error.detail), errors, ..error }
}

/// Writes the tasks as one group, so that one undo takes them all back.
///
/// # Errors
/// The account is full; then none is written.
pub(super) fn write(tx: &mut Tx<'_>, author: &Author, tasks: Vec<Checked>) -> Result<Imported, ApiError> {
    if let Some(imported) = replay(tx, author, tasks.len())? {
        return Ok(imported);
    }
    let imported = tasks.len();
    for (index, checked) in tasks.into_iter().enumerate() {
        let stamp = Stamp::keyed(author.idempotency_key.as_deref().filter(|_| index == 0));
        tasks::insert_as(tx, author, stamp, |id| Task {
            id,
            title: checked.new.title,
            notes: checked.new.notes,
            status: checked.status,
            priority: checked.new.priority,
            due: checked.new.due,
            repeat: checked.new.repeat,
            tags: checked.new.tags,
            position: String::new(),
            version: 1,
            created_at: checked.created_at,
            updated_at: author.now,
            completed_at: checked.completed_at,
            deleted_at: checked.deleted_at,
        })?;
    }
    Ok(Imported { imported, replayed: false })
}

fn replay(tx: &mut Tx<'_>, author: &Author, count: usize) -> Result<Option<Imported>, ApiError> {
    let Some(key) = author.idempotency_key.as_deref() else { return Ok(None) };
    let Some(first) = journal::by_key(tx, author.user_id, key)? else { return Ok(None) };
    let imported = journal::group(tx, author.user_id, &first.operation.group)?.len();
    if first.operation.kind != OperationKind::Create || imported != count {
        return Err(ApiError::new(Code::IdempotencyKeyReused, "Send a new key with a new request."));
    }
    Ok(Some(Imported { imported, replayed: true }))
}

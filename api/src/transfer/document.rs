//! The document that an import reads.

use super::export::{FORMAT, VERSION};
use crate::error::ApiError;
use crate::identity::Author;
use crate::tasks::{self, TASKS_MAX};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use todo_contract::{Due, FieldProblem, NewTask, Notes, Priority, Repeat, Tag, Task, TaskId, TaskStatus, Title};
use utoipa::ToSchema;

/// The body of `POST /me/import`: what `GET /me/export` answers. The tasks get new numbers, versions and times of
/// change here.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Document {
    /// `todo-app`.
    #[serde(default)]
    format: Option<String>,
    /// 1.
    #[serde(default)]
    version: Option<u32>,
    /// Whose it was: one's own tasks are known again by their numbers.
    #[serde(default)]
    account: Option<Whose>,
    /// At most 50,000.
    tasks: Vec<Item>,
}

/// A checked document, in the order of its tasks.
pub(super) struct CheckedDocument {
    /// The account whose tasks they were, if it says so.
    pub(super) account: Option<i64>,
    pub(super) tasks: Vec<Checked>,
}

/// Whose tasks they were.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
struct Whose {
    /// The account's id.
    #[serde(default)]
    id: i64,
}

/// A task to be taken in.
#[derive(Debug, Deserialize, ToSchema)]
struct Item {
    #[serde(default)]
    id: Option<i64>,
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

/// A checked task, and what a new one does not have.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Checked {
    pub(super) new: NewTask,
    status: TaskStatus,
    /// Its number there, and when it was made, if the document says so.
    pub(super) id: Option<i64>,
    pub(super) made_at: Option<Timestamp>,
    created_at: Timestamp,
    completed_at: Option<Timestamp>,
    pub(super) deleted_at: Option<Timestamp>,
}

impl Document {
    /// Checks the whole document.
    ///
    /// # Errors
    /// The first field that breaks its rule, with its path in the document.
    pub(super) fn check(self, author: &Author) -> Result<CheckedDocument, ApiError> {
        if self.format.as_ref().is_some_and(|format| format != FORMAT) {
            return Err(ApiError::field("format", format!("must be {FORMAT}")));
        }
        if self.version.is_some_and(|version| version != VERSION) {
            return Err(ApiError::field("version", format!("must be {VERSION}, the one that this server writes")));
        }
        let count = self.tasks.len();
        if i64::try_from(count).unwrap_or(i64::MAX) > TASKS_MAX {
            return Err(ApiError::field("tasks", format!("must have at most {TASKS_MAX} items; this has {count}")));
        }
        let mut items: Vec<_> = self.tasks.into_iter().enumerate().collect();
        items.sort_by(|(_, a), (_, b)| a.position.cmp(&b.position));
        let checked = items.into_iter().map(|(index, item)| item.check(author).map_err(|error| within(index, error)));
        let tasks = checked.collect::<Result<_, _>>()?;
        Ok(CheckedDocument { account: self.account.map(|account| account.id), tasks })
    }
}

impl Item {
    fn check(self, author: &Author) -> Result<Checked, ApiError> {
        let Self { title, notes, priority, due, repeat, tags, .. } = self;
        let new = tasks::settle_new(NewTask { title, notes, due, priority, tags, repeat }, author)?;
        let done = self.status == TaskStatus::Done;
        if self.completed_at.is_some() && !done {
            return Err(ApiError::field("completed_at", "must be null for a task that is open"));
        }
        let times =
            [("created_at", self.created_at), ("completed_at", self.completed_at), ("deleted_at", self.deleted_at)];
        if let Some((field, _)) = times.into_iter().find(|(_, at)| at.is_some_and(|at| at > author.now)) {
            return Err(ApiError::field(field, "must not be in the future"));
        }
        Ok(Checked {
            new,
            status: self.status,
            id: self.id,
            made_at: self.created_at,
            created_at: self.created_at.unwrap_or(author.now),
            completed_at: done.then(|| self.completed_at.unwrap_or(author.now)),
            deleted_at: self.deleted_at,
        })
    }
}

impl Checked {
    /// As the task that it becomes.
    pub(super) fn into_task(self, id: TaskId, now: Timestamp) -> Task {
        Task {
            id,
            title: self.new.title,
            notes: self.new.notes,
            status: self.status,
            priority: self.new.priority,
            due: self.new.due,
            repeat: self.new.repeat,
            tags: self.new.tags,
            position: String::new(),
            version: 1,
            created_at: self.created_at,
            updated_at: now,
            completed_at: self.completed_at,
            deleted_at: self.deleted_at,
        }
    }
}

fn within(index: usize, error: ApiError) -> ApiError {
    let at = |field: &str| format!("tasks[{index}].{field}");
    let errors = error.errors.iter();
    let errors: Vec<_> = errors.map(|e| FieldProblem { field: at(&e.field), message: e.message.clone() }).collect();
    ApiError { detail: at(&error.detail), errors, ..error }
}

//! What a tool call gave.

use crate::due::Due;
use crate::job::JobId;
use crate::operation::OperationId;
use crate::repeat::Repeat;
use crate::task::{Priority, Tag, Task, TaskId, TaskStatus};
use crate::text::Title;
use serde::{Deserialize, Serialize};

/// A task in short, as tool results show it to a planner: what is empty is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskBrief {
    /// Its number.
    pub id: TaskId,
    /// Its title.
    pub title: Title,
    /// Open or done.
    pub status: TaskStatus,
    /// When it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// How much it matters.
    #[serde(default, skip_serializing_if = "is_none_priority")]
    pub priority: Priority,
    /// Its tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// How it repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Repeat>,
    /// Whether it lies in the trash.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_none_priority(priority: &Priority) -> bool {
    *priority == Priority::None
}

impl From<&Task> for TaskBrief {
    fn from(task: &Task) -> Self {
        Self {
            id: task.id,
            title: task.title.clone(),
            status: task.status,
            due: task.due.clone(),
            priority: task.priority,
            tags: task.tags.clone(),
            repeat: task.repeat.clone(),
            deleted: task.deleted_at.is_some(),
        }
    }
}

/// Why one item of a call failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemError {
    /// Stable code, as in [`crate::Problem`].
    pub code: String,
    /// What is wrong, fit for a person.
    pub detail: String,
    /// For an unknown number: open tasks that may have been meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<TaskBrief>,
}

/// What became of one item of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemOutcome {
    /// The task's number; absent where none could be made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<TaskId>,
    /// Whether it was done.
    pub ok: bool,
    /// The task as it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskBrief>,
    /// The next occurrence that completing a repeating task made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<TaskBrief>,
    /// Why it was not done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<ItemError>,
}

/// The result of a tool call, and the answer to a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "crate::wire::ToolResultWire")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ToolResult {
    /// Tasks were changed, each by itself.
    Changed {
        /// What became of each item, in the order of the call.
        items: Vec<ItemOutcome>,
        /// The journal's rows, for Undo.
        operations: Vec<OperationId>,
        /// Whether an earlier call of the turn had done it: then nothing was done again.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        already_done: bool,
    },
    /// Tasks were looked up.
    Listed {
        /// The first ones.
        tasks: Vec<TaskBrief>,
        /// How many there are in all.
        total: i64,
    },
    /// The latest change was taken back.
    Undone {
        /// The tasks as they are now.
        tasks: Vec<TaskBrief>,
        /// The journal's rows.
        operations: Vec<OperationId>,
        /// The job that goes on with it, where it is more than one write may do; then nothing is told here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        job: Option<JobId>,
    },
    /// What was taken back last was brought back.
    Redone {
        /// The tasks as they are now.
        tasks: Vec<TaskBrief>,
        /// The journal's rows.
        operations: Vec<OperationId>,
        /// The job that goes on with it, where it is more than one write may do; then nothing is told here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        job: Option<JobId>,
    },
    /// The person said no.
    Declined,
    /// The call as a whole was refused.
    Failed {
        /// Why.
        error: ItemError,
    },
}

//! What the tools are called with.

use crate::due::Due;
use crate::repeat::Repeat;
use crate::serde_util::null_as_default;
use crate::task::{Priority, Tag, TaskId, TaskStatus};
use crate::text::{Notes, Title};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A task to be made: the body of `POST /tasks` and an item of `add_tasks`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "tool-schema", derive(schemars::JsonSchema))]
pub struct NewTask {
    /// What is to be done, in the user's own words, without its date, priority or tags.
    pub title: Title,
    /// Details, as Markdown.
    #[serde(default, deserialize_with = "null_as_default")]
    #[cfg_attr(feature = "openapi", schema(default = ""))]
    pub notes: Notes,
    /// When it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// How much it matters.
    #[serde(default, deserialize_with = "null_as_default")]
    pub priority: Priority,
    /// Tags, without `#`; at most 20.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
    pub tags: Vec<Tag>,
    /// How it repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Repeat>,
}

impl NewTask {
    /// A task with a title and nothing else.
    #[must_use]
    pub fn titled(title: Title) -> Self {
        Self { title, notes: Notes::default(), due: None, priority: Priority::None, tags: Vec::new(), repeat: None }
    }
}

/// `add_tasks`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "tool-schema", derive(schemars::JsonSchema))]
pub struct AddTasks {
    /// The tasks to be made, at most 200.
    pub tasks: Vec<NewTask>,
}

/// `list_tasks`: every given field narrows. Nothing changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "tool-schema", derive(schemars::JsonSchema))]
pub struct ListTasks {
    /// Open or done; null for both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<TaskStatus>,
    /// Due on this day or later.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::calendar::optional_date")]
    #[cfg_attr(
        feature = "tool-schema",
        schemars(with = "Option<String>", description = "Due on this day or later, YYYY-MM-DD")
    )]
    pub due_from: Option<Date>,
    /// Due on this day or earlier.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::calendar::optional_date")]
    #[cfg_attr(
        feature = "tool-schema",
        schemars(with = "Option<String>", description = "Due on this day or earlier, YYYY-MM-DD")
    )]
    pub due_to: Option<Date>,
    /// Completed on this day or later.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::calendar::optional_date")]
    #[cfg_attr(
        feature = "tool-schema",
        schemars(with = "Option<String>", description = "Completed on this day or later, YYYY-MM-DD")
    )]
    pub completed_from: Option<Date>,
    /// Completed on this day or earlier.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::calendar::optional_date")]
    #[cfg_attr(
        feature = "tool-schema",
        schemars(with = "Option<String>", description = "Completed on this day or earlier, YYYY-MM-DD")
    )]
    pub completed_to: Option<Date>,
    /// Of this priority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Bearing this tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<Tag>,
    /// With these words in title, notes or tags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// At most this many, 1 to 200; 50 if null.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// What `update_tasks` can clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "tool-schema", derive(schemars::JsonSchema))]
pub enum Clearable {
    /// The notes.
    Notes,
    /// The due date, and with it the repeat.
    Due,
    /// The priority.
    Priority,
    /// All tags.
    Tags,
    /// The repeat.
    Repeat,
}

/// One task's change in `update_tasks`: what is absent or null stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "tool-schema", derive(schemars::JsonSchema))]
pub struct TaskChange {
    /// Which task.
    pub id: TaskId,
    /// A new title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Title>,
    /// New notes, in place of what is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Notes>,
    /// Notes to put below what is there, or below the new notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add_notes: Option<Notes>,
    /// A new due date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// A new priority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Tags to put on.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub add_tags: Vec<Tag>,
    /// Tags to take off.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub remove_tags: Vec<Tag>,
    /// A new repeat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Repeat>,
    /// Fields to empty.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub clear: Vec<Clearable>,
}

impl TaskChange {
    /// A change of nothing, to be filled in.
    #[must_use]
    pub fn of(id: TaskId) -> Self {
        Self {
            id,
            title: None,
            notes: None,
            add_notes: None,
            due: None,
            priority: None,
            add_tags: Vec::new(),
            remove_tags: Vec::new(),
            repeat: None,
            clear: Vec::new(),
        }
    }
}

/// `update_tasks`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "tool-schema", derive(schemars::JsonSchema))]
pub struct UpdateTasks {
    /// The changes, at most 200.
    pub changes: Vec<TaskChange>,
}

/// `complete_tasks`, `reopen_tasks`, `delete_tasks`: by number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "tool-schema", derive(schemars::JsonSchema))]
pub struct TaskIds {
    /// The tasks' numbers, at most 200.
    pub ids: Vec<TaskId>,
}

/// `undo_last`: takes back the latest change that is not taken back yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "tool-schema", derive(schemars::JsonSchema))]
pub struct UndoLast {}

/// `redo_last`: brings back what the latest undo took back, unless something was changed since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "tool-schema", derive(schemars::JsonSchema))]
pub struct RedoLast {}

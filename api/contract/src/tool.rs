//! The tools, defined once: both planners propose them, the api runs them.

use crate::due::Due;
use crate::limits::{BATCH_MAX, SEARCH_MAX};
use crate::operation::OperationId;
use crate::repeat::Repeat;
use crate::serde_util::null_as_default;
use crate::task::{Priority, Tag, Task, TaskId, TaskStatus};
use crate::text::{InvalidText, Notes, Title, bounded_text, shown_text, within};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

fn call_id(text: String) -> Result<String, InvalidText> {
    within("the id of a tool call", &text, 1, crate::limits::KEY_MAX)?;
    Ok(text)
}

bounded_text!(CallId, 1, 128, call_id, "The id of a tool call, unique in its turn; also its idempotency key.");
shown_text!(CallId);

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

/// A typed tool call: `{"name": "complete_tasks", "arguments": {"ids": [3]}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", content = "arguments", rename_all = "snake_case")]
pub enum ToolCall {
    /// Make tasks.
    AddTasks(AddTasks),
    /// Look tasks up.
    ListTasks(ListTasks),
    /// Change tasks.
    UpdateTasks(UpdateTasks),
    /// Mark tasks done.
    CompleteTasks(TaskIds),
    /// Open done tasks again.
    ReopenTasks(TaskIds),
    /// Put tasks into the trash.
    DeleteTasks(TaskIds),
    /// Take back the latest change.
    UndoLast(UndoLast),
    /// Bring back what was taken back last.
    RedoLast(RedoLast),
}

impl ToolCall {
    /// The names of all tools.
    pub const NAMES: [&'static str; 8] = [
        "add_tasks",
        "list_tasks",
        "update_tasks",
        "complete_tasks",
        "reopen_tasks",
        "delete_tasks",
        "undo_last",
        "redo_last",
    ];

    /// Reads a call from a tool's name and its arguments as JSON, and checks its bounds.
    ///
    /// # Errors
    /// A sentence that says what is wrong, fit to be sent back to a model.
    pub fn parse(name: &str, arguments: serde_json::Value) -> Result<Self, InvalidText> {
        let text = arguments.to_string();
        let call = match name {
            "add_tasks" => Self::AddTasks(read(&text)?),
            "list_tasks" => Self::ListTasks(read(&text)?),
            "update_tasks" => Self::UpdateTasks(read(&text)?),
            "complete_tasks" => Self::CompleteTasks(read(&text)?),
            "reopen_tasks" => Self::ReopenTasks(read(&text)?),
            "delete_tasks" => Self::DeleteTasks(read(&text)?),
            "undo_last" => Self::UndoLast(read(&text)?),
            "redo_last" => Self::RedoLast(read(&text)?),
            _ => return Err(InvalidText(format!("there is no tool {name}; use one of {}", Self::NAMES.join(", ")))),
        };
        call.check()?;
        Ok(call)
    }

    /// The tool's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::AddTasks(_) => "add_tasks",
            Self::ListTasks(_) => "list_tasks",
            Self::UpdateTasks(_) => "update_tasks",
            Self::CompleteTasks(_) => "complete_tasks",
            Self::ReopenTasks(_) => "reopen_tasks",
            Self::DeleteTasks(_) => "delete_tasks",
            Self::UndoLast(_) => "undo_last",
            Self::RedoLast(_) => "redo_last",
        }
    }

    /// The arguments alone, as JSON.
    #[must_use]
    pub fn arguments(&self) -> serde_json::Value {
        let mut whole = serde_json::to_value(self).unwrap_or_default();
        whole.get_mut("arguments").map(serde_json::Value::take).unwrap_or_default()
    }

    /// Checks the bounds that serde does not.
    ///
    /// # Errors
    /// A sentence that names the bound.
    pub fn check(&self) -> Result<(), InvalidText> {
        match self {
            Self::AddTasks(a) => counted("tasks", a.tasks.len()),
            Self::UpdateTasks(u) => counted("changes", u.changes.len()),
            Self::CompleteTasks(t) | Self::ReopenTasks(t) | Self::DeleteTasks(t) => counted("ids", t.ids.len()),
            Self::ListTasks(l) => match &l.text {
                Some(text) => within("text", text, 0, SEARCH_MAX),
                None => Ok(()),
            },
            Self::UndoLast(_) | Self::RedoLast(_) => Ok(()),
        }
    }

    /// Whether it does something else each time, with the same arguments.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        matches!(self, Self::UndoLast(_) | Self::RedoLast(_))
    }
}

/// Read as text, the way everything else is: a second way costs the page 50 KB.
fn read<T: serde::de::DeserializeOwned>(arguments: &str) -> Result<T, InvalidText> {
    serde_json::from_str(arguments).map_err(|error| {
        let message = error.to_string();
        InvalidText(message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason).to_owned())
    })
}

fn counted(field: &str, count: usize) -> Result<(), InvalidText> {
    if (1..=BATCH_MAX).contains(&count) {
        Ok(())
    } else {
        Err(InvalidText(format!("{field} must have 1 to {BATCH_MAX} items; this has {count}")))
    }
}

/// `POST /tasks/batch`: one change to many tasks; each item succeeds or fails by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Batch {
    /// Make tasks.
    Add(AddTasks),
    /// Change tasks.
    Update(UpdateTasks),
    /// Mark tasks done.
    Complete(TaskIds),
    /// Open done tasks again.
    Reopen(TaskIds),
    /// Put tasks into the trash.
    Delete(TaskIds),
    /// Take tasks out of the trash.
    Restore(TaskIds),
}

impl Batch {
    /// Checks the number of items.
    ///
    /// # Errors
    /// A sentence that names the bound.
    pub fn check(&self) -> Result<(), InvalidText> {
        match self {
            Self::Add(a) => counted("tasks", a.tasks.len()),
            Self::Update(u) => counted("changes", u.changes.len()),
            Self::Complete(t) | Self::Reopen(t) | Self::Delete(t) | Self::Restore(t) => counted("ids", t.ids.len()),
        }
    }
}

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
    },
    /// What was taken back last was brought back.
    Redone {
        /// The tasks as they are now.
        tasks: Vec<TaskBrief>,
        /// The journal's rows.
        operations: Vec<OperationId>,
    },
    /// The person said no.
    Declined,
    /// The call as a whole was refused.
    Failed {
        /// Why.
        error: ItemError,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_call_reads_with_nulls_for_what_is_left_out() {
        let call = ToolCall::parse(
            "add_tasks",
            json!({"tasks":[{"title":"Milk","notes":null,"due":{"date":"2027-01-05","time":null,"zone":null},
                             "priority":null,"tags":null,"repeat":null}]}),
        )
        .unwrap();
        let ToolCall::AddTasks(AddTasks { tasks }) = call else { panic!("not add_tasks") };
        assert_eq!(tasks[0].due, Some(Due::on(Date::constant(2027, 1, 5))));
    }

    #[test]
    fn a_call_round_trips() {
        let json = json!({"name":"complete_tasks","arguments":{"ids":[3]}});
        let call: ToolCall = serde_json::from_value(json.clone()).unwrap();
        assert_eq!((call.name(), call.arguments()), ("complete_tasks", json!({"ids":[3]})));
        assert_eq!(serde_json::to_value(&call).unwrap(), json);
    }

    #[test]
    fn every_tool_that_is_named_can_be_called() {
        let task = json!({"tasks": [{"title": "Milk"}], "changes": [{"id": 1}], "ids": [1]});
        for name in ToolCall::NAMES {
            let field = match name {
                "add_tasks" => Some("tasks"),
                "update_tasks" => Some("changes"),
                "complete_tasks" | "reopen_tasks" | "delete_tasks" => Some("ids"),
                _ => None,
            };
            let arguments = field.map_or_else(|| json!({}), |field| json!({field: task[field]}));
            let call = ToolCall::parse(name, arguments.clone()).unwrap();
            assert_eq!((call.name(), serde_json::to_value(&call).unwrap()["name"].as_str()), (name, Some(name)));
        }
    }

    #[test]
    fn a_look_up_tells_days_of_completion_from_due_ones() {
        let json = json!({"completed_from": "2027-01-04", "completed_to": "2027-01-05"});
        let call = ToolCall::parse("list_tasks", json.clone()).unwrap();
        let ToolCall::ListTasks(list) = &call else { panic!("not list_tasks") };
        assert_eq!((list.completed_from, list.due_from), (Some(Date::constant(2027, 1, 4)), None));
        assert_eq!(call.arguments(), json);
        assert!(ToolCall::parse("list_tasks", json!({"completed_from": "yesterday"})).is_err());
    }

    #[test]
    fn what_is_malformed_is_refused_with_a_reason() {
        for (name, arguments) in [
            ("drop_table", json!({})),
            ("complete_tasks", json!({})),
            ("complete_tasks", json!({"ids":[]})),
            ("complete_tasks", json!({"ids":["3"]})),
            ("complete_tasks", json!({"ids":[1],"user_id":7})),
            ("add_tasks", json!({"tasks":[{"title":""}]})),
            ("list_tasks", json!({"text":"x".repeat(201)})),
        ] {
            assert!(ToolCall::parse(name, arguments.clone()).is_err(), "{name} {arguments}");
        }
    }
}

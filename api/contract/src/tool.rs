//! The tools, defined once: both planners propose them, the api runs them.

mod arguments;
mod result;
mod same;
mod table;

pub use arguments::{AddTasks, Clearable, ListTasks, NewTask, RedoLast, TaskChange, TaskIds, UndoLast, UpdateTasks};
pub use result::{ItemError, ItemOutcome, TaskBrief, ToolResult};
pub use table::{Effect, Tool};

use crate::limits::{BATCH_MAX, SEARCH_MAX};
use crate::text::{InvalidText, bounded_text, shown_text, within};
use serde::{Deserialize, Serialize};
use std::fmt;

fn call_id(text: String) -> Result<String, InvalidText> {
    within("the id of a tool call", &text, 1, crate::limits::KEY_MAX)?;
    Ok(text)
}

bounded_text!(CallId, 1, 128, call_id, "The id of a tool call, unique in its turn; also its idempotency key.");
shown_text!(CallId);

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::due::Due;
    use jiff::civil::Date;
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

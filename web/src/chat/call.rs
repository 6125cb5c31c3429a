//! A tool call as the page shows it.

use crate::api::json;
use serde_json::Value;
use todo_contract::{CallId, CallStatus, OperationId, ToolCall, ToolResult};

/// A big change that asks first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmationView {
    /// What would happen, in a sentence.
    pub summary: String,
    /// `None` while it waits.
    pub approved: Option<bool>,
}

/// How a call stands, as shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallState {
    /// At work.
    Running,
    /// Waiting for a yes or no.
    Waiting,
    /// Ran; single items may have failed.
    Done,
    /// Refused or failed as a whole.
    Failed,
    /// The person said no.
    Declined,
    /// The turn ended before it ran.
    Stopped,
}

/// The typed call. Its bounds are the api's to check.
fn read(name: &str, arguments: Value) -> Option<ToolCall> {
    let call = match name {
        "add_tasks" => json::of(arguments).map(ToolCall::AddTasks),
        "list_tasks" => json::of(arguments).map(ToolCall::ListTasks),
        "update_tasks" => json::of(arguments).map(ToolCall::UpdateTasks),
        "complete_tasks" => json::of(arguments).map(ToolCall::CompleteTasks),
        "reopen_tasks" => json::of(arguments).map(ToolCall::ReopenTasks),
        "delete_tasks" => json::of(arguments).map(ToolCall::DeleteTasks),
        "undo_last" => json::of(arguments).map(ToolCall::UndoLast),
        "redo_last" => json::of(arguments).map(ToolCall::RedoLast),
        _ => return None,
    };
    call.ok()
}

/// A tool call and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallView {
    /// Its id.
    pub id: CallId,
    /// The tool.
    pub name: String,
    /// The typed call; `None` if the planner sent one that is not understood.
    pub call: Option<ToolCall>,
    /// How it ended.
    pub status: Option<CallStatus>,
    /// What came of it.
    pub result: Option<ToolResult>,
    /// The question that it asked first.
    pub confirmation: Option<ConfirmationView>,
}

impl CallView {
    /// A call that was just proposed.
    #[must_use]
    pub fn new(id: CallId, name: String, arguments: Value) -> Self {
        let call = read(&name, arguments);
        Self { id, name, call, status: None, result: None, confirmation: None }
    }

    /// How it stands, in a turn that is over or not.
    #[must_use]
    pub fn state(&self, turn_is_over: bool) -> CallState {
        match self.status {
            Some(CallStatus::Done) => CallState::Done,
            Some(CallStatus::Failed) => CallState::Failed,
            Some(CallStatus::Declined) => CallState::Declined,
            Some(CallStatus::Pending) | None => match &self.confirmation {
                _ if turn_is_over => CallState::Stopped,
                Some(ConfirmationView { approved: None, .. }) => CallState::Waiting,
                Some(ConfirmationView { approved: Some(false), .. }) => CallState::Declined,
                _ => CallState::Running,
            },
        }
    }

    /// The journal's rows that it made.
    #[must_use]
    pub fn operations(&self) -> &[OperationId] {
        match &self.result {
            Some(
                ToolResult::Changed { operations, .. }
                | ToolResult::Undone { operations, .. }
                | ToolResult::Redone { operations, .. },
            ) => operations,
            _ => &[],
        }
    }

    /// Whether it left a mark on the list.
    #[must_use]
    pub fn changed_something(&self) -> bool {
        !self.operations().is_empty()
    }

    pub(super) fn confirm(&mut self, summary: &str, approved: Option<bool>) {
        match &mut self.confirmation {
            Some(asked) => {
                asked.approved = approved;
                if !summary.is_empty() {
                    summary.clone_into(&mut asked.summary);
                }
            }
            None => self.confirmation = Some(ConfirmationView { summary: summary.to_owned(), approved }),
        }
    }

    pub(super) fn answer(&mut self, approved: Option<bool>) {
        if let Some(asked) = &mut self.confirmation {
            asked.approved = approved;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_tool_of_the_contract_reads_as_the_contract_reads_it() {
        let arguments = |name: &str| match name {
            "add_tasks" => {
                json!({ "tasks": [{ "title": "Milk", "due": { "date": "2027-03-01", "time": "15:00" }, "priority": "high",
                "tags": ["home"], "repeat": { "rule": "FREQ=DAILY", "from": "completion" } }] })
            }
            "list_tasks" => {
                json!({ "status": "open", "due_from": "2027-03-01", "completed_to": "2027-03-02", "priority": null, "tag": "home", "limit": 5 })
            }
            "update_tasks" => {
                json!({ "changes": [{ "id": 1, "title": "Bread", "due": null, "add_tags": ["x"], "remove_tags": null }] })
            }
            "undo_last" | "redo_last" => json!({}),
            _ => json!({ "ids": [1, 2] }),
        };
        for name in ToolCall::NAMES {
            let expected = ToolCall::parse(name, arguments(name)).unwrap();
            assert_eq!(read(name, arguments(name)), Some(expected), "{name}");
        }
        assert_eq!(read("drop_tables", json!({})), None);
        assert_eq!(read("complete_tasks", json!({ "ids": "all" })), None);
    }
}

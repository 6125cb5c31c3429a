//! The tools as function definitions, derived once from the contract's types.

mod plain;
mod strict;

use serde::Serialize;
use serde_json::Value;
use std::sync::OnceLock;
use todo_contract::{AddTasks, ListTasks, RedoLast, TaskIds, UndoLast, UpdateTasks};

/// A function that the model may call.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) parameters: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) strict: Option<bool>,
}

/// How much is asked of a server's understanding of schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Schemas {
    /// Strict, and saying so.
    Strict,
    /// The same, for servers that do not know the word.
    Unmarked,
    /// In the oldest keywords alone.
    Plain,
}

/// All tools.
pub(super) fn functions(schemas: Schemas) -> &'static [Function] {
    static STRICT: OnceLock<Vec<Function>> = OnceLock::new();
    static UNMARKED: OnceLock<Vec<Function>> = OnceLock::new();
    static PLAIN: OnceLock<Vec<Function>> = OnceLock::new();
    match schemas {
        Schemas::Strict => STRICT.get_or_init(|| all(Some(true), std::convert::identity)),
        Schemas::Unmarked => UNMARKED.get_or_init(|| all(None, std::convert::identity)),
        Schemas::Plain => PLAIN.get_or_init(|| all(None, plain::plain)),
    }
}

fn all(strict: Option<bool>, form: impl Fn(Value) -> Value) -> Vec<Function> {
    let ids = strict::schema_of::<TaskIds>;
    [
        ("add_tasks", "Make new tasks.", strict::schema_of::<AddTasks>()),
        (
            "list_tasks",
            "Look tasks up; every field that is not null narrows. Changes nothing.",
            strict::schema_of::<ListTasks>(),
        ),
        (
            "update_tasks",
            "Change tasks by number; null leaves a field as it is, \"clear\" empties fields.",
            strict::schema_of::<UpdateTasks>(),
        ),
        ("complete_tasks", "Mark tasks as done, by number.", ids()),
        ("reopen_tasks", "Open done tasks again, by number.", ids()),
        ("delete_tasks", "Move tasks to the trash, by number.", ids()),
        ("undo_last", "Take back the latest change to the list.", strict::schema_of::<UndoLast>()),
        (
            "redo_last",
            "Bring back what undo_last took back, with the numbers it had; fails if something was changed since.",
            strict::schema_of::<RedoLast>(),
        ),
    ]
    .into_iter()
    .map(|(name, description, schema)| Function { name, description, parameters: form(schema), strict })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use todo_contract::ToolCall;

    fn offered() -> Vec<Value> {
        serde_json::to_value(functions(Schemas::Strict)).unwrap().as_array().unwrap().clone()
    }

    #[test]
    fn every_tool_of_the_contract_is_offered_and_no_other() {
        let names: Vec<_> = offered().iter().map(|t| t["name"].as_str().unwrap().to_owned()).collect();
        assert_eq!(names, ToolCall::NAMES);
    }

    #[test]
    fn strict_is_left_out_where_it_is_not_understood() {
        assert_eq!(offered()[0]["strict"], json!(true));
        assert!(serde_json::to_value(functions(Schemas::Unmarked)).unwrap()[0].get("strict").is_none());
    }

    #[test]
    fn what_the_schema_asks_for_is_what_the_contract_reads() {
        let due = json!({"date": "2027-03-01", "time": "15:00", "zone": null});
        let repeat = json!({"rule": "FREQ=DAILY", "from": null});
        for (name, arguments) in [
            (
                "add_tasks",
                json!({"tasks": [{"title": "A", "notes": null, "due": due, "priority": null, "tags": null,
                                            "repeat": repeat}]}),
            ),
            (
                "list_tasks",
                json!({"status": null, "due_from": "2027-01-01", "due_to": null, "completed_from": null,
                                  "completed_to": "2027-02-01", "priority": "high",
                                  "tag": null, "text": null, "limit": null}),
            ),
            (
                "update_tasks",
                json!({"changes": [{"id": 1, "title": null, "notes": null, "add_notes": null, "due": null,
                                                 "priority": null, "add_tags": null, "remove_tags": ["a"], "repeat": null,
                                                 "clear": ["due"]}]}),
            ),
            ("delete_tasks", json!({"ids": [1]})),
            ("undo_last", json!({})),
            ("redo_last", json!({})),
        ] {
            ToolCall::parse(name, arguments.clone()).unwrap();
            let tool = offered().into_iter().find(|t| t["name"] == name).unwrap();
            strict::tests::assert_allows(&tool["parameters"], &arguments);
        }
    }
}

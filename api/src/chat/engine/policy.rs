//! What may run at once, and what a person is asked about first.

use std::collections::BTreeSet;
use todo_contract::limits::{CONFIRM_CHANGES_ABOVE, CONFIRM_DELETES_FROM};
use todo_contract::{TaskId, ToolCall};

/// Adding more tasks than this asks first.
pub const CONFIRM_ADDS_ABOVE: usize = 50;

/// What calls touch together. A big change split into small calls is still a big change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    deleted: BTreeSet<TaskId>,
    changed: BTreeSet<TaskId>,
    added: usize,
}

impl Tally {
    /// Counts what `calls` touch: each task once, however often it is changed.
    #[must_use]
    pub fn of<'a>(calls: impl IntoIterator<Item = &'a ToolCall>) -> Self {
        let mut tally = Self::default();
        for call in calls {
            match call {
                ToolCall::AddTasks(add) => tally.added += add.tasks.len(),
                ToolCall::UpdateTasks(update) => tally.changed.extend(update.changes.iter().map(|change| change.id)),
                ToolCall::CompleteTasks(tasks) | ToolCall::ReopenTasks(tasks) => tally.changed.extend(&tasks.ids),
                ToolCall::DeleteTasks(tasks) => {
                    tally.deleted.extend(&tasks.ids);
                    tally.changed.extend(&tasks.ids);
                }
                ToolCall::ListTasks(_) | ToolCall::UndoLast(_) | ToolCall::RedoLast(_) => {}
            }
        }
        tally
    }

    /// Whether `call`, one of those counted, must not run without a yes.
    #[must_use]
    pub fn must_ask(&self, call: &ToolCall) -> bool {
        let too_many = self.changed.len() > CONFIRM_CHANGES_ABOVE;
        match call {
            ToolCall::DeleteTasks(_) => too_many || self.deleted.len() >= CONFIRM_DELETES_FROM,
            ToolCall::UpdateTasks(_) | ToolCall::CompleteTasks(_) | ToolCall::ReopenTasks(_) => too_many,
            ToolCall::AddTasks(_) => self.added > CONFIRM_ADDS_ABOVE,
            // What is brought back was said yes to when it was first done.
            ToolCall::ListTasks(_) | ToolCall::UndoLast(_) | ToolCall::RedoLast(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn call(name: &str, arguments: Value) -> ToolCall {
        ToolCall::parse(name, arguments).unwrap()
    }

    fn ids(name: &str, count: i64) -> ToolCall {
        call(name, json!({"ids": (1..=count).collect::<Vec<_>>()}))
    }

    fn asks_alone(call: &ToolCall) -> bool {
        Tally::of([call]).must_ask(call)
    }

    #[test]
    fn what_is_small_runs_at_once() {
        let many: Vec<_> = (1..=50).map(|n| json!({"title": format!("Task {n}")})).collect();
        let small = [
            ids("delete_tasks", 1),
            ids("complete_tasks", 5),
            ids("reopen_tasks", 5),
            call("undo_last", json!({})),
            call("redo_last", json!({})),
            call("list_tasks", json!({"limit": 200})),
            call("add_tasks", json!({"tasks": many})),
        ];
        assert_eq!(small.iter().filter(|call| asks_alone(call)).count(), 0);
    }

    #[test]
    fn what_is_big_asks_first() {
        let changes: Vec<_> = (1..=6).map(|id| json!({"id": id, "priority": "high"})).collect();
        let many: Vec<_> = (1..=51).map(|n| json!({"title": format!("Task {n}")})).collect();
        let big = [
            ids("delete_tasks", 2),
            ids("complete_tasks", 6),
            ids("reopen_tasks", 6),
            call("update_tasks", json!({"changes": changes})),
            call("add_tasks", json!({"tasks": many})),
        ];
        assert_eq!(big.iter().filter(|call| !asks_alone(call)).count(), 0);
    }

    #[test]
    fn a_task_named_twice_counts_once() {
        assert!(!asks_alone(&call("delete_tasks", json!({"ids": [7, 7]}))));
        let changes: Vec<_> = (0..8).map(|_| json!({"id": 1, "priority": "high"})).collect();
        assert!(!asks_alone(&call("update_tasks", json!({"changes": changes}))));
    }

    #[test]
    fn small_calls_add_up() {
        let (first, second) = (call("delete_tasks", json!({"ids": [1]})), call("delete_tasks", json!({"ids": [2]})));
        assert!(Tally::of([&first, &second]).must_ask(&second));
        let (done, changed) = (ids("complete_tasks", 5), call("update_tasks", json!({"changes": [{"id": 9}]})));
        assert!(Tally::of([&done, &changed]).must_ask(&changed));
        assert!(!Tally::of([&done, &changed]).must_ask(&call("list_tasks", json!({}))));
    }
}

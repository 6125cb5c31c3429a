//! What a call would do, in a sentence for the person who is asked.

use std::collections::HashMap;
use std::fmt::Write;
use todo_contract::{TaskId, ToolCall};

/// Most titles that are named.
const NAMED: usize = 5;

/// What `call` would do, with the titles of the tasks that it names where they are known.
#[must_use]
pub fn of(call: &ToolCall, titles: &HashMap<TaskId, String>) -> String {
    let known = |ids: &mut dyn Iterator<Item = TaskId>| -> Vec<String> {
        ids.map(|id| titles.get(&id).map_or_else(|| format!("task {id}"), |title| format!("“{title}”"))).collect()
    };
    match call {
        ToolCall::AddTasks(add) => {
            sentence("Add", &add.tasks.iter().map(|task| format!("“{}”", task.title)).collect::<Vec<_>>())
        }
        ToolCall::UpdateTasks(update) => sentence("Change", &known(&mut update.changes.iter().map(|change| change.id))),
        ToolCall::CompleteTasks(tasks) => sentence("Complete", &known(&mut tasks.ids.iter().copied())),
        ToolCall::ReopenTasks(tasks) => sentence("Reopen", &known(&mut tasks.ids.iter().copied())),
        ToolCall::DeleteTasks(tasks) => sentence("Delete", &known(&mut tasks.ids.iter().copied())),
        ToolCall::ListTasks(_) => "Look tasks up.".to_owned(),
        ToolCall::UndoLast(_) => "Take back the latest change.".to_owned(),
        ToolCall::RedoLast(_) => "Bring back what was taken back last.".to_owned(),
    }
}

/// The numbers of the tasks that `call` names.
#[must_use]
pub fn task_ids(call: &ToolCall) -> Vec<TaskId> {
    match call {
        ToolCall::UpdateTasks(update) => update.changes.iter().map(|change| change.id).collect(),
        ToolCall::CompleteTasks(tasks) | ToolCall::ReopenTasks(tasks) | ToolCall::DeleteTasks(tasks) => {
            tasks.ids.clone()
        }
        ToolCall::AddTasks(_) | ToolCall::ListTasks(_) | ToolCall::UndoLast(_) | ToolCall::RedoLast(_) => Vec::new(),
    }
}

fn sentence(verb: &str, names: &[String]) -> String {
    let plural = if names.len() == 1 { "task" } else { "tasks" };
    let mut text = format!("{verb} {} {plural}: ", names.len());
    for (at, name) in names.iter().take(NAMED).enumerate() {
        let joint = match at {
            0 => "",
            _ if at + 1 == names.len() => " and ",
            _ => ", ",
        };
        let _ = write!(text, "{joint}{name}");
    }
    if names.len() > NAMED {
        let _ = write!(text, " and {} more", names.len() - NAMED);
    }
    text.push('.');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_the_tasks_that_are_known() {
        let call = ToolCall::parse("delete_tasks", json!({"ids": [1, 2, 9]})).unwrap();
        let titles = HashMap::from([(TaskId(1), "Milk".to_owned()), (TaskId(2), "Bread".to_owned())]);
        assert_eq!(of(&call, &titles), "Delete 3 tasks: “Milk”, “Bread” and task 9.");
    }

    #[test]
    fn names_a_few_of_many() {
        let call = ToolCall::parse("complete_tasks", json!({"ids": [1, 2, 3, 4, 5, 6, 7]})).unwrap();
        let text = of(&call, &HashMap::new());
        assert_eq!(text, "Complete 7 tasks: task 1, task 2, task 3, task 4, task 5 and 2 more.");
    }
}

//! What a call would do, in a sentence for the person who is asked.

use std::collections::HashMap;
use std::fmt::Write;
use todo_contract::{TaskBrief, TaskId, ToolCall};

/// Most titles that are named.
const NAMED: usize = 5;

/// What `call` would do, with the names of its tasks as [`quoted`] or [`renamed`] give them, where they are known.
#[must_use]
pub fn of(call: &ToolCall, names: &HashMap<TaskId, String>) -> String {
    let known = |ids: &mut dyn Iterator<Item = TaskId>| -> Vec<String> {
        ids.map(|id| names.get(&id).cloned().unwrap_or_else(|| format!("task {id}"))).collect()
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

/// The tasks that a sentence about `call` names.
#[must_use]
pub fn named_ids(call: &ToolCall) -> Vec<TaskId> {
    task_ids(call).into_iter().take(NAMED).collect()
}

/// What was done to these tasks.
#[must_use]
pub fn past(verb: &str, tasks: &[&TaskBrief]) -> String {
    match tasks {
        [only] => format!("{verb} {}.", quoted(only.title.as_str())),
        several => sentence(verb, &several.iter().map(|task| quoted(task.title.as_str())).collect::<Vec<_>>()),
    }
}

/// What an undo, or with `again` a redo, does: which tasks it deletes, which it changes otherwise, and how many `more`
/// changes there are.
#[must_use]
pub fn of_taking_back(again: bool, deleted: &[String], changed: &[String], more: usize) -> String {
    let lead = if again { "Bring back what was taken back last" } else { "Take back the latest change" };
    let quoted = |titles: &[String]| titles.iter().map(|title| quoted(title)).collect::<Vec<_>>();
    let parts = [("deletes", deleted), ("changes", changed)];
    let parts = parts.iter().filter(|(_, titles)| !titles.is_empty());
    let parts: Vec<String> =
        parts.map(|(verb, titles)| sentence(verb, &quoted(titles)).trim_end_matches('.').to_owned()).collect();
    let rest = if more > 0 { format!("; and {more} changes more") } else { String::new() };
    if parts.is_empty() { format!("{lead}.") } else { format!("{lead}: this {}{rest}.", parts.join("; it ")) }
}

/// A task's name in a sentence.
#[must_use]
pub fn quoted(title: &str) -> String {
    format!("“{title}”")
}

/// The name of a task by the title that it had when the turn began, with the one that it was given since.
#[must_use]
pub fn renamed(then: &str, now: &str) -> String {
    if then == now { quoted(now) } else { format!("{} (now: {})", quoted(then), quoted(now)) }
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
        let titles = HashMap::from([(TaskId(1), quoted("Milk")), (TaskId(2), quoted("Bread"))]);
        assert_eq!(of(&call, &titles), "Delete 3 tasks: “Milk”, “Bread” and task 9.");
    }

    #[test]
    fn a_task_that_was_renamed_bears_both_titles() {
        let call = ToolCall::parse("delete_tasks", json!({"ids": [1, 2]})).unwrap();
        let titles =
            HashMap::from([(TaskId(1), renamed("Milk", "Milk (duplicate)")), (TaskId(2), renamed("Bread", "Bread"))]);
        assert_eq!(of(&call, &titles), "Delete 2 tasks: “Milk” (now: “Milk (duplicate)”) and “Bread”.");
    }

    #[test]
    fn an_undo_says_what_it_does() {
        let titles = |titles: &[&str]| titles.iter().map(|title| (*title).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            of_taking_back(false, &titles(&["A", "B"]), &titles(&["C"]), 0),
            "Take back the latest change: this deletes 2 tasks: “A” and “B”; it changes 1 task: “C”."
        );
        assert_eq!(
            of_taking_back(true, &[], &titles(&["C"]), 0),
            "Bring back what was taken back last: this changes 1 task: “C”."
        );
        assert_eq!(
            of_taking_back(false, &titles(&["A"]), &[], 2_500),
            "Take back the latest change: this deletes 1 task: “A”; and 2500 changes more."
        );
    }

    #[test]
    fn names_a_few_of_many() {
        let call = ToolCall::parse("complete_tasks", json!({"ids": [1, 2, 3, 4, 5, 6, 7]})).unwrap();
        let text = of(&call, &HashMap::new());
        assert_eq!(text, "Complete 7 tasks: task 1, task 2, task 3, task 4, task 5 and 2 more.");
    }
}

//! Words of the list.

use crate::store::commands::ManyKind;
use todo_contract::{Operation, Title};

pub const TASKS: &str = "Tasks";
pub const EDIT_CONFLICT: &str = "Someone changed this task in the meantime. It now shows the newest version.";
pub const UNDO_NOT_FOUND: &str = "This change can no longer be undone here. See Activity.";

/// Long titles are cut, so that a toast stays short.
fn quoted(title: &Title) -> String {
    let mut short: String = title.as_str().chars().take(40).collect();
    if short.len() < title.as_str().len() {
        short.push('…');
    }
    format!("“{short}”")
}

pub fn completed(title: &Title) -> String {
    format!("Completed {}", quoted(title))
}

pub fn deleted(title: &Title) -> String {
    format!("Deleted {}", quoted(title))
}

pub fn restored(title: &Title) -> String {
    format!("Restored {}", quoted(title))
}

pub fn undone(operations: &[Operation]) -> String {
    let title = operations.first().and_then(|op| op.after.as_ref().or(op.before.as_ref())).map(|task| &task.title);
    match (title, operations.len()) {
        (Some(title), 1) => format!("Undone: {}", quoted(title)),
        (_, count) => format!("Undone: {count} changes"),
    }
}

pub fn many_done(kind: ManyKind, count: usize) -> String {
    let tasks = counted(count);
    match kind {
        ManyKind::Complete => format!("Completed {tasks}"),
        ManyKind::Delete => format!("Deleted {tasks}"),
        ManyKind::Restore => format!("Restored {tasks}"),
    }
}

pub fn counted(count: usize) -> String {
    if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") }
}

//! Rows for the tests.

use serde_json::json;
use todo_contract::{Operation, Task};

/// A task with a title and nothing else.
pub(crate) fn task(id: i64, title: &str) -> Task {
    let at = "2027-01-01T00:00:00Z";
    serde_json::from_value(json!({
        "id": id, "title": title, "notes": "", "status": "open", "priority": "none", "due": null, "repeat": null,
        "tags": [], "position": "a0", "version": 1, "created_at": at, "updated_at": at, "completed_at": null,
    }))
    .unwrap()
}

/// A row of the journal by the person, at noon of 1 January 2027.
pub(crate) fn operation(id: i64, group: &str, kind: &str, before: Option<Task>, after: Option<Task>) -> Operation {
    let task_id = after.as_ref().or(before.as_ref()).map_or(1, |task| task.id.0);
    serde_json::from_value(json!({
        "id": id, "actor": { "kind": "user" }, "kind": kind, "task_id": task_id, "before": before, "after": after,
        "turn_id": null, "group": group, "at": "2027-01-01T12:00:00Z", "undone_by": null,
    }))
    .unwrap()
}

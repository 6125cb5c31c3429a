//! Changes that show before the api has answered.

use jiff::Timestamp;
use todo_contract::{NewTask, Task, TaskId, TaskPatch, TaskStatus};

/// A change that the api has not confirmed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Fields were edited.
    Patch(TaskPatch),
    /// Marked done.
    Complete(Timestamp),
    /// Opened again.
    Reopen,
    /// Put into the trash.
    Delete(Timestamp),
    /// Taken out of the trash.
    Restore,
    /// Removed for good.
    Purge,
    /// Moved to this place.
    Move(String),
}

impl Change {
    /// The task with this change; `None` if it is gone by it.
    #[must_use]
    pub fn apply(&self, task: &Task) -> Option<Task> {
        let mut task = task.clone();
        match self {
            Self::Patch(patch) => apply_patch(patch, &mut task),
            Self::Complete(at) => {
                task.status = TaskStatus::Done;
                task.completed_at = Some(*at);
            }
            Self::Reopen => {
                task.status = TaskStatus::Open;
                task.completed_at = None;
            }
            Self::Delete(at) => task.deleted_at = Some(*at),
            Self::Restore => task.deleted_at = None,
            Self::Purge => return None,
            Self::Move(position) => task.position.clone_from(position),
        }
        Some(task)
    }
}

fn apply_patch(patch: &TaskPatch, task: &mut Task) {
    let patch = patch.clone();
    task.title = patch.title.unwrap_or_else(|| task.title.clone());
    task.notes = patch.notes.unwrap_or_else(|| task.notes.clone());
    task.priority = patch.priority.unwrap_or(task.priority);
    task.tags = patch.tags.unwrap_or_else(|| task.tags.clone());
    if let Some(due) = patch.due {
        task.due = due;
    }
    if let Some(repeat) = patch.repeat {
        task.repeat = repeat;
    }
}

/// A task as it shows until the api has given it a number.
#[must_use]
pub fn draft(id: TaskId, new: &NewTask, position: String, now: Timestamp) -> Task {
    Task {
        id,
        title: new.title.clone(),
        notes: new.notes.clone(),
        status: TaskStatus::Open,
        priority: new.priority,
        due: new.due.clone(),
        repeat: new.repeat.clone(),
        tags: new.tags.clone(),
        position,
        version: 0,
        created_at: now,
        updated_at: now,
        completed_at: None,
        deleted_at: None,
    }
}

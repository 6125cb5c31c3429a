//! What calls touch.

use super::Bounds;
use crate::task::TaskId;
use crate::tool::{Effect, ToolCall, ToolResult};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a call would do, or did, to which tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touch {
    /// The tasks that go into the trash.
    pub deleted: BTreeSet<TaskId>,
    /// The tasks that change, those that are deleted included.
    pub changed: BTreeSet<TaskId>,
    /// How many tasks are made.
    pub added: usize,
    /// Whether it takes something back, or brings it back.
    pub takes_back: bool,
}

impl Touch {
    /// What the call says that it does. Undo and redo don't say: see [`Self::taking_back`].
    #[must_use]
    pub fn of(call: &ToolCall) -> Self {
        let mut touch = Self::default();
        match call {
            ToolCall::AddTasks(add) => touch.added = add.tasks.len(),
            ToolCall::UpdateTasks(update) => touch.changed.extend(update.changes.iter().map(|change| change.id)),
            ToolCall::CompleteTasks(tasks) | ToolCall::ReopenTasks(tasks) => touch.changed.extend(&tasks.ids),
            ToolCall::DeleteTasks(tasks) => {
                touch.deleted.extend(&tasks.ids);
                touch.changed.extend(&tasks.ids);
            }
            ToolCall::ListTasks(_) => {}
            ToolCall::UndoLast(_) | ToolCall::RedoLast(_) => touch.takes_back = true,
        }
        touch
    }

    /// What an undo or a redo does: which tasks go into the trash by it, and which change otherwise.
    #[must_use]
    pub fn taking_back(deleted: impl IntoIterator<Item = TaskId>, changed: impl IntoIterator<Item = TaskId>) -> Self {
        let deleted: BTreeSet<TaskId> = deleted.into_iter().collect();
        let changed = changed.into_iter().chain(deleted.iter().copied()).collect();
        Self { deleted, changed, added: 0, takes_back: true }
    }

    /// What the call did, going by its result.
    #[must_use]
    pub fn done(call: &ToolCall, result: &ToolResult) -> Self {
        match result {
            ToolResult::Changed { already_done: true, .. }
            | ToolResult::Listed { .. }
            | ToolResult::Declined
            | ToolResult::Failed { .. } => Self::default(),
            ToolResult::Changed { items, .. } => {
                let ids = || items.iter().filter(|item| item.ok).filter_map(|item| item.id);
                match call.effect() {
                    Effect::Add => Self { added: ids().count(), ..Self::default() },
                    Effect::Delete => Self { deleted: ids().collect(), changed: ids().collect(), ..Self::default() },
                    _ => Self { changed: ids().collect(), ..Self::default() },
                }
            }
            ToolResult::Undone { tasks, .. } | ToolResult::Redone { tasks, .. } => {
                let deleted = tasks.iter().filter(|task| task.deleted).map(|task| task.id);
                Self::taking_back(deleted, tasks.iter().map(|task| task.id))
            }
        }
    }
}

/// What several calls touch together: each task counts once, however often it is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    deleted: BTreeSet<TaskId>,
    changed: BTreeSet<TaskId>,
    added: usize,
}

impl Tally {
    /// Counts a call.
    pub fn add(&mut self, touch: &Touch) {
        self.deleted.extend(&touch.deleted);
        self.changed.extend(&touch.changed);
        self.added += touch.added;
    }

    /// Both together.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        sum.deleted.extend(&other.deleted);
        sum.changed.extend(&other.changed);
        sum.added += other.added;
        sum
    }

    /// Whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many tasks are deleted.
    #[must_use]
    pub fn deletes(&self) -> usize {
        self.deleted.len()
    }

    /// How many tasks are changed, deletions included.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.changed.len()
    }

    /// Whether a call that is counted here adds to something big.
    #[must_use]
    pub fn is_big(&self, touch: &Touch, bounds: &Bounds) -> bool {
        !touch.deleted.is_empty() && self.deleted.len() >= bounds.deletes_from
            || !touch.changed.is_empty() && self.changed.len() > bounds.changes_above
            || touch.added > 0 && self.added > bounds.adds_above
    }
}

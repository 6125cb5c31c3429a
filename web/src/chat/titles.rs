//! The titles of tasks that a call names by number.

use super::handle::Chat;
use super::turn::TurnView;
use crate::store::{Store, use_store};
use std::rc::Rc;
use todo_contract::{TaskBrief, TaskId, ToolResult};
use yew::prelude::*;

/// Where titles are looked up: the list first, then what was said in the conversation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Titles {
    store: Store,
    chat: Option<Chat>,
}

#[hook]
pub(super) fn use_titles() -> Titles {
    Titles { store: use_store(), chat: use_context::<Chat>() }
}

impl Titles {
    pub(super) fn of(&self, id: TaskId) -> Option<String> {
        self.store
            .task(id)
            .map(|task| task.title.to_string())
            .or_else(|| self.chat.as_ref().and_then(|chat| told_title(&chat.turns, id)))
    }
}

/// The title that the latest result gave to a task.
fn told_title(turns: &[Rc<TurnView>], id: TaskId) -> Option<String> {
    let calls = turns.iter().rev().flat_map(|turn| turn.calls().collect::<Vec<_>>().into_iter().rev());
    calls.filter_map(|call| call.result.as_ref()).find_map(|result| title_in(result, id))
}

fn title_in(result: &ToolResult, id: TaskId) -> Option<String> {
    let of = |task: &TaskBrief| (task.id == id).then(|| task.title.to_string());
    match result {
        ToolResult::Listed { tasks, .. } | ToolResult::Undone { tasks, .. } | ToolResult::Redone { tasks, .. } => {
            tasks.iter().find_map(of)
        }
        ToolResult::Changed { items, .. } => {
            items.iter().flat_map(|item| [item.task.as_ref(), item.next.as_ref()]).flatten().find_map(of)
        }
        ToolResult::Declined | ToolResult::Failed { .. } => None,
    }
}

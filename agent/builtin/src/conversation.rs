//! The conversation as turns.

use crate::ids::shown_tasks;
use todo_contract::{CallStatus, Message, TaskId, ToolCall, ToolResult};

/// What a person said and what followed.
#[derive(Debug, Default)]
pub(crate) struct Turn<'m> {
    pub(crate) saying: &'m str,
    pub(crate) done: Vec<Done<'m>>,
    pub(crate) answer: &'m str,
}

/// A call and what became of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Done<'m> {
    pub(crate) call: &'m ToolCall,
    pub(crate) status: CallStatus,
    pub(crate) result: &'m ToolResult,
}

/// Earlier turns, oldest first, and the present one.
#[derive(Debug, Default)]
pub(crate) struct Conversation<'m> {
    pub(crate) earlier: Vec<Turn<'m>>,
    pub(crate) present: Turn<'m>,
}

impl<'m> Conversation<'m> {
    pub(crate) fn read(messages: &'m [Message]) -> Self {
        let mut turns: Vec<Turn<'m>> = Vec::new();
        let mut proposed = Vec::new();
        for message in messages {
            match message {
                Message::User { text } => turns.push(Turn { saying: text, ..Turn::default() }),
                Message::Assistant { text, calls, .. } => {
                    proposed.extend(calls);
                    if let Some(turn) = turns.last_mut()
                        && !text.is_empty()
                    {
                        turn.answer = text;
                    }
                }
                Message::Tool { call_id, status, result } => {
                    let call = proposed.iter().rev().find(|call| call.id == *call_id);
                    if let (Some(turn), Some(call)) = (turns.last_mut(), call) {
                        turn.done.push(Done { call: &call.call, status: *status, result });
                    }
                }
            }
        }
        let present = turns.pop().unwrap_or_default();
        Self { earlier: turns, present }
    }

    /// What was said last.
    pub(crate) fn saying(&self) -> &'m str {
        self.present.saying
    }

    /// The tasks that the latest answer to speak of any named, in its order.
    pub(crate) fn mentioned(&self) -> Vec<TaskId> {
        self.earlier.iter().rev().map(Turn::mentioned).find(|ids| !ids.is_empty()).unwrap_or_default()
    }
}

impl Conversation<'_> {
    /// The latest list of several tasks that an answer showed.
    pub(crate) fn listed(&self) -> Vec<TaskId> {
        let shown = self.earlier.iter().rev().map(|turn| shown_tasks(turn.answer));
        shown.take(8).find(|ids| ids.len() > 1).unwrap_or_default()
    }

    /// Of the two tasks that were last to choose from, the one that was not changed.
    pub(crate) fn other(&self) -> Option<TaskId> {
        let changed = self.earlier.iter().rev().map(Turn::changed).find(|ids| !ids.is_empty())?;
        let [chosen] = changed.as_slice() else { return None };
        self.earlier.iter().rev().take(5).find_map(|turn| match shown_tasks(turn.answer).as_slice() {
            [a, b] if a == chosen => Some(*b),
            [a, b] if b == chosen => Some(*a),
            _ => None,
        })
    }
}

impl Turn<'_> {
    /// The tasks that it changed.
    pub(crate) fn changed(&self) -> Vec<TaskId> {
        let made = self.done.iter().rev().map(|done| done.result);
        made.filter(|result| matches!(result, ToolResult::Changed { .. } | ToolResult::Redone { .. }))
            .map(touched)
            .find(|ids| !ids.is_empty())
            .unwrap_or_default()
    }

    /// The tasks that the answer named, or else those that were changed last.
    fn mentioned(&self) -> Vec<TaskId> {
        let shown = shown_tasks(self.answer);
        if !shown.is_empty() {
            return shown;
        }
        let changes = self.done.iter().rev().filter(|done| !matches!(done.result, ToolResult::Listed { .. }));
        changes.map(|done| touched(done.result)).find(|ids| !ids.is_empty()).unwrap_or_default()
    }
}

/// The tasks in a result.
pub(crate) fn touched(result: &ToolResult) -> Vec<TaskId> {
    match result {
        ToolResult::Changed { items, .. } => items.iter().filter(|item| item.ok).filter_map(|item| item.id).collect(),
        ToolResult::Listed { tasks, .. } | ToolResult::Undone { tasks, .. } | ToolResult::Redone { tasks, .. } => {
            tasks.iter().map(|task| task.id).collect()
        }
        ToolResult::Declined | ToolResult::Failed { .. } => Vec::new(),
    }
}

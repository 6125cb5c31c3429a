//! A turn as it runs: calls that were made are replayed, the first that was not is proposed.

use crate::conversation::{Conversation, Done, touched};
use todo_contract::step::ProposedCall;
use todo_contract::{CallId, CallStatus, ListTasks, TaskBrief, TaskId, ToolCall, ToolResult};
use todo_language::Context;

/// A call must be made first.
pub(crate) type Stop = Box<ProposedCall>;

pub(crate) struct Run<'c> {
    pub(crate) conversation: &'c Conversation<'c>,
    pub(crate) context: Context,
    next: usize,
    said: Vec<String>,
    /// The tasks that this turn spoke of last.
    mentioned: Vec<TaskId>,
    /// Tasks as this turn's lists showed them.
    seen: Vec<TaskBrief>,
    /// What a weighed saying means instead, the last change is to be taken back for.
    pub(crate) corrects: bool,
    /// How many more tasks were meant than one call can take.
    left_over: usize,
}

impl<'c> Run<'c> {
    pub(crate) fn new(conversation: &'c Conversation<'c>, context: Context) -> Self {
        Self {
            conversation,
            context,
            next: 0,
            said: Vec::new(),
            mentioned: Vec::new(),
            seen: Vec::new(),
            corrects: false,
            left_over: 0,
        }
    }

    /// The result of `call`: what it gave, if it was made in this turn, or else it is to be made.
    pub(crate) fn call(&mut self, call: ToolCall) -> Result<ToolResult, Stop> {
        let made = self.conversation.present.done.get(self.next).copied();
        self.next += 1;
        match made {
            Some(done) => Ok(self.note(done)),
            None => Err(Box::new(ProposedCall { id: self.id(), call })),
        }
    }

    fn note(&mut self, done: Done<'_>) -> ToolResult {
        match (done.status, done.result) {
            (CallStatus::Declined, _) => return ToolResult::Declined,
            (_, ToolResult::Listed { tasks, .. }) => self.saw(tasks),
            (_, ToolResult::Changed { .. } | ToolResult::Undone { .. } | ToolResult::Redone { .. }) => {
                let ids = touched(done.result);
                if !ids.is_empty() {
                    self.mentioned = ids;
                }
            }
            _ => {}
        }
        done.result.clone()
    }

    fn saw(&mut self, tasks: &[TaskBrief]) {
        for task in tasks {
            self.seen.retain(|known| known.id != task.id);
            self.seen.push(task.clone());
        }
    }

    /// Counts this turn's calls.
    fn id(&self) -> CallId {
        // A short name is always within the bounds of an id.
        CallId::new(format!("b{}", self.next)).unwrap_or_else(|_| unreachable!("b and a number is an id"))
    }

    /// Looks tasks up.
    pub(crate) fn list(&mut self, list: ListTasks) -> Result<Result<(Vec<TaskBrief>, i64), ToolResult>, Stop> {
        Ok(match self.call(ToolCall::ListTasks(list))? {
            ToolResult::Listed { tasks, total } => Ok((tasks, total)),
            other => Err(other),
        })
    }

    /// Notes that `count` more tasks were meant than one call can take.
    pub(crate) fn left_over(&mut self, count: usize) {
        self.left_over = self.left_over.max(count);
    }

    /// How many more were meant, said once.
    pub(crate) fn take_left_over(&mut self) -> usize {
        std::mem::take(&mut self.left_over)
    }

    /// A task as it was seen in this turn.
    pub(crate) fn seen(&self, id: TaskId) -> Option<&TaskBrief> {
        self.seen.iter().find(|task| task.id == id)
    }

    /// What was spoken of last: in this turn, or else before.
    pub(crate) fn mentioned(&self) -> Vec<TaskId> {
        if self.mentioned.is_empty() { self.conversation.mentioned() } else { self.mentioned.clone() }
    }

    pub(crate) fn mention(&mut self, ids: Vec<TaskId>) {
        self.mentioned = ids;
    }

    pub(crate) fn say(&mut self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        if !sentence.is_empty() && !self.said.contains(&sentence) {
            self.said.push(sentence);
        }
    }

    /// All that was said, in paragraphs where there are lists.
    pub(crate) fn into_text(self) -> String {
        let lists = self.said.iter().any(|s| s.contains('\n'));
        self.said.join(if lists { "\n\n" } else { " " })
    }
}

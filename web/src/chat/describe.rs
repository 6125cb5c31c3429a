//! A tool call in words: what it is about to do, what it did, and what it could not do.

mod changes;
mod lookup;

use super::call::{CallState, CallView};
use super::card::{Card, CardIcon, Failure, TaskLink};
use crate::words::chat::{self as words, Verb};
use jiff::civil::Date;
use todo_contract::{ItemError, ItemOutcome, Priority, TaskBrief, TaskId, ToolCall, ToolResult};
use todo_language::describe as say;

/// What a description needs to know of the moment and of the list.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The day that "today" means.
    pub today: Date,
    /// A task's title, if the page knows it.
    pub title_of: &'a dyn Fn(TaskId) -> Option<String>,
}

impl Context<'_> {
    fn link(&self, id: TaskId) -> TaskLink {
        let title = (self.title_of)(id).unwrap_or_else(|| words::task_number(id.0));
        TaskLink { id: Some(id), title, detail: None }
    }

    fn brief_link(&self, brief: &TaskBrief) -> TaskLink {
        TaskLink { id: Some(brief.id), title: brief.title.to_string(), detail: self.traits_of(brief) }
    }

    fn traits_of(&self, brief: &TaskBrief) -> Option<String> {
        let mut traits = Vec::new();
        traits.extend(brief.due.as_ref().map(|due| say::due(due, self.today)));
        traits.extend(brief.repeat.as_ref().map(say::repeat));
        if brief.priority != Priority::None {
            traits.push(words::priority(brief.priority).to_owned());
        }
        traits.extend(brief.tags.iter().map(|tag| words::tag(tag.as_str())));
        (!traits.is_empty()).then(|| traits.join(" · "))
    }
}

/// Says what a call is about to do, or did.
#[must_use]
pub fn describe(view: &CallView, state: CallState, context: Context<'_>) -> Card {
    let (icon, verb) = purpose(view.call.as_ref());
    let mut card = Card {
        icon: if state == CallState::Failed { CardIcon::Problem } else { icon },
        lead: verb.lead(state),
        subject: None,
        detail: None,
        tasks: Vec::new(),
        failures: Vec::new(),
    };
    match &view.result {
        Some(ToolResult::Changed { items, .. }) => changes::tell(&mut card, view.call.as_ref(), verb, items, context),
        Some(ToolResult::Undone { tasks, .. } | ToolResult::Redone { tasks, .. }) => {
            announce(&mut card, view, context);
            card.tasks = tasks.iter().map(|task| context.brief_link(task)).collect();
        }
        Some(ToolResult::Listed { tasks, total }) => {
            lookup::tell(&mut card, view.call.as_ref(), context);
            card.detail = Some(words::found(*total));
            card.tasks = tasks.iter().map(|task| context.brief_link(task)).collect();
        }
        Some(ToolResult::Failed { error }) => {
            announce(&mut card, view, context);
            card.failures.push(failure(error, context));
        }
        Some(ToolResult::Declined) | None => announce(&mut card, view, context),
    }
    card
}

/// The tasks that a call names, with their titles where they are known: what a confirmation lists.
#[must_use]
pub fn affected(call: &ToolCall, context: Context<'_>) -> Vec<TaskLink> {
    changes::named(call, context)
}

/// What a call does, in words.
#[must_use]
pub fn verb_of(call: &ToolCall) -> Verb {
    purpose(Some(call)).1
}

fn purpose(call: Option<&ToolCall>) -> (CardIcon, Verb) {
    match call {
        Some(ToolCall::AddTasks(_)) => (CardIcon::Add, words::ADD),
        Some(ToolCall::ListTasks(_)) => (CardIcon::LookUp, words::LOOK_UP),
        Some(ToolCall::UpdateTasks(update)) => (CardIcon::Change, changes::verb(&update.changes)),
        Some(ToolCall::CompleteTasks(_)) => (CardIcon::Complete, words::COMPLETE),
        Some(ToolCall::ReopenTasks(_)) => (CardIcon::Reopen, words::REOPEN),
        Some(ToolCall::DeleteTasks(_)) => (CardIcon::Delete, words::DELETE),
        Some(ToolCall::UndoLast(_)) => (CardIcon::TakeBack, words::TAKE_BACK),
        Some(ToolCall::RedoLast(_)) => (CardIcon::BringBack, words::BRING_BACK),
        None => (CardIcon::Problem, words::RUN),
    }
}

/// What the call is about, from its arguments alone.
fn announce(card: &mut Card, view: &CallView, context: Context<'_>) {
    match &view.call {
        Some(ToolCall::UndoLast(_)) => card.lead = format!("{} {}", card.lead, words::LAST_CHANGE),
        Some(ToolCall::RedoLast(_)) => card.lead = format!("{} {}", card.lead, words::LAST_UNDONE),
        Some(call @ ToolCall::ListTasks(_)) => lookup::tell(card, Some(call), context),
        Some(call) => changes::enumerate(card, changes::named(call, context)),
        None => card.lead = format!("{} {}", card.lead, view.name),
    }
}

fn failure(error: &ItemError, context: Context<'_>) -> Failure {
    Failure {
        text: error.detail.clone(),
        candidates: error.candidates.iter().map(|task| context.brief_link(task)).collect(),
    }
}

fn failures(items: &[ItemOutcome], context: Context<'_>) -> Vec<Failure> {
    items.iter().filter_map(|item| item.error.as_ref()).map(|error| failure(error, context)).collect()
}

#[cfg(test)]
#[path = "describe/tests.rs"]
mod tests;

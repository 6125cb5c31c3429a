//! What a turn tells by itself, whatever its planner says: words where there are none, and what was not done.

use super::closing::NOT_RUN;
use super::progress::CallState;
use super::summary;
use std::collections::HashMap;
use todo_contract::{CallStatus, ItemOutcome, NotDone, NotDoneReason, TaskBrief, TaskId, ToolCall, ToolResult};

/// What was done, for a planner that ends its answer without a word.
#[must_use]
pub fn in_our_words(calls: &[CallState]) -> String {
    let told = |looks: bool| {
        calls.iter().filter_map(move |call| {
            let is_look = matches!(call.proposed.call, ToolCall::ListTasks(_));
            call.result.as_ref().filter(|_| is_look == looks).and_then(|result| sentence(&call.proposed.call, result))
        })
    };
    let done: Vec<String> = told(false).collect();
    match (done.is_empty(), told(true).next_back()) {
        (false, _) => done.join(" "),
        (true, Some(found)) => found,
        (true, None) => "Nothing was changed.".to_owned(),
    }
}

fn sentence(call: &ToolCall, result: &ToolResult) -> Option<String> {
    let verb = match call {
        ToolCall::AddTasks(_) => "Added",
        ToolCall::ListTasks(_) => "Found",
        ToolCall::UpdateTasks(_) => "Changed",
        ToolCall::CompleteTasks(_) => "Completed",
        ToolCall::ReopenTasks(_) => "Reopened",
        ToolCall::DeleteTasks(_) => "Deleted",
        ToolCall::UndoLast(_) | ToolCall::RedoLast(_) => "",
    };
    match result {
        ToolResult::Changed { already_done: true, .. } | ToolResult::Declined | ToolResult::Failed { .. } => None,
        ToolResult::Changed { items, .. } => {
            let tasks: Vec<&TaskBrief> =
                items.iter().filter(|item| item.ok).filter_map(|item| item.task.as_ref()).collect();
            (!tasks.is_empty()).then(|| summary::past(verb, &tasks))
        }
        ToolResult::Listed { tasks, .. } if tasks.is_empty() => Some("I found no such tasks.".to_owned()),
        ToolResult::Listed { tasks, .. } => Some(summary::past(verb, &tasks.iter().collect::<Vec<_>>())),
        ToolResult::Undone { job: Some(_), .. } => Some("The latest change is being taken back.".to_owned()),
        ToolResult::Redone { job: Some(_), .. } => Some("What was taken back is being brought back.".to_owned()),
        ToolResult::Undone { .. } => Some("Took the latest change back.".to_owned()),
        ToolResult::Redone { .. } => Some("Brought back what was taken back.".to_owned()),
    }
}

/// What was proposed and not done. What a later call made up for is left out.
#[must_use]
pub fn not_done(calls: &[CallState]) -> Vec<NotDone> {
    let names = names(calls);
    let said_no = calls.iter().any(CallState::was_refused);
    let mut all = Vec::new();
    for (at, call) in calls.iter().enumerate() {
        let later: Vec<&CallState> = calls.iter().skip(at + 1).collect();
        let (reason, detail, missed) = match &call.result {
            // What was asked about stands for the calls that were refused after it.
            Some(ToolResult::Declined) if said_no && !call.was_refused() => continue,
            Some(ToolResult::Declined) => (NotDoneReason::Declined, "you said no".to_owned(), None),
            Some(ToolResult::Failed { error }) if error.code == NOT_RUN => {
                (NotDoneReason::NotRun, error.detail.clone(), None)
            }
            Some(ToolResult::Failed { error }) if !is_made_up_for(call, &later) => {
                (NotDoneReason::Failed, error.detail.clone(), None)
            }
            Some(ToolResult::Changed { items, already_done: false, .. }) => {
                let missed = missed(call, items, &later);
                let Some(why) = missed.first().and_then(|at| items.get(*at)?.error.as_ref()) else { continue };
                (NotDoneReason::Failed, why.detail.clone(), Some(missed))
            }
            _ => continue,
        };
        let part = missed.and_then(|missed| part_of(&call.proposed.call, &missed));
        let what = match (&call.question, part) {
            (_, Some(part)) => summary::of(&part, &names),
            (Some(question), None) => question.clone(),
            (None, None) => summary::of(&call.proposed.call, &names),
        };
        all.push(NotDone {
            call_id: call.proposed.id.clone(),
            name: call.proposed.call.name().to_owned(),
            what: what.trim_end_matches('.').to_owned(),
            reason,
            detail,
        });
    }
    all
}

fn is_done(call: &CallState) -> bool {
    call.outcome == Some(CallStatus::Done)
}

/// Whether a later call did what this one, which failed as a whole, was to do.
fn is_made_up_for(call: &CallState, later: &[&CallState]) -> bool {
    later.iter().any(|other| {
        let (this, other_call) = (&call.proposed.call, &other.proposed.call);
        is_done(other) && (other_call == this || this.is_same_change(other_call))
    })
}

/// The places of the items that were not done, and that no later call of the same tool did.
fn missed(call: &CallState, items: &[ItemOutcome], later: &[&CallState]) -> Vec<usize> {
    let done_later = |id: TaskId| {
        later.iter().filter(|other| other.proposed.call.name() == call.proposed.call.name()).any(|other| {
            matches!(&other.result, Some(ToolResult::Changed { items, .. })
                if items.iter().any(|item| item.ok && item.id == Some(id)))
        })
    };
    let missed = items.iter().enumerate().filter(|(_, item)| !item.ok && !item.id.is_some_and(done_later));
    missed.map(|(at, _)| at).collect()
}

/// The call with these of its items alone.
fn part_of(call: &ToolCall, places: &[usize]) -> Option<ToolCall> {
    let mut part = call.clone();
    match &mut part {
        ToolCall::AddTasks(add) => keep(&mut add.tasks, places),
        ToolCall::UpdateTasks(update) => keep(&mut update.changes, places),
        ToolCall::CompleteTasks(tasks) | ToolCall::ReopenTasks(tasks) | ToolCall::DeleteTasks(tasks) => {
            keep(&mut tasks.ids, places);
        }
        ToolCall::ListTasks(_) | ToolCall::UndoLast(_) | ToolCall::RedoLast(_) => return None,
    }
    Some(part)
}

fn keep<T>(items: &mut Vec<T>, places: &[usize]) {
    let mut at = 0..;
    items.retain(|_| at.next().is_some_and(|at| places.contains(&at)));
}

/// The names of the tasks that the results speak of.
fn names(calls: &[CallState]) -> HashMap<TaskId, String> {
    let mut names = HashMap::new();
    let mut note = |task: &TaskBrief| _ = names.insert(task.id, summary::quoted(task.title.as_str()));
    for result in calls.iter().filter_map(|call| call.result.as_ref()) {
        match result {
            ToolResult::Changed { items, .. } => items.iter().filter_map(|item| item.task.as_ref()).for_each(&mut note),
            ToolResult::Listed { tasks, .. } | ToolResult::Undone { tasks, .. } | ToolResult::Redone { tasks, .. } => {
                tasks.iter().for_each(&mut note);
            }
            ToolResult::Declined | ToolResult::Failed { .. } => {}
        }
    }
    names
}

#[cfg(test)]
mod tests;

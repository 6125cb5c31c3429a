//! An entry of the journal in words.

use super::difference::{Difference, Field, differences};
use super::effect::{Effect, effect_of};
use super::entry::Entry;
use crate::chat::card::{Card, CardIcon, TaskLink};
use crate::words::activity as words;
use jiff::civil::Date;
use todo_contract::{Operation, Task};
use todo_language::describe as say;

/// Says what an entry did. `redoes` tells whether an operation took back an undo.
#[must_use]
pub fn sentence(entry: &Entry, today: Date, redoes: &dyn Fn(&Operation) -> bool) -> Card {
    let (caused, direct): (Vec<&Operation>, Vec<&Operation>) =
        entry.operations.iter().map(AsRef::as_ref).partition(|row| is_next_occurrence(row, entry));
    let effects: Vec<Effect> = direct.iter().map(|row| effect_of(row, redoes(row))).collect();
    let effect = match effects.as_slice() {
        [first, rest @ ..] if rest.iter().all(|effect| effect == first) => *first,
        _ => Effect::Changed,
    };
    let mut card = Card {
        icon: icon(effect),
        lead: words::lead(effect),
        subject: None,
        detail: None,
        tasks: Vec::new(),
        failures: Vec::new(),
    };
    let mut links: Vec<TaskLink> = direct.iter().map(|row| link(row, effect, today)).collect();
    if links.len() == 1 {
        card.subject = links.pop();
    } else {
        card.lead = format!("{} {}", card.lead, words::tasks(links.len()));
        card.tasks = links;
    }
    let next_due = caused.iter().find_map(|row| row.after.as_ref()?.due.as_ref());
    card.detail = next_due.map(|due| words::next_occurrence(&say::due(due, today)));
    card
}

/// What an entry changed in the fields of its tasks: for each task its number and the differences.
#[must_use]
pub fn changes(entry: &Entry, today: Date) -> Vec<(TaskLink, Vec<Difference>)> {
    let told = entry.operations.iter().filter_map(|row| {
        let (before, after) = (row.before.as_ref()?, row.after.as_ref()?);
        let mut changed = differences(before, after, today);
        changed.retain(|difference| difference.field != Field::Position);
        (!changed.is_empty()).then(|| (named(row.task_id, after, None), changed))
    });
    told.collect()
}

/// Completing a repeating task makes its next occurrence in the same group.
fn is_next_occurrence(row: &Operation, entry: &Entry) -> bool {
    let completes = |other: &Operation| effect_of(other, false) == Effect::Completed;
    effect_of(row, false) == Effect::Added && entry.operations.iter().any(|other| completes(other))
}

fn link(row: &Operation, effect: Effect, today: Date) -> TaskLink {
    let Some(task) = row.after.as_ref().or(row.before.as_ref()) else {
        return TaskLink { id: Some(row.task_id), title: words::task_number(row.task_id.0), detail: None };
    };
    let due = task.due.as_ref().map(|due| say::due(due, today));
    let detail = match effect {
        Effect::Added => due,
        Effect::Rescheduled => Some(due.map_or_else(|| words::NO_DUE.to_owned(), |due| words::to_day(&due))),
        _ => None,
    };
    named(row.task_id, task, detail)
}

fn named(id: todo_contract::TaskId, task: &Task, detail: Option<String>) -> TaskLink {
    TaskLink { id: Some(id), title: task.title.to_string(), detail }
}

fn icon(effect: Effect) -> CardIcon {
    match effect {
        Effect::Added | Effect::Restored => CardIcon::Add,
        Effect::Completed => CardIcon::Complete,
        Effect::Reopened => CardIcon::Reopen,
        Effect::Deleted | Effect::Purged => CardIcon::Delete,
        Effect::Changed | Effect::Renamed | Effect::Rescheduled | Effect::Reordered => CardIcon::Change,
        Effect::Undid(_) | Effect::Redid(_) => CardIcon::TakeBack,
    }
}

#[cfg(test)]
#[path = "sentence_tests.rs"]
mod tests;

//! What an edit makes of a task. Pure.

use super::{recurrence, when};
use crate::error::ApiError;
use crate::identity::Author;
use todo_contract::task::distinct_tags;
use todo_contract::tool::Clearable;
use todo_contract::{Due, NewTask, Notes, Priority, Repeat, Task, TaskChange, TaskPatch};

/// A new task with its tags made distinct, its zone filled in and, if it repeats, a first date.
///
/// # Errors
/// The field that breaks its rule.
pub(crate) fn settle_new(new: NewTask, author: &Author) -> Result<NewTask, ApiError> {
    let tags = distinct_tags(new.tags).map_err(|e| ApiError::field("tags", e.0))?;
    let due = new.due.map(|due| when::settle(due, &author.time_zone)).transpose()?;
    let due = dated(due, new.repeat.as_ref(), author)?;
    Ok(NewTask { tags, due, ..new })
}

/// The task with `patch` applied.
///
/// # Errors
/// The field that breaks its rule.
pub(super) fn apply(task: &Task, patch: TaskPatch, author: &Author) -> Result<Task, ApiError> {
    let mut edited = task.clone();
    if let Some(title) = patch.title {
        edited.title = title;
    }
    if let Some(notes) = patch.notes {
        edited.notes = notes;
    }
    if let Some(priority) = patch.priority {
        edited.priority = priority;
    }
    if let Some(tags) = patch.tags {
        edited.tags = distinct_tags(tags).map_err(|e| ApiError::field("tags", e.0))?;
    }
    if let Some(due) = patch.due {
        edited.due = due.map(|due| when::settle(due, &author.time_zone)).transpose()?;
        // A repeat without a date means nothing: it goes with the date.
        if edited.due.is_none() {
            edited.repeat = None;
        }
    }
    if let Some(repeat) = patch.repeat {
        edited.repeat = repeat;
    }
    if edited.repeat != task.repeat || edited.due != task.due {
        edited.due = dated(edited.due, edited.repeat.as_ref(), author)?;
    }
    Ok(edited)
}

/// The merge patch that a tool's change means for `task`.
///
/// # Errors
/// The notes grow too long.
pub(super) fn patch_of(change: &TaskChange, task: &Task) -> Result<TaskPatch, ApiError> {
    let clears = |field| change.clear.contains(&field);
    let notes = change.notes.clone().or(clears(Clearable::Notes).then(Notes::default));
    let notes = match &change.add_notes {
        Some(more) => Some(below(notes.as_ref().unwrap_or(&task.notes), more)?),
        None => notes,
    };
    let mut tags = if clears(Clearable::Tags) { Vec::new() } else { task.tags.clone() };
    tags.retain(|tag| !change.remove_tags.contains(tag));
    tags.extend(change.add_tags.iter().cloned());
    Ok(TaskPatch {
        title: change.title.clone(),
        notes,
        priority: change.priority.or(clears(Clearable::Priority).then_some(Priority::None)),
        due: change.due.clone().map(Some).or(clears(Clearable::Due).then_some(None)),
        repeat: change.repeat.clone().map(Some).or(clears(Clearable::Repeat).then_some(None)),
        tags: Some(tags),
    })
}

/// Notes with more on a line of its own.
fn below(notes: &Notes, more: &Notes) -> Result<Notes, ApiError> {
    if notes.as_str().is_empty() {
        return Ok(more.clone());
    }
    Notes::new(format!("{}\n{}", notes.as_str(), more.as_str())).map_err(|e| ApiError::field("add_notes", e.0))
}

/// Checks the repeat, and dates a repeating task that has no date.
fn dated(due: Option<Due>, repeat: Option<&Repeat>, author: &Author) -> Result<Option<Due>, ApiError> {
    let Some(repeat) = repeat else { return Ok(due) };
    let today = when::today(author.now, &author.time_zone);
    let checked = recurrence::check(&repeat.rule, due.as_ref().map_or(today, |due| due.date));
    checked.map_err(|e| ApiError::field("repeat.rule", e.0))?;
    match due {
        Some(due) => Ok(Some(due)),
        None => recurrence::begin(repeat, today).map(Some).map_err(|e| ApiError::field("repeat.rule", e.0)),
    }
}

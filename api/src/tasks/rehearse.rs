//! Rules of repeats, checked before a change waits for the writer: a rule that never comes up takes
//! milliseconds to see through, and everybody's changes would wait for it.

use super::{recurrence, store, when};
use crate::error::ApiError;
use crate::identity::Author;
use crate::state::AppState;
use jiff::civil::Date;
use std::collections::HashSet;
use todo_contract::{Batch, Due, NewTask, Rule, TaskId, TaskPatch, ToolCall};

/// A rule, and where the task of it begins.
enum Asked {
    From(Rule, Date),
    At(Rule, TaskId),
}

/// Goes through the rules of `batch`, so that the writer finds them checked. Finds no fault by itself.
///
/// # Errors
/// The database's.
pub(super) async fn batch(state: &AppState, author: &Author, batch: &Batch) -> Result<(), ApiError> {
    if batch.check().is_err() {
        return Ok(());
    }
    let asked = match batch {
        Batch::Add(add) => add.tasks.iter().filter_map(|new| of_new(new, author)).collect(),
        Batch::Update(update) => {
            let changes = update.changes.iter();
            changes.filter_map(|c| Some(of_change(&c.repeat.as_ref()?.rule, c.due.as_ref(), c.id))).collect()
        }
        Batch::Complete(_) | Batch::Reopen(_) | Batch::Delete(_) | Batch::Restore(_) => Vec::new(),
    };
    check(state, author, asked).await
}

/// As [`batch`].
pub(crate) async fn call(state: &AppState, author: &Author, call: &ToolCall) -> Result<(), ApiError> {
    match call {
        ToolCall::AddTasks(add) => batch(state, author, &Batch::Add(add.clone())).await,
        ToolCall::UpdateTasks(update) => batch(state, author, &Batch::Update(update.clone())).await,
        _ => Ok(()),
    }
}

/// As [`batch`].
pub(super) async fn create(state: &AppState, author: &Author, new: &NewTask) -> Result<(), ApiError> {
    check(state, author, of_new(new, author).into_iter().collect()).await
}

/// As [`batch`].
pub(super) async fn patch(state: &AppState, author: &Author, id: TaskId, patch: &TaskPatch) -> Result<(), ApiError> {
    let due = patch.due.as_ref().and_then(Option::as_ref);
    let asked = patch.repeat.iter().flatten().map(|repeat| of_change(&repeat.rule, due, id)).collect();
    check(state, author, asked).await
}

fn of_new(new: &NewTask, author: &Author) -> Option<Asked> {
    let start = new.due.as_ref().map_or_else(|| when::today(author.now, &author.time_zone), |due| due.date);
    Some(Asked::From(new.repeat.as_ref()?.rule.clone(), start))
}

fn of_change(rule: &Rule, due: Option<&Due>, id: TaskId) -> Asked {
    match due {
        Some(due) => Asked::From(rule.clone(), due.date),
        None => Asked::At(rule.clone(), id),
    }
}

async fn check(state: &AppState, author: &Author, asked: Vec<Asked>) -> Result<(), ApiError> {
    if asked.is_empty() {
        return Ok(());
    }
    let (user_id, today) = (author.user_id, when::today(author.now, &author.time_zone));
    let mut dated = HashSet::new();
    let mut undated = Vec::new();
    for asked in asked {
        match asked {
            Asked::From(rule, start) => _ = dated.insert((rule, start)),
            Asked::At(rule, id) => undated.push((rule, id)),
        }
    }
    if !undated.is_empty() {
        let starts = state.db.read(move |conn| {
            let starts = undated.into_iter().map(|(rule, id)| {
                let due = store::find(conn, user_id, id)?.and_then(|task| task.due);
                Ok((rule, due.map_or(today, |due| due.date)))
            });
            starts.collect::<Result<Vec<_>, ApiError>>()
        });
        dated.extend(starts.await?);
    }
    let checks = move || dated.iter().for_each(|(rule, start)| _ = recurrence::check(rule, *start));
    tokio::task::spawn_blocking(checks).await.map_err(ApiError::internal)
}

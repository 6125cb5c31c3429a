//! Taking changes back, and taking that back (redo). `docs/decisions/0004-undo.md` has the choices.

use super::store::{self, Record};
use crate::db::{Connection, Tx};
use crate::error::{ApiError, Code};
use crate::identity::Author;
use crate::jobs::{self, JobRow, ROWS_IN_ONE_WRITE};
use crate::tasks::{self, Stamp};
use std::collections::{HashMap, HashSet};
use todo_contract::{JobKind, Operation, OperationId, OperationKind, Task, UndoScope};

/// Most changes that a planner takes back in one go.
pub(super) const ROWS_OF_CALL: usize = 500;

/// What an undo did.
pub(crate) struct Undone {
    /// The new operations, of kind `undo`.
    pub(crate) operations: Vec<Operation>,
    /// Whether an earlier request under the same key did it.
    pub(crate) replayed: bool,
}

/// What became of a request to undo or redo.
pub(crate) enum Outcome {
    /// It is done.
    Done(Undone),
    /// It is more than one write may do; whether an earlier request under the same key began it.
    Begun(Box<JobRow>, bool),
}

/// Takes back one operation and what it caused, or the whole group that it belongs to.
///
/// # Errors
/// `already_undone`; `undo_conflict` if a task was changed since; then nothing is taken back; `job_running`.
pub(crate) fn undo(tx: &mut Tx<'_>, author: &Author, id: OperationId, scope: UndoScope) -> Result<Outcome, ApiError> {
    if let Some(outcome) = replay(tx, author, Wanted::Operation(id))? {
        return Ok(outcome);
    }
    jobs::check_idle(tx, author.user_id)?;
    let record = store::find(tx, author.user_id, id)?.ok_or_else(|| ApiError::not_found("operation"))?;
    let gone = || ApiError::new(Code::AlreadyUndone, "To bring it back, undo the operation that took it back.");
    match scope {
        UndoScope::Operation if record.operation.undone_by.is_some() => Err(gone()),
        UndoScope::Operation => {
            let mut targets = store::caused_by(tx, author.user_id, &[id])?;
            targets.retain(|target| target.operation.undone_by.is_none());
            targets.insert(0, record);
            Ok(Outcome::Done(take_back(tx, author, &targets)?))
        }
        UndoScope::Group => {
            let kind = match store::redoes(tx, author.user_id, id)? {
                None if record.operation.undoes.is_some() => JobKind::Redo,
                _ => JobKind::Undo,
            };
            take_back_group(tx, author, &record.operation.group, kind)?.ok_or_else(gone)
        }
    }
}

/// Takes back the latest group of changes that is neither taken back nor itself an undo. Said again and
/// again, this walks back through the journal.
///
/// # Errors
/// `nothing_to_undo`; `undo_conflict` if a task was changed since; `job_running`.
pub(crate) fn undo_last(tx: &mut Tx<'_>, author: &Author) -> Result<Outcome, ApiError> {
    if let Some(outcome) = replay(tx, author, Wanted::Undo)? {
        return Ok(outcome);
    }
    jobs::check_idle(tx, author.user_id)?;
    let nothing = || ApiError::new(Code::NothingToUndo, "There is no change left that could be taken back.");
    let (_, group) = store::last_change(tx, author.user_id)?.ok_or_else(nothing)?;
    take_back_group(tx, author, &group, JobKind::Undo)?.ok_or_else(nothing)
}

/// Brings back the group of changes that was taken back last. Said again and again, this walks forward through
/// what was undone; once something else was changed there is nothing to redo.
///
/// # Errors
/// `nothing_to_redo`; `undo_conflict` if a task is not as the undo left it; `job_running`.
pub(crate) fn redo_last(tx: &mut Tx<'_>, author: &Author) -> Result<Outcome, ApiError> {
    if let Some(outcome) = replay(tx, author, Wanted::Redo)? {
        return Ok(outcome);
    }
    jobs::check_idle(tx, author.user_id)?;
    let nothing = || ApiError::new(Code::NothingToRedo, "Nothing was taken back since the latest change to the list.");
    let (_, group) = last_undo(tx, author.user_id)?.ok_or_else(nothing)?;
    take_back_group(tx, author, &group, JobKind::Redo)?.ok_or_else(nothing)
}

/// The latest undo that stands, after the latest change that stands, with its group.
pub(super) fn last_undo(conn: &mut Connection, user_id: i64) -> Result<Option<(OperationId, String)>, ApiError> {
    let change = store::last_change(conn, user_id)?.map_or(OperationId(0), |(id, _)| id);
    store::last_undo(conn, user_id, change)
}

/// Takes back what stands of a group, at once or by a job; nothing if nothing stands.
fn take_back_group(tx: &mut Tx<'_>, author: &Author, group: &str, kind: JobKind) -> Result<Option<Outcome>, ApiError> {
    let user_id = author.user_id;
    let total = store::count_standing(tx, user_id, group)?;
    let Some(first) = store::standing(tx, user_id, group, None, 1)?.into_iter().next() else { return Ok(None) };
    let links = store::chain(tx, user_id, first.operation.undoes)?.len();
    // A call of a planner has its result in the write that makes it.
    let most = if author.call_id.is_some() { ROWS_OF_CALL } else { ROWS_IN_ONE_WRITE };
    if total * (1 + links) <= most {
        let standing = store::standing(tx, user_id, group, None, most)?;
        return Ok(Some(Outcome::Done(take_back(tx, author, &standing)?)));
    }
    let row = super::undo_job::start(tx, author, group, kind, total)?;
    Ok(Some(Outcome::Begun(Box::new(row), false)))
}

/// What a request asks to be taken back, or brought back.
#[derive(Clone, Copy)]
enum Wanted {
    Operation(OperationId),
    Undo,
    Redo,
}

/// What was done under the same key before, if it was the same that is wanted.
fn replay(conn: &mut Connection, author: &Author, wanted: Wanted) -> Result<Option<Outcome>, ApiError> {
    let reused = || ApiError::new(Code::IdempotencyKeyReused, "Send a new key with a new request.");
    if let Some(row) = jobs::replay(conn, author)? {
        return match row.kind()? {
            JobKind::Undo | JobKind::Redo => Ok(Some(Outcome::Begun(Box::new(row), true))),
            JobKind::Import | JobKind::DeleteAccount => Err(reused()),
        };
    }
    let Some(key) = author.idempotency_key.as_deref() else { return Ok(None) };
    let Some(first) = store::by_key(conn, author, key)? else { return Ok(None) };
    let operations = store::operations_of(conn, author.user_id, &first.operation.group)?;
    let brings_back = store::redoes(conn, author.user_id, first.operation.id)?.is_some();
    let same = match wanted {
        Wanted::Operation(id) => operations.iter().any(|operation| operation.undoes == Some(id)),
        Wanted::Undo => !brings_back,
        Wanted::Redo => brings_back,
    };
    if first.operation.kind != OperationKind::Undo || !same {
        return Err(reused());
    }
    Ok(Some(Outcome::Done(Undone { operations, replayed: true })))
}

/// Takes the records back, the latest first, but for what was caused, which comes after its cause, so that
/// the journal can say that undoing the one brought about undoing the other.
pub(super) fn take_back(tx: &mut Tx<'_>, author: &Author, records: &[Record]) -> Result<Undone, ApiError> {
    let ids: HashSet<OperationId> = records.iter().map(|record| record.operation.id).collect();
    let cause_of = |record: &Record| record.caused_by.filter(|cause| ids.contains(cause));
    let mut caused: HashMap<OperationId, Vec<&Record>> = HashMap::new();
    let mut first: Vec<&Record> = Vec::with_capacity(records.len());
    for record in records {
        match cause_of(record) {
            Some(cause) => caused.entry(cause).or_default().push(record),
            None => first.push(record),
        }
    }
    first.sort_unstable_by_key(|record| std::cmp::Reverse(record.operation.id));
    let mut operations = Vec::with_capacity(records.len());
    for record in first {
        let key = author.idempotency_key.as_deref().filter(|_| operations.is_empty());
        let undone = take_back_one(tx, author, record, Stamp::keyed(key))?;
        let cause = undone.id;
        operations.push(undone);
        for caused in caused.remove(&record.operation.id).into_iter().flatten() {
            let stamp = Stamp { caused_by: Some(cause), ..Stamp::default() };
            operations.push(take_back_one(tx, author, caused, stamp)?);
        }
    }
    Ok(Undone { operations, replayed: false })
}

fn take_back_one(tx: &mut Tx<'_>, author: &Author, record: &Record, stamp: Stamp<'_>) -> Result<Operation, ApiError> {
    let operation = &record.operation;
    let now = as_left(tx, author.user_id, operation)?;
    let after = match &operation.before {
        Some(before) => before.clone(),
        // A task that was made goes into the trash, from where it can be had back.
        None => Task { deleted_at: Some(author.now), ..now.clone() },
    };
    let caused_by = stamp.caused_by;
    let chain = store::chain(tx, author.user_id, operation.undoes)?;
    // This undoes the first, which undoes the chain's first, and so on: every other one stands in the end.
    let redoes = (chain.len() % 2 == 1).then_some(operation.id);
    let stamp = Stamp { undoes: Some(operation.id), redoes, ..stamp };
    let (after, id) = tasks::save(tx, author, OperationKind::Undo, &now, after, stamp)?;
    store::set_undone_by(tx, author.user_id, operation.id, Some(id))?;
    for (at, of) in chain.into_iter().enumerate() {
        store::set_undone_by(tx, author.user_id, of, (at % 2 == 1).then_some(id))?;
    }
    Ok(Operation {
        id,
        actor: author.actor.clone(),
        kind: OperationKind::Undo,
        task_id: operation.task_id,
        before: Some(now),
        after: Some(after),
        turn_id: author.turn_id,
        call_id: author.call_id.as_ref().map(|call| call.as_str().to_owned()),
        group: author.group.clone(),
        at: author.now,
        undone_by: None,
        undoes: Some(operation.id),
        caused_by,
    })
}

/// The task, if it is as the operation left it. Changes that were themselves taken back do not count.
pub(super) fn as_left(conn: &mut Connection, user_id: i64, operation: &Operation) -> Result<Task, ApiError> {
    let conflict = |detail: String| ApiError::new(Code::UndoConflict, detail);
    let id = operation.task_id;
    let Some(left) = &operation.after else {
        return Err(conflict(format!("Task {id} was removed for good and cannot be brought back.")));
    };
    let Some(now) = tasks::find_task(conn, user_id, id)? else {
        return Err(conflict(format!("Task {id} was removed for good since.")));
    };
    let changed = differences(left, &now);
    if changed.is_empty() {
        return Ok(now);
    }
    let (what, title) = (changed.join(", "), &now.title);
    Err(conflict(format!("Task {id} ({title}) was changed since: {what}. Take the later change back first.")))
}

/// The fields in which two states of a task differ. The version counts changes and is none.
fn differences(a: &Task, b: &Task) -> Vec<&'static str> {
    let fields = [
        ("title", a.title == b.title),
        ("notes", a.notes == b.notes),
        ("status", a.status == b.status && a.completed_at == b.completed_at),
        ("priority", a.priority == b.priority),
        ("due", a.due == b.due),
        ("repeat", a.repeat == b.repeat),
        ("tags", a.tags == b.tags),
        ("position", a.position == b.position),
        ("trash", a.deleted_at == b.deleted_at),
    ];
    fields.iter().filter(|field| !field.1).map(|field| field.0).collect()
}

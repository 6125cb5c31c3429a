//! Taking changes back, and taking that back (redo). `docs/decisions/0004-undo.md` has the choices.

use super::store::{self, Record};
use crate::db::{Connection, Tx};
use crate::error::{ApiError, Code};
use crate::identity::Author;
use crate::tasks::{self, Stamp};
use todo_contract::{Operation, OperationId, OperationKind, Task, UndoScope};

/// What an undo did.
pub(crate) struct Undone {
    /// The new operations, of kind `undo`.
    pub(crate) operations: Vec<Operation>,
    /// Whether an earlier request under the same key did it.
    pub(crate) replayed: bool,
}

/// Takes back one operation and what it caused, or the whole group that it belongs to.
///
/// # Errors
/// `already_undone`; `undo_conflict` if a task was changed since; then nothing is taken back.
pub(crate) fn undo(tx: &mut Tx<'_>, author: &Author, id: OperationId, scope: UndoScope) -> Result<Undone, ApiError> {
    if let Some(undone) = replay(tx, author, Wanted::Operation(id))? {
        return Ok(undone);
    }
    let record = store::find(tx, author.user_id, id)?.ok_or_else(|| ApiError::not_found("operation"))?;
    let targets = match scope {
        UndoScope::Operation if record.operation.undone_by.is_some() => Vec::new(),
        UndoScope::Operation => {
            let mut targets = store::caused_by(tx, &record, author.user_id)?;
            targets.insert(0, record);
            targets
        }
        UndoScope::Group => store::group(tx, author.user_id, &record.operation.group)?,
    };
    let standing = standing(targets);
    if standing.is_empty() {
        return Err(ApiError::new(Code::AlreadyUndone, "To bring it back, undo the operation that took it back."));
    }
    take_back(tx, author, &standing)
}

/// Takes back the latest group of changes that is neither taken back nor itself an undo. Said again and
/// again, this walks back through the journal.
///
/// # Errors
/// `nothing_to_undo`; `undo_conflict` if a task was changed since.
pub(crate) fn undo_last(tx: &mut Tx<'_>, author: &Author) -> Result<Undone, ApiError> {
    if let Some(undone) = replay(tx, author, Wanted::Undo)? {
        return Ok(undone);
    }
    let nothing = || ApiError::new(Code::NothingToUndo, "There is no change left that could be taken back.");
    let (_, group) = store::last_change(tx, author.user_id)?.ok_or_else(nothing)?;
    let standing = standing(store::group(tx, author.user_id, &group)?);
    take_back(tx, author, &standing)
}

/// Brings back the group of changes that was taken back last. Said again and again, this walks forward through
/// what was undone; once something else was changed there is nothing to redo.
///
/// # Errors
/// `nothing_to_redo`; `undo_conflict` if a task is not as the undo left it.
pub(crate) fn redo_last(tx: &mut Tx<'_>, author: &Author) -> Result<Undone, ApiError> {
    if let Some(redone) = replay(tx, author, Wanted::Redo)? {
        return Ok(redone);
    }
    let (_, group) = last_undo(tx, author.user_id)?.ok_or_else(|| {
        ApiError::new(Code::NothingToRedo, "Nothing was taken back since the latest change to the list.")
    })?;
    let standing = standing(store::group(tx, author.user_id, &group)?);
    take_back(tx, author, &standing)
}

/// The group of the latest undo that stands, after the latest change that stands.
pub(super) fn last_undo(conn: &mut Connection, user_id: i64) -> Result<Option<(OperationId, String)>, ApiError> {
    let change = store::last_change(conn, user_id)?.map_or(OperationId(0), |(id, _)| id);
    let mut before = None;
    while let Some((id, group)) = store::undo_between(conn, user_id, change, before)? {
        if takes_back(conn, user_id, id)? {
            return Ok(Some((id, group)));
        }
        before = Some(id);
    }
    Ok(None)
}

/// Whether the effect of an undo is that a change is taken back, and not that it stands again.
fn takes_back(conn: &mut Connection, user_id: i64, id: OperationId) -> Result<bool, ApiError> {
    let (mut at, mut takes) = (id, false);
    while let Some(of) = store::undoes(conn, user_id, at)? {
        (at, takes) = (of, !takes);
    }
    Ok(takes)
}

pub(super) fn standing(records: Vec<Record>) -> Vec<Record> {
    records.into_iter().filter(|record| record.operation.undone_by.is_none()).collect()
}

/// What a request asks to be taken back, or brought back.
#[derive(Clone, Copy)]
enum Wanted {
    Operation(OperationId),
    Undo,
    Redo,
}

/// What was done under the same key before, if it was the same that is wanted.
fn replay(conn: &mut Connection, author: &Author, wanted: Wanted) -> Result<Option<Undone>, ApiError> {
    let Some(key) = author.idempotency_key.as_deref() else { return Ok(None) };
    let Some(first) = store::by_key(conn, author.user_id, key)? else { return Ok(None) };
    let group = store::group(conn, author.user_id, &first.operation.group)?;
    let operations: Vec<Operation> = group.into_iter().map(|record| record.operation).collect();
    let same = match wanted {
        Wanted::Operation(id) => operations.iter().any(|operation| operation.undoes == Some(id)),
        Wanted::Undo => takes_back(conn, author.user_id, first.operation.id)?,
        Wanted::Redo => !takes_back(conn, author.user_id, first.operation.id)?,
    };
    if first.operation.kind != OperationKind::Undo || !same {
        return Err(ApiError::new(Code::IdempotencyKeyReused, "Send a new key with a new request."));
    }
    Ok(Some(Undone { operations, replayed: true }))
}

/// Takes the records back, the latest first, but for what was caused, which comes after its cause, so that
/// the journal can say that undoing the one brought about undoing the other.
fn take_back(tx: &mut Tx<'_>, author: &Author, records: &[Record]) -> Result<Undone, ApiError> {
    let mut operations = Vec::with_capacity(records.len());
    let is_caused =
        |record: &Record| record.caused_by.is_some_and(|cause| records.iter().any(|other| other.operation.id == cause));
    for record in records.iter().rev().filter(|record| !is_caused(record)) {
        let key = author.idempotency_key.as_deref().filter(|_| operations.is_empty());
        let undone = take_back_one(tx, author, record, Stamp::keyed(key))?;
        let cause = undone.id;
        operations.push(undone);
        for caused in records.iter().filter(|other| other.caused_by == Some(record.operation.id)) {
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
    let stamp = Stamp { undoes: Some(operation.id), ..stamp };
    let (after, id) = tasks::save(tx, author, OperationKind::Undo, &now, after, stamp)?;
    store::set_undone_by(tx, author.user_id, operation.id, Some(id))?;
    settle(tx, author.user_id, operation.undoes, id)?;
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

/// To take back an undo makes what that had taken back stand again, to take back a redo takes it back again, and so on.
fn settle(tx: &mut Tx<'_>, user_id: i64, first: Option<OperationId>, by: OperationId) -> Result<(), ApiError> {
    let (mut next, mut stands) = (first, true);
    while let Some(id) = next {
        store::set_undone_by(tx, user_id, id, (!stands).then_some(by))?;
        next = store::undoes(tx, user_id, id)?;
        stands = !stands;
    }
    Ok(())
}

/// The task, if it is as the operation left it. Changes that were themselves taken back do not count.
fn as_left(conn: &mut Connection, user_id: i64, operation: &Operation) -> Result<Task, ApiError> {
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

//! Batches and tool calls: many changes at once, each of which succeeds or fails by itself.

use super::service::{self, Done};
use super::{candidates, complete, edit, list};
use crate::db::{Connection, Tx};
use crate::error::{ApiError, Code};
use crate::identity::Author;
use crate::journal::undo::{self, Outcome};
use todo_contract::job::JobId;
use todo_contract::{
    Batch, ItemError, ItemOutcome, ListTasks, NewTask, OperationId, OperationKind, TaskBrief, TaskChange, TaskId,
    ToolCall, ToolResult, UndoScope,
};

/// Runs a batch. With a key, item `i` has the key `{key}:{i}`, so that a repeated batch does nothing twice.
///
/// # Errors
/// The number of items breaks its bound, or the database fails; what is wrong with one item stands in its
/// outcome.
pub fn run_batch(tx: &mut Tx<'_>, author: &Author, batch: &Batch) -> Result<ToolResult, ApiError> {
    run_items(tx, author, batch).map(|(result, _)| result)
}

/// As [`run_batch`], and whether all that was done had been done by an earlier request.
pub(crate) fn run_items(tx: &mut Tx<'_>, author: &Author, batch: &Batch) -> Result<(ToolResult, bool), ApiError> {
    batch.check().map_err(|e| ApiError::field(list_name(batch), e.0))?;
    let items = items_of(batch);
    let mut outcomes = Vec::with_capacity(items.len());
    let mut operations = Vec::new();
    let mut replayed = author.idempotency_key.is_some();
    for (index, item) in items.iter().enumerate() {
        let key = author.idempotency_key.as_ref().map(|key| format!("{key}:{index}"));
        match run_item(tx, author, *item, key.as_deref()) {
            Ok(done) => {
                replayed &= done.replayed;
                operations.extend(done.operations.iter().copied());
                outcomes.push(succeeded(&done));
            }
            // The whole of it is another request under the same key.
            Err(error) if error.code == Code::IdempotencyKeyReused && author.request_hash.is_some() => {
                return Err(error);
            }
            Err(error) => {
                replayed = false;
                outcomes.push(failed(tx, author, item.id(), error)?);
            }
        }
    }
    Ok((ToolResult::Changed { items: outcomes, operations, already_done: false }, replayed))
}

/// Runs a tool call. A call that is refused as a whole is a result too: [`ToolResult::Failed`].
///
/// # Errors
/// The database fails.
pub fn run_call(tx: &mut Tx<'_>, author: &Author, call: &ToolCall) -> Result<ToolResult, ApiError> {
    let result = match call {
        ToolCall::AddTasks(add) => run_batch(tx, author, &Batch::Add(add.clone())),
        ToolCall::UpdateTasks(update) => run_batch(tx, author, &Batch::Update(update.clone())),
        ToolCall::CompleteTasks(ids) => run_batch(tx, author, &Batch::Complete(ids.clone())),
        ToolCall::ReopenTasks(ids) => run_batch(tx, author, &Batch::Reopen(ids.clone())),
        ToolCall::DeleteTasks(ids) => run_batch(tx, author, &Batch::Delete(ids.clone())),
        ToolCall::ListTasks(list) => list_call(tx, author, list),
        ToolCall::UndoLast(_) => undo::undo_last(tx, author).and_then(|outcome| taken_back(call, &outcome)),
        ToolCall::RedoLast(_) => undo::redo_last(tx, author).and_then(|outcome| taken_back(call, &outcome)),
    };
    result.or_else(refused)
}

/// Runs an undo or a redo that takes back the group of `operation`.
///
/// # Errors
/// The database fails.
pub fn take_back_call(
    tx: &mut Tx<'_>,
    author: &Author,
    call: &ToolCall,
    operation: OperationId,
) -> Result<ToolResult, ApiError> {
    let outcome = undo::undo(tx, author, operation, UndoScope::Group);
    outcome.and_then(|outcome| taken_back(call, &outcome)).or_else(refused)
}

/// Looks tasks up for a tool call.
///
/// # Errors
/// The database fails.
pub fn list_call(conn: &mut Connection, author: &Author, list: &ListTasks) -> Result<ToolResult, ApiError> {
    let found = list::Query::of_call(list, author).and_then(|query| list::page(conn, author.user_id, &query));
    match found {
        Ok(page) => Ok(ToolResult::Listed {
            tasks: page.items.iter().map(TaskBrief::from).collect(),
            total: page.total.unwrap_or_default(),
        }),
        Err(error) => refused(error),
    }
}

/// What was taken back, or brought back. A job that was begun has done nothing yet.
fn taken_back(call: &ToolCall, outcome: &Outcome) -> Result<ToolResult, ApiError> {
    let (done, job) = match outcome {
        Outcome::Done(undone) => (undone.operations.as_slice(), None),
        Outcome::Begun(row, _) => (&[][..], Some(JobId(row.id.parse().map_err(ApiError::internal)?))),
    };
    let tasks = done.iter().filter_map(|operation| operation.after.as_ref()).map(TaskBrief::from).collect();
    let operations = done.iter().map(|operation| operation.id).collect();
    Ok(match call {
        ToolCall::RedoLast(_) => ToolResult::Redone { tasks, operations, job },
        _ => ToolResult::Undone { tasks, operations, job },
    })
}

fn list_name(batch: &Batch) -> &'static str {
    match batch {
        Batch::Add(_) => "tasks",
        Batch::Update(_) => "changes",
        Batch::Complete(_) | Batch::Reopen(_) | Batch::Delete(_) | Batch::Restore(_) => "ids",
    }
}

#[derive(Clone, Copy)]
enum Item<'a> {
    Add(&'a NewTask),
    Update(&'a TaskChange),
    Complete(TaskId),
    Reopen(TaskId),
    Delete(TaskId),
    Restore(TaskId),
}

impl Item<'_> {
    fn id(&self) -> Option<TaskId> {
        match self {
            Self::Add(_) => None,
            Self::Update(change) => Some(change.id),
            Self::Complete(id) | Self::Reopen(id) | Self::Delete(id) | Self::Restore(id) => Some(*id),
        }
    }

    fn kind(&self) -> OperationKind {
        match self {
            Self::Add(_) => OperationKind::Create,
            Self::Update(_) => OperationKind::Update,
            Self::Complete(_) => OperationKind::Complete,
            Self::Reopen(_) => OperationKind::Reopen,
            Self::Delete(_) => OperationKind::Delete,
            Self::Restore(_) => OperationKind::Restore,
        }
    }
}

fn items_of(batch: &Batch) -> Vec<Item<'_>> {
    match batch {
        Batch::Add(add) => add.tasks.iter().map(Item::Add).collect(),
        Batch::Update(update) => update.changes.iter().map(Item::Update).collect(),
        Batch::Complete(ids) => ids.ids.iter().copied().map(Item::Complete).collect(),
        Batch::Reopen(ids) => ids.ids.iter().copied().map(Item::Reopen).collect(),
        Batch::Delete(ids) => ids.ids.iter().copied().map(Item::Delete).collect(),
        Batch::Restore(ids) => ids.ids.iter().copied().map(Item::Restore).collect(),
    }
}

fn run_item(tx: &mut Tx<'_>, author: &Author, item: Item<'_>, key: Option<&str>) -> Result<Done, ApiError> {
    let user = author.user_id;
    if let Some(id) = item.id() {
        let same = |record: &crate::journal::store::Record| {
            (record.operation.task_id, record.operation.kind) == (id, item.kind())
        };
        if let Some(done) = service::replay(tx, author, key, same)? {
            return Ok(done);
        }
    }
    match item {
        Item::Add(new) => service::create(tx, author, new.clone(), key),
        Item::Update(change) => {
            let task = service::get_live(tx, user, change.id)?;
            let patch = edit::patch_of(change, &task)?;
            service::write_patch(tx, author, task, patch, key)
        }
        Item::Complete(id) => {
            let task = service::get_live(tx, user, id)?;
            complete::complete(tx, author, task, key)
        }
        Item::Reopen(id) => {
            let task = service::get_live(tx, user, id)?;
            complete::reopen(tx, author, task, key)
        }
        Item::Delete(id) => service::delete(tx, author, id, None, key),
        Item::Restore(id) => service::restore(tx, author, id, key),
    }
}

fn succeeded(done: &Done) -> ItemOutcome {
    ItemOutcome {
        id: Some(done.task.id),
        ok: true,
        task: Some(TaskBrief::from(&done.task)),
        next: done.next.as_ref().map(TaskBrief::from),
        error: None,
    }
}

/// What is wrong with one item; a fault of ours or of the database ends the whole.
fn failed(
    conn: &mut Connection,
    author: &Author,
    id: Option<TaskId>,
    error: ApiError,
) -> Result<ItemOutcome, ApiError> {
    let mut explained = explained(error)?;
    if let Some(id) = id.filter(|_| explained.code == Code::NotFound.word()) {
        explained.candidates = candidates::near(conn, author.user_id, id)?;
    }
    Ok(ItemOutcome { id, ok: false, task: None, next: None, error: Some(explained) })
}

fn refused(error: ApiError) -> Result<ToolResult, ApiError> {
    explained(error).map(|error| ToolResult::Failed { error })
}

fn explained(error: ApiError) -> Result<ItemError, ApiError> {
    if error.code.status() >= 500 {
        return Err(error);
    }
    Ok(ItemError { code: error.code.word().to_owned(), detail: error.detail, candidates: Vec::new() })
}

//! The journal's rows.

use super::compact::{self, Side};
use super::texts;
use crate::clock::timestamp;
use crate::error::{ApiError, Code};
use crate::identity::{Author, RequestHash};
use crate::schema::{operations, users};
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use todo_contract::{Actor, ActorKind, Operation, OperationId, OperationKind, Task, TaskId, TurnId};

/// A change that is to be written down.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) kind: OperationKind,
    pub(crate) before: Option<&'a Task>,
    pub(crate) after: Option<&'a Task>,
    pub(crate) caused_by: Option<OperationId>,
    pub(crate) undoes: Option<OperationId>,
    pub(crate) redoes: Option<OperationId>,
    pub(crate) key: Option<&'a str>,
}

impl<'a> Entry<'a> {
    pub(crate) fn new(kind: OperationKind, before: Option<&'a Task>, after: Option<&'a Task>) -> Self {
        Self { kind, before, after, caused_by: None, undoes: None, redoes: None, key: None }
    }
}

/// An operation, and what the wire does not show of it.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) operation: Operation,
    pub(crate) caused_by: Option<OperationId>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = operations, check_for_backend(diesel::sqlite::Sqlite))]
struct Row {
    user_id: i64,
    id: i64,
    actor_kind: String,
    actor_name: Option<String>,
    kind: String,
    task_id: i64,
    before: Option<String>,
    after: Option<String>,
    turn_id: Option<String>,
    call_id: Option<String>,
    group_id: String,
    caused_by: Option<i64>,
    undoes: Option<i64>,
    undone_by: Option<i64>,
    idempotency_key: Option<String>,
    at: i64,
    format: i16,
    request_hash: Option<Vec<u8>>,
    redoes: Option<i64>,
}

/// `before` and `after` are whole tasks: rows from before 0005.
const WHOLE: i16 = 0;
/// They are as [`compact`] makes them.
const COMPACT: i16 = 1;
/// The task was removed for good, and its words with it.
pub(super) const REMOVED: i16 = 2;

/// The next operation's number.
pub(crate) fn next_number(conn: &mut SqliteConnection, user_id: i64) -> Result<OperationId, ApiError> {
    let number = diesel::update(users::table.find(user_id))
        .set(users::last_operation_id.eq(users::last_operation_id + 1))
        .returning(users::last_operation_id)
        .get_result(conn)?;
    Ok(OperationId(number))
}

pub(crate) fn append(
    conn: &mut SqliteConnection,
    author: &Author,
    id: OperationId,
    entry: Entry<'_>,
) -> Result<(), ApiError> {
    let task = entry.after.or(entry.before).ok_or_else(|| ApiError::internal("an operation without a task"))?;
    let (mut before, mut after, mut format) = (None, None, REMOVED);
    if let Some(task) = entry.after {
        let kept = compact::compact(entry.before, task).map_err(ApiError::internal)?;
        texts::keep(conn, author.user_id, task.id, id, &kept)?;
        (before, after, format) = (kept.before, kept.after, COMPACT);
    }
    let row = Row {
        user_id: author.user_id,
        id: id.0,
        actor_kind: actor_word(author.actor.kind).to_owned(),
        actor_name: author.actor.name.clone(),
        kind: kind_word(entry.kind).to_owned(),
        task_id: task.id.0,
        before,
        after,
        turn_id: author.turn_id.map(|turn| turn.to_string()),
        call_id: author.call_id.as_ref().map(|call| call.as_str().to_owned()),
        group_id: author.group.clone(),
        caused_by: entry.caused_by.map(|id| id.0),
        undoes: entry.undoes.map(|id| id.0),
        undone_by: None,
        idempotency_key: entry.key.map(str::to_owned),
        at: author.now.as_microsecond(),
        format,
        request_hash: entry.key.and(author.request_hash.as_ref()).map(RequestHash::to_vec),
        redoes: entry.redoes.map(|id| id.0),
    };
    diesel::insert_into(operations::table).values(row).execute(conn)?;
    Ok(())
}

/// Marks an operation as taken back by `by`, or, with `None`, as standing again.
pub(crate) fn set_undone_by(
    conn: &mut SqliteConnection,
    user_id: i64,
    id: OperationId,
    by: Option<OperationId>,
) -> Result<(), ApiError> {
    diesel::update(operations::table.find((user_id, id.0)))
        .set(operations::undone_by.eq(by.map(|id| id.0)))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn find(conn: &mut SqliteConnection, user_id: i64, id: OperationId) -> Result<Option<Record>, ApiError> {
    let row: Option<Row> = operations::table.find((user_id, id.0)).select(Row::as_select()).first(conn).optional()?;
    row.map(|row| row.into_record(conn)).transpose()
}

/// What was done under this idempotency key.
///
/// # Errors
/// `idempotency_key_reused` if it was done by another request.
pub(crate) fn by_key(conn: &mut SqliteConnection, author: &Author, key: &str) -> Result<Option<Record>, ApiError> {
    let row: Option<Row> = operations::table
        .filter(operations::user_id.eq(author.user_id))
        .filter(operations::idempotency_key.eq(key))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    if let (Some(first), Some(now)) = (&row.request_hash, &author.request_hash)
        && first.as_slice() != now.as_slice()
    {
        return Err(ApiError::new(Code::IdempotencyKeyReused, "Send a new key with a new request."));
    }
    row.into_record(conn).map(Some)
}

/// The operations of a group, oldest first.
pub(crate) fn operations_of(
    conn: &mut SqliteConnection,
    user_id: i64,
    group: &str,
) -> Result<Vec<Operation>, ApiError> {
    let rows = operations::table
        .filter(operations::user_id.eq(user_id))
        .filter(operations::group_id.eq(group))
        .order(operations::id)
        .select(Row::as_select())
        .load(conn)?;
    operations(conn, rows)
}

/// How many operations a group has.
pub(crate) fn count(conn: &mut SqliteConnection, user_id: i64, group: &str) -> Result<usize, ApiError> {
    let of_group = operations::table.filter(operations::user_id.eq(user_id)).filter(operations::group_id.eq(group));
    let count: i64 = of_group.count().get_result(conn)?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// How many operations of a group are not taken back.
pub(super) fn count_standing(conn: &mut SqliteConnection, user_id: i64, group: &str) -> Result<usize, ApiError> {
    let of_group = operations::table.filter(operations::user_id.eq(user_id)).filter(operations::group_id.eq(group));
    let count: i64 = of_group.filter(operations::undone_by.is_null()).count().get_result(conn)?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// At most `limit` operations of a group that are not taken back, of those before `before`, latest first.
pub(super) fn standing(
    conn: &mut SqliteConnection,
    user_id: i64,
    group: &str,
    before: Option<OperationId>,
    limit: usize,
) -> Result<Vec<Record>, ApiError> {
    let rows: Vec<Row> = operations::table
        .filter(operations::user_id.eq(user_id))
        .filter(operations::group_id.eq(group))
        .filter(operations::undone_by.is_null())
        .filter(operations::id.lt(before.map_or(i64::MAX, |id| id.0)))
        .order(operations::id.desc())
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(|row| row.into_record(conn)).collect()
}

/// What `causes` brought about, oldest first.
pub(crate) fn caused_by(
    conn: &mut SqliteConnection,
    user_id: i64,
    causes: &[OperationId],
) -> Result<Vec<Record>, ApiError> {
    let rows: Vec<Row> = operations::table
        .filter(operations::user_id.eq(user_id))
        .filter(operations::caused_by.eq_any(causes.iter().map(|id| Some(id.0))))
        .order(operations::id)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(|row| row.into_record(conn)).collect()
}

/// The latest operation that is neither taken back nor itself an undo, with its group.
pub(crate) fn last_change(
    conn: &mut SqliteConnection,
    user_id: i64,
) -> Result<Option<(OperationId, String)>, ApiError> {
    let found = operations::table
        .filter(operations::user_id.eq(user_id))
        .filter(operations::undone_by.is_null())
        .filter(operations::undoes.is_null())
        .order(operations::id.desc())
        .select((operations::id, operations::group_id))
        .first::<(i64, String)>(conn)
        .optional()?;
    Ok(found.map(|(id, group)| (OperationId(id), group)))
}

/// The latest undo that stands and is no redo, with its group, if it came after `after`.
pub(super) fn last_undo(
    conn: &mut SqliteConnection,
    user_id: i64,
    after: OperationId,
) -> Result<Option<(OperationId, String)>, ApiError> {
    let found = operations::table
        .filter(operations::user_id.eq(user_id))
        .filter(operations::id.gt(after.0))
        .filter(operations::undone_by.is_null())
        .filter(operations::undoes.is_not_null())
        .filter(operations::redoes.is_null())
        .order(operations::id.desc())
        .select((operations::id, operations::group_id))
        .first::<(i64, String)>(conn)
        .optional()?;
    Ok(found.map(|(id, group)| (OperationId(id), group)))
}

/// `first`, the operation that it took back, the one that this took back, and so on.
pub(super) fn chain(
    conn: &mut SqliteConnection,
    user_id: i64,
    first: Option<OperationId>,
) -> Result<Vec<OperationId>, ApiError> {
    let (mut chain, mut next) = (Vec::new(), first);
    while let Some(id) = next {
        chain.push(id);
        let undoes = operations::table.find((user_id, id.0)).select(operations::undoes).first::<Option<i64>>(conn);
        next = undoes.optional()?.flatten().map(OperationId);
    }
    Ok(chain)
}

/// The undo that this operation took back, if it is a redo.
pub(super) fn redoes(
    conn: &mut SqliteConnection,
    user_id: i64,
    id: OperationId,
) -> Result<Option<OperationId>, ApiError> {
    let found = operations::table.find((user_id, id.0)).select(operations::redoes).first::<Option<i64>>(conn);
    Ok(found.optional()?.flatten().map(OperationId))
}

/// The number of the latest operation, 0 before the first.
pub(crate) fn head(conn: &mut SqliteConnection, user_id: i64) -> Result<i64, ApiError> {
    Ok(users::table.find(user_id).select(users::last_operation_id).first(conn)?)
}

/// Operations after `after`, oldest first.
pub(crate) fn after(
    conn: &mut SqliteConnection,
    user_id: i64,
    after: i64,
    limit: i64,
) -> Result<Vec<Operation>, ApiError> {
    let rows = operations::table
        .filter(operations::user_id.eq(user_id))
        .filter(operations::id.gt(after))
        .order(operations::id)
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    operations(conn, rows)
}

/// Operations before `before`, newest first, of one task or of all.
pub(crate) fn before(
    conn: &mut SqliteConnection,
    user_id: i64,
    before: i64,
    task: Option<TaskId>,
    limit: i64,
) -> Result<Vec<Operation>, ApiError> {
    let all = operations::table
        .filter(operations::user_id.eq(user_id))
        .filter(operations::id.lt(before))
        .order(operations::id.desc())
        .limit(limit)
        .select(Row::as_select());
    let rows = match task {
        Some(task) => all.filter(operations::task_id.eq(task.0)).load(conn)?,
        None => all.load(conn)?,
    };
    operations(conn, rows)
}

fn operations(conn: &mut SqliteConnection, rows: Vec<Row>) -> Result<Vec<Operation>, ApiError> {
    rows.into_iter().map(|row| row.into_record(conn).map(|record| record.operation)).collect()
}

impl Row {
    /// The tasks before and after.
    fn tasks(&self, conn: &mut SqliteConnection) -> Result<(Option<Task>, Option<Task>), ApiError> {
        let whole = |json: &Option<String>| json.as_deref().map(serde_json::from_str::<Task>).transpose();
        match (self.format, &self.after) {
            (WHOLE, _) => {
                let (before, after) = (whole(&self.before), whole(&self.after));
                Ok((before.map_err(ApiError::internal)?, after.map_err(ApiError::internal)?))
            }
            (COMPACT, Some(after)) => {
                let (user_id, task, id) = (self.user_id, TaskId(self.task_id), OperationId(self.id));
                let apart = |field: &str, side: Side| texts::find(conn, user_id, task, field, id, side);
                let (before, after) = compact::expand(task, self.before.as_deref(), after, apart)?;
                Ok((before, Some(after)))
            }
            _ => Ok((None, None)),
        }
    }

    fn into_record(self, conn: &mut SqliteConnection) -> Result<Record, ApiError> {
        let (before, after) = self.tasks(conn)?;
        let turn = self.turn_id.map(|text| text.parse().map(TurnId)).transpose().map_err(ApiError::internal)?;
        Ok(Record {
            caused_by: self.caused_by.map(OperationId),
            operation: Operation {
                id: OperationId(self.id),
                actor: Actor { kind: read_actor(&self.actor_kind), name: self.actor_name },
                kind: read_kind(&self.kind)?,
                task_id: TaskId(self.task_id),
                before,
                after,
                turn_id: turn,
                call_id: self.call_id,
                group: self.group_id,
                at: timestamp(self.at),
                undone_by: self.undone_by.map(OperationId),
                undoes: self.undoes.map(OperationId),
                caused_by: self.caused_by.map(OperationId),
            },
        })
    }
}

const KINDS: [(OperationKind, &str); 7] = [
    (OperationKind::Create, "create"),
    (OperationKind::Update, "update"),
    (OperationKind::Complete, "complete"),
    (OperationKind::Reopen, "reopen"),
    (OperationKind::Delete, "delete"),
    (OperationKind::Restore, "restore"),
    (OperationKind::Undo, "undo"),
];

fn kind_word(kind: OperationKind) -> &'static str {
    KINDS.iter().find(|row| row.0 == kind).map_or("update", |row| row.1)
}

fn read_kind(word: &str) -> Result<OperationKind, ApiError> {
    let row = KINDS.iter().find(|row| row.1 == word);
    row.map(|row| row.0).ok_or_else(|| ApiError::internal(format!("an operation of the unknown kind {word}")))
}

fn actor_word(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::User => "user",
        ActorKind::Agent => "agent",
        ActorKind::Token => "token",
    }
}

fn read_actor(word: &str) -> ActorKind {
    match word {
        "agent" => ActorKind::Agent,
        "token" => ActorKind::Token,
        _ => ActorKind::User,
    }
}

//! The journal's rows.

use crate::clock::timestamp;
use crate::error::ApiError;
use crate::identity::Author;
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
    pub(crate) key: Option<&'a str>,
}

impl<'a> Entry<'a> {
    pub(crate) fn new(kind: OperationKind, before: Option<&'a Task>, after: Option<&'a Task>) -> Self {
        Self { kind, before, after, caused_by: None, undoes: None, key: None }
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
}

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
    let json = |task: Option<&Task>| task.map(serde_json::to_string).transpose().map_err(ApiError::internal);
    let row = Row {
        user_id: author.user_id,
        id: id.0,
        actor_kind: actor_word(author.actor.kind).to_owned(),
        actor_name: author.actor.name.clone(),
        kind: kind_word(entry.kind).to_owned(),
        task_id: task.id.0,
        before: json(entry.before)?,
        after: json(entry.after)?,
        turn_id: author.turn_id.map(|turn| turn.to_string()),
        call_id: author.call_id.as_ref().map(|call| call.as_str().to_owned()),
        group_id: author.group.clone(),
        caused_by: entry.caused_by.map(|id| id.0),
        undoes: entry.undoes.map(|id| id.0),
        undone_by: None,
        idempotency_key: entry.key.map(str::to_owned),
        at: author.now.as_microsecond(),
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
    let row = operations::table.find((user_id, id.0)).select(Row::as_select()).first(conn).optional()?;
    row.map(Row::into_record).transpose()
}

/// What was done under this idempotency key.
pub(crate) fn by_key(conn: &mut SqliteConnection, user_id: i64, key: &str) -> Result<Option<Record>, ApiError> {
    let row = operations::table
        .filter(operations::user_id.eq(user_id))
        .filter(operations::idempotency_key.eq(key))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(Row::into_record).transpose()
}

/// The operations of a group, oldest first.
pub(crate) fn group(conn: &mut SqliteConnection, user_id: i64, group: &str) -> Result<Vec<Record>, ApiError> {
    let rows = operations::table
        .filter(operations::user_id.eq(user_id))
        .filter(operations::group_id.eq(group))
        .order(operations::id)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::into_record).collect()
}

/// What `cause` brought about, oldest first. It stands in the same group.
pub(crate) fn caused_by(conn: &mut SqliteConnection, cause: &Record, user_id: i64) -> Result<Vec<Record>, ApiError> {
    let rows = operations::table
        .filter(operations::user_id.eq(user_id))
        .filter(operations::group_id.eq(&cause.operation.group))
        .filter(operations::caused_by.eq(cause.operation.id.0))
        .order(operations::id)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::into_record).collect()
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

/// The latest undo, or undo of an undo, that is not taken back, after `after` and before `before`, with its group.
pub(crate) fn undo_between(
    conn: &mut SqliteConnection,
    user_id: i64,
    after: OperationId,
    before: Option<OperationId>,
) -> Result<Option<(OperationId, String)>, ApiError> {
    let found = operations::table
        .filter(operations::user_id.eq(user_id))
        .filter(operations::id.gt(after.0))
        .filter(operations::id.lt(before.map_or(i64::MAX, |id| id.0)))
        .filter(operations::undone_by.is_null())
        .filter(operations::undoes.is_not_null())
        .order(operations::id.desc())
        .select((operations::id, operations::group_id))
        .first::<(i64, String)>(conn)
        .optional()?;
    Ok(found.map(|(id, group)| (OperationId(id), group)))
}

/// The operation that this one took back.
pub(crate) fn undoes(
    conn: &mut SqliteConnection,
    user_id: i64,
    id: OperationId,
) -> Result<Option<OperationId>, ApiError> {
    let found = operations::table.find((user_id, id.0)).select(operations::undoes).first::<Option<i64>>(conn);
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
    rows.into_iter().map(|row| row.into_record().map(|record| record.operation)).collect()
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
    rows.into_iter().map(|row| row.into_record().map(|record| record.operation)).collect()
}

impl Row {
    fn into_record(self) -> Result<Record, ApiError> {
        let task = |json: Option<String>| json.map(|json| serde_json::from_str::<Task>(&json)).transpose();
        let turn = self.turn_id.map(|text| text.parse().map(TurnId)).transpose().map_err(ApiError::internal)?;
        Ok(Record {
            caused_by: self.caused_by.map(OperationId),
            operation: Operation {
                id: OperationId(self.id),
                actor: Actor { kind: read_actor(&self.actor_kind), name: self.actor_name },
                kind: read_kind(&self.kind)?,
                task_id: TaskId(self.task_id),
                before: task(self.before).map_err(ApiError::internal)?,
                after: task(self.after).map_err(ApiError::internal)?,
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

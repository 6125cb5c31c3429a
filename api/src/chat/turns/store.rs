//! Turns and their events in the database.

use super::Attempt;
use crate::error::ApiError;
use crate::schema::{tasks, turn_events, turns};
use crate::words::from_word;
use diesel::dsl::{max, sql};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use std::collections::HashMap;
use todo_contract::{Carry, ConversationId, PlannerKind, TaskId, TurnEventBody, TurnId, TurnStatus};
use uuid::Uuid;

/// The condition of the index `turns_unfinished`, word for word: SQLite needs it so to use the index.
const UNFINISHED: &str = "status IN ('running', 'needs_confirmation')";

/// A turn's row.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = turns)]
pub(in crate::chat) struct TurnRow {
    pub(in crate::chat) id: String,
    pub(in crate::chat) user_id: i64,
    pub(in crate::chat) conversation_id: String,
    pub(in crate::chat) number: i64,
    pub(in crate::chat) message: String,
    pub(in crate::chat) status: String,
    pub(in crate::chat) requested_planner: Option<String>,
    pub(in crate::chat) planner: Option<String>,
    pub(in crate::chat) model: Option<String>,
    pub(in crate::chat) time_zone: String,
    pub(in crate::chat) attempt: i32,
    pub(in crate::chat) created_at: i64,
    pub(in crate::chat) week_start: String,
    pub(in crate::chat) date_order: String,
}

impl TurnRow {
    pub(in crate::chat) fn turn_id(&self) -> Result<TurnId, ApiError> {
        Uuid::parse_str(&self.id).map(TurnId).map_err(ApiError::internal)
    }

    pub(in crate::chat) fn conversation_id(&self) -> Result<ConversationId, ApiError> {
        Uuid::parse_str(&self.conversation_id).map(ConversationId).map_err(ApiError::internal)
    }

    pub(in crate::chat) fn status(&self) -> Result<TurnStatus, ApiError> {
        from_word(&self.status)
    }

    pub(in crate::chat) fn planner(&self) -> Result<Option<PlannerKind>, ApiError> {
        self.planner.as_deref().map(from_word).transpose()
    }

    pub(in crate::chat) fn requested_planner(&self) -> Result<Option<PlannerKind>, ApiError> {
        self.requested_planner.as_deref().map(from_word).transpose()
    }

    pub(in crate::chat) fn attempt(&self) -> Result<Attempt, ApiError> {
        Ok(Attempt { user_id: self.user_id, turn_id: self.turn_id()?, number: self.attempt_number() })
    }

    pub(in crate::chat) fn attempt_number(&self) -> u32 {
        u32::try_from(self.attempt).unwrap_or(1)
    }
}

/// An event's row.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = turn_events)]
pub(in crate::chat) struct EventRow {
    pub(in crate::chat) turn_id: String,
    pub(in crate::chat) id: i64,
    pub(in crate::chat) attempt: i32,
    pub(in crate::chat) event: String,
    pub(in crate::chat) data: String,
    pub(in crate::chat) at: i64,
}

impl EventRow {
    pub(in crate::chat) fn body(&self) -> Result<TurnEventBody, ApiError> {
        let data: serde_json::Value = serde_json::from_str(&self.data).map_err(ApiError::internal)?;
        let whole = serde_json::json!({ "event": self.event, "data": data });
        serde_json::from_value(whole).map_err(ApiError::internal)
    }
}

/// The word in `event` of a row that is the planner's alone: clients never get to see it.
const CARRY: &str = "carry";

impl EventRow {
    /// A row of what the planner gave to be carried back.
    pub(super) fn of_carry(row: &TurnRow, id: i64, carry: &Carry, at: i64) -> Self {
        let data = serde_json::Value::from(carry.as_str()).to_string();
        Self { turn_id: row.id.clone(), id, attempt: row.attempt, event: CARRY.to_owned(), data, at }
    }

    /// What is carried, if it is such a row.
    pub(in crate::chat) fn carry(&self) -> Result<Option<Carry>, ApiError> {
        (self.event == CARRY).then(|| serde_json::from_str(&self.data).map_err(ApiError::internal)).transpose()
    }
}

/// All of `work`, or nothing.
pub(in crate::chat) fn in_transaction<T>(
    connection: &mut SqliteConnection,
    work: impl FnOnce(&mut SqliteConnection) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    connection.immediate_transaction(work)
}

/// The row, whoever's it is.
pub(in crate::chat) fn any(connection: &mut SqliteConnection, id: TurnId) -> QueryResult<Option<TurnRow>> {
    turns::table.find(id.to_string()).select(TurnRow::as_select()).first(connection).optional()
}

/// The account's turn of this id.
pub(in crate::chat) fn find(
    connection: &mut SqliteConnection,
    user_id: i64,
    id: TurnId,
) -> QueryResult<Option<TurnRow>> {
    Ok(any(connection, id)?.filter(|row| row.user_id == user_id))
}

pub(in crate::chat) fn insert(connection: &mut SqliteConnection, row: &TurnRow) -> QueryResult<()> {
    diesel::insert_into(turns::table).values(row).execute(connection).map(drop)
}

/// The number of the conversation's latest turn; 0 if it has none.
pub(in crate::chat) fn last_number(connection: &mut SqliteConnection, conversation_id: &str) -> QueryResult<i64> {
    let of_conversation = turns::table.filter(turns::conversation_id.eq(conversation_id));
    let last: Option<i64> = of_conversation.select(max(turns::number)).first(connection)?;
    Ok(last.unwrap_or(0))
}

/// All turns that are at work.
pub(in crate::chat) fn running(connection: &mut SqliteConnection) -> QueryResult<Vec<TurnRow>> {
    turns::table
        .filter(sql::<Bool>(UNFINISHED).and(turns::status.eq("running")))
        .select(TurnRow::as_select())
        .load(connection)
}

/// How many turns are at work, in all and of the account.
pub(in crate::chat) fn count_running(connection: &mut SqliteConnection, user_id: i64) -> QueryResult<(i64, i64)> {
    let running = || turns::table.filter(sql::<Bool>(UNFINISHED).and(turns::status.eq("running")));
    let in_all = running().count().get_result(connection)?;
    let of_account = running().filter(turns::user_id.eq(user_id)).count().get_result(connection)?;
    Ok((in_all, of_account))
}

/// The conversation's turn that is at work or waits for an answer.
pub(in crate::chat) fn unfinished_of(
    connection: &mut SqliteConnection,
    conversation_id: &str,
) -> QueryResult<Option<TurnRow>> {
    turns::table
        .filter(turns::conversation_id.eq(conversation_id).and(sql::<Bool>(UNFINISHED)))
        .select(TurnRow::as_select())
        .first(connection)
        .optional()
}

/// The conversation's turns before number `before`, newest first.
pub(in crate::chat) fn before(
    connection: &mut SqliteConnection,
    conversation_id: &str,
    before: i64,
    limit: i64,
) -> QueryResult<Vec<TurnRow>> {
    turns::table
        .filter(turns::conversation_id.eq(conversation_id).and(turns::number.lt(before)))
        .order(turns::number.desc())
        .limit(limit)
        .select(TurnRow::as_select())
        .load(connection)
}

/// The account's turns that were begun at `at` or later, newest first.
pub(in crate::chat) fn since(
    connection: &mut SqliteConnection,
    user_id: i64,
    at: i64,
    limit: i64,
) -> QueryResult<Vec<TurnRow>> {
    turns::table
        .filter(turns::user_id.eq(user_id).and(turns::created_at.ge(at)))
        .order(turns::created_at.desc())
        .limit(limit)
        .select(TurnRow::as_select())
        .load(connection)
}

/// The turn's calls, questions and results, oldest first.
pub(in crate::chat) fn call_events(connection: &mut SqliteConnection, turn_id: &str) -> QueryResult<Vec<EventRow>> {
    turn_events::table
        .filter(turn_events::turn_id.eq(turn_id))
        .filter(turn_events::event.eq_any(["tool_call", "tool_result", "confirmation"]))
        .order(turn_events::id)
        .select(EventRow::as_select())
        .load(connection)
}

/// How the turn stands now.
pub(in crate::chat) fn set_status(connection: &mut SqliteConnection, id: &str, status: &str) -> QueryResult<()> {
    diesel::update(turns::table.find(id)).set(turns::status.eq(status)).execute(connection).map(drop)
}

/// Who is at work now.
pub(in crate::chat) fn set_planner(
    connection: &mut SqliteConnection,
    id: &str,
    planner: &str,
    model: Option<&str>,
) -> QueryResult<()> {
    diesel::update(turns::table.find(id))
        .set((turns::planner.eq(planner), turns::model.eq(model)))
        .execute(connection)
        .map(drop)
}

/// Begins another attempt.
pub(in crate::chat) fn set_attempt(
    connection: &mut SqliteConnection,
    id: &str,
    attempt: i32,
    requested_planner: Option<&str>,
) -> QueryResult<()> {
    diesel::update(turns::table.find(id))
        .set((
            turns::status.eq("running"),
            turns::attempt.eq(attempt),
            turns::requested_planner.eq(requested_planner),
            turns::planner.eq(None::<String>),
            turns::model.eq(None::<String>),
        ))
        .execute(connection)
        .map(drop)
}

pub(in crate::chat) fn insert_events(connection: &mut SqliteConnection, rows: &[EventRow]) -> QueryResult<()> {
    rows.iter().try_for_each(|row| diesel::insert_into(turn_events::table).values(row).execute(connection).map(drop))
}

/// The id of the turn's latest event; 0 if it has none.
pub(in crate::chat) fn last_event(connection: &mut SqliteConnection, turn_id: &str) -> QueryResult<i64> {
    let of_turn = turn_events::table.filter(turn_events::turn_id.eq(turn_id));
    let last: Option<i64> = of_turn.select(max(turn_events::id)).first(connection)?;
    Ok(last.unwrap_or(0))
}

/// The turn's events after `after`, oldest first, as clients may see them.
pub(in crate::chat) fn events(
    connection: &mut SqliteConnection,
    turn_id: &str,
    after: i64,
) -> QueryResult<Vec<EventRow>> {
    turn_events::table
        .filter(turn_events::turn_id.eq(turn_id).and(turn_events::id.gt(after)))
        .filter(turn_events::event.ne(CARRY))
        .order(turn_events::id)
        .select(EventRow::as_select())
        .load(connection)
}

/// All rows of the turn, oldest first, with what the planner gave to be carried back.
pub(in crate::chat) fn events_and_carries(
    connection: &mut SqliteConnection,
    turn_id: &str,
) -> QueryResult<Vec<EventRow>> {
    turn_events::table
        .filter(turn_events::turn_id.eq(turn_id))
        .order(turn_events::id)
        .select(EventRow::as_select())
        .load(connection)
}

/// The ids of the turn's calls.
pub(in crate::chat) fn call_ids(connection: &mut SqliteConnection, turn_id: &str) -> QueryResult<Vec<String>> {
    turn_events::table
        .filter(turn_events::turn_id.eq(turn_id).and(turn_events::event.eq("tool_call")))
        .select(sql::<Text>("data ->> '$.id'"))
        .load(connection)
}

/// The titles of the account's tasks among `ids`, for a question about them.
pub(in crate::chat) fn titles(
    connection: &mut SqliteConnection,
    user_id: i64,
    ids: &[TaskId],
) -> QueryResult<HashMap<TaskId, String>> {
    let ids = ids.iter().map(|id| id.0);
    let rows: Vec<(i64, String)> = tasks::table
        .filter(tasks::user_id.eq(user_id).and(tasks::id.eq_any(ids)))
        .select((tasks::id, tasks::title))
        .load(connection)?;
    Ok(rows.into_iter().map(|(id, title)| (TaskId(id), title)).collect())
}

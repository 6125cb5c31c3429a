//! Writing what happens in a turn: events and status always in one transaction.

use super::Attempt;
use super::store::{self, EventRow, TurnRow};
use crate::chat::engine::closing;
use crate::db::Tx;
use crate::error::ApiError;
use crate::signals::Topic;
use crate::usage;
use crate::words::word;
use diesel::sqlite::SqliteConnection;
use jiff::Timestamp;
use todo_contract::{Carry, PlannerKind, TurnEventBody, TurnStatus};

/// Most events of a turn, all attempts together; its last ones may go beyond.
const EVENTS_MAX: i64 = 10_000;

/// What became of events that were to be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::chat) enum Recorded {
    /// They are stored.
    Stored,
    /// The attempt was ended in the meantime: they are not stored, and nothing more will be.
    Ended,
    /// The turn has as many events as it may have.
    Full,
}

/// The attempt's turn, while it is at work.
pub(in crate::chat) fn at_work(
    connection: &mut SqliteConnection,
    attempt: Attempt,
) -> Result<Option<TurnRow>, ApiError> {
    let row = store::find(connection, attempt.user_id, attempt.turn_id)?;
    Ok(row.filter(|row| row.status == "running" && row.attempt_number() == attempt.number))
}

/// Stores events of an attempt that is at work. What a step cost is counted even if the attempt was ended since.
pub(in crate::chat) fn record(
    tx: &mut Tx<'_>,
    attempt: Attempt,
    bodies: &[TurnEventBody],
    now: Timestamp,
) -> Result<Recorded, ApiError> {
    for body in bodies {
        if let TurnEventBody::Usage { input_tokens, output_tokens } = body {
            usage::service::count(tx, attempt.user_id, (*input_tokens, *output_tokens), now)?;
        }
    }
    let Some(row) = at_work(tx, attempt)? else { return Ok(Recorded::Ended) };
    if store::last_event(tx, &row.id)? >= EVENTS_MAX {
        return Ok(Recorded::Full);
    }
    append(tx, &row, bodies, now)?;
    Ok(Recorded::Stored)
}

/// Stores what the planner gave to be carried back. Nobody is woken: nobody gets to see it.
pub(in crate::chat) fn record_carry(
    tx: &mut Tx<'_>,
    attempt: Attempt,
    carry: &Carry,
    now: Timestamp,
) -> Result<Recorded, ApiError> {
    let Some(row) = at_work(tx, attempt)? else { return Ok(Recorded::Ended) };
    let id = store::last_event(tx, &row.id)? + 1;
    if id > EVENTS_MAX {
        return Ok(Recorded::Full);
    }
    store::insert_events(tx, &[EventRow::of_carry(&row, id, carry, now.as_microsecond())])?;
    Ok(Recorded::Stored)
}

/// Stores which planner took the attempt up.
pub(in crate::chat) fn record_planner(
    tx: &mut Tx<'_>,
    attempt: Attempt,
    planner: PlannerKind,
    model: Option<String>,
    now: Timestamp,
) -> Result<Recorded, ApiError> {
    let Some(row) = at_work(tx, attempt)? else { return Ok(Recorded::Ended) };
    store::set_planner(tx, &row.id, &word(planner)?, model.as_deref())?;
    let status = TurnStatus::Running;
    append(tx, &row, &[TurnEventBody::Status { status, planner: Some(planner), model, attempt: attempt.number }], now)?;
    Ok(Recorded::Stored)
}

/// Sets the status, and tells it as an event.
pub(in crate::chat) fn change_status(
    tx: &mut Tx<'_>,
    row: &TurnRow,
    status: TurnStatus,
    now: Timestamp,
) -> Result<(), ApiError> {
    store::set_status(tx, &row.id, &word(status)?)?;
    let attempt = row.attempt_number();
    append(tx, row, &[TurnEventBody::Status { status, planner: None, model: None, attempt }], now)
}

/// Ends the present attempt: calls without a result get one.
pub(in crate::chat) fn end(
    tx: &mut Tx<'_>,
    row: &TurnRow,
    status: TurnStatus,
    error: Option<TurnEventBody>,
    now: Timestamp,
) -> Result<(), ApiError> {
    end_unheard(tx, row, status, error, now)?;
    tx.wake(Topic::Turn(row.turn_id()?.0));
    Ok(())
}

/// As [`end`], when nobody can be listening yet.
pub(super) fn end_unheard(
    connection: &mut SqliteConnection,
    row: &TurnRow,
    status: TurnStatus,
    error: Option<TurnEventBody>,
    now: Timestamp,
) -> Result<(), ApiError> {
    let last = closing::ending(&attempt_events(connection, row)?, status, error);
    insert(connection, row, &last, now)?;
    store::set_status(connection, &row.id, &word(status)?)?;
    metrics::counter!("api_turns_ended", "status" => word(status)?).increment(1);
    Ok(())
}

/// The events of the present attempt.
pub(in crate::chat) fn attempt_events(
    connection: &mut SqliteConnection,
    row: &TurnRow,
) -> Result<Vec<TurnEventBody>, ApiError> {
    let events = store::events(connection, &row.id, 0)?;
    events.iter().filter(|event| event.attempt == row.attempt).map(EventRow::body).collect()
}

/// Stores events without a look at the turn's status.
pub(in crate::chat) fn append(
    tx: &mut Tx<'_>,
    row: &TurnRow,
    bodies: &[TurnEventBody],
    now: Timestamp,
) -> Result<(), ApiError> {
    insert(tx, row, bodies, now)?;
    tx.wake(Topic::Turn(row.turn_id()?.0));
    Ok(())
}

fn insert(
    connection: &mut SqliteConnection,
    row: &TurnRow,
    bodies: &[TurnEventBody],
    now: Timestamp,
) -> Result<(), ApiError> {
    let last = store::last_event(connection, &row.id)?;
    let rows = (last + 1..).zip(bodies).map(|(id, body)| event_row(row, id, body, now));
    Ok(store::insert_events(connection, &rows.collect::<Result<Vec<_>, _>>()?)?)
}

fn event_row(row: &TurnRow, id: i64, body: &TurnEventBody, now: Timestamp) -> Result<EventRow, ApiError> {
    let mut whole = serde_json::to_value(body).map_err(ApiError::internal)?;
    let data = whole.get_mut("data").map(serde_json::Value::take).unwrap_or_default();
    Ok(EventRow {
        turn_id: row.id.clone(),
        id,
        attempt: row.attempt,
        event: body.name().to_owned(),
        data: data.to_string(),
        at: now.as_microsecond(),
    })
}

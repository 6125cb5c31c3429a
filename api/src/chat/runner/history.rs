//! What the planner gets to read, from the rows.

use crate::chat::engine::AttemptEvent;
use crate::chat::engine::history::{TurnRecord, messages};
use crate::chat::turns::Attempt;
use crate::chat::turns::store::{self, EventRow, TurnRow};
use crate::error::ApiError;
use diesel::sqlite::SqliteConnection;
use todo_contract::Message;

/// Most earlier turns.
const EARLIER_TURNS: i64 = 20;

/// The messages of the attempt's next step; `None` if the turn is gone.
pub(super) fn load(connection: &mut SqliteConnection, attempt: Attempt) -> Result<Option<Vec<Message>>, ApiError> {
    let Some(row) = store::find(connection, attempt.user_id, attempt.turn_id)? else { return Ok(None) };
    let mut earlier = store::before(connection, &row.conversation_id, row.number, EARLIER_TURNS)?;
    earlier.reverse();
    let earlier = earlier.iter().map(|row| turn_record(connection, row)).collect::<Result<Vec<_>, _>>()?;
    Ok(Some(messages(&earlier, &turn_record(connection, &row)?)))
}

fn turn_record(connection: &mut SqliteConnection, row: &TurnRow) -> Result<TurnRecord, ApiError> {
    let mut events: Vec<AttemptEvent> = Vec::new();
    for event in store::events_and_carries(connection, &row.id)? {
        match (event.carry()?, events.last_mut()) {
            (None, _) => events.push(attempt_event(&event)?),
            (carry, Some(last)) => last.carry = carry,
            (Some(_), None) => {}
        }
    }
    let (message, status, attempt) = (row.message.clone(), row.status()?, row.attempt_number());
    Ok(TurnRecord { message, status, attempt, events })
}

fn attempt_event(event: &EventRow) -> Result<AttemptEvent, ApiError> {
    Ok(AttemptEvent { attempt: u32::try_from(event.attempt).unwrap_or(1), body: event.body()?, carry: None })
}

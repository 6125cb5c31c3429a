//! The turns before one that weigh on it, from the rows.

use super::store::{self, EventRow, TurnRow};
use crate::chat::engine::Progress;
use crate::chat::engine::background::{Background, PastTurn};
use crate::chat::engine::wording::Wording;
use crate::db::Connection;
use crate::error::ApiError;
use crate::journal::of_turns as journal;
use jiff::{Timestamp, ToSpan};
use std::collections::HashMap;
use todo_contract::limits::{CONFIRM_WINDOW_MINUTES, CONFIRM_WINDOW_TURNS};
use todo_contract::{PlannerKind, TaskId, TurnEventBody};

/// What was declined counts this many turns of the conversation long.
const DECLINED_TURNS: i64 = 20;
/// Most turns that are looked at for what was done in the last minutes. More cannot be said in them.
const RECENT_TURNS: i64 = 300;

/// What weighs on the turn's present attempt.
pub(in crate::chat) fn background(
    connection: &mut Connection,
    row: &TurnRow,
    now: Timestamp,
) -> Result<Background, ApiError> {
    let mut turns = store::before(connection, &row.conversation_id, row.number, DECLINED_TURNS)?;
    turns.reverse();
    let window_from = now.saturating_sub(CONFIRM_WINDOW_MINUTES.minutes()).map_err(ApiError::internal)?;
    let mut recent = store::since(connection, row.user_id, window_from.as_microsecond(), RECENT_TURNS)?;
    recent.retain(|other| other.conversation_id != row.conversation_id);
    let (mut past, mut before) = (Vec::new(), Vec::new());
    for turn in turns.into_iter().chain(recent) {
        let in_conversation = turn.conversation_id == row.conversation_id;
        let in_window = !in_conversation
            || turn.number >= row.number - CONFIRM_WINDOW_TURNS
            || turn.created_at >= window_from.as_microsecond();
        // What a planner renamed before is not what the person named.
        if in_conversation {
            before.push(turn.id.clone());
        }
        let renamed_in = if in_conversation { before.clone() } else { vec![turn.id.clone()] };
        past.push(past_turn(connection, turn, &renamed_in, in_conversation, in_window)?);
    }
    let attempts: Vec<TurnEventBody> = store::call_events(connection, &row.id)?
        .iter()
        .filter(|event| event.attempt < row.attempt)
        .map(EventRow::body)
        .collect::<Result<_, _>>()?;
    Ok(Background::of(&Wording::of(&row.message), &past, &attempts))
}

fn past_turn(
    connection: &mut Connection,
    turn: TurnRow,
    renamed_in: &[String],
    in_conversation: bool,
    in_window: bool,
) -> Result<PastTurn, ApiError> {
    // The row tells who was last at work; an earlier attempt may have been a model's.
    let by_model = turn.planner()? != Some(PlannerKind::Builtin) || turn.attempt > 1;
    let events = store::call_events(connection, &turn.id)?;
    let events: Vec<TurnEventBody> = events.iter().map(EventRow::body).collect::<Result<_, _>>()?;
    let touched: Vec<TaskId> = match by_model && in_window {
        true => Progress::of(&events).touched().into_iter().collect(),
        false => Vec::new(),
    };
    let titles = match touched.is_empty() {
        true => HashMap::new(),
        false => journal::titles_before(connection, turn.user_id, renamed_in, &touched)?,
    };
    Ok(PastTurn { message: turn.message, by_model, in_conversation, in_window, events, titles })
}

/// The ids of the turns whose renaming is shown in a question: those of the window, and the turn itself.
pub(in crate::chat) fn turns(connection: &mut Connection, row: &TurnRow) -> Result<Vec<String>, ApiError> {
    let earlier = store::before(connection, &row.conversation_id, row.number, CONFIRM_WINDOW_TURNS)?;
    Ok(earlier.into_iter().map(|turn| turn.id).chain([row.id.clone()]).collect())
}

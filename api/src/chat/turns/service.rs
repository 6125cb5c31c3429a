//! The rules of turns: when one begins, waits, goes on and ends.

use super::record::{self, Recorded};
use super::store::{self, TurnRow};
use super::{Attempt, window};
use crate::chat::conversations::{service as conversations, store as conversation_store};
use crate::chat::engine::{Question, summary};
use crate::db::Tx;
use crate::error::{ApiError, Code};
use crate::journal::of_turns as journal;
use crate::words::{from_word, word};
use diesel::sqlite::SqliteConnection;
use jiff::Timestamp;
use std::collections::HashMap;
use todo_contract::{
    CallId, CallStatus, ConversationId, Locale, PlannerKind, TaskId, TimeZoneName, ToolResult, TurnEventBody, TurnId,
    TurnStatus,
};

/// Most turns of a conversation.
const TURNS_MAX: i64 = 2_000;
/// Most attempts of a turn.
const ATTEMPTS_MAX: i32 = 20;
/// Most turns of an account that are at work at once.
const RUNNING_OF_ACCOUNT: i64 = 4;
/// Most turns that are at work at once.
const RUNNING_MAX: i64 = 256;

/// What a person says, and how.
#[derive(Clone, Debug)]
pub(in crate::chat) struct Said {
    pub(in crate::chat) user_id: i64,
    pub(in crate::chat) turn_id: TurnId,
    pub(in crate::chat) conversation_id: ConversationId,
    pub(in crate::chat) message: String,
    pub(in crate::chat) time_zone: TimeZoneName,
    pub(in crate::chat) locale: Locale,
    pub(in crate::chat) planner: Option<PlannerKind>,
}

/// The account's turn, or 404.
pub(in crate::chat) fn get(connection: &mut SqliteConnection, user_id: i64, id: TurnId) -> Result<TurnRow, ApiError> {
    store::find(connection, user_id, id)?.ok_or_else(|| ApiError::not_found("turn"))
}

/// The turn of this id, if it is there: then it must be what was said.
pub(in crate::chat) fn known(
    connection: &mut SqliteConnection,
    user_id: i64,
    id: TurnId,
    message: &str,
    conversation_id: Option<ConversationId>,
) -> Result<Option<TurnRow>, ApiError> {
    let Some(row) = store::any(connection, id)? else { return Ok(None) };
    if row.user_id != user_id {
        return Err(ApiError::not_found("turn"));
    }
    let elsewhere = conversation_id.is_some_and(|id| id.to_string() != row.conversation_id);
    if row.message != message || elsewhere {
        return Err(ApiError::new(Code::IdempotencyKeyReused, "This id belongs to another message. Make a new one."));
    }
    Ok(Some(row))
}

/// Begins a turn. The same id again answers `None`: it is there already.
pub(in crate::chat) fn begin(tx: &mut Tx<'_>, said: &Said, now: Timestamp) -> Result<Option<Attempt>, ApiError> {
    if known(tx, said.user_id, said.turn_id, &said.message, Some(said.conversation_id))?.is_some() {
        return Ok(None);
    }
    let conversation = conversations::get(tx, said.user_id, said.conversation_id)?;
    check_room(tx, said.user_id, &conversation.id)?;
    let number = store::last_number(tx, &conversation.id)? + 1;
    if number > TURNS_MAX {
        let detail = format!("This conversation has {TURNS_MAX} messages. Begin a new one.");
        return Err(ApiError::new(Code::LimitReached, detail));
    }
    let row = TurnRow {
        id: said.turn_id.to_string(),
        user_id: said.user_id,
        conversation_id: conversation.id.clone(),
        number,
        message: said.message.clone(),
        status: word(TurnStatus::Running)?,
        requested_planner: said.planner.map(word).transpose()?,
        planner: None,
        model: None,
        time_zone: said.time_zone.to_string(),
        attempt: 1,
        created_at: now.as_microsecond(),
        week_start: said.locale.week_start.as_str().to_owned(),
        date_order: said.locale.date_order.as_str().to_owned(),
    };
    store::insert(tx, &row)?;
    record::change_status(tx, &row, TurnStatus::Running, now)?;
    let first_message = (number == 1).then_some(said.message.as_str());
    conversations::touch(tx, &conversation, first_message, now)?;
    row.attempt().map(Some)
}

/// Whether another turn may be at work: one in a conversation, some of an account, many in all.
fn check_room(connection: &mut SqliteConnection, user_id: i64, conversation_id: &str) -> Result<(), ApiError> {
    if let Some(other) = store::unfinished_of(connection, conversation_id)? {
        let detail = match other.status()? {
            TurnStatus::NeedsConfirmation => "The turn before waits for a yes or no. Answer it or stop it first.",
            _ => "The assistant is still at work on the message before. Wait for it or stop it first.",
        };
        return Err(ApiError::new(Code::TurnConflict, detail));
    }
    let (in_all, of_account) = store::count_running(connection, user_id)?;
    if of_account >= RUNNING_OF_ACCOUNT {
        let detail = format!(
            "The assistant is at work on {RUNNING_OF_ACCOUNT} messages of yours, and on no more at once. Wait for one of them."
        );
        return Err(ApiError { retry_after: Some(2), ..ApiError::new(Code::RateLimited, detail) });
    }
    if in_all >= RUNNING_MAX {
        let detail = "The assistant has too much to do at the moment. Please try again shortly.";
        return Err(ApiError { retry_after: Some(5), ..ApiError::new(Code::Overloaded, detail) });
    }
    Ok(())
}

/// Asks the person, and lets the turn wait for the answers.
pub(in crate::chat) fn ask(
    tx: &mut Tx<'_>,
    attempt: Attempt,
    questions: &[Question],
    now: Timestamp,
) -> Result<Recorded, ApiError> {
    let Some(row) = record::at_work(tx, attempt)? else { return Ok(Recorded::Ended) };
    let ids: Vec<_> = questions.iter().flat_map(|question| summary::named_ids(&question.call.call)).collect();
    let names = names(tx, &row, &ids)?;
    let question = |question: &Question| TurnEventBody::Confirmation {
        call_id: question.call.id.clone(),
        summary: question.summary.clone().unwrap_or_else(|| summary::of(&question.call.call, &names)),
        approved: None,
    };
    record::append(tx, &row, &questions.iter().map(question).collect::<Vec<_>>(), now)?;
    record::change_status(tx, &row, TurnStatus::NeedsConfirmation, now)?;
    Ok(Recorded::Stored)
}

/// The names of tasks for a question: with the title that a task had before planners of the window renamed it.
fn names(tx: &mut Tx<'_>, row: &TurnRow, ids: &[TaskId]) -> Result<HashMap<TaskId, String>, ApiError> {
    let now = store::titles(tx, row.user_id, ids)?;
    let window = window::turns(tx, row)?;
    let then = journal::titles_before(tx, row.user_id, &window, ids)?;
    let name = |(id, now): (TaskId, String)| {
        let name = summary::renamed(then.get(&id).unwrap_or(&now), &now);
        (id, name)
    };
    Ok(now.into_iter().map(name).collect())
}

/// A person's answer about a call. Once all are there, the attempt is to go on: `Some`. The same answer
/// again changes nothing.
pub(in crate::chat) fn answer(
    tx: &mut Tx<'_>,
    user_id: i64,
    turn_id: TurnId,
    call_id: &CallId,
    approve: bool,
    now: Timestamp,
) -> Result<Option<Attempt>, ApiError> {
    let row = get(tx, user_id, turn_id)?;
    let events = store::events(tx, &row.id, 0)?.iter().map(store::EventRow::body).collect::<Result<Vec<_>, _>>()?;
    let mut questions = Questions::of(&events);
    let Some((summary, given)) = questions.take(call_id) else { return Err(ApiError::not_found("confirmation")) };
    match given {
        Some(given) if given == approve => return Ok(None),
        None if row.status()? == TurnStatus::NeedsConfirmation => {}
        _ => return Err(ApiError::new(Code::TurnConflict, "This was answered or ended before.")),
    }
    let mut bodies = vec![TurnEventBody::Confirmation { call_id: call_id.clone(), summary, approved: Some(approve) }];
    if !approve {
        let (status, result) = (CallStatus::Declined, ToolResult::Declined);
        bodies.push(TurnEventBody::ToolResult { id: call_id.clone(), status, result });
    }
    record::append(tx, &row, &bodies, now)?;
    let goes_on = !questions.any_open();
    let status = if goes_on { TurnStatus::Running } else { TurnStatus::NeedsConfirmation };
    record::change_status(tx, &row, status, now)?;
    if goes_on { row.attempt().map(Some) } else { Ok(None) }
}

/// The questions of a turn: call, summary, answer; those of calls that were ended are left out.
struct Questions(Vec<(CallId, String, Option<bool>)>);

impl Questions {
    fn of(events: &[TurnEventBody]) -> Self {
        let mut questions: Vec<(CallId, String, Option<bool>)> = Vec::new();
        for event in events {
            match event {
                TurnEventBody::Confirmation { call_id, summary, approved } => {
                    questions.retain(|(id, ..)| id != call_id);
                    questions.push((call_id.clone(), summary.clone(), *approved));
                }
                TurnEventBody::ToolResult { id, .. } => {
                    questions.retain(|(call_id, _, answer)| call_id != id || answer.is_some());
                }
                _ => {}
            }
        }
        Self(questions)
    }

    fn take(&mut self, call_id: &CallId) -> Option<(String, Option<bool>)> {
        let at = self.0.iter().position(|(id, ..)| id == call_id)?;
        let (_, summary, answer) = self.0.swap_remove(at);
        Some((summary, answer))
    }

    fn any_open(&self) -> bool {
        self.0.iter().any(|(.., answer)| answer.is_none())
    }
}

/// Begins another attempt of a turn that did not end well. Without a `planner`, it is the one asked for
/// before.
pub(in crate::chat) fn retry(
    tx: &mut Tx<'_>,
    user_id: i64,
    turn_id: TurnId,
    planner: Option<PlannerKind>,
    now: Timestamp,
) -> Result<Attempt, ApiError> {
    let row = get(tx, user_id, turn_id)?;
    if !matches!(row.status()?, TurnStatus::Failed | TurnStatus::Interrupted) {
        return Err(ApiError::new(Code::TurnConflict, "Only a turn that failed or was stopped can be tried again."));
    }
    if row.attempt >= ATTEMPTS_MAX {
        let detail = format!("A message can be tried {ATTEMPTS_MAX} times. Say it anew.");
        return Err(ApiError::new(Code::LimitReached, detail));
    }
    check_room(tx, user_id, &row.conversation_id)?;
    let requested_planner = planner.map(word).transpose()?.or_else(|| row.requested_planner.clone());
    let row = TurnRow { attempt: row.attempt + 1, ..row };
    store::set_attempt(tx, &row.id, row.attempt, requested_planner.as_deref())?;
    record::change_status(tx, &row, TurnStatus::Running, now)?;
    if let Some(conversation) = conversation_store::find(tx, user_id, row.conversation_id()?)? {
        conversations::touch(tx, &conversation, None, now)?;
    }
    row.attempt()
}

/// Ends a turn that is not ended yet, and answers with the attempt that it ended.
pub(in crate::chat) fn stop(
    tx: &mut Tx<'_>,
    user_id: i64,
    turn_id: TurnId,
    now: Timestamp,
) -> Result<Option<Attempt>, ApiError> {
    let row = get(tx, user_id, turn_id)?;
    if row.status()?.is_final() {
        return Ok(None);
    }
    record::end(tx, &row, TurnStatus::Interrupted, None, now)?;
    row.attempt().map(Some)
}

/// Ends the attempt as `status`, unless it was ended before.
pub(in crate::chat) fn end(
    tx: &mut Tx<'_>,
    attempt: Attempt,
    status: TurnStatus,
    error: Option<TurnEventBody>,
    now: Timestamp,
) -> Result<(), ApiError> {
    match record::at_work(tx, attempt)? {
        Some(row) => record::end(tx, &row, status, error, now),
        None => Ok(()),
    }
}

/// The attempt of a conversation that is at work or waits.
pub(in crate::chat) fn unfinished_of(
    connection: &mut SqliteConnection,
    conversation_id: &str,
) -> Result<Option<Attempt>, ApiError> {
    store::unfinished_of(connection, conversation_id)?.map(|row| row.attempt()).transpose()
}

/// At start: what was at work when the server ended is interrupted, and can be retried. What waits for a
/// person goes on waiting. Answers with their number.
pub(in crate::chat) fn interrupt_unfinished(
    connection: &mut SqliteConnection,
    now: Timestamp,
) -> Result<usize, ApiError> {
    store::in_transaction(connection, |connection| {
        let running = store::running(connection)?;
        for row in &running {
            record::end_unheard(connection, row, TurnStatus::Interrupted, None, now)?;
        }
        Ok(running.len())
    })
}

/// The zone of the turn.
pub(in crate::chat) fn time_zone(row: &TurnRow) -> Result<TimeZoneName, ApiError> {
    from_word(&row.time_zone)
}

/// How the turn's dates are read.
pub(in crate::chat) fn locale(row: &TurnRow) -> Result<Locale, ApiError> {
    Ok(Locale { week_start: from_word(&row.week_start)?, date_order: from_word(&row.date_order)? })
}

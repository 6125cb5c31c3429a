//! Turns as clients see them.

use super::service;
use super::store::{self, TurnRow};
use crate::accounts::may_go_on;
use crate::chat::access;
use crate::clock::timestamp;
use crate::error::{ApiError, Code};
use crate::identity::Identity;
use crate::signals::Topic;
use crate::state::AppState;
use crate::words::from_word;
use diesel::sqlite::SqliteConnection;
use std::time::Duration;
use todo_contract::{
    CallStatus, ChatResponse, ChatStatus, ChatToolCall, NotDone, PlannerKind, Turn, TurnEvent, TurnEventBody, TurnId,
    TurnStatus,
};

/// How long after a turn must have ended somebody waits for it at most.
const PATIENCE: Duration = Duration::from_secs(10);

/// A turn with its events; text that came in pieces is one piece, under the id of the last.
pub(in crate::chat) fn turn(connection: &mut SqliteConnection, row: TurnRow) -> Result<Turn, ApiError> {
    let mut events: Vec<TurnEvent> = Vec::new();
    for event in store::events(connection, &row.id, 0)? {
        let (id, body) = (event.id, event.body()?);
        match (events.last_mut(), body) {
            (Some(TurnEvent { id: last, body: TurnEventBody::Text { text } }), TurnEventBody::Text { text: more }) => {
                *last = id;
                text.push_str(&more);
            }
            (_, body) => events.push(TurnEvent { id, body }),
        }
    }
    Ok(Turn {
        id: row.turn_id()?,
        conversation_id: row.conversation_id()?,
        message: from_word(&row.message)?,
        status: row.status()?,
        planner: row.planner()?,
        events,
        created_at: timestamp(row.created_at),
        model: row.model,
    })
}

/// Waits until the turn has ended or waits for a person.
pub(in crate::chat) async fn settled(
    state: &AppState,
    identity: &Identity,
    turn_id: TurnId,
) -> Result<ChatResponse, ApiError> {
    let user_id = identity.user_id;
    let _seat = state.chat.waiting.enter(user_id)?;
    let mut changes = state.signals.subscribe(Topic::Turn(turn_id.0));
    let patience = state.settings.chat.turn_timeout + PATIENCE;
    let settled = async {
        loop {
            changes.mark_unchanged();
            let row = move |c: &mut SqliteConnection| service::get(c, user_id, turn_id);
            let row = state.db.read(row).await?;
            if row.status()? != TurnStatus::Running {
                return state.db.read(move |c| answer_of(c, &row)).await;
            }
            changes.changed().await.map_err(ApiError::internal)?;
        }
    };
    let late = || ApiError::new(Code::Overloaded, "The turn is still at work. Ask for it again.");
    let settled = async { tokio::time::timeout(patience, settled).await };
    let answer = tokio::select! {
        biased;
        () = access::lost(state, identity) => return Err(access::ended()),
        answer = settled => answer.map_err(|_| ApiError { retry_after: Some(5), ..late() })?,
    };
    match answer {
        // With the account its turns are gone too.
        Err(error) if error.code == Code::NotFound && !may_go_on(state, identity).await => Err(access::ended()),
        answer => answer,
    }
}

/// A turn as the answer to a script.
pub(in crate::chat) fn answer_of(connection: &mut SqliteConnection, row: &TurnRow) -> Result<ChatResponse, ApiError> {
    let mut answer = Answer::default();
    for event in store::events(connection, &row.id, 0)? {
        answer.take(event.attempt == row.attempt, event.body()?);
    }
    // The built-in planner says so in its own words.
    if row.planner()? != Some(PlannerKind::Builtin) {
        answer.paragraphs.extend(NotDone::told(&answer.not_done));
    }
    Ok(ChatResponse {
        conversation_id: row.conversation_id()?,
        turn_id: row.turn_id()?,
        response: answer.paragraphs.iter().map(|text| text.trim()).collect::<Vec<_>>().join("\n\n"),
        tool_calls: answer.calls,
        planner: row.planner()?,
        status: match row.status()? {
            TurnStatus::Done => ChatStatus::Done,
            TurnStatus::Running | TurnStatus::NeedsConfirmation => ChatStatus::NeedsConfirmation,
            TurnStatus::Failed => ChatStatus::Failed,
            TurnStatus::Interrupted => ChatStatus::Interrupted,
        },
        not_done: answer.not_done,
    })
}

#[derive(Default)]
struct Answer {
    paragraphs: Vec<String>,
    calls: Vec<ChatToolCall>,
    not_done: Vec<NotDone>,
    in_text: bool,
}

impl Answer {
    /// Of earlier attempts, only what they called for is told.
    fn take(&mut self, is_present_attempt: bool, body: TurnEventBody) {
        let was_in_text = std::mem::take(&mut self.in_text);
        match body {
            TurnEventBody::Text { text } if is_present_attempt => {
                self.in_text = true;
                match self.paragraphs.last_mut() {
                    Some(last) if was_in_text => last.push_str(&text),
                    _ => self.paragraphs.push(text),
                }
            }
            TurnEventBody::ToolCall { id, name, arguments } => {
                self.calls.push(ChatToolCall { id, name, arguments, status: CallStatus::Pending, result: None });
            }
            TurnEventBody::ToolResult { id, status, result } => {
                if let Some(call) = self.calls.iter_mut().find(|call| call.id == id) {
                    (call.status, call.result) = (status, Some(result));
                }
            }
            TurnEventBody::Confirmation { summary, approved: None, .. } if is_present_attempt => {
                self.paragraphs.push(format!("Waiting for a yes or no: {summary}"));
            }
            TurnEventBody::Confirmation { summary, approved: Some(_), .. } => {
                let question = format!("Waiting for a yes or no: {summary}");
                self.paragraphs.retain(|text| *text != question);
            }
            TurnEventBody::Error { detail, .. } if is_present_attempt => self.paragraphs.push(detail),
            TurnEventBody::Done { not_done, .. } if is_present_attempt => self.not_done = not_done,
            _ => {}
        }
    }
}

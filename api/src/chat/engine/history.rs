//! What a planner gets to read: earlier turns of the conversation, then the present one.
//!
//! Always well-formed: each call has exactly one result, and each user message an answer.

use super::AttemptEvent;
use super::closing::not_run;
use todo_contract::step::ProposedCall;
use todo_contract::{CallStatus, Carry, Message, ToolCall, ToolResult, TurnEventBody, TurnStatus};

/// Most bytes of earlier turns, as JSON; older ones are left out whole.
const EARLIER_MAX: usize = 64 * 1024;

/// A turn with all its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnRecord {
    /// What the person said.
    pub message: String,
    /// How it stands.
    pub status: TurnStatus,
    /// The present or last attempt.
    pub attempt: u32,
    /// All events of all attempts.
    pub events: Vec<AttemptEvent>,
}

/// The messages of the next step in `current`; `earlier` are the conversation's turns before it, oldest
/// first.
#[must_use]
pub fn messages(earlier: &[TurnRecord], current: &TurnRecord) -> Vec<Message> {
    let mut kept = Vec::new();
    let mut size = 0;
    for turn in earlier.iter().rev() {
        let messages = past(turn);
        size += serde_json::to_string(&messages).map_or(EARLIER_MAX, |json| json.len());
        if size > EARLIER_MAX {
            break;
        }
        kept.push(messages);
    }
    kept.into_iter().rev().flatten().chain(present(current)).collect()
}

fn present(turn: &TurnRecord) -> Vec<Message> {
    let user = Message::User { text: turn.message.clone() };
    std::iter::once(user).chain(steps(turn).into_iter().flat_map(Step::into_messages)).collect()
}

/// An ended turn. Where the answer is missing, a note stands in for it: many models insist that user and
/// assistant take turns.
fn past(turn: &TurnRecord) -> Vec<Message> {
    let mut messages = present(turn);
    let answered = matches!(messages.last(), Some(Message::Assistant { calls, .. }) if calls.is_empty());
    if !answered {
        let text = match turn.status {
            TurnStatus::Failed => "(Something went wrong before I could finish.)",
            TurnStatus::Done => "(Done.)",
            _ => "(I was stopped before I could finish.)",
        };
        messages.push(Message::Assistant { text: text.to_owned(), calls: Vec::new(), carry: None });
    }
    // What is carried matters within its turn alone.
    for message in &mut messages {
        if let Message::Assistant { carry, .. } = message {
            *carry = None;
        }
    }
    messages
}

/// What the planner said and proposed in one go, and what became of it.
#[derive(Default)]
struct Step {
    text: String,
    calls: Vec<(ProposedCall, Option<(CallStatus, ToolResult)>)>,
    carry: Option<Carry>,
}

impl Step {
    fn into_messages(self) -> Vec<Message> {
        if self.text.is_empty() && self.calls.is_empty() {
            return Vec::new();
        }
        let (calls, results): (Vec<_>, Vec<_>) = self
            .calls
            .into_iter()
            .map(|(call, outcome)| {
                let (status, result) = outcome.unwrap_or_else(|| (CallStatus::Failed, not_run()));
                (call.clone(), Message::Tool { call_id: call.id, status, result })
            })
            .unzip();
        std::iter::once(Message::Assistant { text: self.text, calls, carry: self.carry }).chain(results).collect()
    }

    /// What stays of a step of an attempt that was given up: what it did, and what the person refused.
    fn into_lasting(mut self) -> Self {
        self.text.clear();
        self.carry = None;
        self.calls.retain(|(call, outcome)| match outcome {
            Some((CallStatus::Done, _)) => !matches!(call.call, ToolCall::ListTasks(_)),
            Some((CallStatus::Declined, _)) => true,
            _ => false,
        });
        self
    }
}

fn steps(turn: &TurnRecord) -> Vec<Step> {
    (1..=turn.attempt)
        .flat_map(|attempt| {
            let events = turn.events.iter().filter(|event| event.attempt == attempt);
            let steps = steps_of_attempt(events);
            let is_last = attempt == turn.attempt;
            steps.into_iter().map(move |step| if is_last { step } else { step.into_lasting() })
        })
        .collect()
}

fn steps_of_attempt<'a>(events: impl Iterator<Item = &'a AttemptEvent>) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut step = Step::default();
    let mut has_results = false;
    for AttemptEvent { body, carry, .. } in events {
        let speaks = matches!(body, TurnEventBody::Text { .. } | TurnEventBody::ToolCall { .. });
        if speaks && has_results {
            steps.push(std::mem::take(&mut step));
            has_results = false;
        }
        match body {
            TurnEventBody::Text { text } => step.text.push_str(text),
            TurnEventBody::ToolCall { id, name, arguments } => {
                if let Ok(call) = ToolCall::parse(name, arguments.clone()) {
                    step.calls.push((ProposedCall { id: id.clone(), call }, None));
                }
            }
            TurnEventBody::ToolResult { id, status, result } => {
                has_results = true;
                if let Some((_, outcome)) = step.calls.iter_mut().find(|(call, _)| call.id == *id) {
                    *outcome = Some((*status, result.clone()));
                }
            }
            _ => {}
        }
        if carry.is_some() {
            step.carry.clone_from(carry);
        }
    }
    steps.push(step);
    steps
}

#[cfg(test)]
mod tests;

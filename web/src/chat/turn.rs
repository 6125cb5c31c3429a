//! One turn as the page shows it: its events, folded.

use super::call::{CallState, CallView};
use jiff::Timestamp;
use std::rc::Rc;
use todo_contract::step::PlannerKind;
use todo_contract::{CallId, CallStatus, ToolResult, Turn, TurnEvent, TurnEventBody, TurnId, TurnStatus};

/// Whether the message has reached the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// On its way.
    Sending,
    /// The server has it.
    Sent,
    /// It could not be sent.
    Unsent {
        /// Fit for a person.
        reason: String,
        /// Whether the server was not reached, so that sending it again may help.
        offline: bool,
    },
}

/// A piece of the answer, in the order in which it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Markdown.
    Text(Rc<str>),
    /// A tool call and what became of it.
    Call(Rc<CallView>),
}

/// What went wrong in a turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnError {
    /// Stable code.
    pub code: String,
    /// Fit for a person.
    pub detail: String,
    /// Whether trying again may help.
    pub retryable: bool,
    /// Whether the built-in planner can take over.
    pub offer_builtin: bool,
}

/// A message and all that followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnView {
    /// Its id, made here.
    pub id: TurnId,
    /// What the person said.
    pub message: String,
    /// Whether the message has reached the server.
    pub delivery: Delivery,
    /// How the turn stands.
    pub status: TurnStatus,
    /// Which planner was at work.
    pub planner: Option<PlannerKind>,
    /// The model's name.
    pub model: Option<String>,
    /// Counts the attempts, from 1.
    pub attempt: u32,
    /// The answer so far.
    pub parts: Vec<Part>,
    /// Tokens that a model read and wrote, in all attempts.
    pub tokens: (u64, u64),
    /// What went wrong in this attempt.
    pub error: Option<TurnError>,
    /// The last event that was folded in; 0 before the first.
    pub last_event: i64,
    /// When it was said.
    pub created_at: Timestamp,
}

impl TurnView {
    /// A message that was just written and is on its way.
    #[must_use]
    pub fn said(id: TurnId, message: String, created_at: Timestamp) -> Self {
        Self {
            id,
            message,
            delivery: Delivery::Sending,
            status: TurnStatus::Running,
            planner: None,
            model: None,
            attempt: 1,
            parts: Vec::new(),
            tokens: (0, 0),
            error: None,
            last_event: 0,
            created_at,
        }
    }

    /// A turn as the server tells it.
    #[must_use]
    pub fn from_turn(turn: &Turn) -> Self {
        let mut view = Self::said(turn.id, turn.message.to_string(), turn.created_at);
        view.merge(turn);
        view
    }

    /// Takes in what the server knows beyond what is known here. An older snapshot changes nothing.
    pub fn merge(&mut self, turn: &Turn) {
        self.delivery = Delivery::Sent;
        self.created_at = turn.created_at;
        for event in &turn.events {
            self.apply(event);
        }
        let newest = turn.events.iter().map(|event| event.id).max().unwrap_or(0);
        if newest >= self.last_event {
            self.status = turn.status;
            self.planner = turn.planner.or(self.planner);
            self.model = turn.model.clone().or_else(|| self.model.take());
        }
    }

    /// Folds an event in. An event that was already folded in changes nothing.
    pub fn apply(&mut self, event: &TurnEvent) {
        if event.id <= self.last_event {
            return;
        }
        self.last_event = event.id;
        self.delivery = Delivery::Sent;
        match &event.body {
            TurnEventBody::Status { status, planner, model, attempt } => {
                if *attempt > self.attempt {
                    self.begin_attempt(*attempt);
                }
                self.status = *status;
                if planner.is_some() {
                    self.planner = *planner;
                    self.model.clone_from(model);
                }
            }
            TurnEventBody::Text { text } => self.append_text(text),
            TurnEventBody::ToolCall { id, name, arguments } => {
                let call = CallView::new(id.clone(), name.clone(), arguments.clone());
                self.parts.push(Part::Call(Rc::new(call)));
            }
            TurnEventBody::ToolResult { id, status, result } => self.conclude(id, *status, result),
            TurnEventBody::Confirmation { call_id, summary, approved } => {
                self.status = if approved.is_some() { TurnStatus::Running } else { TurnStatus::NeedsConfirmation };
                self.change_call(call_id, |call| call.confirm(summary, *approved));
            }
            TurnEventBody::Usage { input_tokens, output_tokens } => {
                let (read, written) = self.tokens;
                self.tokens = (read.saturating_add(*input_tokens), written.saturating_add(*output_tokens));
            }
            TurnEventBody::Error { code, detail, retryable, offer_builtin } => {
                self.error = Some(TurnError {
                    code: code.clone(),
                    detail: detail.clone(),
                    retryable: *retryable,
                    offer_builtin: *offer_builtin,
                });
            }
            TurnEventBody::Done { status, .. } => self.status = *status,
        }
    }

    /// Where a stream of this turn's events goes on; `None` if nothing more is to come.
    #[must_use]
    pub fn resume_after(&self) -> Option<i64> {
        (self.delivery == Delivery::Sent && !self.status.is_final()).then_some(self.last_event)
    }

    /// Whether there is something to stop.
    #[must_use]
    pub fn is_stoppable(&self) -> bool {
        self.delivery == Delivery::Sent && self.status == TurnStatus::Running
    }

    /// The call that waits for a yes or no.
    #[must_use]
    pub fn question(&self) -> Option<&Rc<CallView>> {
        self.calls().find(|call| self.state_of(call) == CallState::Waiting)
    }

    /// How a call of this turn stands.
    #[must_use]
    pub fn state_of(&self, call: &CallView) -> CallState {
        call.state(self.status.is_final())
    }

    /// The calls, in order.
    pub fn calls(&self) -> impl Iterator<Item = &Rc<CallView>> {
        self.parts.iter().filter_map(|part| match part {
            Part::Call(call) => Some(call),
            Part::Text(_) => None,
        })
    }

    /// The whole text of the answer.
    #[must_use]
    pub fn answer(&self) -> String {
        let texts = self.parts.iter().filter_map(|part| match part {
            Part::Text(text) => Some(text.trim()),
            Part::Call(_) => None,
        });
        texts.collect::<Vec<_>>().join("\n\n")
    }

    /// Notes an answer to a confirmation before the server has confirmed it.
    pub fn answer_confirmation(&mut self, call_id: &CallId, approve: bool) {
        self.change_call(call_id, |call| call.answer(Some(approve)));
    }

    /// Takes an answer back that the server refused.
    pub fn reopen_confirmation(&mut self, call_id: &CallId) {
        self.change_call(call_id, |call| call.answer(None));
    }

    /// What an earlier attempt said is hidden; what it did stays, with its Undo.
    fn begin_attempt(&mut self, attempt: u32) {
        self.attempt = attempt;
        self.error = None;
        self.parts.retain(|part| matches!(part, Part::Call(call) if call.changed_something()));
    }

    fn append_text(&mut self, piece: &str) {
        if let Some(Part::Text(text)) = self.parts.last_mut() {
            *text = format!("{text}{piece}").into();
        } else {
            self.parts.push(Part::Text(piece.into()));
        }
    }

    fn conclude(&mut self, id: &CallId, status: CallStatus, result: &ToolResult) {
        self.change_call(id, |call| {
            call.status = Some(status);
            call.result = Some(result.clone());
        });
    }

    fn change_call(&mut self, id: &CallId, change: impl FnOnce(&mut CallView)) {
        let found = self.parts.iter_mut().rev().find_map(|part| match part {
            Part::Call(call) if call.id == *id => Some(call),
            _ => None,
        });
        if let Some(call) = found {
            change(Rc::make_mut(call));
        }
    }
}

#[cfg(test)]
#[path = "turn_tests.rs"]
mod tests;

//! How far an attempt has come, rebuilt from its events.

mod call;
mod judging;
mod same;

use super::background::Background;
use super::look::Look;
use super::{Failure, Limits, NextStep, telling};
pub use call::CallState;
use call::Consent;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use todo_contract::step::ProposedCall;
use todo_contract::{CallId, CallStatus, NotDone, PlannerKind, StepFinish, TaskId, ToolCall, TurnEventBody};

/// How far an attempt has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    steps: u32,
    tokens: u64,
    answer_chars: usize,
    call_bytes: usize,
    background: Background,
    calls: Vec<CallState>,
    planner: Option<PlannerKind>,
    model: Option<String>,
    /// Whether the present step has said or proposed something.
    in_step: bool,
    finish: Option<StepFinish>,
    /// Whether there are words after the last result.
    has_words: bool,
}

impl Progress {
    /// Rebuilds it from the events of the attempt, oldest first.
    #[must_use]
    pub fn of<'a>(events: impl IntoIterator<Item = &'a TurnEventBody>) -> Self {
        Self::after(Background::default(), events)
    }

    /// As [`Self::of`], of an attempt with this background.
    #[must_use]
    pub fn after<'a>(background: Background, events: impl IntoIterator<Item = &'a TurnEventBody>) -> Self {
        let mut progress = Self { background, ..Self::default() };
        events.into_iter().for_each(|event| progress.apply(event));
        progress
    }

    /// Takes in one more event.
    pub fn apply(&mut self, event: &TurnEventBody) {
        match event {
            TurnEventBody::Status { planner, model, .. } => {
                if planner.is_some() {
                    (self.planner, self.model) = (*planner, model.clone());
                }
            }
            TurnEventBody::Text { text } => {
                self.begin_output();
                self.answer_chars += text.chars().count();
                self.has_words |= !text.trim().is_empty();
            }
            TurnEventBody::ToolCall { id, name, arguments } => {
                self.begin_output();
                self.call_bytes += arguments.to_string().len();
                // A call that this version cannot read stays without effect.
                if let Ok(call) = ToolCall::parse(name, arguments.clone()) {
                    let proposed = ProposedCall { id: id.clone(), call };
                    self.calls.push(CallState::new(self.steps, proposed));
                }
            }
            TurnEventBody::ToolResult { id, status, result } => {
                (self.in_step, self.has_words) = (false, false);
                if let Some(call) = self.call_mut(id) {
                    (call.outcome, call.result) = (Some(*status), Some(result.clone()));
                }
            }
            TurnEventBody::Confirmation { call_id, approved, summary } => {
                if let Some(call) = self.call_mut(call_id) {
                    call.question = Some(summary.clone());
                    call.consent = match approved {
                        None => Consent::Waiting,
                        Some(true) => Consent::Given,
                        Some(false) => Consent::Refused,
                    };
                }
            }
            TurnEventBody::Usage { input_tokens, output_tokens } => {
                self.tokens = self.tokens.saturating_add(*input_tokens).saturating_add(*output_tokens);
            }
            TurnEventBody::Error { .. } | TurnEventBody::Done { .. } => {}
        }
    }

    /// The planner is asked for a step, which counts even if it says nothing.
    pub fn step_begun(&mut self) {
        self.in_step = false;
        self.begin_output();
    }

    /// The planner says that its step is complete.
    pub fn step_finished(&mut self, finish: StepFinish) {
        self.finish = Some(finish);
    }

    /// What to do next. Asked between steps, never within one.
    #[must_use]
    pub fn next_step(&self, limits: &Limits) -> NextStep {
        if self.finish == Some(StepFinish::Length) {
            return NextStep::Fail(Failure::AnswerCut);
        }
        if self.calls.iter().any(CallState::is_open) {
            return self.next_call(limits);
        }
        if self.finish.is_some() && !self.calls.iter().any(|call| call.step == self.steps) {
            return match (self.has_words, self.says_nothing()) {
                (true, _) => NextStep::Done(None),
                (false, true) => NextStep::Fail(Failure::EmptyAnswer),
                (false, false) => NextStep::Done(Some(telling::in_our_words(&self.calls))),
            };
        }
        match () {
            () if self.tokens >= limits.tokens => NextStep::Fail(Failure::TokenLimit),
            () if self.steps >= limits.steps => NextStep::Fail(Failure::StepLimit(limits.steps)),
            () => NextStep::CallModel,
        }
    }

    /// Takes in what was looked up about a call.
    pub fn looked(&mut self, id: &CallId, look: Look) {
        if let Some(call) = self.call_mut(id) {
            call.look = Some(look);
        }
    }

    /// The calls, in order.
    #[must_use]
    pub fn calls(&self) -> &[CallState] {
        &self.calls
    }

    /// The tasks that its calls changed.
    #[must_use]
    pub fn touched(&self) -> BTreeSet<TaskId> {
        let done = self.calls.iter().filter(|call| call.outcome == Some(CallStatus::Done));
        done.flat_map(|call| call.touch().changed).collect()
    }

    /// What was proposed and not done.
    #[must_use]
    pub fn not_done(&self) -> Vec<NotDone> {
        telling::not_done(&self.calls)
    }

    /// Whether the planner has proposed more than a turn may have.
    #[must_use]
    pub fn proposes_too_much(&self, limits: &Limits) -> bool {
        self.calls.len() > limits.calls || self.call_bytes > limits.call_bytes
    }

    /// Whether the answer has outgrown its bound.
    #[must_use]
    pub fn is_too_long(&self, limits: &Limits) -> bool {
        self.answer_chars > limits.answer_chars
    }

    /// The planner at work, once one took the turn up.
    #[must_use]
    pub fn planner(&self) -> Option<PlannerKind> {
        self.planner
    }

    /// Whether `planner` with `model` is who was last said to be at work.
    #[must_use]
    pub fn is_planned_by(&self, planner: PlannerKind, model: Option<&str>) -> bool {
        self.planner == Some(planner) && self.model.as_deref() == model
    }

    fn says_nothing(&self) -> bool {
        self.answer_chars == 0 && self.calls.is_empty()
    }

    fn begin_output(&mut self) {
        if !self.in_step {
            self.in_step = true;
            self.steps += 1;
            self.finish = None;
        }
    }

    fn call_mut(&mut self, id: &CallId) -> Option<&mut CallState> {
        self.calls.iter_mut().find(|call| call.proposed.id == *id)
    }
}

#[cfg(test)]
mod tests;

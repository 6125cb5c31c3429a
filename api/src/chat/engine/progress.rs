//! How far an attempt has come, rebuilt from its events.

use super::policy::Tally;
use super::{Failure, Limits, NextStep};
use serde::{Deserialize, Serialize};
use todo_contract::step::ProposedCall;
use todo_contract::{CallId, CallStatus, PlannerKind, StepFinish, ToolCall, TurnEventBody};

/// What the person said to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Consent {
    NotAsked,
    Waiting,
    Given,
    Refused,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct CallState {
    step: u32,
    proposed: ProposedCall,
    consent: Consent,
    outcome: Option<CallStatus>,
}

impl CallState {
    fn is_open(&self) -> bool {
        self.outcome.is_none()
    }

    /// Whether it counts towards what may be done without asking.
    fn counts_unasked(&self) -> bool {
        self.consent != Consent::Given && matches!(self.outcome, None | Some(CallStatus::Done))
    }
}

/// How far an attempt has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    steps: u32,
    tokens: u64,
    answer_chars: usize,
    calls: Vec<CallState>,
    planner: Option<PlannerKind>,
    model: Option<String>,
    /// Whether the present step has said or proposed something.
    in_step: bool,
    finish: Option<StepFinish>,
}

impl Progress {
    /// Rebuilds it from the events of the attempt, oldest first.
    #[must_use]
    pub fn of<'a>(events: impl IntoIterator<Item = &'a TurnEventBody>) -> Self {
        let mut progress = Self::default();
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
            }
            TurnEventBody::ToolCall { id, name, arguments } => {
                self.begin_output();
                // A call that this version cannot read stays without effect.
                if let Ok(call) = ToolCall::parse(name, arguments.clone()) {
                    let proposed = ProposedCall { id: id.clone(), call };
                    self.calls.push(CallState {
                        step: self.steps,
                        proposed,
                        consent: Consent::NotAsked,
                        outcome: None,
                    });
                }
            }
            TurnEventBody::ToolResult { id, status, .. } => {
                self.in_step = false;
                if let Some(call) = self.call_mut(id) {
                    call.outcome = Some(*status);
                }
            }
            TurnEventBody::Confirmation { call_id, approved, .. } => {
                if let Some(call) = self.call_mut(call_id) {
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
            return if self.says_nothing() { NextStep::Fail(Failure::EmptyAnswer) } else { NextStep::Done };
        }
        match () {
            () if self.tokens >= limits.tokens => NextStep::Fail(Failure::TokenLimit),
            () if self.steps >= limits.steps => NextStep::Fail(Failure::StepLimit(limits.steps)),
            () => NextStep::CallModel,
        }
    }

    fn next_call(&self, limits: &Limits) -> NextStep {
        if let Some(name) = self.repeated_call(limits.repeats) {
            return NextStep::Fail(Failure::RepeatedCall(name));
        }
        let open = || self.calls.iter().filter(|call| call.is_open());
        if open().any(|call| call.consent == Consent::Waiting) {
            return NextStep::Wait;
        }
        let tally = Tally::of(self.calls.iter().filter(|c| c.counts_unasked()).map(|c| &c.proposed.call));
        let must_ask = |call: &&CallState| call.consent == Consent::NotAsked && tally.must_ask(&call.proposed.call);
        match open().next() {
            Some(first) if must_ask(&first) => {
                NextStep::Ask(open().filter(must_ask).map(|call| call.proposed.clone()).collect())
            }
            Some(first) => NextStep::Run(first.proposed.clone()),
            None => NextStep::CallModel,
        }
    }

    /// The tool of an open call that was proposed `times` times. `undo_last` and `redo_last` do something
    /// else each time, and looking again is fair after a change.
    fn repeated_call(&self, times: u32) -> Option<&'static str> {
        self.calls.iter().enumerate().filter(|(_, call)| call.is_open()).find_map(|(at, call)| {
            let call = &call.proposed.call;
            let looks = matches!(call, ToolCall::ListTasks(_));
            let same = self
                .calls
                .iter()
                .take(at + 1)
                .rev()
                .take_while(|earlier| !looks || matches!(earlier.proposed.call, ToolCall::ListTasks(_)))
                .filter(|earlier| earlier.proposed.call == *call)
                .count();
            (same >= times as usize && !call.goes_on()).then(|| call.name())
        })
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

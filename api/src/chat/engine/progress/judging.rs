//! What becomes of the calls that were proposed.

use super::call::{CallState, Consent};
use super::{Progress, same};
use crate::chat::engine::look::TakesBack;
use crate::chat::engine::{Failure, Limits, NextStep, Question};
use todo_contract::policy::{Ledger, Verdict};
use todo_contract::tool::Effect;
use todo_contract::{CallStatus, ItemError, PlannerKind, ToolCall, ToolResult};

impl Progress {
    /// What to do about the first call that is open.
    pub(super) fn next_call(&self, limits: &Limits) -> NextStep {
        if let Some(name) = self.repeated_call(limits.repeats) {
            return NextStep::Fail(Failure::RepeatedCall(name));
        }
        let mut open = self.calls.iter().filter(|call| call.is_open());
        if open.clone().any(|call| call.consent == Consent::Waiting) {
            return NextStep::Wait;
        }
        let Some(first) = open.next() else { return NextStep::CallModel };
        if let Some(result) = self.result_of_same(first) {
            return conclude(first, CallStatus::Done, result);
        }
        let to_look_up = self.to_look_up(first);
        if !to_look_up.is_empty() {
            return NextStep::Look(to_look_up);
        }
        if let Some(Err(error)) = first.takes_back() {
            return conclude(first, CallStatus::Failed, ToolResult::Failed { error: error.clone() });
        }
        let ledger = self.ledger();
        match self.judge(&ledger, first) {
            Verdict::Run => self.run(first),
            Verdict::Refuse => conclude(first, CallStatus::Declined, ToolResult::Declined),
            Verdict::Ask => NextStep::Ask(self.questions(&ledger)),
        }
    }

    fn run(&self, call: &CallState) -> NextStep {
        let operation = match call.takes_back() {
            Some(Ok(TakesBack { summary, .. })) if call.question.as_ref().is_some_and(|asked| asked != summary) => {
                let detail = "The list was changed since you were asked. Nothing was taken back.".to_owned();
                let error = ItemError { code: "undo_conflict".to_owned(), detail, candidates: Vec::new() };
                return conclude(call, CallStatus::Failed, ToolResult::Failed { error });
            }
            Some(Ok(takes_back)) => Some(takes_back.operation),
            _ => None,
        };
        NextStep::Run(call.proposed.clone(), operation)
    }

    /// All calls that are to be asked about with the first.
    fn questions(&self, ledger: &Ledger) -> Vec<Question> {
        let askable = self.calls.iter().filter(|call| {
            call.is_open()
                && (call.effect() != Effect::Undo || matches!(call.takes_back(), Some(Ok(_))))
                && self.result_of_same(call).is_none()
                && self.judge(ledger, call) == Verdict::Ask
        });
        askable
            .map(|call| Question {
                call: call.proposed.clone(),
                summary: call.takes_back().and_then(|found| found.as_ref().ok()).map(|found| found.summary.clone()),
            })
            .collect()
    }

    /// The calls about which something must be looked up before `first` is judged.
    fn to_look_up(&self, first: &CallState) -> Vec<todo_contract::step::ProposedCall> {
        let unknown = |call: &&CallState| call.look.is_none();
        if first.effect() == Effect::Undo {
            return Some(first).filter(unknown).map(|call| call.proposed.clone()).into_iter().collect();
        }
        if first.effect() == Effect::Read || !self.background.ledger.has_past() || self.is_builtin() {
            return Vec::new();
        }
        let open = self.calls.iter().filter(|call| call.is_open() && call.consent == Consent::NotAsked);
        let changing = open.filter(|call| !matches!(call.effect(), Effect::Read | Effect::Undo));
        changing.filter(unknown).map(|call| call.proposed.clone()).collect()
    }

    /// What weighs on the open calls: what was before, and all that ran or is to run unasked.
    fn ledger(&self) -> Ledger {
        let mut ledger = self.background.ledger.clone();
        for call in &self.calls {
            match (call.consent, call.outcome) {
                (Consent::Refused, _) => ledger.refused(&call.touch()),
                (Consent::Given, _) => {}
                (_, None) if self.result_of_same(call).is_some() => {}
                (_, None | Some(CallStatus::Done)) if !self.is_asked_for(call) => ledger.runs(&call.touch()),
                _ => {}
            }
        }
        ledger
    }

    fn judge(&self, ledger: &Ledger, call: &CallState) -> Verdict {
        if call.consent == Consent::Given || call.effect() == Effect::Read {
            return Verdict::Run;
        }
        let named = self.is_builtin() || call.look.as_ref().is_some_and(|look| look.named);
        if self.is_asked_for(call) {
            let own = matches!(call.takes_back(), Some(Ok(TakesBack { own: true, .. })));
            let mut with = ledger.clone();
            with.runs(&call.touch());
            return match with.judge(&call.touch(), true) {
                // They ask for what was done here, whatever its size.
                Verdict::Ask if own => Verdict::Run,
                verdict => verdict,
            };
        }
        ledger.judge(&call.touch(), named)
    }

    /// Whether it is the undo or redo that the person's words ask for: the first, and no more than one.
    fn is_asked_for(&self, call: &CallState) -> bool {
        let (undo, redo) = self.background.asks;
        let asked = match call.proposed.call {
            ToolCall::UndoLast(_) => undo || self.is_builtin(),
            ToolCall::RedoLast(_) => redo || self.is_builtin(),
            _ => false,
        };
        let first = || self.calls.iter().find(|other| other.effect() == Effect::Undo);
        asked && !self.background.took_back && first().is_some_and(|first| first.proposed.id == call.proposed.id)
    }

    fn is_builtin(&self) -> bool {
        self.planner == Some(PlannerKind::Builtin)
    }

    /// The result of what the turn did before, if that was the very same and nothing has touched its tasks since.
    fn result_of_same(&self, call: &CallState) -> Option<ToolResult> {
        let before = self.calls.iter().take_while(|other| other.proposed.id != call.proposed.id);
        let here = before.filter_map(|other| Some((&other.proposed.call, other.result.as_ref()?)));
        let earlier: Vec<_> = self.background.done.iter().map(|(call, result)| (call, result)).chain(here).collect();
        same::result(&call.proposed.call, &earlier)
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
                .filter(|earlier| earlier.proposed.call == *call || earlier.proposed.call.is_same_change(call))
                .count();
            (same >= times as usize && !call.goes_on()).then(|| call.name())
        })
    }
}

fn conclude(call: &CallState, status: CallStatus, result: ToolResult) -> NextStep {
    NextStep::Conclude { id: call.proposed.id.clone(), status, result }
}

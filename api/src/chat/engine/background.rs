//! What was before an attempt and weighs on it: what planners did unasked a moment ago, what the person said no to, and
//! what earlier attempts of the turn did.

use super::Progress;
use super::wording::Wording;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use todo_contract::policy::Ledger;
use todo_contract::{CallStatus, TaskId, ToolCall, ToolResult, TurnEventBody};

/// An earlier turn.
#[derive(Clone, Debug)]
pub struct PastTurn {
    /// What the person said.
    pub message: String,
    /// Whether a model planned it. The built-in planner reads the person's words and nothing else.
    pub by_model: bool,
    /// Whether it is of the same conversation.
    pub in_conversation: bool,
    /// Whether what was done in it unasked still counts.
    pub in_window: bool,
    /// What happened, all attempts together.
    pub events: Vec<TurnEventBody>,
    /// The titles that tasks had before it changed them.
    pub titles: HashMap<TaskId, String>,
}

/// What was before an attempt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Background {
    /// What was done unasked, and what was refused.
    pub(super) ledger: Ledger,
    /// What earlier attempts of the turn changed.
    pub(super) done: Vec<(ToolCall, ToolResult)>,
    /// Whether an earlier attempt took something back.
    pub(super) took_back: bool,
    /// Whether the person's words ask for an undo, and for a redo.
    pub(super) asks: (bool, bool),
}

impl Background {
    /// Of a turn in which the person says `wording`, after `past` turns, oldest first, and after earlier attempts.
    #[must_use]
    pub fn of(wording: &Wording, past: &[PastTurn], attempts: &[TurnEventBody]) -> Self {
        let mut background = Self { asks: (wording.asks_for_undo(), wording.asks_for_redo()), ..Self::default() };
        past.iter().for_each(|turn| background.take_past(turn));
        background.take_attempts(attempts);
        background
    }

    fn take_past(&mut self, turn: &PastTurn) {
        let wording = Wording::of(&turn.message);
        for call in Progress::of(&turn.events).calls() {
            let touch = call.touch();
            match call.outcome {
                Some(CallStatus::Declined) if turn.in_conversation && call.was_refused() => {
                    self.ledger.refused_earlier(&touch);
                }
                Some(CallStatus::Done) => {
                    let named = || !turn.by_model || wording.asks_for(&call.proposed.call, &turn.titles);
                    if call.was_allowed() || named() {
                        self.ledger.allowed_earlier(&touch);
                    } else if turn.in_window {
                        self.ledger.ran_earlier(&touch);
                    }
                }
                _ => {}
            }
        }
    }

    fn take_attempts(&mut self, attempts: &[TurnEventBody]) {
        for call in Progress::of(attempts).calls() {
            let touch = call.touch();
            match (&call.outcome, &call.result) {
                (Some(CallStatus::Declined), _) if call.was_refused() => self.ledger.refused(&touch),
                (Some(CallStatus::Done), Some(result)) => {
                    self.took_back |= touch.takes_back;
                    if !call.was_allowed() {
                        self.ledger.runs(&touch);
                    }
                    self.done.push((call.proposed.call.clone(), result.clone()));
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;

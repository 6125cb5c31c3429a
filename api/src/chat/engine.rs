//! The loop of a turn without any I/O: its stored events go in, what to do next comes out.
//!
//! Everything that the loop must remember is in [`Progress`], which is rebuilt from the events of the
//! attempt. So a turn goes on after a restart exactly where its last event left it.

pub mod background;
pub mod call_id;
pub mod closing;
pub mod failure;
pub mod history;
pub mod look;
pub mod progress;
pub mod summary;
pub mod telling;
pub mod wording;

pub use failure::Failure;
pub use progress::Progress;

use serde::{Deserialize, Serialize};
use todo_contract::step::ProposedCall;
use todo_contract::{CallId, CallStatus, Carry, OperationId, ToolResult, TurnEventBody};

/// The bounds of one attempt of a turn. Bounds of time are the runner's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most steps.
    pub steps: u32,
    /// Most tokens, read and written together.
    pub tokens: u64,
    /// A call proposed this many times over ends the turn.
    pub repeats: u32,
    /// Most characters of the answer.
    pub answer_chars: usize,
    /// Most calls.
    pub calls: usize,
    /// Most bytes of the calls' arguments, as JSON.
    pub call_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { steps: 8, tokens: 200_000, repeats: 3, answer_chars: 100_000, calls: 100, call_bytes: 4 * 1024 * 1024 }
    }
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// Ask the planner.
    CallModel,
    /// Look up what these calls touch, and take it in with [`Progress::looked`].
    Look(Vec<ProposedCall>),
    /// Run this call; an undo or a redo takes back the group of this operation.
    Run(ProposedCall, Option<OperationId>),
    /// Give a call its result without running it.
    Conclude {
        /// The call.
        id: CallId,
        /// How it ends.
        status: CallStatus,
        /// Its result.
        result: ToolResult,
    },
    /// Ask the person.
    Ask(Vec<Question>),
    /// A person's answer is missing.
    Wait,
    /// The answer is complete; where the planner left it without words, these are to be added.
    Done(Option<String>),
    /// A bound is reached, or the answer is of no use.
    Fail(Failure),
}

/// A call that the person is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The call.
    pub call: ProposedCall,
    /// What it would do, where its arguments don't tell.
    pub summary: Option<String>,
}

/// An event together with the attempt in which it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptEvent {
    /// Counts from 1.
    pub attempt: u32,
    /// What happened.
    pub body: TurnEventBody,
    /// What the planner gave right after it to be carried back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carry: Option<Carry>,
}

#[cfg(test)]
mod unasked;

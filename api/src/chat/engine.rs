//! The loop of a turn without any I/O: its stored events go in, what to do next comes out.
//!
//! Everything that the loop must remember is in [`Progress`], which is rebuilt from the events of the
//! attempt. So a turn goes on after a restart exactly where its last event left it.

pub mod call_id;
pub mod closing;
pub mod failure;
pub mod history;
pub mod policy;
pub mod progress;
pub mod summary;

pub use failure::Failure;
pub use progress::Progress;

use serde::{Deserialize, Serialize};
use todo_contract::step::ProposedCall;
use todo_contract::{Carry, TurnEventBody};

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
}

impl Default for Limits {
    fn default() -> Self {
        Self { steps: 8, tokens: 200_000, repeats: 3, answer_chars: 100_000 }
    }
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// Ask the planner.
    CallModel,
    /// Run this call.
    Run(ProposedCall),
    /// Ask the person about these calls.
    Ask(Vec<ProposedCall>),
    /// A person's answer is missing.
    Wait,
    /// The answer is complete.
    Done,
    /// A bound is reached, or the answer is of no use.
    Fail(Failure),
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

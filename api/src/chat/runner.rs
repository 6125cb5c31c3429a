//! Turns at work: one task each, apart from any request.

mod attempt;
mod budget;
mod call;
mod history;
mod look;
mod step;
mod text;

use super::engine::Failure;
use super::planner::{InfoCache, ProbesUnderWay, TraceHeaders};
use super::turns::Attempt;
use super::waiting::Waiting;
use crate::error::ApiError;
use crate::identity::Identity;
use crate::state::AppState;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use todo_contract::TurnId;
use tokio_util::sync::CancellationToken;

/// Handles on the turns at work. The rows are the truth: losing these loses nothing but speed.
#[derive(Debug, Default)]
pub struct Chat {
    at_work: Mutex<HashMap<TurnId, Handle>>,
    started: AtomicU64,
    pub(super) planner_info: InfoCache,
    pub(super) probes: ProbesUnderWay,
    pub(super) waiting: Waiting,
}

#[derive(Debug)]
struct Handle {
    attempt: u32,
    /// Tells the work before a person's answer from the work after it.
    serial: u64,
    cancel: CancellationToken,
}

impl Chat {
    /// Sets an attempt, which the rows have as running, to work for who asked for it.
    pub(super) fn start(state: &AppState, attempt: Attempt, trace: TraceHeaders, identity: Identity) {
        let cancel = CancellationToken::new();
        let serial = state.chat.started.fetch_add(1, Ordering::Relaxed);
        let handle = Handle { attempt: attempt.number, serial, cancel: cancel.clone() };
        state.chat.handles().insert(attempt.turn_id, handle);
        let runner = attempt::Runner::new(state.clone(), attempt, trace, identity);
        let state = state.clone();
        state.clone().spawn(async move {
            runner.run(cancel).await;
            let mut handles = state.chat.handles();
            if handles.get(&attempt.turn_id).is_some_and(|handle| handle.serial == serial) {
                handles.remove(&attempt.turn_id);
            }
        });
    }

    /// Drops the work on an attempt that the rows have as ended: its request to the agent is cancelled at
    /// once. A later attempt is not concerned.
    pub(super) fn cancel(&self, attempt: Attempt) {
        let handles = self.handles();
        if let Some(handle) = handles.get(&attempt.turn_id).filter(|handle| handle.attempt == attempt.number) {
            handle.cancel.cancel();
        }
    }

    fn handles(&self) -> MutexGuard<'_, HashMap<TurnId, Handle>> {
        self.at_work.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why the work on an attempt ends early.
enum Halt {
    /// It was ended in the rows: nothing more is to be written.
    Ended,
    /// It failed.
    Failed(Failure),
}

impl From<Failure> for Halt {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<ApiError> for Halt {
    fn from(error: ApiError) -> Self {
        tracing::error!(%error, "a turn cannot go on");
        Self::Failed(Failure::Storage { code: error.code.word(), detail: error.detail })
    }
}

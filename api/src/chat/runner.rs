//! Turns at work: one task each, apart from any request.

mod attempt;
mod call;
mod history;
mod step;
mod text;

use super::engine::Failure;
use super::planner::{InfoCache, TraceHeaders};
use super::turns::Attempt;
use crate::error::ApiError;
use crate::state::AppState;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use todo_contract::TurnId;
use tokio_util::sync::CancellationToken;

/// Handles on the turns at work. The rows are the truth: losing these loses nothing but speed.
#[derive(Debug, Default)]
pub struct Chat {
    at_work: Mutex<HashMap<TurnId, (u32, CancellationToken)>>,
    pub(super) planner_info: InfoCache,
}

impl Chat {
    /// Sets an attempt, which the rows have as running, to work.
    pub(super) fn start(state: &AppState, attempt: Attempt, trace: TraceHeaders) {
        let cancel = CancellationToken::new();
        state.chat.handles().insert(attempt.turn_id, (attempt.number, cancel.clone()));
        let runner = attempt::Runner::new(state.clone(), attempt, trace);
        let state = state.clone();
        state.clone().spawn(async move {
            runner.run(cancel).await;
            let mut handles = state.chat.handles();
            if handles.get(&attempt.turn_id).is_some_and(|(number, _)| *number == attempt.number) {
                handles.remove(&attempt.turn_id);
            }
        });
    }

    /// Drops the work on a turn that the rows have as ended: its request to the agent is cancelled at once.
    pub(super) fn cancel(&self, turn_id: TurnId) {
        if let Some((_, cancel)) = self.handles().remove(&turn_id) {
            cancel.cancel();
        }
    }

    fn handles(&self) -> MutexGuard<'_, HashMap<TurnId, (u32, CancellationToken)>> {
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

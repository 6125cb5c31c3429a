//! Work of more rows than one write may take: done in steps, between which others get their turn. A job is a row, so
//! that it goes on after a restart, and every step commits its work together with how far it is.

pub mod routes;
mod runner;
mod service;
mod store;

pub(crate) use runner::{Step, fail, run};
pub(crate) use service::{
    JobAuthor, NewJob, accepted, check_idle, ended, hand_over, receive, replay, start, start_removal, wait,
};
pub(crate) use store::{JobRow, PartRow, clear_leftovers, first_part, input, remove_part, set_input};

use std::time::{Duration, Instant};

/// Most rows that a request changes in one write. What is more becomes a job.
pub(crate) const ROWS_IN_ONE_WRITE: usize = 200;
/// Most rows for which a request waits until its job has ended. For more it is answered at once.
pub(crate) const ROWS_TO_WAIT_FOR: u64 = 1_000;
/// Most rows of a step.
const STEP_ROWS: usize = 500;
/// How long a step goes on.
const STEP_FOR: Duration = Duration::from_millis(25);

/// What one step may take.
pub(crate) struct Budget {
    until: Instant,
    rows: usize,
}

impl Budget {
    /// From now on.
    pub(crate) fn begin() -> Self {
        Self { until: Instant::now() + STEP_FOR, rows: STEP_ROWS }
    }

    /// Takes `rows` off; whether more may be done.
    pub(crate) fn spend(&mut self, rows: usize) -> bool {
        self.rows = self.rows.saturating_sub(rows);
        self.rows > 0 && Instant::now() < self.until
    }
}

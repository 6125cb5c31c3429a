//! How many requests of an account wait for the end of a turn.

use crate::error::{ApiError, Code};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Most requests of an account that wait at once.
const WAITING_OF_ACCOUNT: usize = 10;

/// The requests that wait, of each account.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting(Arc<Mutex<HashMap<i64, usize>>>);

/// A request that waits, until it is dropped.
pub(super) struct Seat {
    waiting: Waiting,
    user_id: i64,
}

impl Waiting {
    /// Lets another request wait.
    ///
    /// # Errors
    /// `rate_limited` if as many wait as may.
    pub(super) fn enter(&self, user_id: i64) -> Result<Seat, ApiError> {
        let mut counts = self.counts();
        let count = counts.entry(user_id).or_default();
        if *count >= WAITING_OF_ACCOUNT {
            let detail = format!("{WAITING_OF_ACCOUNT} requests of this account wait for an answer, and no more may.");
            return Err(ApiError { retry_after: Some(5), ..ApiError::new(Code::RateLimited, detail) });
        }
        *count += 1;
        Ok(Seat { waiting: self.clone(), user_id })
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<i64, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut counts = self.waiting.counts();
        if let Some(count) = counts.get_mut(&self.user_id) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.user_id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_is_free_again_once_its_request_is_answered() {
        let waiting = Waiting::default();
        let mut seats: Vec<Seat> = (0..WAITING_OF_ACCOUNT).map(|_| waiting.enter(1).unwrap()).collect();
        assert_eq!(waiting.enter(1).err().map(|error| error.code), Some(Code::RateLimited));
        assert!(waiting.enter(2).is_ok(), "others may wait");
        seats.pop();
        assert!(waiting.enter(1).is_ok());
        drop(seats);
        assert!(waiting.counts().is_empty());
    }
}

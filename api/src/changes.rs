//! Counts committed changes, so that what was read before one is not taken for what is there now.

use crate::signals::Topic;
use std::sync::atomic::{AtomicU64, Ordering};

/// Accounts share counters: one that moves for another account costs a query and nothing else.
const COUNTERS: usize = 256;

/// How often the tasks of each account changed since the start.
#[derive(Debug)]
pub(crate) struct Changes(Box<[AtomicU64]>);

impl Default for Changes {
    fn default() -> Self {
        Self((0..COUNTERS).map(|_| AtomicU64::new(0)).collect())
    }
}

impl Changes {
    /// A number that is another one after each change. To be taken before reading the rows.
    pub(crate) fn count(&self, user_id: i64) -> u64 {
        self.of(user_id).map_or(0, |counter| counter.load(Ordering::SeqCst))
    }

    /// Counts a write that was committed. One that wakes nobody may have changed anything of anyone.
    pub(crate) fn note(&self, topics: &[Topic]) {
        let add = |counter: &AtomicU64| counter.fetch_add(1, Ordering::SeqCst);
        if topics.is_empty() {
            self.0.iter().for_each(|counter| _ = add(counter));
        }
        for topic in topics {
            if let Topic::Journal(user_id) = topic {
                self.of(*user_id).map(add);
            }
        }
    }

    fn of(&self, user_id: i64) -> Option<&AtomicU64> {
        let at = usize::try_from(user_id.unsigned_abs()).unwrap_or_default() % COUNTERS;
        self.0.get(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_change_counts_for_its_account_and_an_unknown_one_for_all() {
        let changes = Changes::default();
        changes.note(&[Topic::Journal(1), Topic::Turn(Uuid::nil())]);
        changes.note(&[Topic::Turn(Uuid::nil())]);
        assert_eq!((changes.count(1), changes.count(2)), (1, 0));
        changes.note(&[]);
        assert_eq!((changes.count(1), changes.count(2)), (2, 1));
    }
}

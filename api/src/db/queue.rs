//! Writes that wait, a lane for each account. The lanes take turns, so that nobody waits for more than one write of
//! each other account, however many that has sent.

use super::Scope;
use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Most writes that wait.
const WAITING_MAX: usize = 4096;
/// Most writes of one account that wait.
const WAITING_OF_ACCOUNT_MAX: usize = 256;

/// Why a write may not even wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// Too many wait.
    Full,
    /// Too many of this account wait.
    LaneFull,
    /// Nobody works any more.
    Closed,
}

/// The account, or all that belongs to none.
type Lane = Option<i64>;

struct Waiting<T> {
    lanes: HashMap<Lane, VecDeque<T>>,
    /// The lanes in which something waits, in the order of their turns.
    turns: VecDeque<Lane>,
    count: usize,
    closed: bool,
}

/// The queue.
pub(super) struct Queue<T> {
    waiting: Mutex<Waiting<T>>,
    arrived: Condvar,
}

impl<T> Queue<T> {
    pub(super) fn new() -> Self {
        let waiting = Waiting { lanes: HashMap::new(), turns: VecDeque::new(), count: 0, closed: false };
        Self { waiting: Mutex::new(waiting), arrived: Condvar::new() }
    }

    /// Lets `item` wait behind others of its lane.
    pub(super) fn push(&self, scope: &Scope, item: T) -> Result<(), Refused> {
        let lane = match scope {
            Scope::Account(id) => Some(*id),
            Scope::Key(_) | Scope::Global => None,
        };
        let mut guard = self.lock();
        let waiting = &mut *guard;
        if waiting.closed {
            return Err(Refused::Closed);
        }
        if waiting.count >= WAITING_MAX {
            return Err(Refused::Full);
        }
        let items = waiting.lanes.entry(lane).or_default();
        if lane.is_some() && items.len() >= WAITING_OF_ACCOUNT_MAX {
            return Err(Refused::LaneFull);
        }
        if items.is_empty() {
            waiting.turns.push_back(lane);
        }
        items.push_back(item);
        waiting.count += 1;
        drop(guard);
        self.arrived.notify_one();
        Ok(())
    }

    /// The next one, if there is one.
    pub(super) fn try_pop(&self) -> Option<T> {
        self.lock().pop()
    }

    /// The next one; `None` once the queue is closed and empty.
    pub(super) fn pop(&self) -> Option<T> {
        let mut waiting = self.lock();
        loop {
            if let Some(item) = waiting.pop() {
                return Some(item);
            }
            if waiting.closed {
                return None;
            }
            waiting = self.arrived.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.lock().count
    }

    /// Takes no more.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.arrived.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Waiting<T>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Waiting<T> {
    fn pop(&mut self) -> Option<T> {
        let lane = self.turns.pop_front()?;
        let items = self.lanes.get_mut(&lane)?;
        let item = items.pop_front();
        if items.is_empty() {
            self.lanes.remove(&lane);
        } else {
            self.turns.push_back(lane);
        }
        self.count -= 1;
        item
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_take_turns() {
        let queue = Queue::new();
        for n in 0..3 {
            queue.push(&Scope::Account(1), (1, n)).unwrap();
        }
        queue.push(&Scope::Account(2), (2, 0)).unwrap();
        queue.push(&Scope::Global, (0, 0)).unwrap();
        queue.push(&Scope::key("x", b"k"), (0, 1)).unwrap();
        let order: Vec<_> = std::iter::from_fn(|| queue.try_pop()).collect();
        assert_eq!(order, [(1, 0), (2, 0), (0, 0), (1, 1), (0, 1), (1, 2)]);
        assert_eq!(queue.len(), 0);
    }

    #[test]
    fn one_account_cannot_fill_the_queue() {
        let queue = Queue::new();
        for _ in 0..WAITING_OF_ACCOUNT_MAX {
            queue.push(&Scope::Account(1), ()).unwrap();
        }
        assert_eq!(queue.push(&Scope::Account(1), ()), Err(Refused::LaneFull));
        let refused = (2..).find_map(|other| queue.push(&Scope::Account(other), ()).err());
        assert_eq!((refused, queue.len()), (Some(Refused::Full), WAITING_MAX));
        queue.try_pop().unwrap();
        assert_eq!(queue.push(&Scope::Account(1), ()), Ok(()));
    }

    #[test]
    fn a_closed_queue_is_worked_off() {
        let queue = Queue::new();
        queue.push(&Scope::Global, 1).unwrap();
        queue.close();
        assert_eq!(queue.push(&Scope::Global, 2), Err(Refused::Closed));
        assert_eq!((queue.pop(), queue.pop()), (Some(1), None));
    }
}

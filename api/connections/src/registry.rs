//! The connections that are open, and which one makes room for another.

use crate::bounds::Bounds;
use crate::shares::{Share, Shares, network};
use futures_util::task::AtomicWaker;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The connections of a server.
#[derive(Debug)]
pub struct Registry {
    bounds: Bounds,
    began: Instant,
    shares: Arc<Shares<IpAddr>>,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    lines: HashMap<u64, Arc<Line>>,
}

/// What is known of one connection.
#[derive(Debug)]
pub(crate) struct Line {
    network: IpAddr,
    began: Instant,
    /// Since when its client is waited for, in milliseconds after `began`, and one; 0 while it is at work.
    waiting: AtomicU64,
    /// Changes with each beginning and end of a request.
    turns: AtomicU32,
    closed: AtomicBool,
    waker: AtomicWaker,
}

/// An open connection: counted until it is dropped.
#[derive(Debug)]
pub(crate) struct Admitted {
    id: u64,
    pub(crate) line: Arc<Line>,
    registry: Arc<Registry>,
    _share: Share<IpAddr>,
}

/// Why a connection is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// Its address has too many.
    Address,
    /// There are too many, and all are at work.
    Server,
}

impl Registry {
    /// None yet.
    #[must_use]
    pub fn new(bounds: Bounds) -> Arc<Self> {
        let shares = Shares::new(bounds.per_address.unwrap_or(usize::MAX));
        Arc::new(Self { bounds, began: Instant::now(), shares, open: Mutex::default() })
    }

    /// What is borne.
    #[must_use]
    pub fn bounds(&self) -> &Bounds {
        &self.bounds
    }

    /// Counts a connection from `address`; where there are too many, the one that waits longest of the address with
    /// the most is closed for it.
    pub(crate) fn admit(self: &Arc<Self>, address: IpAddr) -> Result<Admitted, Refused> {
        let share = self.shares.take(network(address)).ok_or(Refused::Address)?;
        let line = Arc::new(Line {
            network: network(address),
            began: self.began,
            waiting: AtomicU64::new(0),
            turns: AtomicU32::new(0),
            closed: AtomicBool::new(false),
            waker: AtomicWaker::new(),
        });
        line.wait();
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.lines.len() >= self.bounds.connections {
            let victim = self.victim(&open).ok_or(Refused::Server)?;
            if let Some(line) = open.lines.remove(&victim) {
                line.close();
            }
        }
        let id = open.next;
        open.next += 1;
        open.lines.insert(id, Arc::clone(&line));
        drop(open);
        Ok(Admitted { id, line, registry: Arc::clone(self), _share: share })
    }

    fn victim(&self, open: &Open) -> Option<u64> {
        let mut of_address = HashMap::new();
        let waiting = open.lines.iter().filter_map(|(id, line)| Some((id, line, line.waiting_since()?)));
        let longest = waiting.max_by_key(|(_, line, since)| {
            let count = *of_address.entry(line.network).or_insert_with(|| self.shares.of(&line.network));
            (count, std::cmp::Reverse(*since))
        });
        longest.map(|(id, ..)| *id)
    }
}

impl Drop for Admitted {
    fn drop(&mut self) {
        self.registry.open.lock().unwrap_or_else(PoisonError::into_inner).lines.remove(&self.id);
    }
}

impl Line {
    /// From here on the client is waited for; a wait that has begun goes on.
    pub(crate) fn wait(&self) {
        let now = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX - 1) + 1;
        let _ = self.waiting.compare_exchange(0, now, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// From here on the client waits for us.
    pub(crate) fn work(&self) {
        self.waiting.store(0, Ordering::Relaxed);
    }

    /// A request begins.
    pub(crate) fn begin(&self) {
        self.turns.fetch_add(1, Ordering::Relaxed);
        self.work();
    }

    /// Its answer is over.
    pub(crate) fn end(&self) {
        self.turns.fetch_add(1, Ordering::Relaxed);
        self.work();
        self.wait();
        // So that the deadline of what comes next is set.
        self.waker.wake();
    }

    /// Since when the client is waited for.
    pub(crate) fn waiting_since(&self) -> Option<Instant> {
        match self.waiting.load(Ordering::Relaxed) {
            0 => None,
            millis => Some(self.began + Duration::from_millis(millis - 1)),
        }
    }

    /// Odd while a request is at work.
    pub(crate) fn turns(&self) -> u32 {
        self.turns.load(Ordering::Relaxed)
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    pub(crate) fn waker(&self) -> &AtomicWaker {
        &self.waker
    }

    fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
        self.waker.wake();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry(connections: usize, per_address: usize) -> Arc<Registry> {
        let bounds = Bounds { connections, per_address: Some(per_address), ..Bounds::within(1024, 1, 8) };
        Registry::new(bounds)
    }

    fn admit(registry: &Arc<Registry>, address: &str) -> Result<Admitted, Refused> {
        registry.admit(address.parse().unwrap())
    }

    #[test]
    fn an_address_has_its_bound_and_others_are_not_concerned() {
        let registry = registry(10, 2);
        let _kept = (admit(&registry, "10.0.0.1").unwrap(), admit(&registry, "10.0.0.1").unwrap());
        assert_eq!(admit(&registry, "10.0.0.1").unwrap_err(), Refused::Address);
        assert!(admit(&registry, "10.0.0.2").is_ok());
    }

    #[test]
    fn who_has_the_most_and_waits_longest_makes_room() {
        let registry = registry(4, 3);
        let honest = admit(&registry, "10.0.0.1").unwrap();
        let many: Vec<_> = (0..3).map(|_| admit(&registry, "10.0.0.9").unwrap()).collect();
        many[0].line.begin();
        let newcomer = admit(&registry, "10.0.0.2").unwrap();
        let closed: Vec<_> = many.iter().map(|one| one.line.is_closed()).collect();
        assert!(!closed[0] && (closed[1] || closed[2]), "{closed:?}");
        assert!(!honest.line.is_closed() && !newcomer.line.is_closed());
    }

    #[test]
    fn nobody_makes_room_who_is_at_work() {
        let registry = registry(1, 1);
        let working = admit(&registry, "10.0.0.1").unwrap();
        working.line.begin();
        assert_eq!(admit(&registry, "10.0.0.2").unwrap_err(), Refused::Server);
        working.line.end();
        assert!(admit(&registry, "10.0.0.2").is_ok());
        assert!(working.line.is_closed());
    }

    #[test]
    fn what_is_dropped_is_free_again() {
        let registry = registry(1, 1);
        drop(admit(&registry, "10.0.0.1").unwrap());
        let again = admit(&registry, "10.0.0.1").unwrap();
        assert!(!again.line.is_closed());
    }
}

//! How many of something each address or account holds.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

/// Counts what each holds, up to a bound.
#[derive(Debug)]
pub struct Shares<K> {
    most: usize,
    held: Mutex<HashMap<K, usize>>,
}

/// One that somebody holds, until it is dropped.
#[derive(Debug)]
pub struct Share<K: Eq + Hash> {
    holder: K,
    shares: Arc<Shares<K>>,
}

impl<K: Eq + Hash + Clone> Shares<K> {
    /// With `most` for each.
    #[must_use]
    pub fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, held: Mutex::default() })
    }

    /// One more for `holder`, unless it has all that it may.
    #[must_use]
    pub fn take(self: &Arc<Self>, holder: K) -> Option<Share<K>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(holder.clone()).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        drop(held);
        Some(Share { holder, shares: Arc::clone(self) })
    }

    /// How many `holder` holds.
    pub(crate) fn of(&self, holder: &K) -> usize {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).get(holder).copied().unwrap_or_default()
    }
}

impl<K: Eq + Hash> Drop for Share<K> {
    fn drop(&mut self) {
        let mut held = self.shares.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&self.holder) {
            *count -= 1;
            if *count == 0 {
                held.remove(&self.holder);
            }
        }
    }
}

/// What counts as one address: IPv6 gives a household a /64.
#[must_use]
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_network_counts_as_one_and_what_is_dropped_is_free_again() {
        let shares = Shares::new(2);
        let take = |address: &str| shares.take(network(address.parse().unwrap()));
        let first = take("2001:db8::1").unwrap();
        let _second = take("2001:db8::2").unwrap();
        assert!(take("2001:db8::3").is_none());
        let _elsewhere = take("2001:db8:0:1::1").unwrap();
        let _mapped = (take("::ffff:10.0.0.1").unwrap(), take("10.0.0.1").unwrap());
        assert!(take("10.0.0.1").is_none());
        drop(first);
        assert!(take("2001:db8::3").is_some());
    }
}

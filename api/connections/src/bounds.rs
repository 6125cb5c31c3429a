//! How much is borne.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::time::Duration;

/// Descriptors for everything that is no connection: files, the database, clients' refusals.
const RESERVED: u64 = 128;
/// One address gets this part of all connections at most, however many its own bound allows.
const LARGEST_PART: usize = 4;

/// What a server bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Connections at once.
    pub connections: usize,
    /// Of these, from one address (an IPv6 /64 counts as one); none where the peer is a proxy that speaks for many.
    pub per_address: Option<usize>,
    /// How long the head of a request may take, from its first byte or the connection's beginning.
    pub head: Duration,
    /// How long a connection may be idle between two requests.
    pub idle: Duration,
    /// How long an answer may wait for its client to read on.
    pub stall: Duration,
}

impl Bounds {
    /// `wanted` connections, or as many as `descriptors` allow where each takes `each` of them.
    #[must_use]
    pub fn within(descriptors: u64, each: u64, wanted: usize) -> Self {
        let fit = descriptors.saturating_sub(RESERVED) / each.max(1);
        Self {
            connections: wanted.min(usize::try_from(fit).unwrap_or(usize::MAX)).max(8),
            per_address: None,
            head: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            stall: Duration::from_secs(60),
        }
    }

    /// With a bound for each address.
    #[must_use]
    pub fn with_per_address(mut self, wanted: usize) -> Self {
        self.per_address = Some(wanted.min(self.connections / LARGEST_PART).max(1));
        self
    }
}

/// Lets this process open as many files as it may (`RLIMIT_NOFILE`, getrlimit(2)); answers how many that is.
pub fn raise_descriptor_limit() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    let current = if setrlimit(Resource::Nofile, raised).is_ok() { limit.maximum } else { limit.current };
    // None is without a limit.
    current.unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_stay_below_the_descriptors() {
        let bounds = Bounds::within(1024, 2, 2048).with_per_address(256);
        assert_eq!((bounds.connections, bounds.per_address), (448, Some(112)));
        let bounds = Bounds::within(1 << 20, 2, 2048).with_per_address(256);
        assert_eq!((bounds.connections, bounds.per_address), (2048, Some(256)));
        assert_eq!(Bounds::within(64, 1, 2048).connections, 8);
    }
}

//! The three built services as processes, and a client of their front door; for tests and benchmarks.
//! Whatever goes wrong ends the test.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod client;
mod service;
mod stack;

pub use client::{Client, PASSWORD};
pub use service::{Service, binary, free_port, web_root};
pub use stack::Stack;

use std::time::{Duration, Instant};

/// How long a test waits for what should be there soon.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Asks again and again until `probe` answers, or fails with what was waited for.
///
/// # Panics
/// If that takes longer than [`PATIENCE`].
pub async fn eventually<T, F>(what: &str, probe: impl FnMut() -> F) -> T
where
    F: Future<Output = Option<T>>,
{
    eventually_within(PATIENCE, what, probe).await
}

/// As [`eventually`], with a patience of its own.
///
/// # Panics
/// If that takes longer than `patience`.
pub async fn eventually_within<T, F>(patience: Duration, what: &str, mut probe: impl FnMut() -> F) -> T
where
    F: Future<Output = Option<T>>,
{
    let started = Instant::now();
    loop {
        if let Some(found) = probe().await {
            return found;
        }
        assert!(started.elapsed() < patience, "waited {patience:?} in vain for {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

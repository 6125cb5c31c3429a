//! What the tests at the front door share.

pub mod browser;
pub mod client;
pub mod service;
pub mod stack;

use std::time::{Duration, Instant};

/// How long a test waits for what should be there soon.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Asks again and again until `probe` answers, or fails with what was waited for.
pub async fn eventually<T, F>(what: &str, mut probe: impl FnMut() -> F) -> T
where
    F: Future<Output = Option<T>>,
{
    let started = Instant::now();
    loop {
        if let Some(found) = probe().await {
            return found;
        }
        assert!(started.elapsed() < PATIENCE, "waited {PATIENCE:?} in vain for {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

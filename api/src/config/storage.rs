//! How much may be stored, and for how long.

use super::parse;
use clap::Args;
use std::time::Duration;

/// Bounds of what is stored.
#[derive(Args, Clone, Debug)]
pub struct StorageLimits {
    /// How much an account may store, its history and conversations included: 256MiB.
    #[arg(long, env = "ACCOUNT_MAX_BYTES", value_name = "ACCOUNT_MAX_BYTES", default_value = "256MiB")]
    #[arg(value_parser = parse::bytes((64 << 10)..=(1 << 40), "ACCOUNT_MAX_BYTES=256MiB"))]
    pub account_max_bytes: u64,

    /// How long the history of changes is kept, in days: 365d. Older changes cannot be undone.
    #[arg(long, env = "JOURNAL_RETENTION", value_name = "JOURNAL_RETENTION", default_value = "365d")]
    #[arg(value_parser = parse::days(1..=36_500, "JOURNAL_RETENTION=365d"))]
    pub journal_retention: Duration,

    /// How much of the disk is kept for signing in and deleting, an eighth of it at most: 32MiB. 0 for none.
    #[arg(long, env = "STORAGE_RESERVE", value_name = "STORAGE_RESERVE", default_value = "32MiB")]
    #[arg(value_parser = parse::bytes(0..=(1 << 40), "STORAGE_RESERVE=32MiB"))]
    pub storage_reserve: u64,

    /// How long one look into the database may take: 2s.
    #[arg(long, env = "QUERY_TIMEOUT", value_name = "QUERY_TIMEOUT", default_value = "2s", value_parser = parse::duration)]
    pub query_timeout: Duration,
}

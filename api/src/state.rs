//! What every handler may use.

use crate::clock::Clock;
use crate::db::Db;
use crate::signals::Signals;
use std::sync::Arc;

/// What every handler may use. Clones share everything.
#[derive(Clone)]
pub struct AppState {
    /// The database.
    pub db: Db,
    /// Wakes streams.
    pub signals: Arc<Signals>,
    /// The time.
    pub clock: Clock,
}

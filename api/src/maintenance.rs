//! What has to be cleared away from time to time.

mod store;

use crate::accounts::purge_ended_sessions;
use crate::db::Scope;
use crate::error::ApiError;
use crate::state::AppState;
use diesel::connection::SimpleConnection;
use jiff::SignedDuration;
use std::time::Duration;

/// How long a task lies in the trash.
pub const TRASH_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Ended sessions stay a day, so that a stolen refresh token is still known when it comes.
const ENDED_SESSIONS_FOR: SignedDuration = SignedDuration::from_hours(24);
/// Rows of one commit, so that nobody waits long for the writer.
const BATCH: i64 = 200;
const FIRST_AFTER: Duration = Duration::from_secs(10);
const EVERY: Duration = Duration::from_secs(3600);
const LIMITS_EVERY: Duration = Duration::from_secs(60);

/// Clears away until the server stops.
pub async fn run(state: AppState) {
    let mut due = tokio::time::interval_at(tokio::time::Instant::now() + FIRST_AFTER, EVERY);
    let mut limits_due = tokio::time::interval(LIMITS_EVERY);
    loop {
        tokio::select! {
            () = state.shutdown.cancelled() => return,
            _ = limits_due.tick() => state.limits.tidy(),
            _ = due.tick() => {
                if let Err(error) = clear(&state).await {
                    tracing::warn!(%error, "clearing away failed; trying again in an hour");
                }
            }
        }
    }
}

/// Clears away what is due now.
///
/// # Errors
/// The database's; what was cleared before stays cleared.
pub async fn clear(state: &AppState) -> Result<(), ApiError> {
    let now = state.clock.now();
    let mut tasks = 0;
    loop {
        let count =
            state.db.write(Scope::Global, move |tx| Ok(store::purge_trash(tx, now - TRASH_FOR, BATCH)?)).await?;
        tasks += count;
        if count == 0 || state.shutdown.is_cancelled() {
            break;
        }
    }
    let mut sessions = 0;
    loop {
        let count = state
            .db
            .write(Scope::Global, move |tx| Ok(purge_ended_sessions(tx, now - ENDED_SESSIONS_FOR, BATCH)?))
            .await?;
        sessions += count;
        if count == 0 || state.shutdown.is_cancelled() {
            break;
        }
    }
    state.db.write(Scope::Global, |tx| Ok(tx.batch_execute("PRAGMA optimize")?)).await?;
    if tasks + sessions > 0 {
        tracing::info!(tasks, sessions, "cleared away");
    }
    Ok(())
}

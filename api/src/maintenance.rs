//! What has to be cleared away from time to time.

mod store;

use crate::accounts::{ATTEMPTS_FOR, purge_attempts, purge_ended_sessions, purge_invitations};
use crate::db::Scope;
use crate::error::ApiError;
use crate::jobs::clear_leftovers;
use crate::journal::retention;
use crate::state::AppState;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// How long a task lies in the trash.
pub const TRASH_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Ended sessions stay a day, so that a stolen refresh token is still known when it comes.
const ENDED_SESSIONS_FOR: SignedDuration = SignedDuration::from_hours(24);
/// How long a job that has ended is known.
const JOBS_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Rows of one commit, so that nobody waits long for the writer.
const BATCH: i64 = 100;
/// Tasks of one commit: each may take along many rows of the journal.
const TASKS: i64 = 20;
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
            state.db.write_essential(Scope::Global, move |tx| store::purge_trash(tx, now - TRASH_FOR, TASKS)).await?;
        tasks += count;
        if count == 0 || state.shutdown.is_cancelled() {
            break;
        }
    }
    let mut changes = 0;
    while !state.shutdown.is_cancelled()
        && state.db.write_essential(Scope::Global, |tx| retention::continue_purges(tx)).await?
    {
        changes += 1;
    }
    changes += prune(state, now).await?;
    let jobs =
        state.db.write_essential(Scope::Global, move |tx| Ok(clear_leftovers(tx, now - JOBS_FOR, BATCH)?)).await?;
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
    loop {
        let cleared = state.db.write(Scope::Global, move |tx| {
            Ok(purge_attempts(tx, now - ATTEMPTS_FOR, BATCH)? + purge_invitations(tx, now, BATCH)?)
        });
        if cleared.await? == 0 || state.shutdown.is_cancelled() {
            break;
        }
    }
    if tasks + sessions + changes + jobs > 0 {
        tracing::info!(tasks, sessions, changes, jobs, "cleared away");
    }
    Ok(())
}

/// Takes groups that are older than the retention out of the journals; how many writes that took.
async fn prune(state: &AppState, now: Timestamp) -> Result<usize, ApiError> {
    let kept = SignedDuration::try_from(state.settings.storage.journal_retention).map_err(ApiError::internal)?;
    let (before, mut after, mut writes) = (now - kept, 0, 0);
    while let Some(next) = state.db.read(move |conn| retention::next_account(conn, after)).await? {
        for user in state.db.read(move |conn| retention::accounts_with_old(conn, before, after)).await? {
            let prune = || state.db.write_essential(Scope::Account(user), move |tx| retention::prune(tx, user, before));
            while !state.shutdown.is_cancelled() && prune().await? {
                writes += 1;
            }
        }
        after = next;
    }
    Ok(writes)
}

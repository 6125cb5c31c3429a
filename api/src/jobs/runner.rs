//! Does the jobs' work: one step of each in turn, one step at a time, so that all jobs together hold back the writes of
//! others no longer than one.

use super::service;
use super::store::{self, JobRow};
use crate::db::{Scope, Tx};
use crate::error::{ApiError, Code};
use crate::signals::Topic;
use crate::state::AppState;
use crate::words::from_word;
use jiff::Timestamp;
use std::time::Duration;
use todo_contract::{JobKind, JobStatus};

/// Parts of jobs that have ended, deleted in one write.
const LEFT_PARTS: i64 = 8;
/// How long to wait after a fault of the database.
const PAUSE: Duration = Duration::from_secs(2);

/// What a step did.
pub(crate) enum Step {
    /// So many rows; there are more.
    More(i64),
    /// So many rows, and they were the last.
    Last(i64),
    /// Nothing: the job waits until it is woken.
    Later,
}

/// Works until the server stops. `step` does the next rows of a job, in the transaction that notes them.
pub(crate) async fn run<F>(state: AppState, step: F)
where
    F: Fn(&mut Tx<'_>, &JobRow, Timestamp) -> Result<Step, ApiError> + Clone + Send + Sync + 'static,
{
    let mut wakes = state.signals.subscribe(Topic::Jobs);
    if let Err(error) = fail_cut_off(&state).await {
        tracing::warn!(%error, "jobs that a stop cut off were not ended");
    }
    loop {
        wakes.mark_unchanged();
        let pause = match round(&state, &step).await {
            Ok(true) => continue,
            Ok(false) => None,
            Err(error) => {
                tracing::warn!(%error, "jobs do not get on; trying again");
                Some(PAUSE)
            }
        };
        tokio::select! {
            () = state.shutdown.cancelled() => return,
            woken = wakes.changed(), if pause.is_none() => if woken.is_err() { return },
            () = tokio::time::sleep(pause.unwrap_or_default()), if pause.is_some() => {}
        }
    }
}

/// Ends jobs whose input was still being stored when the server ended: nobody sends the rest.
async fn fail_cut_off(state: &AppState) -> Result<(), ApiError> {
    for (id, user_id, _) in state.db.read(|conn| Ok(store::running(conn)?)).await? {
        let job = id.clone();
        let row = state.db.read(move |conn| Ok(store::any(conn, &job)?)).await?;
        let input: Option<serde_json::Value> = row.as_ref().map(store::input).transpose()?;
        if input.is_some_and(|input| input.get("received") == Some(&serde_json::Value::Bool(false))) {
            let detail = "The server stopped before it had all of the file. Nothing was imported; import it again.";
            fail(state, id, user_id, ApiError::new(Code::BadRequest, detail)).await?;
        }
    }
    Ok(())
}

/// One step of every job; whether there was anything to do.
async fn round<F>(state: &AppState, step: &F) -> Result<bool, ApiError>
where
    F: Fn(&mut Tx<'_>, &JobRow, Timestamp) -> Result<Step, ApiError> + Clone + Send + Sync + 'static,
{
    let mut busy = state.db.read(|conn| Ok(store::has_left_parts(conn)?)).await?;
    if busy {
        state.db.write(Scope::Global, |tx| Ok(store::clear_parts(tx, LEFT_PARTS)?)).await?;
    }
    for (id, user_id, kind) in state.db.read(|conn| Ok(store::running(conn)?)).await? {
        if state.shutdown.is_cancelled() {
            return Ok(false);
        }
        busy |= one(state, id, user_id, &kind, step.clone()).await?;
    }
    Ok(busy)
}

/// One step of a job; whether it got on.
async fn one<F>(state: &AppState, id: String, user_id: i64, kind: &str, step: F) -> Result<bool, ApiError>
where
    F: Fn(&mut Tx<'_>, &JobRow, Timestamp) -> Result<Step, ApiError> + Send + 'static,
{
    let now = state.clock.now();
    let job = id.clone();
    let work = move |tx: &mut Tx<'_>| {
        // It may have been cancelled, or its account removed.
        let Some(row) = store::any(tx, &id)?.filter(JobRow::is_running) else { return Ok(true) };
        match step(tx, &row, now)? {
            Step::More(rows) => {
                store::advance(tx, &id, row.done + rows, now)?;
                tx.wake(Topic::Job(row.job_id()?.0));
            }
            Step::Last(rows) => service::finish(tx, &row, JobStatus::Done, row.done + rows, None, now)?,
            Step::Later => return Ok(false),
        }
        Ok(true)
    };
    // To remove an account makes room.
    let written = match from_word(kind)? {
        JobKind::DeleteAccount => state.db.write_essential(Scope::Account(user_id), work).await,
        JobKind::Import | JobKind::Undo | JobKind::Redo => state.db.write(Scope::Account(user_id), work).await,
    };
    match written {
        Err(error) if !passes(&error) => {
            tracing::info!(job, %error, "a job failed");
            fail(state, job, user_id, error).await?;
            Ok(true)
        }
        other => other,
    }
}

/// Whether trying again may help.
fn passes(error: &ApiError) -> bool {
    error.is_storage_fault() || matches!(error.code, Code::Overloaded | Code::RateLimited | Code::QueryTimeout)
}

/// Ends a job as failed.
///
/// # Errors
/// The database's.
pub(crate) async fn fail(state: &AppState, id: String, user_id: i64, error: ApiError) -> Result<(), ApiError> {
    let now = state.clock.now();
    let work = move |tx: &mut Tx<'_>| match store::any(tx, &id)?.filter(JobRow::is_running) {
        Some(row) => service::finish(tx, &row, JobStatus::Failed, row.done, Some(&error), now),
        None => Ok(()),
    };
    state.db.write(Scope::Account(user_id), work).await
}

//! The rules of jobs.

use super::store::{self, End, JobRow, PartRow};
use crate::db::{Connection, Scope, Tx};
use crate::error::{ApiError, Code};
use crate::identity::{Author, RequestHash};
use crate::signals::Topic;
use crate::state::AppState;
use crate::words::word;
use actix_web::HttpResponse;
use actix_web::http::header;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use todo_contract::{Actor, CallId, Job, JobId, JobKind, JobResult, JobStatus, TimeZoneName, TurnId};
use uuid::Uuid;

/// Jobs that are listed.
const LISTED: i64 = 20;

/// In whose name a job works, as far as it is the same in all steps.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct JobAuthor {
    actor: Actor,
    time_zone: TimeZoneName,
    turn_id: Option<TurnId>,
    call_id: Option<CallId>,
}

impl JobAuthor {
    pub(crate) fn of(author: &Author) -> Self {
        let Author { actor, time_zone, turn_id, call_id, .. } = author.clone();
        Self { actor, time_zone, turn_id, call_id }
    }

    /// For a step. All that the job does is one group, which is called as the job is.
    pub(crate) fn author(self, row: &JobRow, now: Timestamp) -> Author {
        let Self { actor, time_zone, turn_id, call_id } = self;
        Author {
            user_id: row.user_id,
            actor,
            time_zone,
            now,
            turn_id,
            call_id,
            group: row.id.clone(),
            idempotency_key: None,
            request_hash: None,
        }
    }
}

/// A job to be begun.
pub(crate) struct NewJob<'a, I> {
    pub(crate) kind: JobKind,
    pub(crate) total: usize,
    pub(crate) input: &'a I,
}

/// Begins a job.
///
/// # Errors
/// `job_running` if the account has one at work.
pub(crate) fn start<I: Serialize>(tx: &mut Tx<'_>, author: &Author, job: &NewJob<'_, I>) -> Result<JobRow, ApiError> {
    check_idle(tx, author.user_id)?;
    let now = author.now.as_microsecond();
    let row = JobRow {
        id: Uuid::now_v7().to_string(),
        user_id: author.user_id,
        kind: word(job.kind)?,
        status: word(JobStatus::Running)?,
        done: 0,
        total: i64::try_from(job.total).unwrap_or(i64::MAX),
        input: serde_json::to_string(job.input).map_err(ApiError::internal)?,
        result: None,
        problem: None,
        idempotency_key: author.idempotency_key.clone(),
        request_hash: author.request_hash.as_ref().map(RequestHash::to_vec),
        created_at: now,
        updated_at: now,
    };
    store::insert(tx, &row)?;
    tx.wake(Topic::Jobs);
    Ok(row)
}

/// Begins the removal of an account, whatever else is at work on it.
///
/// # Errors
/// The database's.
pub(crate) fn start_removal(tx: &mut Tx<'_>, user_id: i64, now: Timestamp) -> Result<(), ApiError> {
    if let Some(row) = store::running_of(tx, user_id)? {
        finish(tx, &row, JobStatus::Cancelled, row.done, None, now)?;
    }
    let at = now.as_microsecond();
    let row = JobRow {
        id: Uuid::now_v7().to_string(),
        user_id,
        kind: word(JobKind::DeleteAccount)?,
        status: word(JobStatus::Running)?,
        done: 0,
        total: 0,
        input: "{}".to_owned(),
        result: None,
        problem: None,
        idempotency_key: None,
        request_hash: None,
        created_at: at,
        updated_at: at,
    };
    store::insert(tx, &row)?;
    tx.wake(Topic::Jobs);
    Ok(())
}

/// # Errors
/// `job_running` if the account has a job at work.
pub(crate) fn check_idle(conn: &mut Connection, user_id: i64) -> Result<(), ApiError> {
    match store::running_of(conn, user_id)? {
        None => Ok(()),
        Some(row) => Err(busy(&row)?),
    }
}

fn busy(row: &JobRow) -> Result<ApiError, ApiError> {
    let what = match row.kind()? {
        JobKind::Import => "An import",
        JobKind::Undo => "An undo",
        JobKind::Redo => "A redo",
        JobKind::DeleteAccount => "The removal of the account",
    };
    let detail = format!("{what} is at work ({} of {}). Wait for it, or cancel it.", row.done, row.total);
    Ok(ApiError { retry_after: Some(2), ..ApiError::new(Code::JobRunning, detail) })
}

/// The job that was begun under the same key before.
///
/// # Errors
/// `idempotency_key_reused` if it was another request.
pub(crate) fn replay(conn: &mut Connection, author: &Author) -> Result<Option<JobRow>, ApiError> {
    let Some(key) = author.idempotency_key.as_deref() else { return Ok(None) };
    let Some(row) = store::by_key(conn, author.user_id, key)? else { return Ok(None) };
    let same = match (&row.request_hash, &author.request_hash) {
        (Some(first), Some(now)) => first.as_slice() == now.as_slice(),
        _ => true,
    };
    match same {
        true => Ok(Some(row)),
        false => Err(ApiError::new(Code::IdempotencyKeyReused, "Send a new key with a new request.")),
    }
}

/// Adds parts to a job that has not begun its work.
pub(crate) async fn hand_over(state: &AppState, user_id: i64, parts: Vec<PartRow>) -> Result<(), ApiError> {
    let add = move |tx: &mut Tx<'_>| parts.iter().try_for_each(|part| Ok(store::add_part(tx, part)?));
    state.db.write(Scope::Account(user_id), add).await
}

/// All parts are there: the job may begin.
pub(crate) async fn receive<I: Serialize + Send + 'static>(
    state: &AppState,
    user_id: i64,
    id: String,
    input: I,
) -> Result<(), ApiError> {
    let receive = move |tx: &mut Tx<'_>| {
        store::set_input(tx, &id, &input)?;
        tx.wake(Topic::Jobs);
        Ok(())
    };
    state.db.write(Scope::Account(user_id), receive).await
}

/// Waits until the job has ended.
///
/// # Errors
/// It is gone; the database's.
pub(crate) async fn wait(state: &AppState, user_id: i64, id: JobId) -> Result<JobRow, ApiError> {
    // Listening begins before the first look.
    let mut wakes = state.signals.subscribe(Topic::Job(id.0));
    loop {
        wakes.mark_unchanged();
        let row = state.db.read(move |conn| Ok(store::find(conn, user_id, id)?)).await?;
        let row = row.ok_or_else(|| ApiError::not_found("job"))?;
        if !row.is_running() {
            return Ok(row);
        }
        wakes.changed().await.map_err(ApiError::internal)?;
    }
}

/// The job that ended, or why it failed.
///
/// # Errors
/// Its problem.
pub(crate) fn ended(row: &JobRow) -> Result<Job, ApiError> {
    let job = row.job()?;
    match (job.status, &job.problem) {
        (JobStatus::Failed, Some(problem)) => Err(ApiError {
            errors: problem.errors.clone(),
            ..ApiError::new(Code::of_word(&problem.code), problem.detail.clone())
        }),
        (JobStatus::Cancelled, _) => {
            let detail = format!("This was cancelled; {} of {} is done.", job.done, job.total);
            Err(ApiError::new(Code::JobCancelled, detail))
        }
        _ => Ok(job),
    }
}

/// 202: the job is at work, or is done by now.
pub(crate) fn accepted(job: &Job) -> HttpResponse {
    HttpResponse::Accepted().insert_header((header::LOCATION, format!("/api/jobs/{}", job.id))).json(job)
}

pub(super) fn list(conn: &mut Connection, user_id: i64) -> Result<Vec<Job>, ApiError> {
    store::latest(conn, user_id, LISTED)?.iter().map(JobRow::job).collect()
}

pub(super) fn get(conn: &mut Connection, user_id: i64, id: JobId) -> Result<Job, ApiError> {
    store::find(conn, user_id, id)?.ok_or_else(|| ApiError::not_found("job"))?.job()
}

/// Ends a job between two steps. One that has ended stays as it is.
pub(super) fn cancel(tx: &mut Tx<'_>, user_id: i64, id: JobId, now: Timestamp) -> Result<Job, ApiError> {
    let row = store::find(tx, user_id, id)?.ok_or_else(|| ApiError::not_found("job"))?;
    if row.is_running() {
        finish(tx, &row, JobStatus::Cancelled, row.done, None, now)?;
    }
    get(tx, user_id, id)
}

/// Ends a job, and says how much of it is done.
pub(super) fn finish(
    tx: &mut Tx<'_>,
    row: &JobRow,
    status: JobStatus,
    done: i64,
    error: Option<&ApiError>,
    now: Timestamp,
) -> Result<(), ApiError> {
    let (did, total) = (u64::try_from(done).unwrap_or_default(), u64::try_from(row.total).unwrap_or_default());
    let known = store::input::<Known>(row).unwrap_or_default().known;
    let result = match row.kind()? {
        JobKind::Import => JobResult { imported: Some(did), known: Some(known), undone: None, total },
        JobKind::Undo | JobKind::Redo => JobResult { undone: Some(did), total, ..JobResult::default() },
        JobKind::DeleteAccount => JobResult { total, ..JobResult::default() },
    };
    let problem = error.map(|error| serde_json::to_string(&error.problem(None))).transpose();
    let end = End {
        status,
        done,
        result: serde_json::to_string(&result).map_err(ApiError::internal)?,
        problem: problem.map_err(ApiError::internal)?,
    };
    store::finish(tx, &row.id, &end, now)?;
    tx.wake(Topic::Job(row.job_id()?.0));
    // Its parts are to be cleared.
    tx.wake(Topic::Jobs);
    Ok(())
}

/// What an import left, as its input has it.
#[derive(Default, Deserialize)]
struct Known {
    #[serde(default)]
    known: u64,
}

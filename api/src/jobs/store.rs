//! The jobs' rows.

use crate::clock::timestamp;
use crate::error::ApiError;
use crate::schema::{job_parts, jobs};
use crate::words::from_word;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use todo_contract::{Job, JobId, JobKind, JobStatus};
use uuid::Uuid;

/// A job's row.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = jobs)]
pub(crate) struct JobRow {
    pub(crate) id: String,
    pub(crate) user_id: i64,
    pub(super) kind: String,
    pub(super) status: String,
    pub(crate) done: i64,
    pub(crate) total: i64,
    pub(super) input: String,
    pub(super) result: Option<String>,
    pub(super) problem: Option<String>,
    pub(super) idempotency_key: Option<String>,
    pub(super) request_hash: Option<Vec<u8>>,
    pub(super) created_at: i64,
    pub(super) updated_at: i64,
}

impl JobRow {
    pub(crate) fn job_id(&self) -> Result<JobId, ApiError> {
        Uuid::parse_str(&self.id).map(JobId).map_err(ApiError::internal)
    }

    pub(crate) fn kind(&self) -> Result<JobKind, ApiError> {
        from_word(&self.kind)
    }

    pub(crate) fn is_running(&self) -> bool {
        self.status == RUNNING
    }

    /// As clients see it.
    pub(crate) fn job(&self) -> Result<Job, ApiError> {
        let result = self.result.as_deref().map(serde_json::from_str).transpose().map_err(ApiError::internal)?;
        let problem = self.problem.as_deref().map(serde_json::from_str).transpose().map_err(ApiError::internal)?;
        Ok(Job {
            id: self.job_id()?,
            kind: self.kind()?,
            status: from_word(&self.status)?,
            done: u64::try_from(self.done).unwrap_or_default(),
            total: u64::try_from(self.total).unwrap_or_default(),
            result,
            problem,
            created_at: timestamp(self.created_at),
            updated_at: timestamp(self.updated_at),
        })
    }
}

/// Something that a job still has to do.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = job_parts)]
pub(crate) struct PartRow {
    pub(crate) job_id: String,
    pub(crate) part: i64,
    pub(crate) items: i64,
    pub(crate) data: String,
}

const RUNNING: &str = "running";

pub(super) fn insert(conn: &mut SqliteConnection, row: &JobRow) -> QueryResult<()> {
    diesel::insert_into(jobs::table).values(row).execute(conn).map(drop)
}

pub(super) fn any(conn: &mut SqliteConnection, id: &str) -> QueryResult<Option<JobRow>> {
    jobs::table.find(id).select(JobRow::as_select()).first(conn).optional()
}

pub(super) fn find(conn: &mut SqliteConnection, user_id: i64, id: JobId) -> QueryResult<Option<JobRow>> {
    Ok(any(conn, &id.to_string())?.filter(|row| row.user_id == user_id))
}

pub(super) fn latest(conn: &mut SqliteConnection, user_id: i64, limit: i64) -> QueryResult<Vec<JobRow>> {
    let of_user = jobs::table.filter(jobs::user_id.eq(user_id));
    of_user.order((jobs::created_at.desc(), jobs::id.desc())).limit(limit).select(JobRow::as_select()).load(conn)
}

pub(super) fn running_of(conn: &mut SqliteConnection, user_id: i64) -> QueryResult<Option<JobRow>> {
    let of_user = jobs::table.filter(jobs::user_id.eq(user_id)).filter(jobs::status.eq(RUNNING));
    of_user.select(JobRow::as_select()).first(conn).optional()
}

/// The id, the account and the kind of every job at work, longest waiting first.
pub(super) fn running(conn: &mut SqliteConnection) -> QueryResult<Vec<(String, i64, String)>> {
    let running = jobs::table.filter(jobs::status.eq(RUNNING));
    running.order(jobs::updated_at).select((jobs::id, jobs::user_id, jobs::kind)).load(conn)
}

pub(super) fn by_key(conn: &mut SqliteConnection, user_id: i64, key: &str) -> QueryResult<Option<JobRow>> {
    let of_user = jobs::table.filter(jobs::user_id.eq(user_id)).filter(jobs::idempotency_key.eq(key));
    of_user.select(JobRow::as_select()).first(conn).optional()
}

/// Notes how far a job is.
pub(super) fn advance(conn: &mut SqliteConnection, id: &str, done: i64, now: Timestamp) -> QueryResult<()> {
    diesel::update(jobs::table.find(id))
        .set((jobs::done.eq(done), jobs::updated_at.eq(now.as_microsecond())))
        .execute(conn)
        .map(drop)
}

/// How a job ended.
pub(super) struct End {
    pub(super) status: JobStatus,
    pub(super) done: i64,
    pub(super) result: String,
    pub(super) problem: Option<String>,
}

pub(super) fn finish(conn: &mut SqliteConnection, id: &str, end: &End, now: Timestamp) -> Result<(), ApiError> {
    diesel::update(jobs::table.find(id))
        .set((
            jobs::status.eq(crate::words::word(end.status)?),
            jobs::done.eq(end.done),
            jobs::input.eq("{}"),
            jobs::result.eq(&end.result),
            jobs::problem.eq(&end.problem),
            jobs::updated_at.eq(now.as_microsecond()),
        ))
        .execute(conn)?;
    Ok(())
}

/// What the job needs to go on.
pub(crate) fn input<T: DeserializeOwned>(row: &JobRow) -> Result<T, ApiError> {
    serde_json::from_str(&row.input).map_err(ApiError::internal)
}

pub(crate) fn set_input<T: Serialize>(conn: &mut SqliteConnection, id: &str, input: &T) -> Result<(), ApiError> {
    let input = serde_json::to_string(input).map_err(ApiError::internal)?;
    diesel::update(jobs::table.find(id)).set(jobs::input.eq(input)).execute(conn)?;
    Ok(())
}

pub(super) fn add_part(conn: &mut SqliteConnection, part: &PartRow) -> QueryResult<()> {
    diesel::insert_into(job_parts::table).values(part).execute(conn).map(drop)
}

/// The first part that is not done.
pub(crate) fn first_part(conn: &mut SqliteConnection, job_id: &str) -> Result<Option<PartRow>, ApiError> {
    let of_job = job_parts::table.filter(job_parts::job_id.eq(job_id)).order(job_parts::part);
    Ok(of_job.select(PartRow::as_select()).first(conn).optional()?)
}

pub(crate) fn remove_part(conn: &mut SqliteConnection, part: &PartRow) -> Result<(), ApiError> {
    diesel::delete(job_parts::table.find((&part.job_id, part.part))).execute(conn)?;
    Ok(())
}

/// Whether jobs that have ended left parts behind.
pub(super) fn has_left_parts(conn: &mut SqliteConnection) -> QueryResult<bool> {
    let left = job_parts::table.inner_join(jobs::table).filter(jobs::status.ne(RUNNING));
    diesel::select(diesel::dsl::exists(left)).get_result(conn)
}

/// Deletes at most `limit` parts of jobs that have ended; how many.
pub(super) fn clear_parts(conn: &mut SqliteConnection, limit: i64) -> QueryResult<usize> {
    let parts: Vec<(String, i64)> = job_parts::table
        .inner_join(jobs::table)
        .filter(jobs::status.ne(RUNNING))
        .select((job_parts::job_id, job_parts::part))
        .limit(limit)
        .load(conn)?;
    for (job_id, part) in &parts {
        diesel::delete(job_parts::table.find((job_id, part))).execute(conn)?;
    }
    Ok(parts.len())
}

/// Deletes at most `limit` jobs that ended before `before`; how many rows went.
pub(crate) fn clear_leftovers(conn: &mut SqliteConnection, before: Timestamp, limit: i64) -> QueryResult<usize> {
    let old: Vec<String> = jobs::table
        .filter(jobs::status.ne(RUNNING))
        .filter(jobs::updated_at.lt(before.as_microsecond()))
        .select(jobs::id)
        .limit(limit)
        .load(conn)?;
    diesel::delete(jobs::table.filter(jobs::id.eq_any(old))).execute(conn)
}

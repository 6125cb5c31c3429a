//! Requests that the api answers at once, or by a job where they are large.

use super::error::{ApiError, ApiResult};
use super::json;
use super::request::Call;
use gloo_timers::future::TimeoutFuture;
use serde::de::DeserializeOwned;
use todo_contract::{Job, JobId, JobResult, JobStatus};

/// Between two looks at a job.
const PAUSE_MS: u32 = 500;

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled<T> {
    /// It was answered at once.
    Now(T),
    /// A job did it, or as much of it as it got to.
    ByJob(JobResult),
}

/// Sends `call` and waits for the job, if it is answered by one.
///
/// # Errors
/// The job's problem if it failed; else see [`Call::text`].
pub async fn settled<T: DeserializeOwned>(call: Call) -> ApiResult<Settled<T>> {
    let text = call.text().await?;
    if let Ok(job) = json::read::<Job>(&text) {
        return wait(job).await.map(Settled::ByJob);
    }
    json::read(&text).map(Settled::Now).map_err(|_| ApiError::unexpected(200))
}

async fn wait(mut job: Job) -> ApiResult<JobResult> {
    while job.status == JobStatus::Running {
        TimeoutFuture::new(PAUSE_MS).await;
        job = match get(job.id).await {
            Ok(job) => job,
            // The job goes on without us.
            Err(error) if error.is_offline() => job,
            Err(error) => return Err(error),
        };
    }
    match (job.status, job.problem) {
        (JobStatus::Failed, Some(problem)) => {
            Err(ApiError { code: problem.code, detail: problem.detail, fields: problem.errors, status: problem.status })
        }
        _ => Ok(job.result.unwrap_or_default()),
    }
}

async fn get(id: JobId) -> ApiResult<Job> {
    Call::get(format!("/jobs/{id}")).fetch().await
}

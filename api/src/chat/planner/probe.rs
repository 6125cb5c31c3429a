//! Trying the model out, in the name of whoever wants to know.

use super::{TraceHeaders, remote};
use crate::error::{ApiError, Code};
use crate::state::AppState;
use reqwest::StatusCode;
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use todo_contract::ProbeReport;
use tokio::sync::oneshot;

/// How long the agent may take for all its trials.
const PATIENCE: Duration = Duration::from_secs(90);
/// When it is worth asking again while a trial is under way.
const RETRY_AFTER: u64 = 10;

/// The accounts whose trial is under way: each has one at most.
#[derive(Debug, Default)]
pub(in crate::chat) struct ProbesUnderWay(Mutex<HashSet<i64>>);

/// A trial under way; it goes on, and costs, also when the client has gone away.
struct UnderWay<'a> {
    probes: &'a ProbesUnderWay,
    user_id: i64,
}

impl ProbesUnderWay {
    fn begin(&self, user_id: i64) -> Result<UnderWay<'_>, ApiError> {
        if self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(user_id) {
            return Ok(UnderWay { probes: self, user_id });
        }
        let detail = "The model is being tested for you already. Wait for that to end.";
        Err(ApiError { retry_after: Some(RETRY_AFTER), ..ApiError::new(Code::RateLimited, detail) })
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.probes.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.user_id);
    }
}

/// Lets the agent try its model, which goes on when nobody waits for it any more.
pub(super) async fn probe(state: &AppState, user_id: i64, trace: &TraceHeaders) -> Result<ProbeReport, ApiError> {
    let (tell, told) = oneshot::channel();
    let (own, trace) = (state.clone(), trace.clone());
    state.spawn(async move {
        tokio::select! {
            () = own.shutdown.cancelled() => {}
            report = try_model(&own, user_id, &trace) => drop(tell.send(report)),
        }
    });
    told.await.map_err(|gone| unavailable("The server is stopping.", gone))?
}

async fn try_model(state: &AppState, user_id: i64, trace: &TraceHeaders) -> Result<ProbeReport, ApiError> {
    let _under_way = state.chat.probes.begin(user_id)?;
    state.limits.probe(user_id)?;
    let (status, body) = match tokio::time::timeout(PATIENCE, remote::probe(state, trace)).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => return Err(unavailable("The assistant cannot be reached right now.", error)),
        Err(late) => return Err(unavailable("The model took too long to be tested.", late)),
    };
    match status {
        StatusCode::OK => serde_json::from_slice(&body).map_err(not_understood),
        StatusCode::CONFLICT => Err(ApiError::new(
            Code::NoModel,
            "No model is set up on this server, so there is nothing to test. The built-in planner works without one.",
        )),
        status => Err(not_understood(format!("the agent answered {status}"))),
    }
}

fn not_understood(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ApiError {
    unavailable("The assistant did not answer as it should.", source)
}

fn unavailable(detail: &str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ApiError {
    let source = source.into();
    tracing::warn!(error = %source, "the model cannot be tested");
    ApiError { source: Some(source), ..ApiError::new(Code::AgentUnavailable, detail) }
}

//! The agent, over HTTP.

use super::{StepStream, TraceHeaders, events};
use crate::chat::engine::Failure;
use crate::state::AppState;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{RequestBuilder, StatusCode};
use secrecy::ExposeSecret;
use todo_contract::StepRequest;
use todo_contract::step::PlannerInfo;

/// Asks the agent for a step.
pub(super) async fn begin_step(
    state: &AppState,
    trace: &TraceHeaders,
    request: &StepRequest,
) -> Result<StepStream, Failure> {
    let call = post(state, trace, "/v1/step").header(ACCEPT, "text/event-stream").json(request);
    let response = call.send().await.map_err(|error| unavailable(&error))?;
    let is_stream = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("text/event-stream"));
    if response.status() != StatusCode::OK || !is_stream {
        return Err(unavailable(&format!("the agent answered {}", response.status())));
    }
    Ok(events::events(response.bytes_stream()))
}

/// Asks the agent who would plan.
pub(super) async fn info(state: &AppState) -> Option<PlannerInfo> {
    let url = format!("{}/v1/info", state.settings.agent_url);
    let answer = state.http.get(url).bearer_auth(token(state)).send().await.ok()?;
    answer.error_for_status().ok()?.json().await.ok()
}

/// Lets the agent try its model; with the agent's status and body.
pub(super) async fn probe(state: &AppState, trace: &TraceHeaders) -> Result<(StatusCode, Vec<u8>), reqwest::Error> {
    let response = post(state, trace, "/v1/probe").header(ACCEPT, "application/json").send().await?;
    Ok((response.status(), response.bytes().await?.to_vec()))
}

fn post(state: &AppState, trace: &TraceHeaders, path: &str) -> RequestBuilder {
    let call = state.http.post(format!("{}{path}", state.settings.agent_url)).bearer_auth(token(state));
    let ids = [("x-request-id", &trace.request_id), ("traceparent", &trace.traceparent)];
    ids.into_iter().fold(call, |call, (name, id)| match id {
        Some(id) => call.header(name, id),
        None => call,
    })
}

fn token(state: &AppState) -> &str {
    state.settings.secrets.agent_token.expose_secret()
}

fn unavailable(error: &dyn std::fmt::Display) -> Failure {
    tracing::warn!(%error, "the agent cannot be reached");
    Failure::AgentUnavailable
}

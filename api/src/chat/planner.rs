//! Whom the api asks for the next step: the agent, or the built-in planner within the api.

mod events;
mod info;
mod local;
mod probe;
mod remote;
pub(super) mod routes;

pub(super) use info::InfoCache;
pub(super) use probe::ProbesUnderWay;

use super::engine::Failure;
use crate::state::AppState;
use futures_util::stream::BoxStream;
use todo_contract::{PlannerKind, StepEvent, StepRequest};

/// The events of a step as they come. Dropping it cancels the step.
pub(super) type StepStream = BoxStream<'static, Result<StepEvent, Failure>>;

/// The headers by which logs and traces of a request are found again in the agent.
#[derive(Clone, Debug, Default)]
pub(super) struct TraceHeaders {
    /// `x-request-id`.
    pub(super) request_id: Option<String>,
    /// `traceparent`.
    pub(super) traceparent: Option<String>,
}

/// Begins a step. Where the built-in planner was asked for by name and the agent is gone, the api plans by
/// itself; it never changes the planner otherwise.
pub(super) async fn begin_step(
    state: &AppState,
    trace: &TraceHeaders,
    request: &StepRequest,
) -> Result<StepStream, Failure> {
    match remote::begin_step(state, trace, request).await {
        Err(Failure::AgentUnavailable) if request.planner == Some(PlannerKind::Builtin) => {
            local::begin_step(request).await
        }
        begun => begun,
    }
}

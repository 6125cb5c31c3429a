//! The built-in planner within the api, for when the agent is gone.

use super::StepStream;
use crate::chat::engine::Failure;
use futures_util::{StreamExt, stream};
use todo_contract::{PlannerKind, StepEvent, StepRequest};

/// Plans a step. It is pure computation, so it runs away from the async threads.
pub(super) async fn begin_step(request: &StepRequest) -> Result<StepStream, Failure> {
    let StepRequest { context, messages, .. } = request.clone();
    let planned = tokio::task::spawn_blocking(move || todo_builtin::step(&context, &messages));
    let step = planned.await.map_err(|_| Failure::AgentBroken)?;
    let started = StepEvent::Started { planner: PlannerKind::Builtin, model: None };
    let text = (!step.text.is_empty()).then_some(StepEvent::Text { text: step.text });
    let calls = step.calls.into_iter().map(StepEvent::Call);
    let finished = StepEvent::Finished { finish: step.finish };
    let events: Vec<_> = [started].into_iter().chain(text).chain(calls).chain([finished]).map(Ok).collect();
    Ok(stream::iter(events).boxed())
}

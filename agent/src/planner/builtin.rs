use super::{Events, Planner, Trace};
use futures_util::stream;
use todo_contract::{PlannerKind, StepEvent, StepRequest};

/// The deterministic English planner.
#[derive(Clone, Copy, Debug)]
pub struct Builtin;

impl Planner for Builtin {
    fn kind(&self) -> PlannerKind {
        PlannerKind::Builtin
    }

    fn model(&self) -> Option<&str> {
        None
    }

    fn step(&self, request: StepRequest, _: Trace) -> Events {
        let step = todo_builtin::step(&request.context, &request.messages);
        let text = Some(step.text).filter(|text| !text.is_empty()).map(|text| StepEvent::Text { text });
        let calls = step.calls.into_iter().map(StepEvent::Call);
        let end = StepEvent::Finished { finish: step.finish };
        Box::pin(stream::iter(text.into_iter().chain(calls).chain([end]).collect::<Vec<_>>()))
    }
}

//! Counts and logs a step as its events pass by.

use crate::planner::Events;
use futures_util::{Stream, StreamExt, stream};
use std::time::Instant;
use todo_contract::{PlannerKind, StepEvent, StepFinish};
use tracing::Span;

/// Passes the events on. Neither logs nor metrics say anything of what was written.
pub(super) fn observed(planner: PlannerKind, events: Events) -> impl Stream<Item = StepEvent> {
    let observer = Observer::new(planner);
    stream::unfold((events, observer), |(mut events, mut observer)| async move {
        let event = events.next().await?;
        observer.note(&event);
        Some((event, (events, observer)))
    })
}

struct Observer {
    planner: &'static str,
    span: Span,
    begun: Instant,
    calls: u32,
    tokens: u64,
    /// How it ended; a step that is dropped before its end was cancelled.
    outcome: String,
}

impl Observer {
    fn new(planner: PlannerKind) -> Self {
        let planner = match planner {
            PlannerKind::Openai => "openai",
            PlannerKind::Builtin => "builtin",
        };
        metrics::gauge!("todo_agent_steps_running", "planner" => planner).increment(1.0);
        let (span, begun) = (Span::current(), Instant::now());
        Self { planner, span, begun, calls: 0, tokens: 0, outcome: "cancelled".into() }
    }

    fn note(&mut self, event: &StepEvent) {
        match event {
            StepEvent::Started { .. } | StepEvent::Text { .. } | StepEvent::Carry { .. } => {}
            StepEvent::Call(_) => self.calls += 1,
            StepEvent::Usage { input_tokens, output_tokens } => {
                self.tokens = input_tokens.saturating_add(*output_tokens);
                metrics::counter!("todo_agent_tokens_total", "direction" => "input").increment(*input_tokens);
                metrics::counter!("todo_agent_tokens_total", "direction" => "output").increment(*output_tokens);
            }
            StepEvent::Finished { finish } => {
                let outcome = match finish {
                    StepFinish::Stop => "stop",
                    StepFinish::ToolCalls => "tool_calls",
                    StepFinish::Length => "length",
                };
                outcome.clone_into(&mut self.outcome);
            }
            StepEvent::Error { code, .. } => self.outcome.clone_from(code),
        }
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        let elapsed = self.begun.elapsed();
        metrics::gauge!("todo_agent_steps_running", "planner" => self.planner).decrement(1.0);
        metrics::counter!("todo_agent_steps_total", "planner" => self.planner, "outcome" => self.outcome.clone())
            .increment(1);
        metrics::histogram!("todo_agent_step_duration_seconds", "planner" => self.planner)
            .record(elapsed.as_secs_f64());
        let (outcome, ms) = (self.outcome.as_str(), elapsed.as_secs_f64() * 1000.0);
        tracing::info!(parent: &self.span, planner = self.planner, outcome, ms, calls = self.calls, tokens = self.tokens, "step ended");
    }
}

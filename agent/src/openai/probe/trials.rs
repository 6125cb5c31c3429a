//! Saying something to the model as a chat would, and hearing what comes back.

use crate::failure::{Code, Failure};
use crate::openai::Endpoint;
use crate::openai::run::Run;
use crate::planner::{Trace, events_of};
use futures_util::StreamExt;
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use todo_contract::step::ProposedCall;
use todo_contract::{Locale, Message, StepContext, StepEvent, StepRequest, TaskId, TimeZoneName, ToolCall};
use tokio::time::{Instant, timeout_at};

/// What came back.
#[derive(Debug, Default)]
pub(super) struct Heard {
    pub(super) first: Option<Duration>,
    pub(super) pieces: usize,
    calls: Vec<ProposedCall>,
    pub(super) tokens: u64,
    pub(super) failure: Option<Failure>,
}

impl Heard {
    /// Whether the right tool was called. To look the task up first is right too.
    pub(super) fn calls_well(&self) -> bool {
        let right = |proposed: &ProposedCall| match &proposed.call {
            ToolCall::CompleteTasks(tasks) => tasks.ids == [TaskId(3)],
            ToolCall::ListTasks(_) => true,
            _ => false,
        };
        !self.calls.is_empty() && self.calls.iter().all(right)
    }

    /// Whether the model answered, and did not find its tool.
    pub(super) fn misses_tools(&self) -> bool {
        let answered = self.failure.as_ref().is_none_or(super::failure_is_of_words);
        answered && !self.calls_well()
    }

    /// What came of the request to call a tool, in a sentence.
    pub(super) fn told(&self) -> String {
        match (&self.failure, self.calls.first()) {
            (Some(failure), _) => failure.detail.clone(),
            (None, Some(call)) => format!("Asked to complete task 3, the model called {}.", call.call.name()),
            (None, None) => "Asked to complete task 3, the model answered in words and called no tool.".to_owned(),
        }
    }

    fn take(&mut self, event: StepEvent, begun: Instant) {
        match event {
            StepEvent::Text { .. } => {
                self.first.get_or_insert_with(|| begun.elapsed());
                self.pieces += 1;
            }
            StepEvent::Call(call) => {
                self.first.get_or_insert_with(|| begun.elapsed());
                self.calls.push(call);
            }
            StepEvent::Usage { input_tokens, output_tokens } => {
                self.tokens = input_tokens.saturating_add(output_tokens);
            }
            _ => {}
        }
    }
}

/// Says `text`, and listens until the step ends or it is too late.
pub(super) async fn say(endpoint: &Arc<Endpoint>, text: &str, deadline: Instant) -> Heard {
    let context = StepContext::new(Timestamp::now(), TimeZoneName::utc(), Locale::default());
    let request = StepRequest { planner: None, context, messages: vec![Message::User { text: text.to_owned() }] };
    let begun = Instant::now();
    let mut heard = Heard::default();
    let trace = Trace { request_id: uuid::Uuid::new_v4().to_string(), traceparent: None };
    let endpoint = Arc::clone(endpoint);
    let redactor = Arc::clone(&endpoint.redactor);
    let mut events = events_of(redactor, |out| async move { Run::new(&endpoint, &request, &trace, out).drive().await });
    loop {
        match timeout_at(deadline, events.next()).await {
            Ok(Some(StepEvent::Error { code, detail, .. })) => {
                heard.failure = Some(Failure::lasting(Code::named(&code), detail));
            }
            Ok(Some(event)) => heard.take(event, begun),
            Ok(None) => return heard,
            Err(_) => {
                heard.failure = Some(Failure::lasting(Code::Timeout, "The trial took more than a minute in all."));
                return heard;
            }
        }
    }
}

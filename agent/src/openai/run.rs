//! A step from the request to its last event: retries, adaptations and repairs around single exchanges.

use super::Endpoint;
use super::adapt::{Adaptation, adaptation_to};
use super::assembler::{Answer, Finish};
use super::exchange::Trouble;
use super::messages::ChatMessage;
use super::request::ChatRequest;
use super::wire::Usage;
use super::{calls, history, prompt, repair, retry};
use crate::failure::{Code, Failure};
use crate::planner::{Outlet, Trace};
use std::collections::HashSet;
use todo_contract::{Message, StepEvent, StepFinish, StepRequest};
use tokio::time::{Instant, timeout_at};

pub(super) struct Run<'a> {
    endpoint: &'a Endpoint,
    request: &'a StepRequest,
    trace: &'a Trace,
    out: Outlet,
    deadline: Instant,
    usage: Usage,
}

impl<'a> Run<'a> {
    pub(super) fn new(endpoint: &'a Endpoint, request: &'a StepRequest, trace: &'a Trace, out: Outlet) -> Self {
        let deadline = Instant::now() + endpoint.settings.step_timeout;
        Self { endpoint, request, trace, out, deadline, usage: Usage::default() }
    }

    /// Makes the step; its last event is `finished` or `error`, and tokens are told also of a failure.
    pub(super) async fn drive(mut self) {
        let outcome = timeout_at(self.deadline, self.answer()).await.unwrap_or_else(|_| {
            let seconds = self.endpoint.settings.step_timeout.as_secs();
            Err(Failure::passing(Code::Timeout, format!("The model did not answer within {seconds} seconds.")))
        });
        if let Usage { prompt_tokens: Some(input), completion_tokens: output } = self.usage {
            let usage = StepEvent::Usage { input_tokens: input, output_tokens: output.unwrap_or_default() };
            self.out.send(usage).await;
        }
        let last = match outcome {
            Ok(finish) => StepEvent::Finished { finish },
            Err(failure) => failure.into(),
        };
        self.out.send(last).await;
    }

    /// Asks until the calls make sense, and passes them on.
    async fn answer(&mut self) -> Result<StepFinish, Failure> {
        let mut messages = vec![ChatMessage::System { content: prompt::system_prompt(&self.request.context) }];
        messages.extend(history::trimmed(&self.request.messages, self.endpoint.settings.history_tokens));
        let mut taken = call_ids(&self.request.messages);
        let mut round = 0;
        loop {
            let answer = self.ask(&messages).await?;
            if answer.finish == Some(Finish::Filtered) {
                let detail = "The model's filter stopped this answer. Put it in other words.";
                return Err(Failure::lasting(Code::Refused, detail));
            }
            if answer.calls.is_empty() {
                return without_calls(&answer);
            }
            match calls::typed(&answer.calls, &mut taken) {
                Ok(calls) => {
                    for call in calls {
                        self.out.send(StepEvent::Call(call)).await;
                    }
                    return Ok(StepFinish::ToolCalls);
                }
                Err(_) if round == repair::MAX_REPAIRS => {
                    let detail =
                        "The model keeps sending malformed tool calls. None was run. A larger model may do better.";
                    return Err(Failure::passing(Code::Malformed, detail));
                }
                Err(problems) => {
                    round += 1;
                    tracing::info!(round, "the model is asked to repair its tool calls");
                    messages.extend(repair::messages(&answer, &problems, round));
                }
            }
        }
    }

    /// Gets one answer, adapting to refusals and retrying what may pass.
    async fn ask(&mut self, messages: &[ChatMessage]) -> Result<Answer, Failure> {
        let mut tried = 0;
        loop {
            let adaptations = self.endpoint.adaptations.get();
            let body = ChatRequest::new(&self.endpoint.settings, adaptations, messages);
            let outcome = self.endpoint.exchange(&body, self.trace, &mut self.out).await;
            if let Ok(answer) = &outcome {
                self.count(answer.usage);
            }
            let Trouble { failure, refusal } = match outcome {
                // The calls got lost: some servers cannot stream them.
                Ok(answer) if answer.finish == Some(Finish::Calls) && answer.calls.is_empty() => {
                    if !self.out.used() && !adaptations.has(Adaptation::NoStream) {
                        self.adapt(Adaptation::NoStream);
                        continue;
                    }
                    return Ok(answer);
                }
                Ok(answer) if is_empty(&answer) => empty_answer().into(),
                Ok(answer) => return Ok(answer),
                Err(trouble) => trouble,
            };
            if self.out.used() {
                return Err(failure);
            }
            let adaptation = refusal.and_then(|refusal| adaptation_to(refusal.0, &refusal.1, body.sent(adaptations)));
            if let Some(adaptation) = adaptation {
                self.adapt(adaptation);
                continue;
            }
            self.pause(tried, failure).await?;
            tried += 1;
        }
    }

    fn adapt(&self, adaptation: Adaptation) {
        tracing::info!(?adaptation, "adapting to what the model's server refuses");
        self.endpoint.adaptations.add(adaptation);
    }

    /// Waits before the next request, or gives the failure back if there is to be none.
    async fn pause(&self, tried: u32, failure: Failure) -> Result<(), Failure> {
        if !failure.retryable {
            return Err(failure);
        }
        let wait = retry::wait(&self.endpoint.settings, tried, failure.retry_after, fastrand::f64());
        match wait.filter(|wait| Instant::now() + *wait < self.deadline) {
            Some(wait) => {
                tracing::info!(code = failure.code.as_str(), ?wait, "the model is asked again");
                tokio::time::sleep(wait).await;
                Ok(())
            }
            None => Err(failure),
        }
    }

    fn count(&mut self, usage: Usage) {
        let add = |total: &mut Option<u64>, more: Option<u64>| {
            if let Some(more) = more {
                *total = Some(total.unwrap_or_default().saturating_add(more));
            }
        };
        add(&mut self.usage.prompt_tokens, usage.prompt_tokens);
        add(&mut self.usage.completion_tokens, usage.completion_tokens);
    }
}

fn without_calls(answer: &Answer) -> Result<StepFinish, Failure> {
    match answer.finish {
        Some(Finish::Length) if answer.text.is_empty() => Err(Failure::lasting(
            Code::Error,
            "The model used up its output bound before it said anything. Raise OPENAI_MAX_OUTPUT_TOKENS, or lower \
             OPENAI_REASONING_EFFORT.",
        )),
        Some(Finish::Length) => Ok(StepFinish::Length),
        _ if answer.text.is_empty() => Err(empty_answer()),
        _ => Ok(StepFinish::Stop),
    }
}

fn is_empty(answer: &Answer) -> bool {
    let ended = !matches!(answer.finish, Some(Finish::Length | Finish::Filtered));
    ended && answer.text.is_empty() && answer.calls.is_empty()
}

fn empty_answer() -> Failure {
    Failure::passing(Code::Malformed, "The model gave an empty answer.")
}

fn call_ids(messages: &[Message]) -> HashSet<String> {
    let calls = messages.iter().filter_map(|message| match message {
        Message::Assistant { calls, .. } => Some(calls),
        _ => None,
    });
    calls.flatten().map(|call| call.id.as_str().to_owned()).collect()
}

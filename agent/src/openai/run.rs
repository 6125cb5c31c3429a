//! A step from the request to its last event: asks, has calls mended, passes on what is right.

use super::Endpoint;
use super::answer::{Answer, Finish, Usage};
use super::asking::Asking;
use super::structured::{self, Read};
use super::{calls, prompt, repair};
use crate::failure::{Code, Failure};
use crate::planner::{Outlet, Trace};
use std::collections::HashSet;
use todo_contract::{Message, StepEvent, StepFinish, StepRequest};
use tokio::time::{Instant, timeout_at};

pub(super) struct Run<'a> {
    asking: Asking<'a>,
    request: &'a StepRequest,
    out: Outlet,
    deadline: Instant,
    seconds: u64,
}

impl<'a> Run<'a> {
    pub(super) fn new(endpoint: &'a Endpoint, request: &'a StepRequest, trace: &'a Trace, out: Outlet) -> Self {
        let deadline = Instant::now() + endpoint.settings.step_timeout;
        let instructions = prompt::system_prompt(&request.context);
        let asking = Asking::new(endpoint, &request.messages, instructions, trace, deadline);
        Self { asking, request, out, deadline, seconds: endpoint.settings.step_timeout.as_secs() }
    }

    /// Makes the step; its last event is `finished` or `error`, and tokens are told also of a failure.
    pub(super) async fn drive(mut self) {
        let seconds = self.seconds;
        let outcome = timeout_at(self.deadline, self.answer()).await.unwrap_or_else(|_| {
            Err(Failure::passing(Code::Timeout, format!("The model did not answer within {seconds} seconds.")))
        });
        if let Usage { input: Some(input), output } = self.asking.usage {
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
        let mut taken = call_ids(&self.request.messages);
        for round in 1.. {
            let mut answer = self.asking.answer(&mut self.out).await?;
            if answer.finish == Some(Finish::Filtered) {
                let detail = "The model's filter stopped this answer. Put it in other words.";
                return Err(Failure::lasting(Code::Refused, detail));
            }
            let unreadable = self.read(&mut answer).await;
            answer.keep_calls(&calls::without_repetitions(&answer.calls));
            if unreadable.is_none() && answer.calls.is_empty() {
                return without_calls(&answer, self.asking.follows_result());
            }
            let problems = match unreadable {
                None => match calls::typed(&answer.calls, &mut taken) {
                    Ok(calls) => {
                        for call in calls {
                            self.out.send(StepEvent::Call(call)).await;
                        }
                        if let Some(carry) = answer.carried.pack() {
                            self.out.send(StepEvent::Carry { carry }).await;
                        }
                        return Ok(StepFinish::ToolCalls);
                    }
                    Err(problems) => repair::messages(&answer, &problems, round),
                },
                Some(problem) => repair::reply(&answer.text, problem),
            };
            if round > repair::MAX_REPAIRS {
                break;
            }
            tracing::info!(round, "the model is asked to repair its answer");
            self.asking.add(problems);
        }
        Err(Failure::passing(Code::Malformed, repair::GIVEN_UP))
    }

    /// Takes structured output apart, and what only looks like a call for the text that it is. Gives what is
    /// wrong, if it cannot be read.
    async fn read(&mut self, answer: &mut Answer) -> Option<&'static str> {
        if let Some(written) = answer.written.take_if(|written| self.asking.is_quoted(written)) {
            answer.calls.clear();
            answer.text.push_str(&written);
            self.out.send(StepEvent::Text { text: written }).await;
            return None;
        }
        if !self.asking.is_structured() || !answer.calls.is_empty() {
            return None;
        }
        match structured::read(&answer.text) {
            Read::Reply(text)
                if text.is_empty() && answer.finish != Some(Finish::Length) && !self.asking.follows_result() =>
            {
                Some("both \"reply\" and \"calls\" are empty.")
            }
            Read::Reply(text) => {
                answer.text.clone_from(&text);
                if !text.is_empty() {
                    self.out.send(StepEvent::Text { text }).await;
                }
                None
            }
            Read::Calls(calls) => {
                answer.text.clear();
                answer.calls = calls;
                None
            }
            Read::Malformed(problem) => Some(problem),
        }
    }
}

fn without_calls(answer: &Answer, may_be_empty: bool) -> Result<StepFinish, Failure> {
    match answer.finish {
        Some(Finish::Length) if answer.text.is_empty() => Err(Failure::lasting(
            Code::Error,
            "The model used up its output bound before it said anything. Raise OPENAI_MAX_OUTPUT_TOKENS, or lower \
             OPENAI_REASONING_EFFORT.",
        )),
        Some(Finish::Length) => Ok(StepFinish::Length),
        _ if answer.text.is_empty() && !may_be_empty => {
            Err(Failure::passing(Code::Malformed, "The model gave an empty answer."))
        }
        _ => Ok(StepFinish::Stop),
    }
}

fn call_ids(messages: &[Message]) -> HashSet<String> {
    let calls = messages.iter().filter_map(|message| match message {
        Message::Assistant { calls, .. } => Some(calls),
        _ => None,
    });
    calls.flatten().map(|call| call.id.as_str().to_owned()).collect()
}

//! One turn: a saying, and the steps until its answer.

use futures_util::StreamExt;
use jiff::Timestamp;
use std::time::{Duration, Instant};
use todo_agent::planner::{Planner, Trace};
use todo_contract::step::{Carry, ProposedCall};
use todo_contract::{
    CallStatus, Locale, Message, StepContext, StepEvent, StepFinish, StepRequest, TimeZoneName, ToolResult,
};
use todo_corpus::{List, Touched};

/// As many as the api allows.
const STEPS_MAX: usize = 8;
/// Wednesday 4 November 2026, 10:00 UTC: the day of the corpus.
const NOW_SECONDS: i64 = 1_793_786_400;

/// What a turn did and took.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turn {
    pub answer: String,
    pub asked: bool,
    pub steps: usize,
    pub input_tokens: u64,
    pub output_tokens: u64,
    /// Until the first text or call.
    pub first: Option<Duration>,
    pub took: Duration,
    /// Why it did not come to an end.
    pub failed: Option<String>,
}

struct Step {
    text: String,
    calls: Vec<ProposedCall>,
    carry: Option<Carry>,
    finish: StepFinish,
}

/// Says `text` and runs the turn to its end; `approve` is the answer to a question for a yes.
pub(crate) async fn say(
    planner: &dyn Planner,
    list: &mut List,
    messages: &mut Vec<Message>,
    text: &str,
    approve: bool,
    timeout: Duration,
) -> Turn {
    messages.push(Message::User { text: text.to_owned() });
    let started = Instant::now();
    let mut turn = Turn::default();
    let steps = take_steps(planner, list, messages, approve, started, &mut turn);
    let ended = tokio::time::timeout(timeout, steps).await;
    turn.failed = match ended {
        Ok(outcome) => outcome.err(),
        Err(_) => Some(format!("no end after {} s", timeout.as_secs())),
    };
    turn.took = started.elapsed();
    turn
}

async fn take_steps(
    planner: &dyn Planner,
    list: &mut List,
    messages: &mut Vec<Message>,
    approve: bool,
    started: Instant,
    turn: &mut Turn,
) -> Result<(), String> {
    let mut touched = Touched::default();
    for _ in 0..STEPS_MAX {
        turn.steps += 1;
        let step = take_step(planner, messages, started, turn).await?;
        turn.answer.clone_from(&step.text);
        messages.push(Message::Assistant { text: step.text, calls: step.calls.clone(), carry: step.carry });
        if step.calls.is_empty() {
            return if step.finish == StepFinish::Length { Err("the answer was cut off".into()) } else { Ok(()) };
        }
        for ProposedCall { id, call } in step.calls {
            let asks = touched.asks(list, &call);
            turn.asked |= asks;
            let (status, result) =
                if asks && !approve { (CallStatus::Declined, ToolResult::Declined) } else { list.run(&call) };
            messages.push(Message::Tool { call_id: id, status, result });
        }
    }
    Err(format!("no end after {STEPS_MAX} steps"))
}

async fn take_step(
    planner: &dyn Planner,
    messages: &[Message],
    started: Instant,
    turn: &mut Turn,
) -> Result<Step, String> {
    let now = Timestamp::from_second(NOW_SECONDS).map_err(|e| e.to_string())?;
    let context = StepContext::new(now, TimeZoneName::utc(), Locale::default());
    let request = StepRequest { planner: Some(planner.kind()), context, messages: messages.to_vec() };
    let mut events = planner.step(request, Trace::default());
    let (mut text, mut calls, mut carry) = (String::new(), Vec::new(), None);
    while let Some(event) = events.next().await {
        match event {
            StepEvent::Text { text: piece } => {
                turn.first.get_or_insert_with(|| started.elapsed());
                text.push_str(&piece);
            }
            StepEvent::Call(call) => {
                turn.first.get_or_insert_with(|| started.elapsed());
                calls.push(call);
            }
            StepEvent::Carry { carry: given } => carry = Some(given),
            StepEvent::Usage { input_tokens, output_tokens, .. } => {
                turn.input_tokens += input_tokens;
                turn.output_tokens += output_tokens;
            }
            StepEvent::Finished { finish } => return Ok(Step { text, calls, carry, finish }),
            StepEvent::Error { code, detail, .. } => return Err(format!("{code}: {detail}")),
            StepEvent::Started { .. } => {}
        }
    }
    Err("the step ended without an end".into())
}

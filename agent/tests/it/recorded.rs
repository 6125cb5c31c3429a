//! Answers in the shapes of the public documentation, parsed whole: see `fixtures/README.md`.

use crate::support::{Agent, calls_of, end_of, saying, settings, text_of};
use serde_json::{Value, json};
use todo_contract::StepEvent;
use todo_e2e::model::{Reply, ScriptedModel, Step};

const SORRY: &str = "I'm sorry, I can't help with that.";

/// A fixture, and how a step must end with it: its text, its calls, its end, its tokens.
struct Fixture {
    name: &'static str,
    body: &'static str,
    text: &'static str,
    calls: bool,
    end: &'static str,
    tokens: Option<(u64, u64)>,
}

const CHAT: Option<(u64, u64)> = Some((82, 17));
const RESPONSES: Option<(u64, u64)> = Some((37, 11));

macro_rules! fixture {
    ($name:literal, $text:expr, $calls:literal, $end:literal, $tokens:expr) => {
        Fixture {
            name: $name,
            body: include_str!(concat!("fixtures/", $name)),
            text: $text,
            calls: $calls,
            end: $end,
            tokens: $tokens,
        }
    };
}

const ALL: [Fixture; 10] = [
    fixture!("chat-text.sse", "Task 3 is done.", false, "stop", CHAT),
    fixture!("chat-call.sse", "", true, "tool_calls", CHAT),
    fixture!("chat-refusal.sse", SORRY, false, "stop", CHAT),
    fixture!("chat-call.json", "", true, "tool_calls", CHAT),
    fixture!("responses-text.sse", "Task 3 is done.", false, "stop", RESPONSES),
    fixture!("responses-call.sse", "", true, "tool_calls", RESPONSES),
    fixture!("responses-call.json", "", true, "tool_calls", RESPONSES),
    fixture!("responses-refusal.sse", SORRY, false, "stop", RESPONSES),
    fixture!("responses-incomplete.sse", "Task 3", false, "length", RESPONSES),
    // The reader gives a failed response up; its tokens are not told.
    fixture!("responses-failed.sse", "", false, "model_error", None),
];

fn reply(fixture: &Fixture, size: usize) -> Reply {
    if fixture.name.ends_with("json") {
        return Reply::new(200, "application/json").bytes(fixture.body);
    }
    fixture.body.as_bytes().chunks(size).fold(Reply::stream(), Reply::bytes)
}

async fn check(fixture: &Fixture, size: usize) {
    let api = fixture.name.split('-').next().unwrap();
    let model = ScriptedModel::start([Step::new(reply(fixture, size))]).await.unwrap();
    let agent = Agent::start(&settings(Some(&model.base_url), &[("OPENAI_API", api), ("OPENAI_RETRIES", "0")]));
    let events = agent.step(&saying("done with 3")).await;
    model.finish().await.unwrap();
    let calls: Vec<(String, Value)> =
        if fixture.calls { vec![("complete_tasks".to_owned(), json!({"ids": [3]}))] } else { Vec::new() };
    let expected = (fixture.text.to_owned(), calls, fixture.end.to_owned());
    assert_eq!((text_of(&events), calls_of(&events), end_of(&events)), expected, "{} by {size}", fixture.name);
    let tokens = events.iter().find_map(|event| match event {
        StepEvent::Usage { input_tokens, output_tokens } => Some((*input_tokens, *output_tokens)),
        _ => None,
    });
    assert_eq!(tokens, fixture.tokens, "{}", fixture.name);
    let carries = events.iter().any(|event| matches!(event, StepEvent::Carry { .. }));
    assert_eq!(carries, fixture.calls && api == "responses", "{}", fixture.name);
}

#[tokio::test]
async fn every_documented_shape_is_read_whole_and_in_pieces() {
    for fixture in &ALL {
        for size in [usize::MAX, 7] {
            check(fixture, size).await;
        }
    }
}

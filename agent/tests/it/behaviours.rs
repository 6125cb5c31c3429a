//! What servers really do, each as a small scripted server over real HTTP, and how the step must end.

use crate::support::{Agent, calls_of, end_of, saying, settings, text_of};
use serde_json::{Value, json};
use todo_contract::StepEvent;
use todo_e2e::model::{Reply, ScriptedModel, Step};

/// A server's behaviour, and how a step against it must end.
struct Case {
    name: &'static str,
    settings: &'static [(&'static str, &'static str)],
    script: Vec<Step>,
    end: &'static str,
    text: &'static str,
    calls: Vec<(&'static str, Value)>,
}

impl Case {
    fn new(name: &'static str, replies: impl IntoIterator<Item = Reply>) -> Self {
        Self::steps(name, replies.into_iter().map(Step::new))
    }

    fn steps(name: &'static str, script: impl IntoIterator<Item = Step>) -> Self {
        Self { name, settings: &[], script: script.into_iter().collect(), end: "stop", text: "", calls: Vec::new() }
    }

    fn set(mut self, settings: &'static [(&'static str, &'static str)]) -> Self {
        self.settings = settings;
        self
    }

    fn says(mut self, text: &'static str) -> Self {
        self.text = text;
        self
    }

    fn completes_3(mut self) -> Self {
        self.calls = vec![("complete_tasks", complete_3())];
        self.end = "tool_calls";
        self
    }

    fn with_calls(mut self, calls: Vec<(&'static str, Value)>) -> Self {
        self.calls = calls;
        self.end = "tool_calls";
        self
    }

    fn ends(mut self, end: &'static str) -> Self {
        self.end = end;
        self
    }

    async fn run(self) -> Result<(), String> {
        let model = ScriptedModel::start(self.script).await.map_err(|e| e.to_string())?;
        let agent = Agent::start(&settings(Some(&model.base_url), self.settings));
        let events = agent.step(&saying("done with 3")).await;
        agent.running.stop().await;
        model.finish().await?;
        let expected_calls: Vec<_> = self.calls.into_iter().map(|(name, args)| (name.to_owned(), args)).collect();
        let expected = (self.end.to_owned(), self.text.to_owned(), expected_calls);
        let found = (end_of(&events), text_of(&events), calls_of(&events));
        let started = matches!(events.first(), Some(StepEvent::Started { model: Some(m), .. }) if m == "scripted");
        if started && found == expected { Ok(()) } else { Err(format!("expected {expected:?}, got {events:?}")) }
    }
}

fn complete_3() -> Value {
    json!({"ids": [3]})
}

fn tool_delta(call: Value) -> Value {
    json!({"tool_calls": [call]})
}

/// A whole answer in one piece.
fn plain(message: &Value, finish: &str) -> Reply {
    Reply::json(
        200,
        &json!({"choices": [{"index": 0, "message": message, "finish_reason": finish}],
                             "usage": {"prompt_tokens": 5, "completion_tokens": 2}}),
    )
}

fn plain_call() -> Value {
    let function = json!({"name": "complete_tasks", "arguments": "{\"ids\":[3]}"});
    json!({"role": "assistant", "content": null, "tool_calls": [{"id": "c", "type": "function", "function": function}]})
}

fn good_call() -> Reply {
    Reply::calls([("complete_tasks", complete_3())])
}

fn bad_call(arguments: &str) -> Reply {
    let function = json!({"name": "complete_tasks", "arguments": arguments});
    Reply::stream().delta(tool_delta(json!({"index": 0, "id": "bad", "function": function}))).end("tool_calls")
}

fn refusal(param: &str) -> Reply {
    let error = json!({"message": format!("Unsupported parameter: '{param}'."), "param": param, "code": "unsupported"});
    Reply::json(400, &json!({"error": error}))
}

/// Adapting to a refusal of `param`: the second request must satisfy `changed`.
fn adapting(name: &'static str, param: &'static str, changed: impl FnOnce(Step) -> Step) -> Case {
    Case::steps(name, [Step::new(refusal(param)), changed(Step::new(good_call()))]).completes_3()
}

mod adaptations;
mod answers;
mod dialects;
mod failures;
mod fragments;
mod framing;
mod items;
mod marks;
mod quirks;
mod refusals;
mod repairs;
mod responses;
mod roles;
mod structured;
mod values;
mod waits;
mod wire;
mod words;

async fn run(cases: Vec<Case>) {
    let mut wrong = Vec::new();
    for case in cases {
        let name = case.name;
        if let Err(problem) = case.run().await {
            wrong.push(format!("{name}: {problem}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

//! The trial of a model: over HTTP, and as a command.

use crate::support::{Agent, TOKEN, settings};
use serde_json::{Value, json};
use std::process::{Command, Output};
use todo_contract::{Dialect, ProbeReport, Problem, Trial, TrialOutcome};
use todo_e2e::model::{Reply, ScriptedModel, Step};

fn outcome(report: &ProbeReport, trial: Trial) -> TrialOutcome {
    report.trials.iter().find(|told| told.trial == trial).unwrap().outcome
}

fn completing() -> Reply {
    Reply::calls([("complete_tasks", json!({"ids": [3]}))])
}

async fn probe(script: impl IntoIterator<Item = Step>) -> ProbeReport {
    let model = ScriptedModel::start(script).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    let answer = agent.post("/v1/probe").bearer_auth(TOKEN).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let report = answer.json().await.unwrap();
    model.finish().await.unwrap();
    report
}

#[tokio::test]
async fn a_good_model_is_found_good() {
    let report = probe([Step::new(Reply::text(["Hel", "lo."])), Step::new(completing())]).await;
    assert!(report.usable && report.adapted.is_empty() && report.advice.is_empty(), "{report:?}");
    assert_eq!((report.model.as_str(), report.dialect), ("scripted", Dialect::Chat));
    assert!(report.first_token_ms.is_some());
    for trial in [Trial::Reach, Trial::Streaming, Trial::Tools, Trial::Strict, Trial::Parallel, Trial::Usage] {
        assert_eq!(outcome(&report, trial), TrialOutcome::Ok, "{trial:?}");
    }
    assert_eq!(outcome(&report, Trial::Structured), TrialOutcome::Skipped);
}

#[tokio::test]
async fn what_was_adapted_is_told_and_learnt() {
    let refused = |param: &str| Reply::json(400, &json!({"error": {"message": "no", "param": param}}));
    let script = [
        Step::new(refused("parallel_tool_calls")),
        Step::new(refused("tools[0].function.strict")),
        Step::new(Reply::text(["Hello."])),
        Step::new(completing()).absent("/parallel_tool_calls"),
        Step::new(Reply::text(["Hi"])).absent("/parallel_tool_calls").absent("/tools/0/function/strict"),
    ];
    let model = ScriptedModel::start(script).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    let answer = agent.post("/v1/probe").bearer_auth(TOKEN).send().await.unwrap();
    let report: ProbeReport = answer.json().await.unwrap();
    assert!(report.usable);
    assert_eq!(report.adapted.len(), 2, "{report:?}");
    assert_eq!(outcome(&report, Trial::Strict), TrialOutcome::Absent);
    assert_eq!(outcome(&report, Trial::Parallel), TrialOutcome::Absent);
    agent.step(&crate::support::saying("hi")).await;
    model.finish().await.unwrap();
}

#[tokio::test]
async fn a_model_without_tools_is_tried_with_structured_output() {
    let object =
        |reply: &str, calls: Value| Reply::text([json!({"reply": reply, "calls": calls}).to_string().as_str()]);
    let call = json!([{"name": "complete_tasks", "arguments": {"ids": [3]}}]);
    let report = probe([
        Step::new(Reply::json(400, &json!({"error": "gemma does not support tools"}))),
        Step::new(object("Hello.", json!([]))),
        Step::new(object("", call.clone())),
    ])
    .await;
    assert!(report.usable);
    assert_eq!(report.dialect, Dialect::Structured);
    assert_eq!(outcome(&report, Trial::Tools), TrialOutcome::Absent);
    assert_eq!(outcome(&report, Trial::Structured), TrialOutcome::Ok);

    let report =
        probe([Step::new(Reply::text(["Hello."])), Step::new(Reply::text(["Sure!"])), Step::new(object("", call))])
            .await;
    assert!(report.usable, "{report:?}");
    assert_eq!(outcome(&report, Trial::Tools), TrialOutcome::Failed);
    assert!(report.advice.iter().any(|advice| advice.setting == "OPENAI_MODEL"), "{report:?}");
}

#[tokio::test]
async fn a_model_that_calls_nothing_is_not_usable() {
    let words = || Step::new(Reply::text(["Sure!"]));
    let report = probe([words(), words(), words()]).await;
    assert!(!report.usable);
    assert_eq!(outcome(&report, Trial::Structured), TrialOutcome::Failed);
}

#[tokio::test]
async fn a_model_that_is_too_slow_is_not_called_too_small() {
    let script = [Step::new(Reply::text(["Hello."])), Step::new(Reply::stream().hang())];
    let model = ScriptedModel::start(script).await.unwrap();
    let agent = Agent::start(&settings(Some(&model.base_url), &[("OPENAI_TIMEOUT", "0.5")]));
    let answer = agent.post("/v1/probe").bearer_auth(TOKEN).send().await.unwrap();
    let report: ProbeReport = answer.json().await.unwrap();
    assert!(!report.usable);
    assert_eq!(outcome(&report, Trial::Tools), TrialOutcome::Failed);
    assert_eq!(outcome(&report, Trial::Structured), TrialOutcome::Skipped);
    assert_eq!(outcome(&report, Trial::Usage), TrialOutcome::Ok);
    let settings: Vec<_> = report.advice.iter().map(|advice| advice.setting.as_str()).collect();
    assert_eq!(settings, ["OPENAI_TIMEOUT"]);
    model.finish().await.unwrap();
}

#[tokio::test]
async fn what_is_wrong_is_told_with_what_to_set() {
    let report = probe([Step::new(Reply::error(401, "invalid_api_key", "no"))]).await;
    assert!(!report.usable);
    assert_eq!(outcome(&report, Trial::Reach), TrialOutcome::Failed);
    assert_eq!(outcome(&report, Trial::Tools), TrialOutcome::Skipped);
    assert_eq!(report.advice[0].setting, "OPENAI_API_KEY");

    let report = probe([
        Step::new(Reply::json(404, &json!({"error": "model \"scripted\" not found"}))),
        Step::to("/v1/models", Reply::json(200, &json!({"data": [{"id": "qwen3:8b"}]}))),
    ])
    .await;
    assert_eq!((report.advice[0].setting.as_str(), report.advice[0].value.as_str()), ("OPENAI_MODEL", "qwen3:8b"));
}

#[tokio::test]
async fn without_a_model_it_is_a_conflict_and_without_the_token_nothing() {
    let agent = Agent::start(&settings(None, &[]));
    let answer = agent.post("/v1/probe").bearer_auth(TOKEN).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let problem: Problem = answer.json().await.unwrap();
    assert_eq!((problem.status, problem.code.as_str()), (409, "no_model"));
    assert_eq!(agent.post("/v1/probe").send().await.unwrap().status(), 401);
    assert_eq!(agent.get("/v1/probe").bearer_auth(TOKEN).send().await.unwrap().status(), 405);
}

async fn command(base_url: String, arguments: &'static [&'static str]) -> Output {
    let run = move || {
        Command::new(env!("CARGO_BIN_EXE_todo-agent"))
            .args(arguments)
            .env_clear()
            .envs([("OPENAI_BASE_URL", base_url.as_str()), ("OPENAI_MODEL", "scripted")])
            .output()
            .unwrap()
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}

#[tokio::test]
async fn the_command_prints_a_table_or_json_and_tells_by_its_exit_code() {
    let good = || [Step::new(Reply::text(["Hel", "lo."])), Step::new(completing())];
    let model = ScriptedModel::start(good()).await.unwrap();
    let output = command(model.base_url.clone(), &["probe"]).await;
    let table = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{table}");
    assert!(table.contains("ok      tools") && table.contains("Chatting with this model works."), "{table}");
    model.finish().await.unwrap();

    let model = ScriptedModel::start(good()).await.unwrap();
    let output = command(model.base_url.clone(), &["probe", "--json"]).await;
    let report: ProbeReport = serde_json::from_slice(&output.stdout).unwrap();
    assert!(report.usable && output.status.success());
    model.finish().await.unwrap();

    let output = command("http://127.0.0.1:9/v1".to_owned(), &["probe"]).await;
    let table = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{table}");
    assert!(table.contains("FAILED  reach") && table.contains("OPENAI_BASE_URL"), "{table}");
}

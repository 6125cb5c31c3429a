//! The HTTP side: who may ask, how errors look, what it tells of itself.

use crate::support::{Agent, PATIENCE, TOKEN, end_of, request, saying, settings};
use reqwest::StatusCode;
use serde_json::{Value, json};
use todo_contract::step::PlannerInfo;
use todo_contract::{PlannerKind, Problem, StepEvent};
use todo_e2e::model::{Reply, ScriptedModel, Step};

async fn problem(response: reqwest::Response) -> Problem {
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let (status, id) = (response.status(), response.headers()["x-request-id"].to_str().unwrap().to_owned());
    let problem: Problem = response.json().await.unwrap();
    assert_eq!((problem.status, problem.request_id.as_deref()), (status.as_u16(), Some(id.as_str())));
    problem
}

#[tokio::test]
async fn only_the_right_token_gets_in() {
    let agent = Agent::start(&settings(None, &[]));
    for token in [None, Some(""), Some("wrong"), Some("0123456789abcdef-tesu"), Some("0123456789abcdef-test0")] {
        for path in ["/v1/info", "/v1/step"] {
            let get = if path == "/v1/info" { agent.get(path) } else { agent.post(path).json(&saying("x")) };
            let answer = token.iter().fold(get, reqwest::RequestBuilder::bearer_auth).send().await.unwrap();
            assert_eq!(answer.headers()["www-authenticate"], "Bearer");
            assert_eq!(problem(answer).await.code, "unauthenticated", "{token:?}");
        }
    }
    assert_eq!(agent.get("/v1/info").bearer_auth(TOKEN).send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn the_probes_are_open_and_do_not_ask_the_model() {
    let agent = Agent::with_model("http://127.0.0.1:9/v1");
    for path in ["/healthz", "/readyz"] {
        assert_eq!(agent.get(path).send().await.unwrap().status(), StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn every_refusal_is_a_problem_with_its_code() {
    let agent = Agent::start(&settings(None, &[]));
    let step = || agent.post("/v1/step").bearer_auth(TOKEN).header("content-type", "application/json");
    let long = vec![b' '; 5 * 1024 * 1024];
    for (request, code) in [
        (step().body("{"), "malformed_json"),
        (step().body(request(&json!([])).to_string()), "validation_failed"),
        (step().body(r#"{"messages":[]}"#), "validation_failed"),
        (agent.post("/v1/step").bearer_auth(TOKEN).body("x"), "unsupported_media_type"),
        (step().body(long), "payload_too_large"),
        (agent.get("/v1/step").bearer_auth(TOKEN), "method_not_allowed"),
        (agent.post("/healthz"), "method_not_allowed"),
        (agent.get("/v1/nothing").bearer_auth(TOKEN), "not_found"),
        (agent.get("/nothing"), "not_found"),
    ] {
        assert_eq!(problem(request.send().await.unwrap()).await.code, code);
    }
}

#[tokio::test]
async fn a_wrong_field_is_named() {
    let agent = Agent::start(&settings(None, &[]));
    let mut body = saying("x");
    body["context"]["time_zone"] = json!("Mars/Olympus");
    let answer = agent.post("/v1/step").bearer_auth(TOKEN).json(&body).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(problem(answer).await.errors[0].field, "context.time_zone");
}

#[tokio::test]
async fn info_tells_who_would_plan() {
    let info = |agent: Agent| async move {
        let answer = agent.get("/v1/info").bearer_auth(TOKEN).send().await.unwrap();
        answer.json::<PlannerInfo>().await.unwrap()
    };
    let none = info(Agent::start(&settings(None, &[]))).await;
    assert_eq!((none.default, none.model, none.host), (PlannerKind::Builtin, None, None));
    let model = info(Agent::with_model("http://localhost:11434/v1")).await;
    assert_eq!(model.default, PlannerKind::Openai);
    assert_eq!((model.model.as_deref(), model.host.as_deref()), (Some("scripted"), Some("localhost:11434")));
}

#[tokio::test]
async fn without_a_key_the_built_in_planner_answers_and_a_model_is_not_pretended() {
    let agent = Agent::start(&settings(None, &[]));
    let events = agent.step(&saying("what can you do?")).await;
    assert_eq!(events[0], StepEvent::Started { planner: PlannerKind::Builtin, model: None });
    assert!(matches!(events.last(), Some(StepEvent::Finished { .. })), "{events:?}");
    let mut body = saying("x");
    body["planner"] = json!("openai");
    let events = agent.step(&body).await;
    assert_eq!(events[0], StepEvent::Started { planner: PlannerKind::Openai, model: None });
    assert_eq!(end_of(&events), "model_not_configured");
}

#[tokio::test]
async fn the_built_in_planner_can_be_asked_for_where_a_model_is_configured() {
    let model = ScriptedModel::start([]).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    let mut body = saying("what can you do?");
    body["planner"] = json!("builtin");
    let events = agent.step(&body).await;
    assert_eq!(events[0], StepEvent::Started { planner: PlannerKind::Builtin, model: None });
    model.finish().await.unwrap();
}

#[tokio::test]
async fn an_outage_of_the_model_does_not_change_the_planner() {
    let agent = Agent::with_model("http://127.0.0.1:9/v1");
    let events = agent.step(&saying("add milk")).await;
    assert_eq!(end_of(&events), "model_unreachable");
    assert!(!events.iter().any(|event| matches!(event, StepEvent::Call(_) | StepEvent::Text { .. })), "{events:?}");
}

#[tokio::test]
async fn metrics_count_steps_durations_and_tokens() {
    let model = ScriptedModel::start([Step::new(Reply::text(["Hi"]))]).await.unwrap();
    let agent = Agent::start(&settings(Some(&model.base_url), &[("METRICS_BIND", "127.0.0.1:0")]));
    agent.step(&saying("secret words")).await;
    let url = format!("http://{}/metrics", agent.running.metrics_address.unwrap());
    let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).timeout(PATIENCE).build().unwrap();
    let metrics = client.get(url).send().await.unwrap().text().await.unwrap();
    for line in [
        "todo_agent_steps_total{planner=\"openai\",outcome=\"stop\"}",
        "todo_agent_step_duration_seconds_bucket{planner=\"openai\",le=\"0.01\"}",
        "todo_agent_tokens_total{direction=\"input\"}",
        "todo_agent_model_requests_total{status=\"200\"}",
        "# HELP todo_agent_steps_total",
    ] {
        assert!(metrics.contains(line), "{line} is not in\n{metrics}");
    }
    assert!(!metrics.contains("secret"));
    assert_eq!(agent.get("/metrics").send().await.unwrap().status(), StatusCode::NOT_FOUND);
    model.finish().await.unwrap();
}

#[tokio::test]
async fn a_request_id_is_taken_or_made() {
    let agent = Agent::start(&settings(None, &[]));
    let id = async |given: &str| {
        let answer = agent.get("/healthz").header("x-request-id", given).send().await.unwrap();
        answer.headers()["x-request-id"].to_str().unwrap().to_owned()
    };
    assert_eq!(id("abc-1").await, "abc-1");
    assert_eq!(id("{forged: line}").await.len(), 36);
    let body: Value = agent.get("/healthz").send().await.unwrap().json().await.unwrap();
    assert_eq!(body, json!({"status": "alive"}));
}

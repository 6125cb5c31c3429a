//! `POST /planner/probe`.

use super::reply::Gate;
use super::talk::{Talk, until, within};
use crate::support::{TestClient, json_of};
use serde_json::{Value, json};

fn report() -> Value {
    json!({
        "usable": true, "model": "scripted", "host": "here", "dialect": "chat",
        "trials": [{"trial": "reach", "outcome": "ok", "detail": "It answers."}],
        "first_token_ms": 120, "adapted": ["strict is left out."],
        "advice": [{"setting": "OPENAI_API", "value": "chat", "reason": "Saves a request."}],
    })
}

async fn probe(person: &TestClient) -> (u16, Value) {
    within(person.post("/api/planner/probe", json!({}))).await
}

#[tokio::test]
async fn what_the_agent_found_is_told() {
    let talk = Talk::start([]).await;
    talk.agent.answer_probes([(200, report(), None), (200, report(), None)]);
    assert_eq!(probe(&talk.person).await, (200, report()));
    assert_eq!(probe(&talk.person.token("read_write").await).await, (200, report()));
    assert_eq!(talk.agent.request_ids().len(), 2, "it can be found in the agent's log");
    talk.agent.verify();
}

#[tokio::test]
async fn only_who_may_write_may_try_the_model_since_it_costs_something() {
    let talk = Talk::start([]).await;
    assert_eq!(probe(&talk.person.token("read").await).await.0, 403);
    assert_eq!(probe(&talk.app.visitor()).await.0, 401);
    talk.agent.verify();
}

#[tokio::test]
async fn without_a_model_there_is_nothing_to_try() {
    let talk = Talk::start([]).await;
    talk.agent.answer_probes([(409, json!({"code": "no_model"}), None)]);
    let (status, problem) = probe(&talk.person).await;
    assert_eq!((status, &problem["code"]), (409, &json!("no_model")));
}

#[tokio::test]
async fn an_agent_that_is_gone_or_makes_no_sense_is_told_as_such() {
    let talk = Talk::start([]).await;
    talk.agent.answer_probes([(200, json!({"usable": "perhaps"}), None), (404, json!({}), None)]);
    for _ in 0..2 {
        let (status, problem) = probe(&talk.person).await;
        assert_eq!((status, &problem["code"]), (503, &json!("agent_unavailable")));
    }
    talk.agent.kill().await;
    let (status, problem) = probe(&talk.person).await;
    assert_eq!((status, &problem["code"]), (503, &json!("agent_unavailable")));
}

#[tokio::test]
async fn one_trial_at_a_time_also_when_nobody_waits_for_it_any_more() {
    let talk = Talk::start([]).await;
    let gate = Gate::closed();
    talk.agent.answer_probes([(200, report(), Some(gate.clone())), (200, report(), None), (200, report(), None)]);
    {
        let first = probe(&talk.person);
        let others = async {
            until(|| talk.agent.request_ids().len() == 1).await;
            let response = talk.person.request("POST", "/api/planner/probe").send().await.unwrap();
            assert_eq!(response.headers()["retry-after"], "10");
            let (status, problem) = json_of(response).await;
            assert_eq!((status, &problem["code"]), (429, &json!("rate_limited")));
            assert_eq!(probe(&talk.app.register().await).await.0, 200, "others are not concerned");
        };
        tokio::select! {
            answer = first => panic!("answered before its time: {answer:?}"),
            () = others => {}
        }
    }
    assert_eq!(probe(&talk.person).await.0, 429);
    gate.open();
    talk.app.until(async || probe(&talk.person).await.0 == 200).await;
}

#[tokio::test]
async fn trials_are_limited_in_their_rate() {
    let talk = Talk::with(&["--rate-limit", "on"], []).await;
    talk.agent.answer_probes((0..3).map(|_| (200, report(), None)));
    for _ in 0..3 {
        assert_eq!(probe(&talk.person).await.0, 200);
    }
    let response = talk.person.request("POST", "/api/planner/probe").send().await.unwrap();
    assert!(response.headers().contains_key("retry-after"));
    let (status, problem) = json_of(response).await;
    assert_eq!((status, &problem["code"]), (429, &json!("rate_limited")));
    talk.agent.verify();
}

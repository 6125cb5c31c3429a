//! Events come as they happen, and who hangs up ends the work.

use crate::support::{Agent, saying, settings};
use std::time::Duration;
use todo_contract::{PlannerKind, StepEvent, StepFinish};
use todo_e2e::model::{Gate, Reply, ScriptedModel, Step};

fn text(text: &str) -> StepEvent {
    StepEvent::Text { text: text.into() }
}

#[tokio::test]
async fn text_is_passed_on_before_the_model_is_done() {
    let gate = Gate::new();
    let reply = Reply::stream().piece("first").gate(&gate).piece(" second").end("stop");
    let model = ScriptedModel::start([Step::new(reply)]).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    let mut stream = agent.begin(&saying("x")).await;
    let started = StepEvent::Started { planner: PlannerKind::Openai, model: Some("scripted".into()) };
    assert_eq!(stream.next().await, Some(started));
    assert_eq!(stream.next().await, Some(text("first")));
    gate.open();
    assert_eq!(stream.next().await, Some(text(" second")));
    assert_eq!(stream.next().await, Some(StepEvent::Usage { input_tokens: 100, output_tokens: 10 }));
    assert_eq!(stream.next().await, Some(StepEvent::Finished { finish: StepFinish::Stop }));
    assert_eq!(stream.next().await, None);
    model.finish().await.unwrap();
}

#[tokio::test]
async fn who_hangs_up_cancels_the_request_to_the_model() {
    let model = ScriptedModel::start([Step::new(Reply::stream().piece("first").hang())]).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    let mut stream = agent.begin(&saying("x")).await;
    stream.next().await;
    assert_eq!(stream.next().await, Some(text("first")));
    drop(stream);
    model.wait_for_disconnect(0).await.unwrap();
    model.finish().await.unwrap();
}

#[tokio::test]
async fn who_hangs_up_before_the_first_word_cancels_too() {
    let model = ScriptedModel::start([Step::new(Reply::stream().hang())]).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    let stream = agent.begin(&saying("x")).await;
    model.wait_for_requests(1).await.unwrap();
    drop(stream);
    model.wait_for_disconnect(0).await.unwrap();
    model.finish().await.unwrap();
}

#[tokio::test]
async fn a_step_that_takes_too_long_lets_go_of_the_model() {
    let model = ScriptedModel::start([Step::new(Reply::stream().piece("first").hang())]).await.unwrap();
    let agent = Agent::start(&settings(Some(&model.base_url), &[("OPENAI_TIMEOUT", "0.3")]));
    let events = agent.step(&saying("x")).await;
    assert_eq!(crate::support::end_of(&events), "model_timeout");
    model.wait_for_disconnect(0).await.unwrap();
    model.finish().await.unwrap();
}

#[tokio::test]
async fn a_shutdown_lets_a_step_finish() {
    let gate = Gate::new();
    let reply = Reply::stream().piece("first").gate(&gate).piece(" second").end("stop");
    let model = ScriptedModel::start([Step::new(reply)]).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    let mut stream = agent.begin(&saying("x")).await;
    stream.next().await;
    assert_eq!(stream.next().await, Some(text("first")));
    let url = agent.url("/healthz");
    let stopping = tokio::spawn(agent.running.stop());
    let refused = async {
        while reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap().get(&url).send().await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), refused).await.expect("new connections are refused");
    gate.open();
    assert_eq!(stream.next().await, Some(text(" second")));
    stream.next().await;
    assert_eq!(stream.next().await, Some(StepEvent::Finished { finish: StepFinish::Stop }));
    drop(stream);
    stopping.await.unwrap();
    model.finish().await.unwrap();
}

#[tokio::test]
async fn a_shutdown_waits_no_longer_than_was_set() {
    let model = ScriptedModel::start([Step::new(Reply::stream().piece("first").hang())]).await.unwrap();
    let agent = Agent::start(&settings(Some(&model.base_url), &[("SHUTDOWN_TIMEOUT", "1")]));
    let mut stream = agent.begin(&saying("x")).await;
    stream.next().await;
    stream.next().await;
    tokio::time::timeout(Duration::from_secs(10), agent.running.stop()).await.expect("the bound of 1 s was not kept");
    model.wait_for_disconnect(0).await.unwrap();
    model.finish().await.unwrap();
}

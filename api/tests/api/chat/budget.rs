//! The bound on the tokens of a month.

use super::reply::Reply;
use super::talk::{Talk, chat, last, story};
use crate::support::FIXED_NOW;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use todo_api::clock::Clock;

const BUDGET: [&str; 2] = ["--model-monthly-tokens", "1000"];

fn costly() -> Reply {
    Reply::new().call("a", "add_tasks", json!({"tasks": [{"title": "Milk"}]})).usage(900, 100).finish("tool_calls")
}

async fn broke(replies: impl IntoIterator<Item = Reply>) -> (Talk, Value) {
    let clock = Clock::fixed(FIXED_NOW.parse::<Timestamp>().unwrap());
    let talk = Talk::at(clock, &BUDGET, [costly()].into_iter().chain(replies)).await;
    let turn = talk.say_and_wait("Add milk").await;
    (talk, turn)
}

#[tokio::test]
async fn a_turn_ends_before_the_step_that_there_are_no_tokens_for_and_says_until_when() {
    let (talk, turn) = broke([]).await;
    assert_eq!(turn["status"], "failed");
    let error = last(&turn, "error");
    assert_eq!(
        (&error["code"], &error["retryable"], &error["offer_builtin"]),
        (&json!("budget_exhausted"), &json!(false), &json!(true))
    );
    assert!(error["detail"].as_str().unwrap().contains("1 April 2027"), "{error}");
    assert_eq!(talk.titles().await, ["Milk"], "what was done stays");

    let again = talk.say_and_wait("Hello").await;
    assert_eq!((story(&again).len(), &last(&again, "error")["code"]), (3, &json!("budget_exhausted")));
    let (_, usage) = talk.person.get("/api/me/usage").await;
    assert_eq!((&usage["monthly_budget"], &usage["resets_on"]), (&json!(1000), &json!("2027-04-01")));
    let stranger = talk.app.register().await;
    assert_eq!(stranger.get("/api/me/usage").await.1["months"][0]["input_tokens"], 0);
    talk.agent.verify();
}

#[tokio::test]
async fn the_built_in_planner_takes_over_once_it_is_asked_for() {
    let (talk, turn) = broke([]).await;
    talk.agent.kill().await;
    let id = turn["id"].as_str().unwrap();
    assert_eq!(talk.retry(id, json!({"planner": "builtin"})).await.0, 200);
    let turn = talk.settled(id).await;
    assert_eq!((&turn["status"], &turn["planner"]), (&json!("done"), &json!("builtin")), "{turn}");
}

#[tokio::test]
async fn without_a_model_a_bound_of_former_times_stops_nobody() {
    let (talk, _) = broke([Reply::says("Hello.")]).await;
    talk.agent.lose_model();
    talk.app.until(async || talk.person.get("/api/planner").await.1["default"] == "builtin").await;
    assert_eq!(talk.say_and_wait("Hello").await["status"], "done");
    talk.agent.verify();
}

#[tokio::test]
async fn a_new_month_brings_new_tokens() {
    let (talk, _) = broke([Reply::says("Hello.")]).await;
    let script = talk.person.token("read_write").await;
    let (_, answer) = chat(&script, None, json!({"message": "Hello"})).await;
    assert_eq!(answer["status"], "failed");
    assert!(answer["response"].as_str().unwrap().contains("1 April 2027"), "{answer}");
    talk.app.state.clock.advance(SignedDuration::from_hours(31 * 24));
    let (_, answer) = chat(&script, None, json!({"message": "Hello"})).await;
    assert_eq!((&answer["status"], &answer["response"]), (&json!("done"), &json!("Hello.")));
    talk.agent.verify();
}

//! `/me/usage`.

use super::reply::{Gate, Reply};
use super::talk::{Talk, chat};
use crate::support::{FIXED_NOW, TestClient};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use todo_api::clock::Clock;

async fn usage(person: &TestClient) -> Value {
    let (status, usage) = person.get("/api/me/usage").await;
    assert_eq!(status, 200, "{usage}");
    usage
}

fn tokens(usage: &Value) -> (u64, u64) {
    let month = &usage["months"][0];
    (month["input_tokens"].as_u64().unwrap(), month["output_tokens"].as_u64().unwrap())
}

fn looks(id: &str, input: u64, output: u64) -> Reply {
    Reply::new().call(id, "list_tasks", json!({})).usage(input, output).finish("tool_calls")
}

fn fixed() -> Clock {
    Clock::fixed(FIXED_NOW.parse::<Timestamp>().unwrap())
}

#[tokio::test]
async fn before_anything_is_used_this_month_is_told_with_nothing_in_it() {
    let talk = Talk::at(fixed(), &[], []).await;
    let expected = json!({
        "months": [{"month": "2027-03", "input_tokens": 0, "output_tokens": 0, "cost": null}],
        "monthly_budget": null, "resets_on": "2027-04-01", "currency": null,
    });
    assert_eq!(usage(&talk.person).await, expected);
    assert_eq!(talk.app.visitor().get("/api/me/usage").await.0, 401);
}

#[tokio::test]
async fn every_step_counts_and_only_for_whom_it_was() {
    let talk = Talk::start([looks("a", 900, 20), Reply::new().text("Nothing.").usage(1000, 30).finish("stop")]).await;
    assert_eq!(talk.say_and_wait("What is there?").await["status"], "done");
    assert_eq!(tokens(&usage(&talk.person).await), (1900, 50));
    let reader = talk.person.token("read").await;
    assert_eq!(tokens(&usage(&reader).await), (1900, 50));
    assert_eq!(tokens(&usage(&talk.app.register().await).await), (0, 0));
}

#[tokio::test]
async fn what_failed_cost_something_too_and_a_retry_adds_to_it_once() {
    let gate = Gate::closed();
    let talk = Talk::start([
        Reply::new().usage(100, 10).gate(&gate).breaks_off(),
        Reply::new().text("Hello.").usage(200, 20).finish("stop"),
    ])
    .await;
    let id = talk.say("Hello").await;
    talk.stream(&id, 0).await.up_to("usage").await;
    gate.open();
    assert_eq!(talk.settled(&id).await["status"], "failed");
    assert_eq!(tokens(&usage(&talk.person).await), (100, 10));
    talk.retry(&id, json!({})).await;
    assert_eq!(talk.settled(&id).await["status"], "done");
    assert_eq!(tokens(&usage(&talk.person).await), (300, 30));
    let talk = talk.restart().await;
    assert_eq!(tokens(&usage(&talk.person).await), (300, 30), "a start counts nothing anew");
}

#[tokio::test]
async fn a_repeated_request_costs_nothing() {
    let talk = Talk::start([Reply::new().text("Hello.").usage(100, 10).finish("stop")]).await;
    for _ in 0..2 {
        assert_eq!(chat(&talk.person, Some("key"), json!({"message": "Hello"})).await.0, 200);
    }
    assert_eq!(tokens(&usage(&talk.person).await), (100, 10));
    talk.agent.verify();
}

#[tokio::test]
async fn a_conversation_that_is_deleted_leaves_what_it_cost_and_an_account_takes_it_along() {
    let talk = Talk::start([Reply::new().text("Hello.").usage(100, 10).finish("stop")]).await;
    talk.say_and_wait("Hello").await;
    assert_eq!(talk.person.delete(&format!("/api/conversations/{}", talk.conversation)).await.0, 204);
    assert_eq!(tokens(&usage(&talk.person).await), (100, 10));
    let id = talk.person.get("/api/me").await.1["id"].as_i64().unwrap();
    assert!(talk.app.rows_of(id).await.contains(&"token_usage".to_owned()));
    let deletion = talk.person.request("DELETE", "/api/me").json(&json!({"password": crate::support::PASSWORD}));
    assert_eq!(deletion.send().await.unwrap().status(), 204);
    assert_eq!(talk.app.rows_of(id).await, Vec::<String>::new());
}

#[tokio::test]
async fn months_are_told_apart_and_priced() {
    let flags = ["--model-input-price", "0.25", "--model-output-price", "2", "--model-currency", "eur"];
    let says = |input, output| Reply::new().text("Hello.").usage(input, output).finish("stop");
    let talk = Talk::at(fixed(), &flags, [says(1_000_000, 500_000), says(4680, 122)]).await;
    let script = talk.person.token("read_write").await;
    assert_eq!(chat(&script, None, json!({"message": "Hello"})).await.0, 200);
    talk.app.state.clock.advance(SignedDuration::from_hours(31 * 24));
    assert_eq!(chat(&script, None, json!({"message": "Hello"})).await.0, 200);
    let expected = json!({
        "months": [
            {"month": "2027-04", "input_tokens": 4680, "output_tokens": 122, "cost": 0.001414},
            {"month": "2027-03", "input_tokens": 1_000_000, "output_tokens": 500_000, "cost": 1.25},
        ],
        "monthly_budget": null, "resets_on": "2027-05-01", "currency": "EUR",
    });
    assert_eq!(usage(&script).await, expected);
}

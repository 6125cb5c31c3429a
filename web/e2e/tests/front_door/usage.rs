//! Tokens: counted by account and month, in both dialects, and bounded.

use crate::support::stack::Stack;
use crate::support::turns::{start_turn, turn_when};
use serde_json::{Value, json};
use todo_e2e::model::{Dialect, Reply, ScriptedModel, Step};

const SAYING: &str = "add buy milk";

/// A turn of two steps: 200 tokens read and 20 written.
fn two_steps() -> [Step; 2] {
    let add = json!({"tasks": [{"title": "Buy milk", "notes": null, "due": null, "priority": null, "tags": null,
        "repeat": null}]});
    [
        Step::new(Reply::calls([("add_tasks", add)])).last_message("user", SAYING),
        Step::new(Reply::text(["Added ", "it."])).last_message("tool", "Buy milk"),
    ]
}

async fn stack(dialect: Dialect, model: &ScriptedModel, api: &[(&'static str, &str)]) -> Stack {
    let settings =
        [("OPENAI_BASE_URL", model.base_url.as_str()), ("OPENAI_API", dialect.setting()), ("OPENAI_MODEL", "scripted")];
    Stack::start_with(&settings, api).await
}

async fn counted_in(dialect: Dialect) {
    let model = ScriptedModel::start(two_steps()).await.unwrap();
    let prices = [("MODEL_INPUT_PRICE", "1"), ("MODEL_OUTPUT_PRICE", "10")];
    let stack = stack(dialect, &model, &prices).await;
    let (ada, bob) = (stack.register("ada@example.org").await, stack.register("bob@example.org").await);
    let answer = ada.say(SAYING).await;
    assert_eq!((answer["status"].as_str(), answer["response"].as_str()), (Some("done"), Some("Added it.")), "{answer}");
    let received = model.finish().await.unwrap();
    assert!(received.iter().all(|request| request.dialect() == dialect), "{received:?}");

    let month = |usage: &Value| usage["months"][0].clone();
    let used = month(&ada.get("/me/usage").await);
    assert_eq!((used["input_tokens"].as_u64(), used["output_tokens"].as_u64()), (Some(200), Some(20)), "{used}");
    assert!((used["cost"].as_f64().unwrap() - 0.0004).abs() < 1e-9, "{used}");
    let none = month(&bob.get("/me/usage").await);
    assert_eq!((none["input_tokens"].as_u64(), none["output_tokens"].as_u64()), (Some(0), Some(0)), "{none}");
}

pub async fn tokens_are_counted_in_chat_completions() {
    counted_in(Dialect::Chat).await;
}

pub async fn tokens_are_counted_in_responses() {
    counted_in(Dialect::Responses).await;
}

/// A month that is used up ends a turn clearly; the built-in planner and other accounts go on.
pub async fn a_used_up_month_ends_a_turn() {
    let turns = (0..5).flat_map(|_| two_steps());
    let model = ScriptedModel::start(turns).await.unwrap();
    let stack = stack(Dialect::Chat, &model, &[("MODEL_MONTHLY_TOKENS", "1000")]).await;
    let client = stack.register("ada@example.org").await;
    for _ in 0..5 {
        let answer = client.say(SAYING).await;
        assert_eq!(answer["status"], "done", "{answer}");
    }
    model.finish().await.unwrap();

    let id = start_turn(&client, "add call Ann").await;
    let failed = turn_when(&client, &id, "failed").await;
    let error = failed["events"].as_array().unwrap().iter().find(|event| event["event"] == "error").unwrap();
    assert_eq!(
        (error["data"]["code"].as_str(), &error["data"]["offer_builtin"]),
        (Some("budget_exhausted"), &json!(true))
    );
    let usage = client.get("/me/usage").await;
    assert!(usage["monthly_budget"] == 1000 && usage["resets_on"].as_str().unwrap().ends_with("-01"), "{usage}");
    client.post(&format!("/turns/{id}/retry"), json!({"planner": "builtin"})).await;
    turn_when(&client, &id, "done").await;
    assert!(client.titles("").await.contains(&"Call Ann".to_owned()));
}

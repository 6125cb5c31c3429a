//! Plain English through `POST /api/chat`, with no model.

use crate::support::client::Client;
use crate::support::stack::Stack;
use reqwest::Method;
use serde_json::{Value, json};

/// The names of the tools that were called, in order.
fn tools(answer: &Value) -> Vec<&str> {
    answer["tool_calls"].as_array().unwrap().iter().map(|call| call["name"].as_str().unwrap()).collect()
}

fn said(answer: &Value) -> &str {
    answer["response"].as_str().unwrap()
}

async fn list_of(titles: &[&str]) -> (Stack, Client) {
    let stack = Stack::start().await;
    let client = stack.register("ada@example.org").await;
    for title in titles {
        client.add(title).await;
    }
    (stack, client)
}

pub async fn adds_a_task() {
    let (_stack, client) = list_of(&[]).await;
    let answer = client.say("Add a task to buy groceries").await;
    assert_eq!((answer["status"].as_str(), answer["planner"].as_str()), (Some("done"), Some("builtin")), "{answer}");
    assert_eq!(tools(&answer), ["add_tasks"]);
    assert_eq!(answer["tool_calls"][0]["status"], "done");
    assert!(said(&answer).to_lowercase().contains("buy groceries"), "{answer}");
    assert_eq!(client.titles("").await, ["Buy groceries"]);
}

pub async fn remembers_what_is_needed() {
    let (_stack, client) = list_of(&[]).await;
    client.say("I need to remember to pay bills").await;
    assert_eq!(client.titles("").await, ["Pay bills"]);
}

pub async fn shows_all_and_what_is_pending() {
    let (_stack, client) = list_of(&["Water the plants", "Call the bank"]).await;
    for saying in ["Show me all my tasks", "What's pending?"] {
        let answer = client.say(saying).await;
        assert_eq!(answer["status"], "done", "{answer}");
        assert!(tools(&answer).iter().all(|name| *name == "list_tasks"), "{answer}");
        for title in ["Water the plants", "Call the bank"] {
            assert!(said(&answer).contains(title), "{saying}: {answer}");
        }
    }
}

pub async fn completes_by_number_and_tells_what_was_completed() {
    let (_stack, client) = list_of(&["One", "Two", "Three"]).await;
    let answer = client.say("Mark task 3 as complete").await;
    assert_eq!(tools(&answer), ["complete_tasks"]);
    assert_eq!(client.titles("?status=done").await, ["Three"]);
    let answer = client.say("What have I completed?").await;
    assert!(said(&answer).contains("Three") && !said(&answer).contains("Two"), "{answer}");
}

pub async fn deletes_by_words() {
    let (_stack, client) = list_of(&["Prepare the meeting", "Buy milk"]).await;
    let answer = client.say("Delete the meeting task").await;
    assert_eq!(answer["status"], "done", "{answer}");
    assert!(tools(&answer).contains(&"delete_tasks"), "{answer}");
    assert_eq!(client.titles("").await, ["Buy milk"]);
    assert_eq!(client.titles("?status=trash").await, ["Prepare the meeting"]);
}

pub async fn renames_in_quotes() {
    let (_stack, client) = list_of(&["Call mom"]).await;
    let answer = client.say("Change task 1 to 'Call mom tonight'").await;
    assert_eq!(tools(&answer), ["update_tasks"]);
    assert_eq!(client.titles("").await, ["Call mom tonight"]);
}

pub async fn asks_before_it_deletes_everything() {
    let (_stack, client) = list_of(&["One", "Two", "Three"]).await;
    let answer = client.say("delete everything").await;
    assert_eq!(answer["status"], "needs_confirmation", "{answer}");
    assert_eq!(client.titles("").await.len(), 3);
    let calls = answer["tool_calls"].as_array().unwrap();
    let pending: Vec<_> = calls.iter().filter(|call| call["status"] == "pending").collect();
    assert_eq!(pending.len(), 1, "{answer}");
    let path =
        format!("/turns/{}/confirmations/{}", answer["turn_id"].as_str().unwrap(), pending[0]["id"].as_str().unwrap());

    let stranger = _stack.register("eve@example.org").await;
    stranger.expect(Method::POST, &path, Some(&json!({"approve": true})), 404).await;
    assert_eq!(client.titles("").await.len(), 3);

    let answer = client.post(&path, json!({"approve": true})).await;
    assert_eq!(answer["status"], "done", "{answer}");
    assert!(client.titles("").await.is_empty());
    client.post("/operations/undo-last", json!({})).await;
    assert_eq!(client.titles("").await.len(), 3, "one undo brings all of them back");
}

pub async fn redoes_with_the_same_number_and_tells_what_was_done_today() {
    let (_stack, client) = list_of(&["One"]).await;
    client.say("add buy bread").await;
    let turns = |answer: &Value| answer["conversation_id"].as_str().unwrap().to_owned();
    let undone = client.say("undo").await;
    assert_eq!((tools(&undone), client.titles("").await), (vec!["undo_last"], vec!["One".to_owned()]));
    // Another conversation: it is the account's change that is redone.
    let redone = client.say("redo").await;
    assert_ne!(turns(&redone), turns(&undone));
    assert_eq!(tools(&redone), ["redo_last"], "{redone}");
    assert!(said(&redone).contains("**Buy bread** (#2)"), "{redone}");
    assert_eq!(client.get("/tasks/2").await["deleted_at"], Value::Null);
    assert!(said(&client.say("redo").await).contains("nothing to redo"));

    client.say("complete task 2").await;
    let answer = client.say("What did I finish today?").await;
    assert!(said(&answer).starts_with("You completed 1 task today"), "{answer}");
    let answer = client.say("how many tasks did I complete yesterday?").await;
    assert_eq!(said(&answer), "You completed nothing yesterday.");
}

pub async fn a_no_leaves_everything() {
    let (_stack, client) = list_of(&["One", "Two"]).await;
    let answer = client.say("delete everything").await;
    let pending = answer["tool_calls"].as_array().unwrap().iter().find(|call| call["status"] == "pending").unwrap();
    let path =
        format!("/turns/{}/confirmations/{}", answer["turn_id"].as_str().unwrap(), pending["id"].as_str().unwrap());
    let answer = client.post(&path, json!({"approve": false})).await;
    assert_eq!(answer["status"], "done", "{answer}");
    assert_eq!(client.titles("").await.len(), 2);
    assert!(answer["tool_calls"].as_array().unwrap().iter().any(|call| call["status"] == "declined"), "{answer}");
}

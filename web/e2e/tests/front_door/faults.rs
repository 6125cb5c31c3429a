//! What happens when things break.

use crate::support::client::Client;
use crate::support::eventually;
use crate::support::service::binary;
use crate::support::stack::Stack;
use crate::support::turns::{start_turn, text_of, turn, turn_when};
use reqwest::{Method, StatusCode};
use serde_json::json;
use std::collections::HashSet;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use todo_e2e::model::{Gate, Reply, ScriptedModel, Step};

const WRITES: usize = 1_000;
const AT_ONCE: usize = 100;

/// Every acknowledged write is there after kill -9, and the file is whole.
pub async fn kill_in_the_middle_of_writes() {
    let mut stack = Stack::start().await;
    let client = stack.register("ada@example.org").await;
    let (next, acknowledged) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(HashSet::new())));
    let writers: Vec<_> = (0..AT_ONCE)
        .map(|_| tokio::spawn(write_until_it_fails(client.clone(), next.clone(), acknowledged.clone())))
        .collect();
    eventually("a third of the writes", || async { (acknowledged.lock().unwrap().len() >= WRITES / 3).then_some(()) })
        .await;
    stack.api.kill();
    for writer in writers {
        writer.await.unwrap();
    }
    let acknowledged = acknowledged.lock().unwrap().clone();
    assert!(acknowledged.len() < WRITES, "the kill came after the last write");

    let check = Command::new(binary("todo-api"))
        .arg("check")
        .env_clear()
        .env("DATABASE_URL", stack.database())
        .output()
        .unwrap();
    assert!(check.status.success(), "{check:?}");

    stack.restart_api().await;
    let stored = all_titles(&client).await;
    let lost: Vec<_> = acknowledged.difference(&stored).collect();
    assert!(lost.is_empty(), "{} acknowledged writes are lost, such as {:?}", lost.len(), lost.first());
}

async fn write_until_it_fails(client: Client, next: Arc<AtomicUsize>, acknowledged: Arc<Mutex<HashSet<String>>>) {
    loop {
        let number = next.fetch_add(1, Ordering::SeqCst);
        if number >= WRITES {
            return;
        }
        let title = format!("Write {number}");
        match client.try_send(Method::POST, "/tasks", Some(&json!({"title": title}))).await {
            Ok((StatusCode::CREATED, _)) => acknowledged.lock().unwrap().insert(title),
            _ => return,
        };
    }
}

async fn all_titles(client: &Client) -> HashSet<String> {
    let (mut titles, mut cursor) = (HashSet::new(), String::new());
    loop {
        let page = client.get(&format!("/tasks?limit=200{cursor}")).await;
        titles.extend(page["items"].as_array().unwrap().iter().map(|t| t["title"].as_str().unwrap().to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return titles,
        }
    }
}

/// A turn that the api died in is `interrupted`, and a retry ends it, without doing anything twice.
pub async fn kill_in_the_middle_of_a_turn() {
    let gate = Gate::new();
    let model = ScriptedModel::start([
        Step::new(Reply::calls([("add_tasks", json!({"tasks": [{"title": "Buy milk"}]}))])),
        Step::new(Reply::stream().piece("I have ").gate(&gate).piece("never").end("stop")),
        Step::new(Reply::text(["I have added ", "it."])).mentions("Buy milk"),
    ])
    .await
    .unwrap();
    let mut stack = Stack::with_model(&model.base_url).await;
    let client = stack.register("ada@example.org").await;
    let id = start_turn(&client, "add buy milk").await;
    eventually("the beginning of the answer", || async {
        text_of(&turn(&client, &id).await).contains("I have").then_some(())
    })
    .await;
    stack.api.kill();
    model.wait_for_disconnect(1).await.unwrap();

    stack.restart_api().await;
    assert_eq!(turn(&client, &id).await["status"], "interrupted");
    assert_eq!(client.titles("").await, ["Buy milk"], "what was done stays done");
    client.post(&format!("/turns/{id}/retry"), json!({})).await;
    let ended = turn_when(&client, &id, "done").await;
    assert!(text_of(&ended).ends_with("I have added it."), "{ended}");
    assert_eq!(client.titles("").await, ["Buy milk"], "and is not done twice");
    model.finish().await.unwrap();
}

/// With the agent gone tasks go on working, the chat says so, and the built-in planner can take over.
pub async fn the_agent_killed() {
    let model = ScriptedModel::start([]).await.unwrap();
    let mut stack = Stack::with_model(&model.base_url).await;
    let client = stack.register("ada@example.org").await;
    stack.agent.kill();

    client.add("Still works").await;
    let id = start_turn(&client, "Add a task to call the bank").await;
    let failed = turn_when(&client, &id, "failed").await;
    let events = failed["events"].as_array().unwrap();
    let error = events.iter().find(|event| event["event"] == "error").expect("an error event");
    assert_eq!(error["data"]["code"], "agent_unavailable", "{error}");
    assert_eq!(error["data"]["offer_builtin"], true, "{error}");

    client.post(&format!("/turns/{id}/retry"), json!({"planner": "builtin"})).await;
    let done = turn_when(&client, &id, "done").await;
    assert_eq!(done["planner"], "builtin", "{done}");
    assert_eq!(client.titles("").await, ["Still works", "Call the bank"]);

    stack.restart_agent().await;
    assert_eq!(client.get("/me").await["email"], "ada@example.org");
    model.finish().await.unwrap();
}

/// SIGTERM ends each service well, with streams open, and soon.
pub async fn stop_and_start() {
    let mut stack = Stack::start().await;
    let client = stack.register("ada@example.org").await;
    client.say("Add a task to buy groceries tomorrow").await;
    let stream = client.clone();
    let events = tokio::spawn(async move { stream.try_send(Method::GET, "/events", None).await });
    for service in [&mut stack.api, &mut stack.agent, &mut stack.gateway] {
        assert!(service.stop().success(), "{}", service.log());
    }
    // The stream ends, well or not: it must not hang.
    let _ = events.await.unwrap();
}

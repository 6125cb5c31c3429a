//! Turns, through the API.

use super::client::Client;
use super::eventually;
use serde_json::{Value, json};
use uuid::Uuid;

/// Starts a turn in a new conversation; answers with the turn's id.
pub async fn start_turn(client: &Client, message: &str) -> String {
    let conversation = client.post("/conversations", json!({})).await;
    let id = Uuid::new_v4().to_string();
    let path = format!("/conversations/{}/turns", conversation["id"].as_str().unwrap());
    client.post(&path, json!({"id": id, "message": message})).await;
    id
}

/// The turn as it is.
pub async fn turn(client: &Client, id: &str) -> Value {
    client.get(&format!("/turns/{id}")).await
}

/// The turn, once it stands so.
pub async fn turn_when(client: &Client, id: &str, status: &str) -> Value {
    eventually(&format!("the turn to be {status}"), || async {
        let turn = turn(client, id).await;
        (turn["status"] == status).then_some(turn)
    })
    .await
}

/// All that was said in it.
pub fn text_of(turn: &Value) -> String {
    let events = turn["events"].as_array().unwrap();
    events.iter().filter(|e| e["event"] == "text").map(|e| e["data"]["text"].as_str().unwrap()).collect()
}

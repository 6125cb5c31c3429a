//! A turn, seen through its stream of events.

use futures_util::StreamExt;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use todo_stack::Client;
use uuid::Uuid;

#[derive(Debug, Default)]
pub(crate) struct TurnSeen {
    pub(crate) status: String,
    pub(crate) text: String,
    /// When each piece of text came.
    pub(crate) pieces: Vec<Duration>,
    pub(crate) calls: Vec<String>,
    pub(crate) usage: Value,
    pub(crate) error: Value,
    pub(crate) took: Duration,
}

impl TurnSeen {
    pub(crate) fn first(&self) -> Duration {
        self.pieces.first().copied().unwrap_or_default()
    }

    pub(crate) fn last(&self) -> Duration {
        self.pieces.last().copied().unwrap_or_default()
    }

    fn take(&mut self, event: &str, at: Duration) {
        let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("").trim();
        let data: Value = serde_json::from_str(field("data:")).unwrap_or_default();
        match field("event:") {
            "text" => {
                self.pieces.push(at);
                self.text += data["text"].as_str().unwrap();
            }
            "tool_call" => self.calls.push(data["name"].as_str().unwrap().to_owned()),
            "usage" => self.usage = data,
            "error" => self.error = data,
            _ => {}
        }
    }
}

/// Starts a turn in a new conversation; its id.
async fn start(client: &Client, message: &str) -> Uuid {
    let conversation = client.post("/conversations", json!({})).await;
    let id = Uuid::new_v4();
    let path = format!("/conversations/{}/turns", conversation["id"].as_str().unwrap());
    client.post(&path, json!({"id": id, "message": message})).await;
    id
}

/// Says it, and follows the turn to its end.
pub(crate) async fn say(client: &Client, message: &str) -> TurnSeen {
    let id = start(client, message).await;
    follow(client, id, |_| false).await
}

/// Says it, and stops the turn once some words are there.
pub(crate) async fn stop_in_the_middle(client: &Client, message: &str) -> TurnSeen {
    let id = start(client, message).await;
    let before = follow(client, id, |turn| turn.pieces.len() >= 2).await;
    assert!(!before.text.is_empty(), "{before:?}");
    client.post(&format!("/turns/{id}/stop"), json!({})).await;
    follow(client, id, |_| false).await
}

/// Reads the stream of a turn until it ends, or enough was seen.
async fn follow(client: &Client, id: Uuid, enough: impl Fn(&TurnSeen) -> bool) -> TurnSeen {
    let started = Instant::now();
    let mut seen = TurnSeen::default();
    let answer = client.request(Method::GET, &format!("/turns/{id}/events")).send().await.unwrap();
    let (mut stream, mut rest) = (answer.bytes_stream(), String::new());
    while let Some(chunk) = stream.next().await {
        rest += &String::from_utf8_lossy(&chunk.unwrap());
        while let Some((event, after)) = rest.split_once("\n\n") {
            seen.take(event, started.elapsed());
            rest = after.to_owned();
        }
        if enough(&seen) {
            break;
        }
    }
    seen.took = started.elapsed();
    let turn = client.get(&format!("/turns/{id}")).await;
    turn["status"].as_str().unwrap().clone_into(&mut seen.status);
    seen
}

//! One turn as the page makes it: a POST, then the stream of its events.

use futures_util::StreamExt;
use reqwest::Method;
use serde_json::json;
use std::time::{Duration, Instant};
use todo_stack::Client;
use uuid::Uuid;

/// How a turn went.
pub(crate) struct Turn {
    /// Until the first words.
    pub(crate) first: Duration,
    /// Until `done`.
    pub(crate) took: Duration,
    /// When it began.
    pub(crate) began: Instant,
    /// Events with words.
    pub(crate) pieces: usize,
}

pub(crate) async fn conversation(client: &Client) -> String {
    let conversation = client.post("/conversations", json!({})).await;
    conversation["id"].as_str().unwrap().to_owned()
}

/// Says something and follows the turn to its end, which must be a good one.
pub(crate) async fn say(client: &Client, conversation: &str, message: &str) -> Turn {
    let id = Uuid::new_v4();
    let started = Instant::now();
    let body = json!({"id": id, "message": message});
    client.post(&format!("/conversations/{conversation}/turns"), body).await;
    let answer = client.request(Method::GET, &format!("/turns/{id}/events")).send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.status());
    let mut stream = answer.bytes_stream();
    let mut received = Vec::new();
    let mut first = None;
    loop {
        let chunk = stream.next().await.unwrap().unwrap();
        let from = received.len();
        received.extend_from_slice(&chunk);
        // An event's name may stand across two chunks.
        let new = &received[from.saturating_sub(16)..];
        if first.is_none() && has(new, b"event: text") {
            first = Some(started.elapsed());
        }
        assert!(!has(new, b"event: error"), "{}", String::from_utf8_lossy(&received));
        if has(new, b"event: done") {
            break;
        }
    }
    let pieces = received.windows(11).filter(|window| window == b"event: text").count();
    Turn { first: first.unwrap(), took: started.elapsed(), began: started, pieces }
}

fn has(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

//! A person's side of a conversation.

use super::agent::ScriptedAgent;
use super::reply::Reply;
use crate::support::{TestApp, TestClient, json_of};
use eventsource_stream::{Event, Eventsource};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use serde_json::{Value, json};
use std::time::Duration;
use todo_api::clock::Clock;
use uuid::Uuid;

/// How long anything may take that a test waits for.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// A server with a scripted agent, and a person in a conversation.
pub(super) struct Talk {
    pub(super) app: TestApp,
    pub(super) agent: ScriptedAgent,
    pub(super) person: TestClient,
    pub(super) conversation: String,
}

impl Talk {
    pub(super) async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self::with(&[], replies).await
    }

    /// With these flags of the command line.
    pub(super) async fn with(arguments: &[&str], replies: impl IntoIterator<Item = Reply>) -> Self {
        Self::at(Clock::system(), arguments, replies).await
    }

    /// By this clock.
    pub(super) async fn at(clock: Clock, arguments: &[&str], replies: impl IntoIterator<Item = Reply>) -> Self {
        let agent = ScriptedAgent::start(replies).await;
        let all = [arguments, &["--agent-url", agent.url()]].concat();
        let app = TestApp::with(&all, clock).await;
        let person = app.register().await;
        let (status, conversation) = person.post("/api/conversations", json!({})).await;
        assert_eq!(status, 201, "{conversation}");
        Self { app, agent, person, conversation: conversation["id"].as_str().unwrap().to_owned() }
    }

    /// The same person at a server started anew.
    pub(super) async fn restart(self) -> Self {
        let Self { app, agent, person, conversation } = self;
        let app = app.restart(&["--agent-url", agent.url()]).await;
        Self { person: person.at(app.url()), app, agent, conversation }
    }

    /// Says something, and answers with the turn's id.
    pub(super) async fn say(&self, message: &str) -> String {
        let id = Uuid::new_v4().to_string();
        let (status, turn) = self.post_turn(&id, message).await;
        assert_eq!((status, turn["id"].as_str()), (201, Some(id.as_str())), "{turn}");
        id
    }

    pub(super) async fn post_turn(&self, id: &str, message: &str) -> (u16, Value) {
        let path = format!("/api/conversations/{}/turns", self.conversation);
        self.person.post(&path, json!({"id": id, "message": message})).await
    }

    pub(super) async fn turn(&self, id: &str) -> Value {
        let (status, turn) = self.person.get(&format!("/api/turns/{id}")).await;
        assert_eq!(status, 200, "{turn}");
        turn
    }

    /// Says something, waits, and answers with the turn as it ended or waits.
    pub(super) async fn say_and_wait(&self, message: &str) -> Value {
        let id = self.say(message).await;
        self.settled(&id).await
    }

    /// Waits until the turn is no longer at work.
    pub(super) async fn settled(&self, id: &str) -> Value {
        within(async {
            loop {
                let turn = self.turn(id).await;
                if turn["status"] != "running" {
                    return turn;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        })
        .await
    }

    pub(super) async fn answer(&self, turn: &str, call: &str, approve: bool) -> (u16, Value) {
        let path = format!("/api/turns/{turn}/confirmations/{call}");
        within(self.person.post(&path, json!({ "approve": approve }))).await
    }

    pub(super) async fn retry(&self, turn: &str, body: Value) -> (u16, Value) {
        self.person.post(&format!("/api/turns/{turn}/retry"), body).await
    }

    pub(super) async fn stop(&self, turn: &str) -> (u16, Value) {
        self.person.post(&format!("/api/turns/{turn}/stop"), json!({})).await
    }

    pub(super) async fn add_tasks(&self, titles: &[&str]) {
        for title in titles {
            let (status, task) = self.person.post("/api/tasks", json!({ "title": title })).await;
            assert_eq!(status, 201, "{task}");
        }
    }

    /// The titles of the open tasks.
    pub(super) async fn titles(&self) -> Vec<String> {
        let (status, list) = self.person.get("/api/tasks").await;
        assert_eq!(status, 200, "{list}");
        list["items"].as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect()
    }

    /// The stream of the turn's events after `after`.
    pub(super) async fn stream(&self, turn: &str, after: i64) -> Events {
        let request = self.person.request("GET", &format!("/api/turns/{turn}/events"));
        let response = request.header("last-event-id", after).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Events(response.bytes_stream().eventsource().map(Result::unwrap).boxed())
    }
}

/// Events as a client reads them.
pub(super) struct Events(BoxStream<'static, Event>);

impl Events {
    pub(super) async fn next(&mut self) -> Option<(i64, String, Value)> {
        let event = within(self.0.next()).await?;
        Some((event.id.parse().unwrap(), event.event, serde_json::from_str(&event.data).unwrap()))
    }

    /// Reads up to the first event of this name.
    pub(super) async fn up_to(&mut self, name: &str) -> Vec<(i64, String, Value)> {
        let mut read = Vec::new();
        loop {
            let event = self.next().await.unwrap_or_else(|| panic!("no {name} after {read:?}"));
            read.push(event);
            if read.last().unwrap().1 == name {
                return read;
            }
        }
    }

    /// Reads to the end of the stream.
    pub(super) async fn rest(mut self) -> Vec<(i64, String, Value)> {
        let mut read = Vec::new();
        while let Some(event) = self.next().await {
            read.push(event);
        }
        read
    }
}

pub(super) fn ids(events: &[(i64, String, Value)]) -> Vec<i64> {
    events.iter().map(|event| event.0).collect()
}

pub(super) fn names(events: &[(i64, String, Value)]) -> Vec<&str> {
    events.iter().map(|event| event.1.as_str()).collect()
}

/// The names of a turn's events.
pub(super) fn story(turn: &Value) -> Vec<String> {
    turn["events"].as_array().unwrap().iter().map(|event| event["event"].as_str().unwrap().to_owned()).collect()
}

/// The data of the turn's last event of this name.
pub(super) fn last<'a>(turn: &'a Value, name: &str) -> &'a Value {
    let events = turn["events"].as_array().unwrap();
    let found = events.iter().rev().find(|event| event["event"] == name);
    &found.unwrap_or_else(|| panic!("no {name} in {turn}"))["data"]
}

/// What the turn says, all attempts together.
pub(super) fn text(turn: &Value) -> String {
    let events = turn["events"].as_array().unwrap().iter();
    events.filter(|event| event["event"] == "text").map(|event| event["data"]["text"].as_str().unwrap()).collect()
}

pub(super) async fn within<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, work).await.expect("this took too long")
}

/// Waits until `condition` holds.
pub(super) async fn until(condition: impl Fn() -> bool) {
    within(async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
}

/// `POST /chat`.
pub(super) async fn chat(person: &TestClient, key: Option<&str>, body: Value) -> (u16, Value) {
    let request = person.request("POST", "/api/chat").json(&body);
    let request = key.into_iter().fold(request, |request, key| request.header("idempotency-key", key));
    json_of(within(request.send()).await.unwrap()).await
}

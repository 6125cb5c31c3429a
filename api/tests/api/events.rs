use crate::support::{TestApp, TestClient};
use crate::tasks::{add, add_titled};
use futures_util::future::ready;
use futures_util::{StreamExt, stream::BoxStream};
use serde_json::{Value, json};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(10);

#[derive(Debug, PartialEq)]
struct Event {
    id: i64,
    name: String,
    data: Value,
}

struct Listener {
    chunks: BoxStream<'static, Vec<u8>>,
    text: String,
}

impl Listener {
    async fn start(client: &TestClient, query: &str, last: Option<i64>) -> Self {
        let request = client.request("GET", &format!("/api/events{query}"));
        let request = last.iter().fold(request, |request, id| request.header("Last-Event-ID", id.to_string()));
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let chunks =
            response.bytes_stream().take_while(|chunk| ready(chunk.is_ok())).map(|chunk| chunk.unwrap().to_vec());
        Self { chunks: chunks.boxed(), text: String::new() }
    }

    /// The next block, comments included.
    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(block);
            }
            let chunk = tokio::time::timeout(SOON, self.chunks.next()).await.expect("no event came")?;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            let block = self.block().await?;
            if block.starts_with(':') {
                continue;
            }
            let line = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
            return Some(Event {
                id: line("id:").parse().unwrap(),
                name: line("event:"),
                data: serde_json::from_str(&line("data:")).unwrap(),
            });
        }
    }
}

#[tokio::test]
async fn a_stream_begins_now_and_shows_each_change() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add_titled(&client, &["old"]).await;
    let mut listener = Listener::start(&client, "", None).await;
    let first = listener.next().await.unwrap();
    assert_eq!((first.id, first.name.as_str()), (1, "ready"));
    add(&client, json!({"title": "new"})).await;
    let event = listener.next().await.unwrap();
    assert_eq!((event.id, event.name.as_str()), (2, "operation"));
    assert_eq!(event.data, client.get("/api/operations?limit=1").await.1["items"][0]);
}

#[tokio::test]
async fn nothing_is_lost_when_the_connection_breaks_while_others_write() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let writers = (0..4).map(|writer| {
        let client = &client;
        async move {
            for n in 0..60 {
                add(client, json!({"title": format!("{writer} {n}")})).await;
            }
        }
    });
    let reading = async {
        let mut last = 0;
        while last < 240 {
            let mut listener = Listener::start(&client, "", Some(last)).await;
            // Some events, then the connection breaks.
            for _ in 0..17 {
                let event = listener.next().await.unwrap();
                assert_eq!((event.id, event.name.as_str()), (last + 1, "operation"));
                last = event.id;
                if last == 240 {
                    break;
                }
            }
        }
    };
    tokio::join!(reading, futures_util::future::join_all(writers));
}

#[tokio::test]
async fn a_client_far_behind_catches_up_and_one_ahead_begins_anew() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let tasks: Vec<_> = (0..350).map(|n| json!({"title": format!("t{n}")})).collect();
    client.post("/api/me/import", json!({ "tasks": tasks })).await;
    let mut listener = Listener::start(&client, "?after=0", None).await;
    for id in 1..=350 {
        assert_eq!(listener.next().await.unwrap().id, id);
    }
    let mut ahead = Listener::start(&client, "", Some(100_000)).await;
    let first = ahead.next().await.unwrap();
    assert_eq!((first.id, first.name.as_str()), (350, "ready"));
    add(&client, json!({"title": "new"})).await;
    assert_eq!(ahead.next().await.unwrap().id, 351);
    assert_eq!(listener.next().await.unwrap().id, 351);
}

#[tokio::test]
async fn others_changes_are_not_shown() {
    let app = TestApp::start().await;
    let (client, other) = (app.register().await, app.register().await);
    let mut listener = Listener::start(&client, "", None).await;
    assert_eq!(listener.next().await.unwrap().name, "ready");
    add_titled(&other, &["theirs"]).await;
    add_titled(&client, &["mine"]).await;
    assert_eq!(listener.next().await.unwrap().data["after"]["title"], "mine");
}

#[tokio::test]
async fn a_quiet_stream_is_kept_open_by_comments_and_ends_with_its_session() {
    let app = TestApp::with(&["--sse-heartbeat", "200ms"], todo_api::clock::Clock::system()).await;
    let client = app.register().await;
    let mut listener = Listener::start(&client, "", None).await;
    assert_eq!(listener.next().await.unwrap().name, "ready");
    assert!(listener.block().await.unwrap().starts_with(':'));
    assert_eq!(client.post("/api/auth/logout", json!({})).await.0, 204);
    while let Some(block) = listener.block().await {
        assert!(block.starts_with(':'), "{block}");
    }
}

#[tokio::test]
async fn an_id_that_is_no_number_is_refused() {
    let app = TestApp::start().await;
    let client = app.register().await;
    assert_eq!(client.get("/api/events?after=x").await.0, 422);
    assert_eq!(app.visitor().get("/api/events").await.0, 401);
}

#[tokio::test]
async fn an_account_has_ten_streams_at_once_and_others_are_not_concerned() {
    let app = TestApp::start().await;
    let (ada, bob) = (app.register().await, app.register().await);
    let mut open = Vec::new();
    for _ in 0..10 {
        open.push(Listener::start(&ada, "", None).await);
    }
    let refused = ada.request("GET", "/api/events").send().await.unwrap();
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["retry-after"], "5");
    assert_eq!(refused.json::<Value>().await.unwrap()["code"], "too_many_streams");
    Listener::start(&bob, "", None).await;

    open.pop();
    let deadline = tokio::time::Instant::now() + SOON;
    while ada.request("GET", "/api/events").send().await.unwrap().status() != 200 {
        assert!(tokio::time::Instant::now() < deadline, "a closed stream is not free again");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

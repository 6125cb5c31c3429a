//! A volume that is full.

use crate::support::client::Client;
use crate::support::engine::{Container, image, tools};
use crate::support::eventually;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const SECRET: &str = "a-secret-of-the-tests-that-is-long-enough";

/// Adds tasks until one is refused; answers the refusal and how many were taken.
async fn add_until_refused(client: &Client) -> (StatusCode, Value, usize) {
    let mut added = 0;
    loop {
        assert!(added < 5_000, "the volume never filled up");
        let notes = "all that is known about it ".repeat(200);
        let task = json!({"title": format!("Task {added}"), "notes": notes});
        let (status, answer) = client.send(Method::POST, "/tasks", Some(&task)).await;
        if status != StatusCode::CREATED {
            return (status, answer, added);
        }
        added += 1;
    }
}

pub async fn a_full_volume_answers_507_and_recovers() {
    let tools = format!("{}:/tools:ro", tools().display());
    let (jwt, token) = (format!("JWT_SECRET={SECRET}"), format!("AGENT_TOKEN={SECRET}"));
    let api = Container::run(&[
        "--read-only",
        "--cap-drop",
        "ALL",
        "--security-opt",
        "no-new-privileges",
        "--publish",
        "127.0.0.1::8000",
        "--tmpfs",
        "/data:rw,size=12m,uid=10001,gid=10001,mode=0700",
        "--volume",
        &tools,
        "--env",
        &jwt,
        "--env",
        &token,
        "--env",
        "RATE_LIMIT=off",
        "--env",
        "REGISTRATION=open",
        &image("api"),
    ]);
    let url = api.url(8000);
    api.ready(&url).await;
    let client = Client::register(&url, "ada@example.org").await;
    client.add("Before").await;

    // As large as what is free, less the little that the log of changes may still take.
    let (_, said) = api.busybox(&["dd", "if=/dev/zero", "of=/data/other", "bs=64k"]);
    assert!(said.contains("No space left"), "{said}");
    let (status, answer, added) = add_until_refused(&client).await;
    assert_eq!((status.as_u16(), answer["code"].as_str()), (507, Some("storage_full")), "{answer}");
    api.ready(&url).await;
    let credentials = json!({"email": "ada@example.org", "password": "correct horse battery staple"});
    let (status, answer) = client.send(Method::POST, "/auth/login", Some(&credentials)).await;
    assert_ne!(status.as_u16(), 507, "signing in goes on: {answer}");
    assert_eq!(
        client.get("/tasks").await["total"].as_u64(),
        Some(added as u64 + 1),
        "reading goes on, nothing is lost"
    );

    assert!(api.busybox(&["rm", "/data/other"]).0);
    eventually("writing to go on", || async {
        let (status, _) = client.send(Method::POST, "/tasks", Some(&json!({"title": "After"}))).await;
        (status == StatusCode::CREATED).then_some(())
    })
    .await;
    api.ready(&url).await;
    assert_eq!(client.get("/tasks").await["total"].as_u64(), Some(added as u64 + 2));
}

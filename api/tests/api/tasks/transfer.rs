use super::{add, field, titles};
use crate::support::{TestApp, json_of};
use serde_json::{Value, json};

/// What an import keeps of a task.
fn kept(document: &Value) -> Vec<Value> {
    let mut tasks = document["tasks"].as_array().unwrap().clone();
    tasks.sort_by_key(|task| task["position"].as_str().unwrap().to_owned());
    for task in &mut tasks {
        for own in ["id", "version", "position", "updated_at"] {
            task.as_object_mut().unwrap().remove(own);
        }
    }
    tasks
}

#[tokio::test]
async fn an_exported_account_can_be_taken_in_by_another() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register_as("ada@example.org").await;
    add(&client, json!({"title": "a", "notes": "n", "tags": ["x"], "priority": "high"})).await;
    add(&client, json!({"title": "b", "due": {"date": "2027-03-02"}, "repeat": {"rule": "FREQ=DAILY"}})).await;
    add(&client, json!({"title": "c"})).await;
    client.post("/api/tasks/3/move", json!({"before": 1})).await;
    client.post("/api/tasks/2/complete", json!({})).await;
    client.delete("/api/tasks/3").await;
    let (status, document) = client.get("/api/me/export").await;
    assert_eq!(
        (status, &document["format"], &document["account"]["email"]),
        (200, &json!("todo-app"), &json!("ada@example.org"))
    );
    assert_eq!(document["tasks"].as_array().unwrap().len(), 4);

    let other = app.register().await;
    assert_eq!(
        other.post("/api/me/import", document.clone()).await,
        (200, json!({"imported": 4, "known": 0, "replayed": false}))
    );
    let (_, copy) = other.get("/api/me/export").await;
    assert_eq!(kept(&copy), kept(&document));
    assert_eq!(titles(&other, "/api/tasks?q=a").await.0, ["a"]);
    let (_, undone) = other.post("/api/operations/undo-last", json!({})).await;
    assert_eq!(undone["operations"].as_array().map(Vec::len), Some(4), "{undone}");
    assert_eq!(titles(&other, "/api/tasks?status=all").await.1["total"], 0);
}

#[tokio::test]
async fn a_document_with_a_fault_changes_nothing_and_the_fault_is_named() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let with = |task: Value| json!({"tasks": [{"title": "good"}, task]});
    for (document, name) in [
        (json!({"format": "other", "tasks": []}), "format"),
        (json!({"version": 2, "tasks": []}), "version"),
        (json!({}), "tasks"),
        (with(json!({"title": ""})), "tasks[1].title"),
        (with(json!({"title": "x", "due": {"date": "2027-02-30"}})), "tasks[1].due"),
        (
            with(json!({"title": "x", "due": {"date": "2027-02-01", "time": "09:00", "zone": "No/Where"}})),
            "tasks[1].due.zone",
        ),
        (with(json!({"title": "x", "repeat": {"rule": "FREQ=DAILY;COUNT=0"}})), "tasks[1].repeat.rule"),
        (with(json!({"title": "x", "completed_at": "2020-01-01T00:00:00Z"})), "tasks[1].completed_at"),
        (with(json!({"title": "x", "created_at": "2999-01-01T00:00:00Z"})), "tasks[1].created_at"),
    ] {
        let answer = client.post("/api/me/import", document.clone()).await;
        let named = if answer.1["errors"].is_null() { "tasks" } else { field(&answer) };
        assert_eq!(named, name, "{document}");
    }
    assert_eq!(titles(&client, "/api/tasks?status=all").await.1["total"], 0);
}

#[tokio::test]
async fn an_import_under_the_same_key_is_done_once() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let post = |count: usize| {
        let tasks: Vec<_> = (0..count).map(|n| json!({"title": format!("t{n}")})).collect();
        client.request("POST", "/api/me/import").header("Idempotency-Key", "k").json(&json!({"tasks": tasks})).send()
    };
    for replayed in [false, true] {
        let answer = json_of(post(3).await.unwrap()).await;
        assert_eq!(answer, (200, json!({"imported": 3, "known": 0, "replayed": replayed})));
    }
    assert_eq!(json_of(post(2).await.unwrap()).await.1["code"], "idempotency_key_reused");
    assert_eq!(titles(&client, "/api/tasks").await.0, ["t0", "t1", "t2"]);
}

#[tokio::test]
async fn another_document_of_the_same_length_under_the_same_key_is_refused() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let post = async |path: &str, body: Value| {
        json_of(client.request("POST", path).header("Idempotency-Key", "k").json(&body).send().await.unwrap()).await
    };
    assert_eq!(post("/api/me/import", json!({"tasks": [{"title": "a"}]})).await.0, 200);
    for other in [json!({"tasks": [{"title": "b"}]}), json!({"tasks": []})] {
        assert_eq!(post("/api/me/import", other).await.1["code"], "idempotency_key_reused");
    }
    assert_eq!(titles(&client, "/api/tasks").await.0, ["a"]);
    // The same of every request that takes a key.
    let keyed = async |key: &str, path: &str, body: Value| {
        json_of(client.request("POST", path).header("Idempotency-Key", key).json(&body).send().await.unwrap()).await
    };
    for (key, path, first, other) in [
        ("c", "/api/tasks", json!({"title": "x"}), json!({"title": "x", "notes": "n"})),
        (
            "b",
            "/api/tasks/batch",
            json!({"action": "complete", "ids": [1]}),
            json!({"action": "complete", "ids": [1, 2]}),
        ),
        ("u", "/api/operations/3/undo", json!({}), json!({"scope": "group"})),
    ] {
        assert!(keyed(key, path, first.clone()).await.0 < 300, "{path}");
        assert!(keyed(key, path, first).await.0 < 300, "{path}");
        assert_eq!(keyed(key, path, other).await.1["code"], "idempotency_key_reused", "{path}");
    }
}

#[tokio::test]
async fn what_is_there_already_is_told_before_and_left() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    for title in ["a", "b", "b"] {
        add(&client, json!({ "title": title })).await;
    }
    client.patch("/api/tasks/1", json!({"title": "renamed"})).await;
    let (_, mut document) = client.get("/api/me/export").await;
    document["tasks"].as_array_mut().unwrap().push(json!({"title": "new"}));
    client.patch("/api/tasks/1", json!({"title": "renamed since"})).await;
    let (_, preview) = client.post("/api/me/import?dry_run=true", document.clone()).await;
    assert_eq!(preview, json!({"new": 1, "known": 3, "total": 4, "sample": ["new"]}));
    assert_eq!(titles(&client, "/api/tasks").await.1["total"], 3);
    let (_, imported) = client.post("/api/me/import", document.clone()).await;
    assert_eq!(imported, json!({"imported": 1, "known": 3, "replayed": false}));

    // In another account they are new once, and known from then on.
    let other = app.register().await;
    for imported in [4, 1] {
        let (_, answer) = other.post("/api/me/import", document.clone()).await;
        assert_eq!(answer["imported"], imported, "{answer}");
    }
    // What was deleted since comes back.
    client.delete("/api/tasks/2").await;
    document["tasks"].as_array_mut().unwrap().pop();
    assert_eq!(client.post("/api/me/import", document.clone()).await.1["imported"], 1);

    let (_, kept) = client.post("/api/me/import?duplicates=keep", document.clone()).await;
    assert_eq!((&kept["imported"], &kept["known"]), (&json!(3), &json!(0)));
}

#[tokio::test]
async fn a_byte_order_mark_is_read_over() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let utf16 = |text: &str, to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    let send = async |path: &str, body: Vec<u8>| {
        let request = client.request("POST", path).header("content-type", "application/json").body(body);
        json_of(request.send().await.unwrap()).await
    };
    for (path, text) in
        [("/api/me/import", r#"{"tasks": [{"title": "Äpfel"}]}"#), ("/api/tasks", r#"{"title": "Äpfel"}"#)]
    {
        let text = format!("\u{feff}{text}");
        for body in [text.clone().into_bytes(), utf16(&text, u16::to_le_bytes), utf16(&text, u16::to_be_bytes)] {
            let (status, answer) = send(path, body).await;
            assert!(status < 300, "{path}: {answer}");
        }
    }
    assert_eq!(titles(&client, "/api/tasks").await.0, ["Äpfel"; 6]);
    assert_eq!(send("/api/tasks", vec![0xFF, 0xFE, 0x00]).await.1["code"], "malformed_json");
}

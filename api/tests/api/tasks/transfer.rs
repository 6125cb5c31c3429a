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
    assert_eq!(other.post("/api/me/import", document.clone()).await, (200, json!({"imported": 4})));
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
    for _ in 0..2 {
        assert_eq!(json_of(post(3).await.unwrap()).await, (200, json!({"imported": 3})));
    }
    assert_eq!(json_of(post(2).await.unwrap()).await.1["code"], "idempotency_key_reused");
    assert_eq!(titles(&client, "/api/tasks").await.0, ["t0", "t1", "t2"]);
}

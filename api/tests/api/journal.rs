use crate::support::{TestApp, TestClient, json_of};
use crate::tasks::{add, add_titled, titles};
use serde_json::{Value, json};

async fn undo(client: &TestClient, id: i64, body: Value) -> (u16, Value) {
    client.post(&format!("/api/operations/{id}/undo"), body).await
}

async fn undo_last(client: &TestClient) -> (u16, Value) {
    json_of(client.request("POST", "/api/operations/undo-last").send().await.unwrap()).await
}

#[tokio::test]
async fn every_change_is_an_operation() {
    let app = TestApp::start_at_fixed_time().await;
    let browser = app.register().await;
    add_titled(&browser, &["a"]).await;
    browser.patch("/api/tasks/1", json!({"title": "b"})).await;
    let script = browser.token("read_write").await;
    for path in ["/api/tasks/1/complete", "/api/tasks/1/reopen", "/api/tasks/1/move"] {
        script.post(path, json!({})).await;
    }
    script.delete("/api/tasks/1").await;
    script.post("/api/tasks/1/restore", json!({})).await;
    script.delete("/api/tasks/1?permanent=true").await;
    let (status, page) = browser.get("/api/operations").await;
    assert_eq!(status, 200);
    let operations = page["items"].as_array().unwrap();
    let kinds: Vec<_> = operations.iter().rev().map(|o| o["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["create", "update", "complete", "reopen", "update", "delete", "restore", "delete"]);
    let ids: Vec<_> = operations.iter().map(|o| o["id"].as_i64().unwrap()).collect();
    assert_eq!(ids, [8, 7, 6, 5, 4, 3, 2, 1]);
    assert_eq!(operations[7]["actor"], json!({"kind": "user"}));
    assert_eq!(operations[0]["actor"], json!({"kind": "token", "name": "script"}));
    assert_eq!(operations[7]["before"], json!(null));
    assert_eq!(operations[0]["after"], json!(null));
}

#[tokio::test]
async fn the_journal_is_paged_and_can_be_narrowed_to_a_task() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add_titled(&client, &["a", "b", "c"]).await;
    client.patch("/api/tasks/2", json!({"title": "bb"})).await;
    let (_, first) = client.get("/api/operations?limit=3").await;
    let cursor = first["next_cursor"].as_str().unwrap();
    let (_, second) = client.get(&format!("/api/operations?limit=3&cursor={cursor}")).await;
    assert_eq!((&second["items"][0]["id"], &second["next_cursor"]), (&json!(1), &json!(null)));
    let (_, of_task) = client.get("/api/operations?task_id=2").await;
    let ids: Vec<_> = of_task["items"].as_array().unwrap().iter().map(|o| o["id"].as_i64().unwrap()).collect();
    assert_eq!(ids, [4, 2]);
    assert_eq!(client.get("/api/operations?task_id=x").await.0, 422);
}

#[tokio::test]
async fn undo_brings_back_what_was_and_undoing_that_redoes_it() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add(&client, json!({"title": "a", "tags": ["x"]})).await;
    client.patch("/api/tasks/1", json!({"title": "b", "tags": ["y"], "priority": "high"})).await;
    let (status, undone) = undo(&client, 2, json!({})).await;
    assert_eq!(
        (status, &undone["operations"][0]["kind"], &undone["operations"][0]["undoes"]),
        (200, &json!("undo"), &json!(2))
    );
    let (_, task) = client.get("/api/tasks/1").await;
    assert_eq!((&task["title"], &task["tags"], &task["version"]), (&json!("a"), &json!(["x"]), &json!(3)));
    assert_eq!(client.get("/api/tags").await.1, json!([{"tag": "x", "count": 1}]));
    assert_eq!(undo(&client, 2, json!({})).await.1["code"], "already_undone");
    assert_eq!(undo(&client, 3, json!({})).await.0, 200);
    assert_eq!(client.get("/api/tasks/1").await.1["title"], "b");
    // Redone, it can be taken back again.
    assert_eq!(undo(&client, 2, json!({})).await.0, 200);
    assert_eq!(client.get("/api/tasks/1").await.1["title"], "a");
    assert_eq!(undo(&client, 99, json!({})).await.0, 404);
}

#[tokio::test]
async fn undo_of_each_kind_of_change() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add_titled(&client, &["a", "b"]).await;
    assert_eq!(undo(&client, 2, json!({})).await.0, 200);
    assert_eq!(titles(&client, "/api/tasks?status=trash").await.0, ["b"]);
    let unchanged = titles(&client, "/api/tasks?status=all").await.1["items"].clone();
    for path in ["complete", "move", "reopen", "delete", "restore"] {
        if path == "reopen" {
            client.post("/api/tasks/1/complete", json!({})).await;
        }
        let before = client.get("/api/tasks/1").await.1;
        match path {
            "delete" => client.delete("/api/tasks/1").await,
            "restore" => {
                client.post("/api/tasks/1/reopen", json!({})).await;
                client.delete("/api/tasks/1").await;
                client.post("/api/tasks/1/restore", json!({})).await
            }
            _ => client.post(&format!("/api/tasks/1/{path}"), json!({})).await,
        };
        let (status, undone) = undo_last(&client).await;
        assert_eq!(status, 200, "{path}: {undone}");
        let after = &undone["operations"][0]["after"];
        if path == "restore" {
            assert!(after["deleted_at"].is_string());
            continue;
        }
        for field in ["status", "completed_at", "position", "title"] {
            assert_eq!(after[field], before[field], "{path} {field}");
        }
    }
    assert_eq!(unchanged.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_later_change_stands_in_the_way_and_is_named() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add_titled(&client, &["a"]).await;
    client.patch("/api/tasks/1", json!({"title": "b"})).await;
    client.patch("/api/tasks/1", json!({"notes": "n"})).await;
    let (status, problem) = undo(&client, 2, json!({})).await;
    assert_eq!((status, &problem["code"]), (409, &json!("undo_conflict")));
    assert!(problem["detail"].as_str().unwrap().contains("notes"), "{problem}");
    assert_eq!(client.get("/api/tasks/1").await.1["title"], "b");
    // Once the later one is taken back, it no longer does.
    assert_eq!(undo(&client, 3, json!({})).await.0, 200);
    assert_eq!(undo(&client, 2, json!({})).await.0, 200);
    client.delete("/api/tasks/1?permanent=true").await;
    for id in [1, 6] {
        let (status, problem) = undo(&client, id, json!({})).await;
        assert_eq!((status, &problem["code"]), (409, &json!("undo_conflict")), "{id}");
        assert!(problem["detail"].as_str().unwrap().contains("for good"));
    }
}

#[tokio::test]
async fn undo_last_walks_back_and_each_step_can_be_redone() {
    let app = TestApp::start().await;
    let client = app.register().await;
    assert_eq!(undo_last(&client).await.1["code"], "nothing_to_undo");
    add_titled(&client, &["a"]).await;
    client.patch("/api/tasks/1", json!({"title": "b"})).await;
    client.post("/api/tasks/1/complete", json!({})).await;
    let shows = async || {
        let (_, task) = client.get("/api/tasks/1").await;
        format!("{} {} {}", task["title"], task["status"], task["deleted_at"].is_string()).replace('"', "")
    };
    let mut undos = Vec::new();
    for wanted in ["b open false", "a open false", "a open true"] {
        let (status, undone) = undo_last(&client).await;
        assert_eq!(status, 200, "{undone}");
        undos.push(undone["operations"][0]["id"].as_i64().unwrap());
        assert_eq!(shows().await, wanted);
    }
    assert_eq!(undo_last(&client).await.1["code"], "nothing_to_undo");
    for wanted in ["a open false", "b open false", "b done false"] {
        assert_eq!(undo(&client, undos.pop().unwrap(), json!({})).await.0, 200);
        assert_eq!(shows().await, wanted);
    }
    assert_eq!(undo_last(&client).await.0, 200);
    assert_eq!(shows().await, "b open false");
}

#[tokio::test]
async fn a_batch_is_taken_back_as_a_whole_or_not_at_all() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add_titled(&client, &["a", "b", "c"]).await;
    client.post("/api/tasks/batch", json!({"action": "delete", "ids": [1, 2, 3]})).await;
    assert_eq!(undo_last(&client).await.1["operations"].as_array().unwrap().len(), 3);
    assert_eq!(titles(&client, "/api/tasks").await.0.concat(), "abc");
    client.post("/api/tasks/batch", json!({"action": "complete", "ids": [1, 2, 3]})).await;
    client.patch("/api/tasks/2", json!({"title": "bb"})).await;
    let (_, page) = client.get("/api/operations?task_id=3&limit=1").await;
    let id = page["items"][0]["id"].as_i64().unwrap();
    assert_eq!(undo(&client, id, json!({"scope": "group"})).await.1["code"], "undo_conflict");
    assert_eq!(titles(&client, "/api/tasks?status=done").await.1["total"], 3);
    assert_eq!(undo(&client, id, json!({})).await.0, 200);
    assert_eq!(titles(&client, "/api/tasks").await.0.concat(), "c");
}

#[tokio::test]
async fn undoing_a_completion_takes_the_next_occurrence_along() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    add(&client, json!({"title": "a", "repeat": {"rule": "FREQ=DAILY"}})).await;
    client.post("/api/tasks/1/complete", json!({})).await;
    let (_, undone) = undo(&client, 2, json!({})).await;
    assert_eq!(undone["operations"].as_array().unwrap().len(), 2);
    let (_, open) = titles(&client, "/api/tasks").await;
    assert_eq!((&open["total"], &open["items"][0]["id"]), (&json!(1), &json!(1)));
    // Redone: the next occurrence is there again.
    let redo = undone["operations"][0]["id"].as_i64().unwrap();
    assert_eq!(undo(&client, redo, json!({})).await.0, 200);
    let (_, open) = titles(&client, "/api/tasks").await;
    assert_eq!((&open["total"], &open["items"][0]["id"]), (&json!(1), &json!(2)));
    // Changed since, it stays, and with it the completion.
    client.patch("/api/tasks/2", json!({"title": "aa"})).await;
    assert_eq!(undo(&client, 2, json!({})).await.1["code"], "undo_conflict");
    assert_eq!(client.get("/api/tasks/1").await.1["status"], "done");
}

#[tokio::test]
async fn an_undo_under_the_same_key_is_done_once() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add_titled(&client, &["a", "b"]).await;
    let post = |path: &'static str| client.request("POST", path).header("Idempotency-Key", "u").send();
    let first = json_of(post("/api/operations/undo-last").await.unwrap()).await;
    let again = post("/api/operations/undo-last").await.unwrap();
    assert!(again.headers().contains_key("idempotent-replayed"));
    assert_eq!(json_of(again).await, first);
    assert_eq!(titles(&client, "/api/tasks").await.0, ["a"]);
    assert_eq!(json_of(post("/api/operations/1/undo").await.unwrap()).await.1["code"], "idempotency_key_reused");
}

async fn redo_last(client: &TestClient) -> (u16, Value) {
    json_of(client.request("POST", "/api/operations/redo-last").send().await.unwrap()).await
}

#[tokio::test]
async fn redo_last_walks_forward_again_with_the_same_numbers() {
    let app = TestApp::start().await;
    let client = app.register().await;
    assert_eq!(redo_last(&client).await.1["code"], "nothing_to_redo");
    add_titled(&client, &["a"]).await;
    client.patch("/api/tasks/1", json!({"title": "b"})).await;
    add_titled(&client, &["c"]).await;
    assert_eq!(redo_last(&client).await.1["code"], "nothing_to_redo");
    for _ in 0..3 {
        assert_eq!(undo_last(&client).await.0, 200);
    }
    for wanted in [vec!["a"], vec!["b"], vec!["b", "c"]] {
        let (status, redone) = redo_last(&client).await;
        assert_eq!((status, &redone["operations"][0]["kind"]), (200, &json!("undo")), "{redone}");
        assert_eq!(titles(&client, "/api/tasks").await.0, wanted);
    }
    assert_eq!(redo_last(&client).await.1["code"], "nothing_to_redo");
    let (_, page) = titles(&client, "/api/tasks").await;
    assert_eq!((&page["items"][0]["id"], &page["items"][1]["id"]), (&json!(1), &json!(2)));
    // What was redone can be undone and redone once more.
    assert_eq!(undo_last(&client).await.0, 200);
    assert_eq!(titles(&client, "/api/tasks").await.0, ["b"]);
    assert_eq!(redo_last(&client).await.0, 200);
    assert_eq!(titles(&client, "/api/tasks").await.0, ["b", "c"]);
}

#[tokio::test]
async fn after_a_new_change_there_is_nothing_to_redo_until_that_is_taken_back() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add_titled(&client, &["a"]).await;
    undo_last(&client).await;
    add_titled(&client, &["b"]).await;
    assert_eq!(redo_last(&client).await.1["code"], "nothing_to_redo");
    assert_eq!(titles(&client, "/api/tasks").await.0, ["b"]);
    undo_last(&client).await;
    // The latest undo first, then the one before it: but that was before "b", which stands again.
    assert_eq!(redo_last(&client).await.0, 200);
    assert_eq!(titles(&client, "/api/tasks").await.0, ["b"]);
    assert_eq!(redo_last(&client).await.1["code"], "nothing_to_redo");
}

#[tokio::test]
async fn a_batch_is_redone_as_a_whole_and_a_completion_with_its_next_occurrence() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    add_titled(&client, &["a", "b", "c"]).await;
    client.post("/api/tasks/batch", json!({"action": "delete", "ids": [1, 2]})).await;
    undo_last(&client).await;
    assert_eq!(redo_last(&client).await.1["operations"].as_array().unwrap().len(), 2);
    assert_eq!(titles(&client, "/api/tasks").await.0, ["c"]);
    add(&client, json!({"title": "d", "repeat": {"rule": "FREQ=DAILY"}})).await;
    client.post("/api/tasks/4/complete", json!({})).await;
    undo_last(&client).await;
    assert_eq!(redo_last(&client).await.1["operations"].as_array().unwrap().len(), 2);
    let (_, open) = titles(&client, "/api/tasks").await;
    assert_eq!((&open["total"], &open["items"][1]["id"]), (&json!(2), &json!(5)));
    assert_eq!(client.get("/api/tasks/4").await.1["status"], "done");
}

#[tokio::test]
async fn what_was_redone_in_the_journal_and_taken_back_there_is_neither_lost_nor_in_the_way() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add_titled(&client, &["a", "b"]).await;
    client.patch("/api/tasks/1", json!({"title": "aa"})).await;
    for id in [3, 4, 5] {
        assert_eq!(undo(&client, id, json!({})).await.0, 200, "{id}");
    }
    assert_eq!(titles(&client, "/api/tasks").await.0, ["a", "b"]);
    assert_eq!(client.get("/api/operations").await.1["items"][3]["undone_by"], 6);
    assert_eq!(redo_last(&client).await.0, 200);
    assert_eq!(titles(&client, "/api/tasks").await.0, ["aa", "b"]);
    assert_eq!(undo_last(&client).await.0, 200);
    assert_eq!(titles(&client, "/api/tasks").await.0, ["a", "b"]);
    assert_eq!(undo_last(&client).await.0, 200);
    assert_eq!(titles(&client, "/api/tasks").await.0, ["a"]);
}

#[tokio::test]
async fn a_redo_under_the_same_key_is_done_once_and_is_no_undo() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add_titled(&client, &["a", "b"]).await;
    undo_last(&client).await;
    undo_last(&client).await;
    let post = |path: &'static str| client.request("POST", path).header("Idempotency-Key", "r").send();
    let first = json_of(post("/api/operations/redo-last").await.unwrap()).await;
    let again = post("/api/operations/redo-last").await.unwrap();
    assert!(again.headers().contains_key("idempotent-replayed"));
    assert_eq!(json_of(again).await, first);
    assert_eq!(titles(&client, "/api/tasks").await.0, ["a"]);
    let (status, problem) = json_of(post("/api/operations/undo-last").await.unwrap()).await;
    assert_eq!((status, &problem["code"]), (409, &json!("idempotency_key_reused")));
}

#[tokio::test]
async fn a_redo_is_ones_own() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    let bob = app.register_as("bob@example.org").await;
    add_titled(&ada, &["a"]).await;
    undo_last(&ada).await;
    assert_eq!(redo_last(&bob).await.1["code"], "nothing_to_redo");
    assert_eq!(titles(&ada, "/api/tasks").await.0, Vec::<String>::new());
}

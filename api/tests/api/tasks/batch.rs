use super::{add, add_titled, field, titles};
use crate::support::{TestApp, json_of};
use serde_json::{Value, json};

#[tokio::test]
async fn each_item_succeeds_or_fails_by_itself() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add_titled(&client, &["a", "b", "c"]).await;
    let (status, result) = client.post("/api/tasks/batch", json!({"action": "complete", "ids": [1, 33, 3]})).await;
    assert_eq!((status, &result["kind"]), (200, &json!("changed")));
    let ok: Vec<_> = result["items"].as_array().unwrap().iter().map(|item| item["ok"].as_bool().unwrap()).collect();
    assert_eq!(ok, [true, false, true]);
    let error = &result["items"][1]["error"];
    assert_eq!((&error["code"], &error["candidates"][0]["title"]), (&json!("not_found"), &json!("c")));
    assert_eq!(result["operations"].as_array().unwrap().len(), 2);
    assert_eq!(titles(&client, "/api/tasks?status=done").await.0, ["a", "c"]);
    // Done already: well, and nothing to write down.
    let (_, again) = client.post("/api/tasks/batch", json!({"action": "complete", "ids": [1]})).await;
    assert_eq!((&again["items"][0]["ok"], &again["operations"]), (&json!(true), &json!([])));
}

#[tokio::test]
async fn every_action_works() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    let post = |body: Value| client.post("/api/tasks/batch", body);
    let (_, added) = post(json!({"action": "add", "tasks": [
        {"title": "a", "tags": ["x", "y"], "due": {"date": "2027-03-02"}, "repeat": {"rule": "FREQ=DAILY"}},
        {"title": "b", "notes": "n", "repeat": {"rule": "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2"}},
        {"title": "c"}]}))
    .await;
    assert_eq!(added["items"][1]["error"]["code"], "validation_failed");
    assert_eq!(added["items"][2]["task"]["id"], 2);
    let (_, updated) = post(json!({"action": "update", "changes": [
        {"id": 1, "add_tags": ["z"], "remove_tags": ["x"], "clear": ["repeat"], "title": null},
        {"id": 2, "due": {"date": "2027-03-05", "time": "09:00"}, "priority": "high"}]}))
    .await;
    assert_eq!(updated["items"][0]["task"]["tags"], json!(["y", "z"]));
    assert_eq!(updated["items"][0]["task"].get("repeat"), None);
    assert_eq!(updated["items"][1]["task"]["due"]["zone"], "Europe/Berlin");
    for notes in [json!({"notes": "n"}), json!({"add_notes": "more"})] {
        let mut change = json!({"id": 2});
        change.as_object_mut().unwrap().extend(notes.as_object().unwrap().clone());
        post(json!({"action": "update", "changes": [change]})).await;
    }
    let (_, noted) = client.get("/api/tasks/2").await;
    assert_eq!(noted["notes"], "n\nmore");
    for (action, shelf, wanted) in
        [("complete", "done", 2), ("reopen", "open", 2), ("delete", "trash", 2), ("restore", "open", 2)]
    {
        let (_, result) = post(json!({"action": action, "ids": [1, 2]})).await;
        assert_eq!(result["operations"].as_array().unwrap().len(), 2, "{action}: {result}");
        assert_eq!(titles(&client, &format!("/api/tasks?status={shelf}")).await.1["total"], wanted, "{action}");
    }
}

#[tokio::test]
async fn a_completed_repeat_shows_its_next_occurrence_also_when_asked_again() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    add(&client, json!({"title": "a", "repeat": {"rule": "FREQ=DAILY"}})).await;
    let post = || {
        let body = json!({"action": "complete", "ids": [1]});
        client.request("POST", "/api/tasks/batch").header("Idempotency-Key", "k").json(&body).send()
    };
    let first = post().await.unwrap();
    assert!(!first.headers().contains_key("idempotent-replayed"));
    let first = json_of(first).await.1;
    assert_eq!(first["items"][0]["next"]["id"], 2);
    let again = post().await.unwrap();
    assert!(again.headers().contains_key("idempotent-replayed"));
    assert_eq!(json_of(again).await.1, first);
    assert_eq!(titles(&client, "/api/tasks?status=all").await.1["total"], 2);
}

#[tokio::test]
async fn the_number_of_items_has_a_bound() {
    let app = TestApp::start().await;
    let client = app.register().await;
    for ids in [json!([]), json!((0..201).collect::<Vec<i32>>())] {
        let answer = client.post("/api/tasks/batch", json!({"action": "delete", "ids": ids})).await;
        assert_eq!(field(&answer), "ids");
    }
    assert_eq!(client.post("/api/tasks/batch", json!({"action": "explode", "ids": [1]})).await.0, 422);
}

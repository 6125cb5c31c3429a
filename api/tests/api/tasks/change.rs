use super::{add, add_titled, field, titles};
use crate::support::{TestApp, json_of};
use serde_json::json;

#[tokio::test]
async fn a_new_task_has_every_field() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    let task = add(
        &client,
        json!({"title": " Call  the dentist ", "notes": "**now**", "priority": "high", "tags": ["#Home", "home"],
               "due": {"date": "2027-03-05", "time": "15:00"}}),
    )
    .await;
    let wanted = json!({
        "id": 1, "title": "Call the dentist", "notes": "**now**", "status": "open", "priority": "high",
        "due": {"date": "2027-03-05", "time": "15:00", "zone": "Europe/Berlin"}, "repeat": null, "tags": ["home"],
        "position": task["position"], "version": 1, "created_at": "2027-03-01T09:00:00Z",
        "updated_at": "2027-03-01T09:00:00Z", "completed_at": null,
    });
    assert_eq!(task, wanted);
    assert!(task["position"].is_string());
    assert_eq!(client.get("/api/tasks/1").await, (200, task));
}

#[tokio::test]
async fn what_breaks_a_bound_is_refused_by_the_fields_name() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let tags: Vec<String> = (0..21).map(|n| format!("t{n}")).collect();
    for (body, name) in [
        (json!({"title": ""}), "title"),
        (json!({"title": "x".repeat(501)}), "title"),
        (json!({"title": "x", "notes": "x".repeat(10_001)}), "notes"),
        (json!({"title": "x", "tags": tags}), "tags"),
        (json!({"title": "x", "due": {"date": "2027-03-01", "time": "10:00", "zone": "Mars/Base"}}), "due.zone"),
        (json!({"title": "x", "repeat": {"rule": "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2"}}), "repeat.rule"),
        (json!({"title": "x", "repeat": {"rule": "FREQ=HOURLY"}}), "repeat.rule"),
    ] {
        assert_eq!(field(&client.post("/api/tasks", body).await), name);
    }
    assert_eq!(titles(&client, "/api/tasks?status=all").await.1["total"], 0);
}

#[tokio::test]
async fn a_patch_changes_what_it_names_and_null_clears() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let due = json!({"date": "2027-03-01"});
    add(&client, json!({"title": "a", "notes": "n", "due": due, "repeat": {"rule": "FREQ=DAILY"}})).await;
    let (_, task) = client.patch("/api/tasks/1", json!({"title": "b"})).await;
    assert_eq!(
        (&task["title"], &task["notes"], &task["due"], &task["version"]),
        (&json!("b"), &json!("n"), &due, &json!(2))
    );
    // Without a date there is nothing to repeat.
    let (_, task) = client.patch("/api/tasks/1", json!({"due": null})).await;
    assert_eq!((&task["due"], &task["repeat"]), (&json!(null), &json!(null)));
    // What changes nothing writes nothing.
    let (_, same) = client.patch("/api/tasks/1", json!({"title": "b", "due": null})).await;
    assert_eq!(same, task);
    let (status, _) = client.patch("/api/tasks/1", json!({"status": "done"})).await;
    assert_eq!(status, 422);
}

#[tokio::test]
async fn a_change_meant_for_another_version_is_refused() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add_titled(&client, &["a"]).await;
    let answer = client.request("GET", "/api/tasks/1").send().await.unwrap();
    assert_eq!(answer.headers()["etag"], "\"1\"");
    let patch = |version: &'static str, title: &'static str| {
        client.request("PATCH", "/api/tasks/1").header("If-Match", version).json(&json!({ "title": title })).send()
    };
    let first = patch("\"1\"", "b").await.unwrap();
    assert_eq!((first.status().as_u16(), first.headers()["etag"].to_str().unwrap()), (200, "\"2\""));
    let (status, problem) = json_of(patch("\"1\"", "c").await.unwrap()).await;
    assert_eq!((status, &problem["code"]), (412, &json!("version_mismatch")));
    let delete = client.request("DELETE", "/api/tasks/1").header("If-Match", "\"1\"").send().await.unwrap();
    assert_eq!(delete.status(), 412);
    assert_eq!(client.get("/api/tasks/1").await.1["title"], "b");
}

#[tokio::test]
async fn complete_and_reopen_say_when_and_are_idempotent() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    add_titled(&client, &["a"]).await;
    let (_, done) = client.post("/api/tasks/1/complete", json!({})).await;
    assert_eq!((&done["status"], &done["completed_at"]), (&json!("done"), &json!("2027-03-01T09:00:00Z")));
    assert_eq!(client.post("/api/tasks/1/complete", json!({})).await.1, done);
    let (_, open) = client.post("/api/tasks/1/reopen", json!({})).await;
    assert_eq!((&open["status"], &open["completed_at"], &open["version"]), (&json!("open"), &json!(null), &json!(3)));
}

#[tokio::test]
async fn a_deleted_task_lies_in_the_trash_until_it_is_removed_for_good() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add_titled(&client, &["a", "b"]).await;
    assert_eq!(client.delete("/api/tasks/1").await.0, 204);
    assert_eq!(client.delete("/api/tasks/1").await.0, 204);
    assert_eq!(titles(&client, "/api/tasks?status=all").await.0, ["b"]);
    assert_eq!(titles(&client, "/api/tasks?status=trash").await.0, ["a"]);
    assert!(client.get("/api/tasks/1").await.1["deleted_at"].is_string());
    assert_eq!(client.patch("/api/tasks/1", json!({"title": "c"})).await.0, 404);
    let (_, restored) = client.post("/api/tasks/1/restore", json!({})).await;
    assert_eq!(restored["deleted_at"], json!(null));
    assert_eq!(titles(&client, "/api/tasks").await.0, ["a", "b"]);
    assert_eq!(client.delete("/api/tasks/1?permanent=true").await.0, 204);
    assert_eq!(client.get("/api/tasks/1").await.0, 404);
    assert_eq!(client.delete("/api/tasks/1").await.0, 404);
    // Its number is not given again.
    assert_eq!(add(&client, json!({"title": "c"})).await["id"], 3);
}

#[tokio::test]
async fn the_same_key_many_times_at_once_makes_one_task() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let post =
        || client.request("POST", "/api/tasks").header("Idempotency-Key", "k1").json(&json!({"title": "a"})).send();
    let answers = futures_util::future::join_all((0..20).map(|_| post())).await;
    let mut replayed = 0;
    for answer in answers {
        let answer = answer.unwrap();
        replayed += usize::from(answer.headers().contains_key("idempotent-replayed"));
        let (status, task) = json_of(answer).await;
        assert_eq!((status, &task["id"]), (201, &json!(1)));
    }
    assert_eq!(replayed, 19);
    assert_eq!(titles(&client, "/api/tasks").await.1["total"], 1);
    // The first answer stands, whatever became of the task since.
    client.patch("/api/tasks/1", json!({"title": "b"})).await;
    assert_eq!(json_of(post().await.unwrap()).await.1["title"], "a");
    let other = client.request("POST", "/api/tasks").header("Idempotency-Key", "k1").json(&json!({"title": "z"}));
    let (status, problem) = json_of(other.send().await.unwrap()).await;
    assert_eq!((status, &problem["code"]), (409, &json!("idempotency_key_reused")));
}

#[tokio::test]
async fn tags_are_counted_over_open_tasks() {
    let app = TestApp::start().await;
    let client = app.register().await;
    for tags in [json!(["home", "garden"]), json!(["home"]), json!(["work"])] {
        add(&client, json!({"title": "x", "tags": tags})).await;
    }
    client.post("/api/tasks/3/complete", json!({})).await;
    client.patch("/api/tasks/1", json!({"tags": ["home"]})).await;
    assert_eq!(client.get("/api/tags").await, (200, json!([{"tag": "home", "count": 2}])));
}

#[tokio::test]
async fn anothers_task_is_not_there() {
    let app = TestApp::start().await;
    let (client, other) = (app.register().await, app.register().await);
    add_titled(&client, &["mine"]).await;
    for (method, path) in [
        ("GET", "/api/tasks/1"),
        ("DELETE", "/api/tasks/1"),
        ("POST", "/api/tasks/1/complete"),
        ("POST", "/api/tasks/1/reopen"),
        ("POST", "/api/tasks/1/restore"),
        ("POST", "/api/operations/1/undo"),
    ] {
        assert_eq!(other.request(method, path).send().await.unwrap().status(), 404, "{method} {path}");
    }
    assert_eq!(other.patch("/api/tasks/1", json!({"title": "x"})).await.0, 404);
    assert_eq!(other.post("/api/tasks/1/move", json!({})).await.0, 404);
    assert_eq!(titles(&other, "/api/tasks?status=all&q=mine").await.1["total"], 0);
    assert_eq!(other.get("/api/operations").await.1["items"], json!([]));
}

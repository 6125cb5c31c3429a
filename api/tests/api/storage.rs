//! How much is stored: differences and not copies, for how long, of whom, and what still works when nothing more fits.

use crate::support::{PASSWORD, TestApp, TestClient};
use crate::tasks::{add, titles};
use jiff::SignedDuration;
use serde_json::{Value, json};
use todo_api::clock::Clock;
use todo_api::maintenance::clear;

const JOURNAL: &str = "SELECT (SELECT coalesce(sum(length(before)), 0) + coalesce(sum(length(after)), 0) + 250 * count(*) \
    FROM operations) + (SELECT coalesce(sum(length(value)), 0) FROM operation_texts) AS count";

async fn with_long_notes(client: &TestClient, count: usize) -> Vec<i64> {
    let notes = "n".repeat(9_900);
    let tasks: Vec<Value> = (0..count).map(|n| json!({"title": format!("Task {n}"), "notes": notes})).collect();
    for part in tasks.chunks(50) {
        assert_eq!(client.post("/api/tasks/batch", json!({"action": "add", "tasks": part})).await.0, 200);
    }
    (1..=i64::try_from(count).unwrap()).collect()
}

#[tokio::test]
async fn a_small_change_of_large_tasks_writes_little() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let ids = with_long_notes(&client, 200).await;
    let before = app.count(JOURNAL.to_owned()).await;
    assert!(before < 200 * 12_000, "the notes are kept once: {before}");
    let changes: Vec<Value> = ids.iter().map(|id| json!({"id": id, "priority": "high"})).collect();
    assert_eq!(client.post("/api/tasks/batch", json!({"action": "update", "changes": changes})).await.0, 200);
    let written = app.count(JOURNAL.to_owned()).await - before;
    assert!(written < 100_000, "{written}");
    // The wire shows the whole tasks all the same, and so they come back.
    let (_, page) = client.get("/api/operations?limit=1").await;
    let operation = &page["items"][0];
    assert_eq!((&operation["before"]["priority"], &operation["after"]["priority"]), (&json!("none"), &json!("high")));
    for side in ["before", "after"] {
        assert_eq!(operation[side]["notes"].as_str().unwrap().len(), 9_900);
    }
    client.patch("/api/tasks/1", json!({"notes": "short"})).await;
    assert_eq!(client.post("/api/operations/undo-last", json!({})).await.0, 200);
    assert_eq!(client.get("/api/tasks/1").await.1["notes"].as_str().unwrap().len(), 9_900);
}

#[tokio::test]
async fn what_was_deleted_for_good_is_in_no_table() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let secret = format!("zanzibar {}", "x".repeat(100));
    add(&client, json!({"title": "zanzibar", "notes": secret, "tags": ["zanzibar"]})).await;
    client.patch("/api/tasks/1", json!({"title": "zanzibar again"})).await;
    assert_eq!(client.delete("/api/tasks/1?permanent=true").await.0, 204);
    let sql = "SELECT (SELECT count(*) FROM operations WHERE before LIKE '%zanzibar%' OR after LIKE '%zanzibar%') \
               + (SELECT count(*) FROM operation_texts) + (SELECT count(*) FROM task_tags) AS count";
    assert_eq!((app.count(sql.to_owned()).await, app.search_rows("zanzibar").await), (0, 0));
    let (_, page) = client.get("/api/operations").await;
    assert_eq!(page["items"].as_array().unwrap().len(), 3, "that something was done stays");
    assert_eq!((&page["items"][1]["before"], &page["items"][1]["task_id"]), (&json!(null), &json!(1)));
}

#[tokio::test]
async fn the_history_is_kept_as_long_as_it_is_set() {
    let app =
        TestApp::with(&["--journal-retention", "30d"], Clock::fixed(crate::support::FIXED_NOW.parse().unwrap())).await;
    let script = app.register().await.token("read_write").await;
    let long = "n".repeat(300);
    add(&script, json!({"title": "a", "notes": long})).await;
    script.patch("/api/tasks/1", json!({"notes": "m".repeat(300)})).await;
    app.state.clock.advance(SignedDuration::from_hours(20 * 24));
    script.patch("/api/tasks/1", json!({"title": "b"})).await;
    app.state.clock.advance(SignedDuration::from_hours(11 * 24));
    clear(&app.state).await.unwrap();
    let (_, page) = script.get("/api/operations").await;
    let items = page["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]["id"]), (1, &json!(3)));
    assert_eq!(items[0]["before"]["notes"], "m".repeat(300));
    assert_eq!(app.count("SELECT count(*) AS count FROM operation_texts".to_owned()).await, 1);
    assert_eq!(script.post("/api/operations/undo-last", json!({})).await.0, 200);
    assert_eq!(script.post("/api/operations/undo-last", json!({})).await.1["code"], "nothing_to_undo");
    assert_eq!(script.get("/api/tasks/1").await.1["title"], "a");
}

#[tokio::test]
async fn a_full_account_can_be_emptied() {
    let app = TestApp::with(&["--account-max-bytes", "256KiB"], Clock::system()).await;
    let client = app.register_as("ada@example.org").await;
    let other = app.register().await;
    let full = loop {
        let (status, answer) = client.post("/api/tasks", json!({"title": "t", "notes": "n".repeat(9_000)})).await;
        if status != 201 {
            break (status, answer);
        }
    };
    assert_eq!((full.0, &full.1["code"]), (413, &json!("account_full")), "{}", full.1);
    assert!(full.1["detail"].as_str().unwrap().contains("for good"), "{}", full.1);
    let (_, me) = client.get("/api/me").await;
    assert!(me["storage"]["used_bytes"].as_i64() >= me["storage"]["max_bytes"].as_i64(), "{me}");
    assert_eq!(add(&other, json!({"title": "elsewhere"})).await["id"], 1);
    assert_eq!(client.patch("/api/tasks/1", json!({"title": "u"})).await.1["code"], "account_full");
    // Getting in and getting rid of things goes on.
    let client = app.sign_in("ada@example.org").await;
    assert_eq!(client.post("/api/operations/undo-last", json!({})).await.0, 200);
    assert_eq!(client.delete("/api/tasks/1").await.0, 204);
    for id in 1..=5 {
        assert_eq!(client.delete(&format!("/api/tasks/{id}?permanent=true")).await.0, 204);
    }
    assert_eq!(client.post("/api/tasks", json!({"title": "fits"})).await.0, 201);
}

#[tokio::test]
async fn what_an_account_takes_up_is_counted_down_to_nothing() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let used = async || client.get("/api/me").await.1["storage"]["used_bytes"].as_i64().unwrap();
    assert_eq!(used().await, 0);
    add(&client, json!({"title": "a", "notes": "n".repeat(1_000)})).await;
    client.post("/api/chat", json!({"message": "add milk", "planner": "builtin"})).await;
    let sum = "SELECT (SELECT sum(400 + octet_length(title) + octet_length(notes) + octet_length(tags)) FROM tasks) \
        + (SELECT sum(250 + coalesce(octet_length(before), 0) + coalesce(octet_length(after), 0)) FROM operations) \
        + (SELECT coalesce(sum(60 + octet_length(value)), 0) FROM operation_texts) \
        + (SELECT coalesce(sum(250 + octet_length(message)), 0) FROM turns) \
        + (SELECT coalesce(sum(60 + octet_length(data)), 0) FROM turn_events) AS count";
    assert_eq!(app.count(sum.to_owned()).await, used().await);
    let (_, conversations) = client.get("/api/conversations").await;
    for conversation in conversations["items"].as_array().unwrap() {
        client.delete(&format!("/api/conversations/{}", conversation["id"].as_str().unwrap())).await;
    }
    assert_eq!(app.count("SELECT count(*) AS count FROM turn_events".to_owned()).await, 0);
    assert_eq!(app.count(sum.to_owned()).await, used().await);
    client.delete("/api/tasks/1?permanent=true").await;
    assert_eq!(app.count(sum.to_owned()).await, used().await);
}

/// A file system of this size, which root alone may mount.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount(mebibytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={mebibytes}m");
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(folder.path())
            .output()
            .is_ok_and(|output| output.status.success());
        mounted.then_some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").args(["-l"]).arg(self.0.path()).output();
    }
}

#[tokio::test]
async fn on_a_full_disk_people_get_in_out_and_rid_of_things() {
    let Some(disk) = SmallDisk::mount(24) else {
        eprintln!("skipped: nothing can be mounted here");
        return;
    };
    let file = disk.0.path().join("todo.sqlite3");
    let url = file.display().to_string();
    let app = TestApp::with(&["--database-url", &url], Clock::system()).await;
    let client = app.register_as("ada@example.org").await;
    add(&client, json!({"title": "before"})).await;
    let refused = loop {
        let (status, answer) = client.post("/api/tasks", json!({"title": "t", "notes": "n".repeat(9_900)})).await;
        if status != 201 {
            break (status, answer);
        }
    };
    assert_eq!((refused.0, &refused.1["code"]), (507, &json!("storage_full")), "{}", refused.1);
    // Others fill up what is left.
    std::fs::write(disk.0.path().join("other"), vec![1_u8; 1 << 20]).ok();
    let mut other = std::fs::File::create(disk.0.path().join("more")).unwrap();
    while std::io::Write::write_all(&mut other, &[1; 65_536]).is_ok() {}
    for round in 0..20 {
        let browser = app.sign_in("ada@example.org").await;
        assert_eq!(browser.post("/api/auth/refresh", json!({})).await.0, 204, "{round}");
        assert_eq!(browser.post("/api/auth/logout", json!({})).await.0, 204, "{round}");
    }
    let browser = app.sign_in("ada@example.org").await;
    let change = json!({"current_password": PASSWORD, "new_password": "correct horse battery"});
    assert_eq!(browser.post("/api/me/password", change).await.0, 204);
    assert_eq!(browser.delete("/api/tasks/2").await.0, 204);
    assert_eq!(browser.delete("/api/tasks/3?permanent=true").await.0, 204);
    assert_eq!(browser.post("/api/tasks", json!({"title": "no"})).await.0, 507);
    assert!(titles(&browser, "/api/tasks?limit=1").await.1["total"].as_i64().unwrap() > 10);
    let visitor = app.visitor();
    assert_eq!(reqwest::get(format!("{}/readyz", app.url())).await.unwrap().status(), 200);
    drop(visitor);
    let gone =
        browser.request("DELETE", "/api/me").json(&json!({"password": "correct horse battery"})).send().await.unwrap();
    assert_eq!(gone.status(), 204);
    std::fs::remove_file(disk.0.path().join("other")).unwrap();
    drop(other);
    std::fs::remove_file(disk.0.path().join("more")).unwrap();
    let new = app.visitor();
    app.until(async || {
        let body = json!({"email": "bob@example.org", "password": PASSWORD});
        new.post("/api/auth/register", body).await.0 == 201
    })
    .await;
}

use super::{add, titles};
use crate::support::TestApp;
use serde_json::json;

#[tokio::test]
async fn completing_makes_the_next_occurrence_at_the_same_time_of_day() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    let due = json!({"date": "2027-03-25", "time": "09:00", "zone": "Europe/Berlin"});
    let repeat = json!({"rule": "FREQ=WEEKLY", "from": "due"});
    add(&client, json!({"title": "Water", "due": due, "repeat": repeat, "tags": ["home"], "priority": "low"})).await;
    let (_, done) = client.post("/api/tasks/1/complete", json!({})).await;
    assert_eq!((&done["status"], &done["repeat"]), (&json!("done"), &repeat));
    let (_, next) = client.get("/api/tasks/2").await;
    // The clocks went forward on the 28th.
    assert_eq!(next["due"], json!({"date": "2027-04-01", "time": "09:00", "zone": "Europe/Berlin"}));
    assert_eq!((&next["repeat"], &next["tags"], &next["priority"]), (&repeat, &json!(["home"]), &json!("low")));
    assert_eq!(titles(&client, "/api/tasks").await.1["total"], 1);
}

#[tokio::test]
async fn a_rule_without_a_date_starts_today() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    let task = add(&client, json!({"title": "a", "repeat": {"rule": "FREQ=DAILY"}})).await;
    assert_eq!((&task["due"], &task["repeat"]["from"]), (&json!({"date": "2027-03-01"}), &json!("due")));
    let task = add(&client, json!({"title": "b", "repeat": {"rule": "FREQ=WEEKLY;BYDAY=WE"}})).await;
    assert_eq!(task["due"], json!({"date": "2027-03-03"}));
    let (_, task) = client.patch("/api/tasks/2", json!({"due": null, "repeat": {"rule": "FREQ=DAILY"}})).await;
    assert_eq!(task["due"], json!({"date": "2027-03-01"}));
}

#[tokio::test]
async fn counted_from_completion_and_late_ones_come_after_today() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    for (title, from) in [("due", "due"), ("done", "completion")] {
        let repeat = json!({"rule": "FREQ=DAILY;INTERVAL=3", "from": from});
        add(&client, json!({"title": title, "due": {"date": "2027-02-20"}, "repeat": repeat})).await;
    }
    for (id, next, wanted) in [(1, 3, "2027-03-04"), (2, 4, "2027-03-04")] {
        client.post(&format!("/api/tasks/{id}/complete"), json!({})).await;
        assert_eq!(client.get(&format!("/api/tasks/{next}")).await.1["due"]["date"], wanted);
    }
}

#[tokio::test]
async fn a_series_ends_with_its_count() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    add(&client, json!({"title": "a", "repeat": {"rule": "FREQ=DAILY;COUNT=2"}})).await;
    client.post("/api/tasks/1/complete", json!({})).await;
    assert_eq!(client.get("/api/tasks/2").await.1["repeat"]["rule"], "FREQ=DAILY;COUNT=1");
    client.post("/api/tasks/2/complete", json!({})).await;
    assert_eq!(titles(&client, "/api/tasks").await.1["total"], 0);
}

#[tokio::test]
async fn reopening_does_not_make_two_series_of_one() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    add(&client, json!({"title": "a", "repeat": {"rule": "FREQ=DAILY"}})).await;
    client.post("/api/tasks/1/complete", json!({})).await;
    let (_, open) = client.post("/api/tasks/1/reopen", json!({})).await;
    assert_eq!(open["repeat"], json!(null));
    client.post("/api/tasks/1/complete", json!({})).await;
    assert_eq!(titles(&client, "/api/tasks?status=all").await.1["total"], 2);
}

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

#[tokio::test]
async fn the_next_occurrence_stands_where_the_completed_one_stood_with_its_checklist_open() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    add(&client, json!({"title": "a"})).await;
    let notes = "- [x] soap\n- [ ] water\n";
    add(&client, json!({"title": "Clean", "notes": notes, "repeat": {"rule": "FREQ=DAILY"}})).await;
    add(&client, json!({"title": "z"})).await;
    client.post("/api/tasks/2/complete", json!({})).await;
    assert_eq!(titles(&client, "/api/tasks").await.0, ["a", "Clean", "z"]);
    assert_eq!(client.get("/api/tasks/4").await.1["notes"], "- [ ] soap\n- [ ] water\n");
    assert_eq!(client.get("/api/tasks/2").await.1["notes"], notes);
    // Opened again it stands beside the one that goes on, and each can be moved.
    client.post("/api/tasks/2/reopen", json!({})).await;
    assert_eq!(titles(&client, "/api/tasks").await.0, ["a", "Clean", "Clean", "z"]);
    let (status, moved) = client.post("/api/tasks/3/move", json!({"before": 2})).await;
    assert_eq!(status, 200, "{moved}");
    assert_eq!(titles(&client, "/api/tasks").await.0, ["a", "Clean", "z", "Clean"]);
}

#[tokio::test]
async fn a_series_that_is_done_daily_for_years_keeps_its_place() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    let place = add(&client, json!({"title": "a", "repeat": {"rule": "FREQ=DAILY"}})).await["position"].clone();
    add(&client, json!({"title": "z"})).await;
    for id in [1, 3, 4, 5, 6] {
        client.post(&format!("/api/tasks/{id}/complete"), json!({})).await;
    }
    assert_eq!(client.get("/api/tasks/7").await.1["position"], place);
    assert_eq!(titles(&client, "/api/tasks").await.0, ["a", "z"]);
    client.post("/api/operations/undo-last", json!({})).await;
    assert_eq!(titles(&client, "/api/tasks").await.0, ["a", "z"]);
    assert_eq!(client.get("/api/tasks/6").await.1["status"], "open");
}

#[tokio::test]
async fn a_completion_that_made_the_next_occurrence_is_told_from_it() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    add(&client, json!({"title": "Water", "repeat": {"rule": "FREQ=DAILY"}})).await;
    client.post("/api/tasks/1/complete", json!({})).await;
    let (_, undone) = client.post("/api/operations/undo-last", json!({})).await;
    let operations = undone["operations"].as_array().unwrap();
    assert_eq!(operations.len(), 2);
    assert_eq!(operations[0].get("caused_by"), None, "{undone}");
    assert_eq!(operations[1]["caused_by"], operations[0]["id"]);
}

#[tokio::test]
async fn rules_that_never_come_up_hold_nobody_up() {
    let app = TestApp::start().await;
    let attacker = app.register().await;
    let other = app.register().await;
    let attacks = (0..12).map(|batch| {
        let tasks: Vec<_> = (0..200)
            .map(|n| {
                let due = format!("{:04}-{:02}-{:02}", batch + 1, n / 28 + 1, n % 28 + 1);
                let rule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=8";
                json!({"title": "x", "due": {"date": due}, "repeat": {"rule": rule}})
            })
            .collect();
        attacker.post("/api/tasks/batch", json!({"action": "add", "tasks": tasks}))
    });
    let writes = async {
        let mut waits = Vec::new();
        for n in 0..50 {
            let begun = std::time::Instant::now();
            add(&other, json!({"title": format!("mine {n}")})).await;
            waits.push(begun.elapsed());
        }
        waits.sort();
        waits
    };
    let (answers, waits) = tokio::join!(futures_util::future::join_all(attacks), writes);
    for (status, answer) in answers {
        assert_eq!(status, 200);
        assert!(answer["items"].as_array().unwrap().iter().all(|item| item["ok"] == false), "{answer}");
    }
    // Far below what it took when each rule was followed for centuries, also in a build for tests.
    assert!(waits[48] < std::time::Duration::from_millis(500), "{waits:?}");
}

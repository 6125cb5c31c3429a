//! What is cleared away, and what is not.

use crate::support::TestApp;
use jiff::SignedDuration;
use serde_json::json;
use todo_api::maintenance::{TRASH_FOR, clear};

#[tokio::test]
async fn a_task_lies_thirty_days_in_the_trash() {
    let app = TestApp::start_at_fixed_time().await;
    let script = app.register().await.token("read_write").await;
    for title in ["Keep the zebra", "Drop the zebra"] {
        script.post("/api/tasks", json!({ "title": title, "tags": ["zoo"] })).await;
    }
    assert_eq!(script.delete("/api/tasks/2").await.0, 204);
    let trash = async || script.get("/api/tasks?status=trash").await.1["total"].clone();
    app.state.clock.advance(TRASH_FOR - SignedDuration::from_secs(1));
    clear(&app.state).await.unwrap();
    assert_eq!(trash().await, json!(1));
    app.state.clock.advance(SignedDuration::from_secs(2));
    clear(&app.state).await.unwrap();
    assert_eq!(trash().await, json!(0));
    assert_eq!((script.get("/api/tasks").await.1["total"].clone(), app.search_rows("zebra").await), (json!(1), 1));
    assert_eq!(app.count("SELECT count(*) AS count FROM task_tags".to_owned()).await, 1);
}

#[tokio::test]
async fn sessions_that_are_over_are_forgotten_with_their_tokens() {
    let app = TestApp::start_at_fixed_time().await;
    let ada = app.register_as("ada@example.org").await;
    app.sign_in("ada@example.org").await;
    assert_eq!(ada.delete("/api/me/sessions").await.0, 204);
    app.state.clock.advance(SignedDuration::from_hours(25));
    clear(&app.state).await.unwrap();
    let count = |table: &str| app.count(format!("SELECT count(*) AS count FROM {table}"));
    assert_eq!((count("sessions").await, count("refresh_tokens").await), (1, 1));
}

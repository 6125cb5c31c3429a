use super::{add_titled, field, titles};
use crate::support::{TestApp, TestClient};
use serde_json::{Value, json};

async fn moved(client: &TestClient, id: i64, to: Value) -> String {
    let (status, task) = client.post(&format!("/api/tasks/{id}/move"), to).await;
    assert_eq!(status, 200, "{task}");
    titles(client, "/api/tasks").await.0.concat()
}

#[tokio::test]
async fn tasks_move_before_after_and_to_the_end() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add_titled(&client, &["a", "b", "c", "d"]).await;
    assert_eq!(moved(&client, 4, json!({"before": 1})).await, "dabc");
    assert_eq!(moved(&client, 4, json!({"after": 2})).await, "abdc");
    assert_eq!(moved(&client, 1, json!({})).await, "bdca");
    assert_eq!(moved(&client, 1, json!({"before": 3})).await, "bdac");
    add_titled(&client, &["e"]).await;
    assert_eq!(titles(&client, "/api/tasks").await.0.concat(), "bdace");
    for (to, name) in
        [(json!({"before": 1}), "before"), (json!({"after": 99}), "after"), (json!({"before": 2, "after": 3}), "after")]
    {
        assert_eq!(field(&client.post("/api/tasks/1/move", to).await), name);
    }
}

#[tokio::test]
async fn a_task_comes_back_to_its_place_even_if_that_was_given_away() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add_titled(&client, &["a", "b", "c"]).await;
    moved(&client, 3, json!({"after": 1})).await;
    client.delete("/api/tasks/3").await;
    // Lands where task 3 was.
    assert_eq!(moved(&client, 2, json!({"after": 1})).await, "ab");
    add_titled(&client, &["d"]).await;
    assert_eq!(moved(&client, 4, json!({"after": 1})).await, "adb");
    client.post("/api/tasks/3/restore", json!({})).await;
    let (order, page) = titles(&client, "/api/tasks").await;
    let mut places: Vec<_> =
        page["items"].as_array().unwrap().iter().map(|t| t["position"].as_str().unwrap()).collect();
    places.dedup();
    assert_eq!(places.len(), 4, "{places:?}");
    assert_eq!(order.len(), 4);
    for (id, to) in [(4, 3), (2, 3), (1, 3), (4, 2)] {
        moved(&client, id, json!({"before": to})).await;
    }
    assert_eq!(titles(&client, "/api/tasks").await.0.concat(), "dbac");
}

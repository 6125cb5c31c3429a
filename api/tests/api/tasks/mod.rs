mod batch;
mod change;
mod list;
mod position;
mod repeat;
mod search;
mod transfer;

use crate::support::TestClient;
use serde_json::{Value, json};

/// Makes a task of these fields and answers with it.
pub(crate) async fn add(client: &TestClient, task: Value) -> Value {
    let (status, task) = client.post("/api/tasks", task).await;
    assert_eq!(status, 201, "{task}");
    task
}

/// Makes tasks of these titles.
pub(crate) async fn add_titled(client: &TestClient, titles: &[&str]) {
    for title in titles {
        add(client, json!({ "title": title })).await;
    }
}

/// The titles of a page, and the page.
pub(crate) async fn titles(client: &TestClient, path: &str) -> (Vec<String>, Value) {
    let (status, page) = client.get(path).await;
    assert_eq!(status, 200, "{page}");
    let items = page["items"].as_array().unwrap();
    (items.iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect(), page)
}

/// The titles of all pages, and the total that the first one told.
pub(crate) async fn walk(client: &TestClient, path: &str) -> (Vec<String>, i64) {
    let (mut all, mut page) = titles(client, path).await;
    let total = page["total"].as_i64().unwrap();
    while let Some(cursor) = page["next_cursor"].as_str() {
        let (more, next) = titles(client, &format!("{path}&cursor={cursor}")).await;
        all.extend(more);
        page = next;
    }
    (all, total)
}

/// The field that a 422 names.
pub(crate) fn field(answer: &(u16, Value)) -> &str {
    assert_eq!(answer.0, 422, "{}", answer.1);
    assert_eq!(answer.1["code"], "validation_failed");
    answer.1["errors"][0]["field"].as_str().unwrap()
}

//! Work that is done in steps: imports and undos of many tasks, and the removal of an account.

use crate::support::{TestApp, TestClient, json_of};
use crate::tasks::titles;
use diesel::RunQueryDsl;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use todo_api::clock::Clock;

fn numbered(count: usize) -> Vec<Value> {
    (0..count).map(|n| json!({"title": format!("Task {n}")})).collect()
}

async fn begin(client: &TestClient, path: &str, body: Value) -> Value {
    let answer = client.request("POST", path).json(&body).send().await.unwrap();
    let location = answer.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
    let (status, job) = json_of(answer).await;
    assert_eq!(status, 202, "{job}");
    assert_eq!(location.unwrap(), format!("/api/jobs/{}", job["id"].as_str().unwrap()));
    job
}

async fn total(client: &TestClient) -> Value {
    titles(client, "/api/tasks?status=all&limit=1").await.1["total"].clone()
}

/// How long writes of another account take until `work` is done: the slowest of a hundred, and the slowest of all.
async fn waits<T>(other: &TestClient, work: impl Future<Output = T>) -> (T, Duration, Duration) {
    let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
    let measure = async {
        let mut took = Vec::new();
        while stopped.try_recv().is_err() {
            let begun = Instant::now();
            assert_eq!(other.post("/api/tasks", json!({"title": "mine"})).await.0, 201);
            took.push(begun.elapsed());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        took.sort_unstable();
        (took[took.len() * 99 / 100], took[took.len() - 1])
    };
    let work = async {
        let done = work.await;
        stop.send(()).unwrap();
        done
    };
    let (done, (p99, max)) = tokio::join!(work, measure);
    (done, p99, max)
}

#[tokio::test]
async fn many_tasks_are_imported_undone_and_redone_while_others_write() {
    // The size in question is 50,000: `IMPORT_SIZE=50000 cargo test --profile load … -- --nocapture`.
    let size = std::env::var("IMPORT_SIZE").map_or(3_000, |size| size.parse().unwrap());
    let app = TestApp::start().await;
    let (client, other) = (app.register().await, app.register().await);
    for (path, body, left) in [
        ("/api/me/import", json!({"tasks": numbered(size)}), size),
        ("/api/operations/undo-last", json!({}), 0),
        ("/api/operations/redo-last", json!({}), size),
    ] {
        let begun = Instant::now();
        let work = async {
            let job = begin(&client, path, body).await;
            client.ended(&job).await
        };
        let (job, p99, max) = waits(&other, work).await;
        eprintln!("{path}: {size} rows in {:?}; others waited {p99:?} at p99, {max:?} at most", begun.elapsed());
        assert_eq!(
            (&job["status"], &job["done"], &job["total"]),
            (&json!("done"), &json!(size), &json!(size)),
            "{job}"
        );
        assert_eq!(total(&client).await, left, "{path}");
        assert!(p99 < Duration::from_millis(if cfg!(debug_assertions) { 1_000 } else { 100 }), "{p99:?}");
    }
    let (_, jobs) = client.get("/api/jobs").await;
    let kinds: Vec<&str> = jobs.as_array().unwrap().iter().map(|job| job["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["redo", "undo", "import"]);
    assert_eq!(jobs[2]["result"], json!({"imported": size, "known": 0, "total": size}));
    assert_eq!(other.get("/api/jobs").await.1, json!([]));
    assert_eq!(other.get(&format!("/api/jobs/{}", jobs[0]["id"].as_str().unwrap())).await.0, 404);
}

#[tokio::test]
async fn one_job_of_an_account_runs_at_a_time_and_can_be_cancelled() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let job = begin(&client, "/api/me/import", json!({"tasks": numbered(5_000)})).await;
    for (path, body) in
        [("/api/me/import", json!({"tasks": numbered(2_000)})), ("/api/operations/undo-last", json!({}))]
    {
        let (status, problem) = client.post(path, body).await;
        assert_eq!((status, &problem["code"]), (409, &json!("job_running")), "{problem}");
    }
    let cancel = format!("/api/jobs/{}/cancel", job["id"].as_str().unwrap());
    let (status, cancelled) = client.post(&cancel, json!({})).await;
    assert_eq!((status, &cancelled["status"]), (200, &json!("cancelled")), "{cancelled}");
    let imported = cancelled["result"]["imported"].clone();
    assert_eq!(
        (total(&client).await, client.post(&cancel, json!({})).await.1["result"]["imported"].clone()),
        (imported.clone(), imported.clone())
    );
    assert!(imported.as_i64().unwrap() < 5_000);
    if imported != 0 {
        // What is there is one group.
        assert!(client.post("/api/operations/undo-last", json!({})).await.0 < 300);
        app.until(async || total(&client).await == 0).await;
    }
}

#[tokio::test]
async fn a_job_goes_on_after_a_restart_and_does_nothing_twice() {
    let app = TestApp::start().await;
    let client = app.register_as("ada@example.org").await;
    let job = begin(&client, "/api/me/import", json!({"tasks": numbered(3_000)})).await;
    let path = format!("/api/jobs/{}", job["id"].as_str().unwrap());
    app.until(async || client.get(&path).await.1["done"].as_i64().unwrap() > 0).await;
    let app = app.restart(&[]).await;
    let client = app.sign_in("ada@example.org").await;
    let ended = client.ended(&job).await;
    assert_eq!((&ended["status"], total(&client).await), (&json!("done"), json!(3_000)), "{ended}");
    let count = |sql: &str| app.count(format!("SELECT count(DISTINCT title) AS count FROM tasks {sql}"));
    assert_eq!((count("").await, app.count("SELECT count(*) AS count FROM job_parts".to_owned()).await), (3_000, 0));
}

#[tokio::test]
async fn an_import_of_which_a_stop_cut_off_the_rest_fails_and_blocks_nothing() {
    let app = TestApp::start().await;
    let client = app.register_as("ada@example.org").await;
    let job = begin(&client, "/api/me/import", json!({"tasks": numbered(1_500)})).await;
    client.ended(&job).await;
    // As it is while the file is being stored.
    let cut = diesel::sql_query("UPDATE jobs SET status = 'running', done = 0, input = '{\"received\":false}'");
    app.state.db.write(todo_api::db::Scope::Global, move |tx| Ok(cut.execute(&mut **tx)?)).await.unwrap();
    let app = app.restart(&[]).await;
    let client = app.sign_in("ada@example.org").await;
    let ended = client.ended(&job).await;
    assert_eq!(ended["status"], json!("failed"), "{ended}");
    assert!(ended["problem"]["detail"].as_str().unwrap().contains("import it again"), "{ended}");
    let again = begin(&client, "/api/operations/1/undo", json!({"scope": "group"})).await;
    assert_eq!(client.ended(&again).await["status"], json!("done"));
}

#[tokio::test]
async fn a_conflict_that_is_there_from_the_start_changes_nothing() {
    let app = TestApp::start().await;
    let client = app.register().await;
    client.import(numbered(1_500)).await;
    client.patch("/api/tasks/700", json!({"title": "changed"})).await;
    // The latest change is another one; the import is meant.
    let job = begin(&client, "/api/operations/1/undo", json!({"scope": "group"})).await;
    let ended = client.ended(&job).await;
    assert_eq!((&ended["status"], &ended["problem"]["code"]), (&json!("failed"), &json!("undo_conflict")), "{ended}");
    assert!(ended["problem"]["detail"].as_str().unwrap().contains("Task 700"), "{ended}");
    assert_eq!((ended["result"]["undone"].clone(), total(&client).await), (json!(0), json!(1_500)));
}

#[tokio::test]
async fn up_to_a_thousand_rows_are_answered_at_the_end() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let (status, imported) = client.post("/api/me/import", json!({"tasks": numbered(1_000)})).await;
    assert_eq!((status, imported), (200, json!({"imported": 1_000, "known": 0, "replayed": false})));
    let post = || client.request("POST", "/api/operations/undo-last").header("Idempotency-Key", "u").send();
    let (status, undone) = json_of(post().await.unwrap()).await;
    assert_eq!((status, undone["operations"].as_array().unwrap().len()), (200, 1_000));
    let again = post().await.unwrap();
    assert!(again.headers().contains_key("idempotent-replayed"));
    assert_eq!(json_of(again).await.1, undone);
    assert_eq!(total(&client).await, 0);
}

#[tokio::test]
async fn an_import_under_the_same_key_is_the_same_job() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let post = async |count: usize| {
        let body = json!({"tasks": numbered(count)});
        json_of(
            client.request("POST", "/api/me/import").header("Idempotency-Key", "k").json(&body).send().await.unwrap(),
        )
        .await
    };
    let (_, first) = post(1_200).await;
    let (status, second) = post(1_200).await;
    assert_eq!((status, &second["id"]), (202, &first["id"]), "{second}");
    assert_eq!(post(1_201).await.1["code"], "idempotency_key_reused");
    client.ended(&first).await;
    assert_eq!(post(1_200).await.1["status"], "done");
    assert_eq!(total(&client).await, 1_200);
}

#[tokio::test]
async fn a_large_account_is_gone_at_once_and_its_rows_soon() {
    let app = TestApp::with(&[], Clock::system()).await;
    let client = app.register_as("ada@example.org").await;
    let id = client.get("/api/me").await.1["id"].as_i64().unwrap();
    client.import(numbered(1_500)).await;
    let body = json!({"password": crate::support::PASSWORD});
    let deleted = client.request("DELETE", "/api/me").json(&body).send().await.unwrap();
    assert_eq!(deleted.status(), 204);
    assert_eq!(client.get("/api/tasks").await.0, 401);
    // The address is free again.
    let again = app.register_as("ada@example.org").await;
    app.until(async || app.rows_of(id).await.is_empty()).await;
    assert_eq!(app.count(format!("SELECT count(*) AS count FROM users WHERE id = {id}")).await, 0);
    assert_eq!(total(&again).await, 0);
    assert_eq!(app.search_rows("Task").await, 0);
}

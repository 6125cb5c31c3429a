//! `todo-api serve` as a process: its log, its metrics, and how it ends.

use crate::support::{PASSWORD, TestClient};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Lines};
use std::net::TcpListener;
use std::process::{Child, ChildStdout, Command, Stdio};

struct Process {
    child: Child,
    log: Lines<BufReader<ChildStdout>>,
    url: String,
    metrics: String,
}

impl Drop for Process {
    fn drop(&mut self) {
        // It has ended already, unless a test failed.
        let _ = self.child.kill();
    }
}

impl Process {
    fn start(folder: &std::path::Path) -> Self {
        let metrics = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let mut child = Command::new(env!("CARGO_BIN_EXE_todo-api"))
            .env_clear()
            .env("DATABASE_URL", folder.join("todo.sqlite3"))
            .env("API_BIND", "127.0.0.1:0")
            .env("METRICS_BIND", &metrics)
            .env("JWT_SECRET", "0123456789abcdef0123456789abcdef")
            .env("AGENT_TOKEN", "0123456789abcdef")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = log.by_ref().map(|line| parsed(&line.unwrap())).find(|line| line["message"] == "ready").unwrap();
        let url = format!("http://{}", ready["address"].as_str().unwrap());
        Self { child, log, url, metrics: format!("http://{metrics}/metrics") }
    }

    /// Asks it to end, and answers with what it logged since it was ready.
    fn stop(mut self) -> Vec<Value> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let log = self.log.by_ref().map(|line| parsed(&line.unwrap())).collect();
        assert!(self.child.wait().unwrap().success());
        log
    }
}

fn parsed(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

#[tokio::test]
async fn it_logs_one_line_a_request_counts_it_and_ends_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let process = Process::start(folder.path());
    let ada = TestClient::visitor(&process.url);
    let body = json!({ "email": "ada@example.org", "password": PASSWORD });
    assert_eq!(ada.post("/api/auth/register", body).await.0, 201);
    let secret = ada.post("/api/me/tokens", json!({ "name": "x", "scope": "read" })).await.1["token"].clone();
    let script = TestClient::bearer(&process.url, secret.as_str().unwrap());
    assert_eq!(script.get("/api/tasks?q=confidential").await.0, 200);
    assert_eq!(script.get("/api/tasks/7").await.0, 404);
    script.get("/healthz").await;
    let events = ada.request("GET", "/api/events").send().await.unwrap();
    assert_eq!(events.status(), 200, "an open stream holds nothing up");
    let metrics = reqwest::get(&process.metrics).await.unwrap().text().await.unwrap();
    let log = process.stop();

    let requests: Vec<_> = log.iter().filter(|line| line.get("path").is_some()).collect();
    let shown = |line: &Value| format!("{} {} {}", line["method"], line["path"], line["status"]).replace('"', "");
    assert_eq!(
        requests.iter().map(|line| shown(line)).collect::<Vec<_>>(),
        [
            "POST /api/auth/register 201",
            "POST /api/me/tokens 201",
            "GET /api/tasks 200",
            "GET /api/tasks/7 404",
            "GET /api/events 200"
        ]
    );
    assert!(requests.iter().all(|line| line["request_id"].is_string() && line["micros"].is_u64()));
    let whole = Value::from(log).to_string();
    for hidden in [PASSWORD, "confidential", secret.as_str().unwrap(), "todo_access", "ada@example.org"] {
        assert!(!whole.contains(hidden), "{hidden}");
    }
    for line in [
        "api_http_requests_total{route=\"/api/tasks/{id}\",method=\"GET\",status=\"4xx\"} 1",
        "api_open_streams 1",
        "api_db_commit_writes_count",
    ] {
        assert!(metrics.contains(line), "{line}\n{metrics}");
    }
    assert!(todo_api::db::check(&folder.path().join("todo.sqlite3")).unwrap().is_empty());
}

//! The program: its settings, its subcommands, its logs and metrics.

use crate::harness::{INDEX, PATIENCE, client, free_address, header, within, write};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};
use std::time::Instant;
use tempfile::TempDir;

fn program(arguments: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_todo-gateway"));
    command.args(arguments).env_clear().envs(environment.iter().copied());
    command
}

fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    program(arguments, environment).output().unwrap()
}

/// A gateway that is killed with the test.
struct Running {
    child: Child,
    _root: TempDir,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn start(bind: &str, environment: &[(&str, &str)]) -> Running {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "index.html", INDEX);
    let mut command = program(&["serve"], environment);
    command.env("UPSTREAM_RETRY", "0s").env("WEB_BIND", bind).env("WEB_ROOT", root.path()).stdout(Stdio::piped());
    let running = Running { child: command.spawn().unwrap(), _root: root };
    let deadline = Instant::now() + PATIENCE;
    while client().get(format!("http://{bind}/readyz")).send().await.is_err() {
        assert!(Instant::now() < deadline, "not ready in time");
        tokio::time::sleep(PATIENCE / 500).await;
    }
    running
}

#[actix_web::test]
async fn a_bad_setting_ends_the_program_with_its_name_and_an_example() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path().to_str().unwrap();
    for (name, value, example) in [
        ("WEB_BIND", "localhost", "WEB_BIND=0.0.0.0:3000"),
        ("WEB_ROOT", "/does/not/exist", "WEB_ROOT=web/dist"),
        ("API_URL", "https://api.example", "API_URL=http://127.0.0.1:8000"),
        ("API_URL", "http://api.example/v1", "API_URL=http://127.0.0.1:8000"),
        ("UPSTREAM_TIMEOUT", "130", "130s"),
        ("SHUTDOWN_DELAY", "5", "130s"),
        ("MAX_BODY", "2 MiB", "MAX_BODY=67108864"),
        ("METRICS_BIND", "9000", "METRICS_BIND=0.0.0.0:9000"),
        ("RUST_LOG", "todo_gateway=loud", "RUST_LOG=info"),
        ("LOG_FORMAT", "xml", "json"),
        ("TRUST_PROXY", "maybe", "TRUST_PROXY"),
        ("MAX_CONNECTIONS", "0", "MAX_CONNECTIONS=2048"),
        ("UPSTREAM_RETRY", "10", "130s"),
        ("HSTS", "yes", "always"),
    ] {
        let output = run(&[], &[("WEB_ROOT", root), (name, value)]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(name) && said.contains(value) && said.contains(example), "{said}");
    }
}

#[actix_web::test]
async fn a_taken_port_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let bind = taken.local_addr().unwrap().to_string();
    let root = tempfile::tempdir().unwrap();
    let output = run(&["serve"], &[("WEB_BIND", &bind), ("WEB_ROOT", root.path().to_str().unwrap())]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("WEB_BIND") && said.contains(&bind), "{said}");
}

#[actix_web::test]
async fn help_names_every_setting_and_subcommand() {
    let help = String::from_utf8(run(&["--help"], &[]).stdout).unwrap();
    for word in ["serve", "healthcheck", "WEB_BIND", "WEB_ROOT", "API_URL", "MAX_BODY", "TRUST_PROXY", "METRICS_BIND"] {
        assert!(help.contains(word), "{word} in {help}");
    }
}

#[actix_web::test]
async fn healthcheck_tells_a_running_gateway_from_none() {
    let bind = free_address().to_string();
    assert_eq!(healthcheck(&bind).status.code(), Some(1));
    let running = start(&bind, &[]).await;
    let output = healthcheck(&bind);
    assert!(output.status.success(), "{output:?}");
    drop(running);
}

fn healthcheck(bind: &str) -> Output {
    run(&["healthcheck"], &[("WEB_BIND", bind), ("WEB_ROOT", "/")])
}

#[actix_web::test]
async fn after_sigterm_it_serves_until_the_delay_is_over() {
    let bind = free_address().to_string();
    let mut running = start(&bind, &[("SHUTDOWN_DELAY", "60s"), ("LOG_FORMAT", "json")]).await;
    let mut log = BufReader::new(running.child.stdout.take().unwrap()).lines();
    let signal = || assert!(Command::new("kill").arg(running.child.id().to_string()).status().unwrap().success());
    signal();
    assert!(log.any(|line| line.unwrap().contains("stopping")));
    let response = client().get(format!("http://{bind}/readyz?page")).send().await.unwrap();
    assert!(response.status().is_success(), "it still serves");
    signal();
    assert!(running.child.wait().unwrap().success(), "a second signal ends the delay");
}

#[actix_web::test]
async fn sigterm_ends_the_program_well_and_its_log_is_one_json_object_a_line() {
    let bind = free_address().to_string();
    let mut running = start(&bind, &[("LOG_FORMAT", "json")]).await;
    let mut response = client().get(format!("http://{bind}/tasks?q=private")).send().await.unwrap();
    within(response.body()).await.unwrap();
    let id = header(&response, "x-request-id").to_owned();
    assert!(Command::new("kill").arg(running.child.id().to_string()).status().unwrap().success());
    let log = std::io::read_to_string(running.child.stdout.take().unwrap()).unwrap();
    assert!(running.child.wait().unwrap().success());

    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let request = lines.iter().find(|line| line["message"] == "request").unwrap();
    assert_eq!((&request["path"], &request["status"]), (&"/tasks".into(), &200.into()), "{log}");
    assert_eq!(request["request_id"], id);
    assert!(!log.contains("private"), "{log}");
}

#[actix_web::test]
async fn metrics_count_requests_at_an_address_of_their_own() {
    let (bind, metrics) = (free_address().to_string(), free_address().to_string());
    let running = start(&bind, &[("METRICS_BIND", &metrics)]).await;
    for path in ["/", "/missing.js", "/api/tasks"] {
        client().get(format!("http://{bind}{path}")).send().await.unwrap();
    }
    let mut response = client().get(format!("http://{metrics}/metrics")).send().await.unwrap();
    let text = String::from_utf8(response.body().await.unwrap().to_vec()).unwrap();
    for line in [
        "gateway_http_requests_total{kind=\"file\",status=\"200\"} 1",
        "gateway_http_requests_total{kind=\"file\",status=\"404\"} 1",
        "gateway_http_requests_total{kind=\"api\",status=\"502\"} 1",
        "gateway_http_response_head_seconds_bucket{kind=\"file\",le=\"0.0005\"}",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert_eq!(client().get(format!("http://{bind}/metrics")).send().await.unwrap().status(), 200, "the page");
    drop(running);
}

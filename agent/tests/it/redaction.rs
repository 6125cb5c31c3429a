//! The key never leaves the agent, whatever a server does with it.

#![expect(
    clippy::string_slice,
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "the key is ASCII, the forms are a fixed list, and a test fails by panicking"
)]

use crate::support::saying;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use todo_e2e::model::{Reply, ScriptedModel, Step};

const KEY: &str = "gsk_Q7x9aZt4Lm2VbKpRw8sYd";
const TOKEN: &str = "0123456789abcdef-of-the-api";

/// Every form in which a server may repeat the key.
fn forms() -> Vec<String> {
    let bytes = || KEY.bytes();
    vec![
        KEY.to_owned(),
        format!("Bearer {KEY}"),
        KEY[..12].to_owned(),
        format!("{}***", &KEY[..8]),
        format!("***{}", &KEY[KEY.len() - 8..]),
        bytes().map(|byte| format!("%{byte:02x}")).collect(),
        bytes().map(|byte| format!("\\u{byte:04x}")).collect(),
        bytes().map(|byte| format!("&#{byte};")).collect(),
        // base64 of "user:" and the key
        "dXNlcjpnc2tfUTd4OWFadDRMbTJWYktwUnc4c1lk".to_owned(),
    ]
}

/// Every part of eight characters of the key and of its base64 after `user:`.
fn found_in(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let parts = |secret: &str, length: usize| -> Vec<String> {
        secret
            .to_lowercase()
            .as_bytes()
            .windows(length)
            .map(|part| String::from_utf8_lossy(part).into_owned())
            .collect()
    };
    let mut all = parts(KEY, 8);
    all.extend(parts("nc2tfUTd4OWFadDRMbTJWYktwUnc4c1l", 12));
    all.extend(parts(&forms()[5], 24));
    all.extend(parts(&forms()[6], 48));
    all.into_iter().find(|part| text.contains(part.as_str()))
}

/// A server that repeats `form` in each place in turn.
fn script(form: &str) -> Vec<Step> {
    let mut replies: Vec<Reply> = Vec::new();
    for status in [400, 402, 403, 404, 413, 418, 422, 429, 500] {
        let message = format!("the key {form} is odd");
        let error = json!({"error": {"message": message, "type": form, "code": form, "param": form}});
        replies.push(Reply::json(status, &error).header("x-echo", KEY));
    }
    replies.push(Reply::new(307, "text/plain").header("location", &format!("https://elsewhere.example/{KEY}?k={KEY}")));
    replies.push(Reply::stream().data(&json!({"error": {"message": form}}).to_string()));
    replies.push(Reply::stream().piece("Hi ").data(&json!({"error": {"message": form}}).to_string()));
    replies.push(Reply::text(["Your key is ", form, "."]));
    let half = form.floor_char_boundary(form.len() / 2);
    replies.push(Reply::text(["Your key is ", &form[..half], &form[half..], "."]));
    let letters: Vec<String> = form.chars().map(String::from).collect();
    replies.push(Reply::text(letters.iter().map(String::as_str)));
    let thinks = Reply::stream().delta(json!({"reasoning_content": form}));
    replies.push(
        thinks
            .call(0, "add_tasks", &json!({"tasks": [{"title": form, "notes": format!("see {form}")}]}))
            .end("tool_calls"),
    );
    replies.push(Reply::calls([(form, json!({form: form}))]));
    replies.into_iter().map(Step::new).collect()
}

struct Service {
    child: Child,
    address: String,
    metrics: String,
    log: std::thread::JoinHandle<String>,
}

fn start(base_url: &str) -> Service {
    let mut command = Command::new(env!("CARGO_BIN_EXE_todo-agent"));
    let (metrics, address) = (free_address(), free_address());
    command
        .env_clear()
        .env("AGENT_TOKEN", TOKEN)
        .env("AGENT_BIND", &address)
        .env("METRICS_BIND", &metrics)
        .env("LOG_FORMAT", "json")
        .env("RUST_LOG", "trace")
        .env("OPENAI_BASE_URL", format!("{base_url}?api_key={KEY}"))
        .env("OPENAI_MODEL", "scripted")
        .env("OPENAI_API_KEY", KEY)
        .env("OPENAI_RETRIES", "0")
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut log = String::new();
    while !log.contains("\"ready\"") {
        log.push_str(&lines.next().expect("it starts").unwrap());
    }
    let log = std::thread::spawn(move || lines.map_while(Result::ok).fold(log, |log, line| log + &line + "\n"));
    Service { child, address, metrics, log }
}

fn free_address() -> String {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

#[tokio::test]
async fn the_key_is_in_no_answer_no_log_and_no_metric() {
    todo_agent::install_crypto();
    let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
    let mut wrong = Vec::new();
    let mut check = |place: &str, text: &str| {
        if let Some(part) = found_in(text) {
            wrong.push(format!("{place}: {part} in {}", text.chars().take(2_000).collect::<String>()));
        }
    };
    for form in forms() {
        for step in script(&form) {
            // Whatever is asked after the one answer gets an error of the script.
            let model = ScriptedModel::start([step]).await.unwrap();
            let mut service = start(&model.base_url);
            let url = |path: &str| format!("http://{}{path}", service.address);
            for (path, body) in [("/v1/step", saying("done with 3")), ("/v1/probe", Value::Null)] {
                let sent = client.post(url(path)).bearer_auth(TOKEN).json(&body).send().await.unwrap();
                check(path, &format!("{:?} {}", sent.headers().clone(), sent.text().await.unwrap()));
            }
            let metrics = client.get(format!("http://{}/metrics", service.metrics)).send().await.unwrap();
            check("metrics", &metrics.text().await.unwrap());
            service.child.kill().unwrap();
            service.child.wait().unwrap();
            check("log", &service.log.join().unwrap());
            drop(model);
        }
    }
    assert!(
        wrong.is_empty(),
        "{} leaks\n{}",
        wrong.len(),
        wrong.iter().take(5).cloned().collect::<Vec<_>>().join("\n")
    );
}

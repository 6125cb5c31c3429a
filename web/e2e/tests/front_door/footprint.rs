//! Start-up, memory, weight of the page, and big accounts.

use crate::support::client::Client;
use crate::support::service::web_root;
use crate::support::stack::Stack;
use serde_json::json;
use std::path::Path;
use std::time::{Duration, Instant};

/// From nothing to ready in under three seconds; at rest the three take 60 MiB at most.
pub async fn starts_fast_and_stays_small() {
    let started = Instant::now();
    let stack = Stack::start().await;
    let ready = started.elapsed();
    let kib: u64 = [&stack.gateway, &stack.api, &stack.agent].iter().map(|s| s.resident_kib()).sum();
    println!("ready in {} ms; idle memory {:.1} MiB", ready.as_millis(), kib as f64 / 1024.0);
    assert!(ready < Duration::from_secs(3), "{ready:?}");
    assert!(kib <= 60 * 1024, "{kib} KiB");
}

/// All files of the page, as a browser that takes brotli gets them: 450 KiB at most.
pub async fn the_page_is_light() {
    let bytes = weight(&web_root());
    println!("the page over the wire: {:.1} KiB", bytes as f64 / 1024.0);
    assert!(bytes <= 450 * 1024, "{bytes} bytes");
}

fn weight(folder: &Path) -> u64 {
    let entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let size = |path: &Path| std::fs::metadata(path).unwrap().len();
    entries
        .iter()
        .map(|path| {
            if path.is_dir() {
                return weight(path);
            }
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let packed = path.with_file_name(format!("{name}.br"));
            match name.rsplit('.').next() {
                Some("br" | "gz") => 0,
                _ if packed.is_file() => size(&packed),
                _ => size(path),
            }
        })
        .sum()
}

/// 10,000 tasks: a page takes the api under 10 ms, a search under 20 ms (medians of 21, by its own address).
pub async fn ten_thousand_tasks() {
    let stack = Stack::start().await;
    let client = stack.register("ada@example.org").await;
    for batch in 0..50 {
        let tasks: Vec<_> = (0..200)
            .map(|n| json!({"title": format!("Task {batch}-{n} about topic{}", n % 17), "priority": "low"}))
            .collect();
        client.post("/tasks/batch", json!({"action": "add", "tasks": tasks})).await;
    }
    let page = client.get("/tasks").await;
    assert_eq!((page["total"].as_i64(), page["items"].as_array().unwrap().len()), (Some(10_000), 50));
    let token = client.token().await;
    // No request is made twice, so that none is answered from what an earlier one left.
    let first = median(stack.api_url(), &token, |n| format!("/tasks?limit={}", 50 + n)).await;
    let due = median(stack.api_url(), &token, |n| format!("/tasks?sort=due&limit={}", 50 + n)).await;
    let search = median(stack.api_url(), &token, |n| format!("/tasks?q=topic{}&limit={}", n % 17, 50 + n)).await;
    println!("10,000 tasks: first page {first:?}, by due date {due:?}, search {search:?}");
    assert!(first < Duration::from_millis(10), "{first:?}");
    assert!(search < Duration::from_millis(20), "{search:?}");
    let walked = walk(&client).await;
    assert_eq!(walked, 10_000);
}

async fn median(api: &str, token: &str, path: impl Fn(usize) -> String) -> Duration {
    let http = reqwest::Client::new();
    let mut times = Vec::new();
    for path in (0..21).map(path) {
        let started = Instant::now();
        let answer = http.get(format!("{api}/api{path}")).bearer_auth(token).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.bytes().await.unwrap();
        times.push(started.elapsed());
    }
    times.sort();
    times[times.len() / 2]
}

async fn walk(client: &Client) -> usize {
    let (mut seen, mut cursor) = (0, String::new());
    loop {
        let page = client.get(&format!("/tasks?limit=200{cursor}")).await;
        seen += page["items"].as_array().unwrap().len();
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return seen,
        }
    }
}

//! Backups of the containers' database.

use crate::support::engine::{inspect, tools};
use crate::support::eventually;
use crate::support::stack::Stack;
use std::fs;
use std::os::unix::fs::MetadataExt;

pub async fn a_backup_can_be_restored() {
    let stack = Stack::start().await;
    let client = stack.register("ada@example.org").await;
    client.add("Before").await;
    stack.make(&["compose-backup"]);
    let folder = stack.folder().join("backups");
    let written: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(written.len(), 1, "{written:?}");
    assert_eq!(fs::metadata(&folder).unwrap().mode() & 0o077, 0, "everyone's tasks are not everyone's to read");

    client.add("After").await;
    let file = format!("FILE={}", written[0].display());
    let said = stack.make(&["compose-restore", &file]);
    assert!(said.contains("The old database is kept as"), "{said}");
    eventually("the front door to answer", || async {
        client.try_send(reqwest::Method::GET, "/me", None).await.ok().filter(|(status, _)| status.is_success())
    })
    .await;
    assert_eq!(client.titles("").await, ["Before"]);
    client.add("Once more").await;
}

/// The first copy is made at once, whatever the hour.
pub async fn the_nightly_backup_writes_a_copy() {
    let stack = Stack::start().await;
    let said = stack.make(&["compose-up", "PROFILES=backup"]);
    let container = stack.compose(&["--profile", "backup", "ps", "--all", "--quiet", "backup"]);
    assert!(!container.is_empty(), "{said}");
    let tools = format!("{}:/tools:ro", tools().display());
    let volume = format!("{}_backups:/backups", stack.project);
    let list = ["run", "--rm", "--volume", &tools, "--volume", &volume, "--entrypoint", "/tools/busybox"];
    let image = crate::support::engine::image("api");
    eventually("a copy", || async {
        let names = crate::support::engine::docker(&[&list[..], &[&image, "ls", "/backups"]].concat());
        names.lines().any(|name| name.starts_with("todo-") && name.ends_with(".sqlite3")).then_some(())
    })
    .await;
    assert_eq!(inspect(&container)["State"]["Running"], true, "it waits for the next night");
}

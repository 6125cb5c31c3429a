//! `todo-api smoke` against the product: it passes where all is well, and fails where something is not.

use crate::support::service::binary;
use crate::support::stack::Stack;
use std::process::{Command, Output};

async fn smoke(url: &str, more: &[&str]) -> (bool, String) {
    let mut command = Command::new(binary("todo-api"));
    command.arg("smoke").arg(format!("--url={url}")).args(more);
    let Output { status, stdout, stderr } =
        tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    (status.success(), String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned())
}

pub async fn passes_and_leaves_nothing_behind() {
    let stack = Stack::start().await;
    let (passed, said) = smoke(&stack.url, &[]).await;
    assert!(passed && said.contains("The task is on the list."), "{said}");
    let accounts =
        Command::new(binary("todo-api")).args(["user", "list"]).env("DATABASE_URL", stack.database()).output();
    assert!(!String::from_utf8_lossy(&accounts.unwrap().stdout).contains("smoke-"), "the account is gone");
}

pub async fn fails_where_the_agent_is_gone() {
    let mut stack = Stack::start().await;
    stack.agent.kill();
    let (passed, said) = smoke(&stack.url, &[]).await;
    assert!(!passed && said.contains("Logged in.") && said.contains("the api cannot reach the agent"), "{said}");
}

pub async fn fails_where_nothing_answers() {
    let (passed, said) = smoke("http://127.0.0.1:1", &["--wait=1"]).await;
    assert!(!passed && said.contains("no page at http://127.0.0.1:1"), "{said}");
}

pub async fn knows_a_server_that_lets_nobody_register() {
    let stack = Stack::start_with(&[], &[("REGISTRATION", "closed")]).await;
    assert!(!smoke(&stack.url, &[]).await.0);
    let (passed, said) = smoke(&stack.url, &["--registration=closed"]).await;
    assert!(passed && said.contains("lets nobody register"), "{said}");
    let open = Stack::start().await;
    assert!(!smoke(&open.url, &["--registration=closed"]).await.0);
}

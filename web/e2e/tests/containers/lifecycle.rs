//! What the data survives.

use crate::support::command::{command, succeed};
use crate::support::engine::inspect;
use crate::support::eventually;
use crate::support::stack::{SERVICES, Stack, rebuild};

const EMAIL: &str = "ada@example.org";

/// kill -9 of each: the engine starts it again, and everything that was acknowledged is there.
pub async fn a_killed_container_comes_back() {
    let stack = Stack::start().await;
    let client = stack.register(EMAIL).await;
    client.add("Before").await;
    for service in SERVICES {
        let (container, process) = (stack.container(service), stack.process(service));
        succeed(&mut command("kill", &["-9", &process.to_string()]));
        eventually(&format!("{service} to be started again"), || async {
            let state = &inspect(&container)["State"];
            (state["Running"] == true && state["Pid"].as_u64() != Some(process)).then_some(())
        })
        .await;
        stack.healthy(service).await;
    }
    eventually("the front door to answer", || async {
        client.try_send(reqwest::Method::GET, "/me", None).await.ok().filter(|(status, _)| status.is_success())
    })
    .await;
    client.say("Add a task to call the bank").await;
    assert_eq!(client.titles("").await, ["Before", "Call the bank"]);
}

/// A rebuilt image takes the old one's place, over the same data and the same sessions.
pub async fn an_upgrade_keeps_the_data() {
    let mut stack = Stack::start().await;
    let client = stack.register(EMAIL).await;
    client.add("Before").await;
    let image = |stack: &Stack, service: &str| inspect(&stack.container(service))["Image"].clone();
    let old = SERVICES.map(|service| image(&stack, service));
    for part in SERVICES {
        rebuild(part, "test-next");
    }
    stack.use_tag("test-next");
    stack.up();
    let new = SERVICES.map(|service| image(&stack, service));
    assert!(old.iter().zip(&new).all(|(old, new)| old != new), "{old:?} {new:?}");
    assert_eq!(client.titles("").await, ["Before"], "signed in still, and the data is there");
}

/// The data stays, and it is said how to remove it.
pub async fn down_says_where_the_data_is() {
    let stack = Stack::start().await;
    let said = stack.down();
    let volume = format!("{}_data", stack.project);
    assert!(said.contains(&format!("stays in the volume {volume}")), "{said}");
    assert!(said.contains(&format!("volume rm {volume}")), "{said}");
    assert_eq!(stack.compose(&["ps", "--all", "--quiet"]), "");
}

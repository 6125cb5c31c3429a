//! A person at the browser.

use crate::support::browser::{Browser, answer, button, call, task};
use crate::support::client::Client;
use crate::support::stack::Stack;
use serde_json::json;
use std::time::{Duration, Instant};
use thirtyfour::By;
use todo_e2e::model::{Dialect, Gate, Reply, ScriptedModel, Step};

const EMAIL: &str = "ada@example.org";
const CARD: &str = "//*[contains(@class, 'call')][@data-tool]";
const CONFIRM: &str = "//*[contains(@class, 'confirm')]";

async fn sign_up(stack: &Stack) -> (Browser, Client) {
    let browser = Browser::open(1280, 900).await;
    browser.sign_up(&stack.url, EMAIL).await;
    (browser, Client::sign_in(&stack.url, EMAIL).await)
}

/// Says it, sees the call and the task with its date, takes it back, and sees it gone.
async fn add_and_undo(browser: &Browser) {
    browser.say("Add a task to buy groceries tomorrow").await;
    browser.see(call("add_tasks")).await;
    let row = browser.see(task("Buy groceries")).await;
    let words = row.text().await.unwrap();
    assert!(words.to_lowercase().contains("tomorrow"), "{words:?}");
    browser.click(button(CARD, "Undo")).await;
    browser.see_no(task("Buy groceries")).await;
}

pub async fn talk_and_undo() {
    let stack = Stack::start().await;
    let (browser, client) = sign_up(&stack).await;
    add_and_undo(&browser).await;
    assert!(client.titles("").await.is_empty());
    browser.close().await;
}

/// Three tasks, "delete everything", a question, and a yes.
async fn delete_everything(browser: &Browser, client: &Client) {
    for title in ["One", "Two", "Three"] {
        client.add(title).await;
        browser.see(task(title)).await;
    }
    browser.say("delete everything").await;
    browser.see(By::XPath(CONFIRM)).await;
    assert_eq!(client.titles("").await.len(), 3, "nothing happens before the yes");
    browser.click(button(CONFIRM, "Yes")).await;
    for title in ["One", "Two", "Three"] {
        browser.see_no(task(title)).await;
    }
    assert!(client.titles("").await.is_empty());
}

pub async fn a_big_change_asks_first() {
    let stack = Stack::start().await;
    let (browser, client) = sign_up(&stack).await;
    delete_everything(&browser, &client).await;
    browser.close().await;
}

/// The model sees the user's words, the tools and the results, and nothing else is asked of it.
async fn walk_with_a_model(dialect: Dialect) {
    let groceries = json!({"tasks": [{"title": "Buy groceries", "due": {"date": tomorrow(), "time": null, "zone": null},
        "notes": null, "priority": null, "tags": null, "repeat": null}]});
    let model = ScriptedModel::start([
        Step::new(Reply::calls([("add_tasks", groceries)]))
            .at("/stream", true)
            .last_message("user", "Add a task to buy groceries tomorrow"),
        Step::new(Reply::text(["Added **Buy groceries**", ", due tomorrow."])).last_message("tool", "Buy groceries"),
        Step::new(Reply::calls([(
            "list_tasks",
            json!({"status": "open", "due_from": null, "due_to": null,
            "priority": null, "tag": null, "text": null, "limit": null}),
        )]))
        .last_message("user", "delete everything"),
        Step::new(Reply::calls([("delete_tasks", json!({"ids": [2, 3, 4]}))])).last_message("tool", "Three"),
        Step::new(Reply::text(["All three are in the trash."])).last_message("tool", "deleted"),
    ])
    .await
    .unwrap();
    let stack = Stack::with_model_in(dialect.setting(), &model.base_url).await;
    let (browser, client) = sign_up(&stack).await;
    browser.see(By::XPath("//*[contains(normalize-space(), 'scripted')]")).await;
    add_and_undo(&browser).await;
    browser.see(answer("Added Buy groceries, due tomorrow.")).await;
    delete_everything(&browser, &client).await;
    browser.see(answer("All three are in the trash.")).await;
    browser.close().await;
    let received = model.finish().await.unwrap();
    assert!(received.iter().all(|request| request.dialect() == dialect), "{received:?}");
}

pub async fn the_same_walk_with_a_model() {
    walk_with_a_model(Dialect::Chat).await;
}

pub async fn the_same_walk_in_the_responses_dialect() {
    walk_with_a_model(Dialect::Responses).await;
}

/// The day after today, where the browser is: this machine.
fn tomorrow() -> String {
    let out = std::process::Command::new("date").args(["-d", "tomorrow", "+%F"]).output().unwrap();
    String::from_utf8(out.stdout).unwrap().trim().to_owned()
}

pub async fn a_second_tab_follows() {
    let stack = Stack::start().await;
    let (browser, client) = sign_up(&stack).await;
    let first = browser.driver.window().await.unwrap();
    let second = browser.driver.new_tab().await.unwrap();
    browser.driver.switch_to_window(second.clone()).await.unwrap();
    browser.driver.goto(&stack.url).await.unwrap();
    client.add("To begin with").await;
    browser.see(task("To begin with")).await;

    browser.driver.switch_to_window(first).await.unwrap();
    browser.see(task("To begin with")).await;
    browser.say("Add a task to call the bank").await;
    browser.see(task("Call the bank")).await;
    let started = Instant::now();
    browser.driver.switch_to_window(second).await.unwrap();
    browser.see(task("Call the bank")).await;
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    browser.close().await;
}

pub async fn reload_in_the_middle_of_an_answer() {
    let gate = Gate::new();
    let slow = Reply::stream().piece("The first half, ").gate(&gate).piece("and the second half.").end("stop");
    let model = ScriptedModel::start([Step::new(slow)]).await.unwrap();
    let stack = Stack::with_model(&model.base_url).await;
    let (browser, _client) = sign_up(&stack).await;
    browser.say("Tell me something").await;
    browser.see(answer("The first half,")).await;
    browser.driver.refresh().await.unwrap();
    browser.see(answer("The first half,")).await;
    gate.open();
    browser.see(answer("The first half, and the second half.")).await;
    browser.close().await;
    model.finish().await.unwrap();
}

pub async fn stop_and_start_keeps_everything() {
    let mut stack = Stack::start().await;
    let (browser, client) = sign_up(&stack).await;
    browser.say("Add a task to buy groceries tomorrow").await;
    browser.see(task("Buy groceries")).await;
    client.add("By hand").await;
    stack.restart().await;
    browser.driver.refresh().await.unwrap();
    browser.see(task("Buy groceries")).await;
    browser.see(task("By hand")).await;
    browser.see(call("add_tasks")).await;
    browser.close().await;
}

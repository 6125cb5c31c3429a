//! A person at the browser.

use crate::support::browser::Browser;
use crate::support::stack::Stack;

pub async fn talk_click_undo() {
    let stack = Stack::start().await;
    let browser = Browser::open(1280, 900).await;
    browser.sign_up(&stack.url, "ada@example.org").await;
    browser.say("Add a task to buy groceries tomorrow").await;
    browser.close().await;
}

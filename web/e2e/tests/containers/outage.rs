//! The api stopped, seen from the page.

use crate::support::browser::{Browser, task};
use crate::support::client::Client;
use crate::support::stack::Stack;
use thirtyfour::By;

const EMAIL: &str = "ada@example.org";

fn words(text: &str) -> By {
    By::XPath(format!("//*[contains(normalize-space(text()), '{text}')]"))
}

/// A page that is open says so, one that is loaded now does too, and both come back without a hand.
pub async fn the_page_says_that_the_server_is_gone_and_recovers() {
    let stack = Stack::start().await;
    let browser = Browser::open(1280, 900).await;
    browser.sign_up(&stack.url, EMAIL).await;
    let client = Client::sign_in(&stack.url, EMAIL).await;
    client.add("Before").await;
    browser.see(task("Before")).await;

    stack.compose(&["stop", "api"]);
    browser.see(words("No connection")).await;
    stack.compose(&["start", "api"]);
    stack.healthy("api").await;
    client.add("Between").await;
    browser.see(task("Between")).await;
    browser.see_no(words("No connection")).await;

    stack.compose(&["stop", "api"]);
    browser.driver.refresh().await.unwrap();
    browser.see(words("cannot be reached")).await;
    stack.compose(&["start", "api"]);
    stack.healthy("api").await;
    browser.see(task("Before")).await;
    browser.close().await;
}

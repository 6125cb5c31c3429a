//! What the settings change.

use crate::support::browser::{Browser, button, task};
use crate::support::client::Client;
use crate::support::eventually;
use crate::support::stack::Stack;
use thirtyfour::{By, Key};

const EMAIL: &str = "ada@example.org";

/// Quick adds a task, and answers with the month and the day on which it is due.
async fn quick_add(browser: &Browser, client: &Client, line: &str, title: &str) -> String {
    browser.fill(By::Id("quick-add"), line).await;
    browser.see(By::Css("#quick-chips .chip")).await;
    browser.see(By::Id("quick-add")).await.send_keys(Key::Enter + "").await.unwrap();
    browser.see(task(title)).await;
    eventually("the task to be stored", || async {
        let tasks = client.get("/tasks").await;
        let added = tasks["items"].as_array().unwrap().iter().find(|task| task["title"] == title)?;
        let (_year, day) = added["due"]["date"].as_str().unwrap().split_once('-').unwrap();
        Some(day.to_owned())
    })
    .await
}

/// The browser speaks American English.
pub async fn dates_are_read_as_the_browser_and_then_the_settings_say() {
    let stack = Stack::start().await;
    let browser = Browser::open(1280, 900).await;
    browser.sign_up(&stack.url, EMAIL).await;
    let client = Client::sign_in(&stack.url, EMAIL).await;
    let me = client.get("/me").await;
    assert_eq!((me["week_start"].as_str(), me["date_order"].as_str()), (Some("sunday"), Some("month_first")));
    assert_eq!(quick_add(&browser, &client, "Pay rent 5/1", "Pay rent").await, "05-01");

    browser.driver.goto(format!("{}/settings", stack.url)).await.unwrap();
    browser.click(By::Css("#week-start option[value=saturday]")).await;
    browser.click(By::Css("#date-order option[value=day_first]")).await;
    browser.click(button("//form[.//select[@id='date-order']]", "Save")).await;
    eventually("the settings to be saved", || async {
        let me = client.get("/me").await;
        (me["week_start"] == "saturday" && me["date_order"] == "day_first").then_some(())
    })
    .await;
    browser.driver.goto(&stack.url).await.unwrap();
    assert_eq!(quick_add(&browser, &client, "Call Bob 5/1", "Call Bob").await, "01-05");
    browser.close().await;
}

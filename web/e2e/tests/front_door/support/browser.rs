//! A real Chromium, driven over WebDriver.

use super::client::PASSWORD;
use super::eventually;
use super::service::free_port;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;
use tempfile::TempDir;
use thirtyfour::prelude::*;

const DRIVERS: &[&str] = &["chromedriver", "/usr/bin/chromedriver"];
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Driver and browser of this machine, if it has both. `CHROMEDRIVER` and `CHROME` name others.
pub fn found() -> Option<&'static (PathBuf, PathBuf)> {
    static FOUND: OnceLock<Option<(PathBuf, PathBuf)>> = OnceLock::new();
    let program = |variable: &str, names: &[&str]| {
        let named = std::env::var_os(variable).map(PathBuf::from);
        named.or_else(|| names.iter().find_map(|name| on_path(name)))
    };
    FOUND.get_or_init(|| Some((program("CHROMEDRIVER", DRIVERS)?, program("CHROME", BROWSERS)?))).as_ref()
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// A browser window with a fresh profile.
pub struct Browser {
    pub driver: WebDriver,
    chromedriver: Child,
    _profile: TempDir,
}

impl Browser {
    /// Opens a window of this size.
    pub async fn open(width: u32, height: u32) -> Self {
        let (driver, browser) = found().expect("a browser test runs where a browser was found");
        let (port, profile) = (free_port(), TempDir::new().unwrap());
        let chromedriver = Command::new(driver)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut wanted = DesiredCapabilities::chrome();
        wanted.set_binary(&browser.display().to_string()).unwrap();
        let profile_flag = format!("--user-data-dir={}", profile.path().display());
        let size_flag = format!("--window-size={width},{height}");
        let flags = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run \
                     --disable-background-networking --disable-component-update --disable-sync --lang=en-US \
                     --force-prefers-reduced-motion";
        for flag in flags.split_whitespace().chain([profile_flag.as_str(), size_flag.as_str()]) {
            wanted.add_arg(flag).unwrap();
        }
        let server = format!("http://127.0.0.1:{port}");
        let driver = eventually("chromedriver", || {
            let (server, wanted) = (server.clone(), wanted.clone());
            async move { WebDriver::new(server, wanted).await.ok() }
        })
        .await;
        Self { driver, chromedriver, _profile: profile }
    }

    /// The visible element that this XPath or CSS finds, once it is there.
    pub async fn see(&self, by: By) -> WebElement {
        eventually(&format!("{by:?} to be seen"), || async {
            let found = self.driver.find_all(by.clone()).await.ok()?;
            for element in found {
                if element.is_displayed().await.unwrap_or(false) {
                    return Some(element);
                }
            }
            None
        })
        .await
    }

    /// Waits until nothing visible is found.
    pub async fn see_no(&self, by: By) {
        eventually(&format!("{by:?} to be gone"), || async {
            for element in self.driver.find_all(by.clone()).await.ok()? {
                if element.is_displayed().await.unwrap_or(false) {
                    return None;
                }
            }
            Some(())
        })
        .await;
    }

    /// Clicks what is found, once it can be clicked.
    pub async fn click(&self, by: By) {
        eventually(&format!("{by:?} to be clicked"), || async { self.see(by.clone()).await.click().await.ok() }).await;
    }

    /// Types into what is found.
    pub async fn fill(&self, by: By, text: &str) {
        let field = self.see(by).await;
        field.click().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Signs a new account up on the page.
    pub async fn sign_up(&self, url: &str, email: &str) {
        self.driver.goto(format!("{url}/register")).await.unwrap();
        self.fill(By::Css("input[name=email]"), email).await;
        self.fill(By::Css("input[name=password]"), PASSWORD).await;
        self.click(By::Css("button[type=submit]")).await;
        self.see(composer()).await;
    }

    /// Says something in the chat.
    pub async fn say(&self, message: &str) {
        self.fill(composer(), message).await;
        self.see(composer()).await.send_keys(Key::Enter + "").await.unwrap();
    }

    /// Ends the browser; to be called at the end of a test.
    pub async fn close(mut self) {
        self.driver.clone().quit().await.unwrap();
        let _ = self.chromedriver.kill();
        let _ = self.chromedriver.wait();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !matches!(self.chromedriver.try_wait(), Ok(None)) {
            return;
        }
        // Ends the browser too: chromedriver takes its children along on SIGTERM.
        let _ = Command::new("kill").args(["-TERM", &self.chromedriver.id().to_string()]).status();
        let deadline = std::time::Instant::now() + Duration::from_secs(5);
        while std::time::Instant::now() < deadline && matches!(self.chromedriver.try_wait(), Ok(None)) {
            std::thread::yield_now();
        }
        let _ = self.chromedriver.kill();
    }
}

/// The field to talk in.
pub fn composer() -> By {
    By::Css(".chat textarea")
}

/// A task of the list, by its title.
pub fn task(title: &str) -> By {
    By::XPath(format!("//*[@data-task][.//*[normalize-space(text())='{title}']]"))
}

/// The card of a tool call in the chat.
pub fn call(tool: &str) -> By {
    By::Css(format!(".call[data-tool={tool}]"))
}

/// A button, by its words, in whatever this XPath finds.
pub fn button(within: &str, words: &str) -> By {
    By::XPath(format!("{within}//button[contains(normalize-space(), '{words}') or contains(@aria-label, '{words}')]"))
}

/// A piece of an answer in the chat.
pub fn answer(text: &str) -> By {
    By::XPath(format!("//*[contains(@class, 'chat-text')][contains(normalize-space(), '{text}')]"))
}

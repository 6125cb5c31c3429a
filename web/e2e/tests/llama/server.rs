//! llama.cpp's server as a process.

use serde_json::Value;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use todo_stack::{eventually_within, free_port};

/// Loading a model may take a while where processors are busy.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Llama {
    pub(crate) base_url: String,
    child: Child,
}

impl Llama {
    /// Starts it with the model that `LLAMA_MODEL` names, and waits until it answers.
    pub(crate) async fn start() -> Self {
        let (program, model) = (std::env::var("LLAMA_SERVER").unwrap(), std::env::var("LLAMA_MODEL").unwrap());
        let port = free_port();
        let child = Command::new(program)
            .args(["--model", &model, "--host", "127.0.0.1", "--port", &port.to_string()])
            .args(["--ctx-size", "8192", "--parallel", "1", "--jinja", "--seed", "1", "--no-webui"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let llama = Self { base_url: format!("http://127.0.0.1:{port}/v1"), child };
        eventually_within(PATIENCE, "llama.cpp's server", || async {
            reqwest::get(llama.url("/health")).await.ok()?.status().is_success().then_some(())
        })
        .await;
        llama
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base_url.trim_end_matches("/v1"))
    }

    /// Waits until it works on nothing.
    pub(crate) async fn until_idle(&self) {
        eventually_within(PATIENCE, "the model to be idle", || async {
            let slots: Value = reqwest::get(self.url("/slots")).await.ok()?.json().await.ok()?;
            let idle = slots.as_array()?.iter().all(|slot| slot["is_processing"] == false);
            idle.then_some(())
        })
        .await;
    }
}

impl Drop for Llama {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

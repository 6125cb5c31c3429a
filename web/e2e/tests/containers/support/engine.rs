//! The container engine.

use super::command::{command, run, succeed};
use super::eventually;
use serde_json::Value;
use std::path::PathBuf;

/// The client; `web/scripts/test-containers.sh` chooses it.
pub fn client() -> String {
    std::env::var("DOCKER").unwrap_or_else(|_| "docker".to_owned())
}

/// Runs the client, and insists on success.
pub fn docker(arguments: &[&str]) -> String {
    succeed(&mut command(&client(), arguments))
}

/// Runs the client, whatever comes of it.
pub fn try_docker(arguments: &[&str]) -> (bool, String) {
    run(&mut command(&client(), arguments))
}

/// The image of a part, as the tests build it.
pub fn image(part: &str) -> String {
    format!("docker.io/library/todo-{part}:{}", tag())
}

/// The tag that the tests build with.
pub fn tag() -> String {
    std::env::var("TAG").unwrap_or_else(|_| "test".to_owned())
}

/// What the engine knows of a container or an image.
pub fn inspect(id: &str) -> Value {
    let all: Value = serde_json::from_str(&docker(&["inspect", id])).unwrap();
    all[0].clone()
}

/// The folder with a static busybox, for containers that have no shell.
pub fn tools() -> PathBuf {
    let folder = std::env::var_os("TODO_TOOLS").map(PathBuf::from).expect("TODO_TOOLS names a folder with busybox");
    assert!(folder.join("busybox").is_file(), "{} has no busybox", folder.display());
    folder
}

/// A container that is removed when dropped, its anonymous volumes too.
pub struct Container(pub String);

impl Container {
    /// Starts one in the background: the arguments of `docker run`.
    pub fn run(arguments: &[&str]) -> Self {
        Self(docker(&[&["run", "--detach"], arguments].concat()))
    }

    /// `http://127.0.0.1:…`, where its published port is reached.
    pub fn url(&self, port: u16) -> String {
        let address = docker(&["port", &self.0, &port.to_string()]);
        format!("http://{}", address.lines().next().unwrap())
    }

    /// Waits until `/readyz` answers 200.
    pub async fn ready(&self, url: &str) {
        eventually(&format!("{url}/readyz"), || async {
            reqwest::get(format!("{url}/readyz")).await.ok().filter(|answer| answer.status().is_success())
        })
        .await;
    }

    /// Runs a command of busybox in it; [`tools`] has to be mounted at `/tools`.
    pub fn busybox(&self, arguments: &[&str]) -> (bool, String) {
        try_docker(&[&["exec", &self.0, "/tools/busybox"], arguments].concat())
    }
}

impl Drop for Container {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("--- the container's log:\n{}", try_docker(&["logs", "--tail", "15", &self.0]).1);
        }
        let _ = try_docker(&["rm", "--force", "--volumes", &self.0]);
    }
}

//! The product as `make compose-up` runs it, beside whatever else runs on this machine.

use super::command::{command, succeed};
use super::engine::{self, docker, inspect, try_docker};
use super::eventually_within;
use super::relay::Relay;
use super::service::free_port;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;
use todo_stack::Client;

/// A container that died is started again after a growing pause.
const RECOVERY: Duration = Duration::from_secs(60);

/// The services, in the order in which they start.
pub const SERVICES: [&str; 3] = ["api", "agent", "web"];

/// A compose project of its own; its containers, volumes and networks go with this value.
pub struct Stack {
    pub url: String,
    pub project: String,
    settings: Vec<(&'static str, String)>,
    /// What `docker compose` reads.
    files: String,
    folder: TempDir,
    _relay: Option<Relay>,
}

impl Stack {
    /// With the built-in planner alone.
    pub async fn start() -> Self {
        Self::start_with(Vec::new(), None).await
    }

    /// With a model at this base URL of this machine's loopback, in the dialect that the URL suggests.
    pub async fn with_model(base_url: &str) -> Self {
        Self::with_model_in("auto", base_url).await
    }

    /// As [`Self::with_model`], with a value of `OPENAI_API`.
    pub async fn with_model_in(dialect: &str, base_url: &str) -> Self {
        let port = reqwest::Url::parse(base_url).unwrap().port().unwrap();
        let relay = Relay::to(port).await;
        let url = format!("http://host.docker.internal:{}/v1", relay.port);
        let model =
            [("OPENAI_BASE_URL", url), ("OPENAI_API", dialect.to_owned()), ("OPENAI_MODEL", "scripted".to_owned())];
        Self::start_with(model.to_vec(), Some(relay)).await
    }

    /// By `docker compose up` with compose.yaml in an empty folder, as someone has it who has no clone.
    pub fn of_one_file() -> Self {
        let mut stack = Self::prepared(Vec::new(), None);
        let file = stack.folder().join("compose.yaml");
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../compose.yaml"), &file).unwrap();
        stack.files = file.to_str().unwrap().to_owned();
        stack.compose(&["up", "--detach", "--wait"]);
        stack
    }

    async fn start_with(more: Vec<(&'static str, String)>, relay: Option<Relay>) -> Self {
        let stack = Self::prepared(more, relay);
        stack.up();
        stack
    }

    fn prepared(more: Vec<(&'static str, String)>, relay: Option<Relay>) -> Self {
        let folder = TempDir::new().unwrap();
        let (web_port, api_port) = (free_port(), free_port());
        let mut settings = vec![
            ("WEB_ADDRESS", "127.0.0.1".to_owned()),
            ("WEB_PORT", web_port.to_string()),
            ("API_DEBUG_PORT", api_port.to_string()),
            ("RATE_LIMIT", "off".to_owned()),
            ("REGISTRY", "docker.io/library".to_owned()),
            ("REGISTRATION", "open".to_owned()),
            ("TAG", engine::tag()),
        ];
        settings.extend(more);
        let url = format!("http://localhost:{web_port}");
        let files = "compose.yaml:compose.secrets.yaml".to_owned();
        Self { url, project: format!("todo-test-{web_port}"), settings, files, folder, _relay: relay }
    }

    /// Files that go with this stack: secrets and backups.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn with_settings(&self, mut command: Command) -> Command {
        command.env("COMPOSE_PROJECT_NAME", &self.project).env("COMPOSE_DISABLE_ENV_FILE", "1");
        command.env_remove("OPENAI_API_KEY");
        command.env("SECRETS_DIR", self.folder().join("secrets")).env("BACKUP_DIR", self.folder().join("backups"));
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a target of the Makefile for this stack.
    pub fn make(&self, arguments: &[&str]) -> String {
        succeed(&mut self.with_settings(command("make", &[&["--no-print-directory"], arguments].concat())))
    }

    /// Runs compose for this stack.
    pub fn compose(&self, arguments: &[&str]) -> String {
        succeed(&mut self.compose_command(arguments))
    }

    /// A command of compose for this stack.
    pub fn compose_command(&self, arguments: &[&str]) -> Command {
        let client = std::env::var("COMPOSE").unwrap_or_else(|_| "docker compose".to_owned());
        let words: Vec<_> = client.split_whitespace().chain(arguments.iter().copied()).collect();
        let mut command = self.with_settings(command(words[0], &words[1..]));
        command.env("COMPOSE_FILE", &self.files);
        command
    }

    /// `make compose-up`; answers what it said.
    pub fn up(&self) -> String {
        self.make(&["compose-up"])
    }

    /// `make compose-down`; answers what it said.
    pub fn down(&self) -> String {
        self.make(&["compose-down"])
    }

    /// Ends it and starts it again over the same data.
    pub async fn restart(&mut self) {
        self.down();
        self.up();
    }

    /// From now on, images of another tag.
    pub fn use_tag(&mut self, tag: &str) {
        self.settings.push(("TAG", tag.to_owned()));
    }

    /// The container of a service.
    pub fn container(&self, service: &str) -> String {
        self.compose(&["ps", "--all", "--quiet", service])
    }

    /// The id, on this machine, of a service's one process.
    pub fn process(&self, service: &str) -> u64 {
        inspect(&self.container(service))["State"]["Pid"].as_u64().unwrap()
    }

    /// Waits until the engine calls a service healthy.
    pub async fn healthy(&self, service: &str) {
        let container = self.container(service);
        eventually_within(RECOVERY, &format!("{service} to be healthy"), || async {
            (inspect(&container)["State"]["Health"]["Status"] == "healthy").then_some(())
        })
        .await;
    }

    /// Signs a new account up through the front door.
    pub async fn register(&self, email: &str) -> Client {
        Client::register(&self.url, email).await
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = self.compose_command(&["logs", "--no-color", "--tail", "15"]).output();
            eprintln!(
                "--- the containers' logs:\n{}",
                log.map_or_else(|e| e.to_string(), |o| String::from_utf8_lossy(&o.stdout).into_owned())
            );
        }
        let mut end =
            self.compose_command(&["--profile", "*", "down", "--volumes", "--remove-orphans", "--timeout", "5"]);
        if !end.output().is_ok_and(|output| output.status.success()) {
            let label = format!("label=com.docker.compose.project={}", self.project);
            let left = try_docker(&["ps", "--all", "--quiet", "--filter", &label]).1;
            left.lines().for_each(|id| drop(try_docker(&["rm", "--force", "--volumes", id])));
        }
    }
}

/// Builds an image of a part from this source again, with another version written on it.
pub fn rebuild(part: &str, tag: &str) {
    succeed(
        command("web/scripts/images.sh", &[part])
            .env("TAG", tag)
            .env("VERSION", "the-next-one")
            .env_remove("PLATFORMS"),
    );
    docker(&["image", "inspect", &format!("docker.io/library/todo-{part}:{tag}")]);
}

//! The three services together, as `make run` starts them.

use crate::client::Client;
use crate::eventually;
use crate::service::{Service, free_port, web_root};
use std::path::PathBuf;
use tempfile::TempDir;

/// The three services on free ports, their data in a folder that goes with them.
pub struct Stack {
    /// The agent.
    pub agent: Service,
    /// The api.
    pub api: Service,
    /// The gateway.
    pub gateway: Service,
    /// The front door.
    pub url: String,
    settings: Settings,
    // Last, so that it outlives the services.
    _folder: TempDir,
}

struct Settings {
    folder: PathBuf,
    agent: Vec<(&'static str, String)>,
    api: Vec<(&'static str, String)>,
    gateway: Vec<(&'static str, String)>,
    agent_url: String,
    api_url: String,
}

const AGENT_TOKEN: &str = "a-token-that-the-tests-share-with-the-agent";
const JWT_SECRET: &str = "a-secret-of-the-tests-that-is-long-enough";

impl Stack {
    /// What its services keep to themselves.
    pub const SECRETS: [&str; 2] = [AGENT_TOKEN, JWT_SECRET];

    /// With the built-in planner alone.
    pub async fn start() -> Self {
        Self::start_with(&[], &[]).await
    }

    /// With a model at this base URL, in the dialect that the URL suggests.
    pub async fn with_model(base_url: &str) -> Self {
        Self::with_model_in("auto", base_url).await
    }

    /// With a model at this base URL, and a value of `OPENAI_API`.
    pub async fn with_model_in(dialect: &str, base_url: &str) -> Self {
        let model = [("OPENAI_BASE_URL", base_url), ("OPENAI_API", dialect)];
        Self::start_with(&[model, [("OPENAI_MODEL", "scripted"), ("OPENAI_API_KEY", "sk-scripted")]].concat(), &[])
            .await
    }

    /// With more settings for agent and api.
    pub async fn start_with(agent: &[(&'static str, &str)], api: &[(&'static str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let (agent_port, api_port, web_port) = (free_port(), free_port(), free_port());
        let at = |port: u16| format!("127.0.0.1:{port}");
        let owned = |more: &[(&'static str, &str)]| more.iter().map(|(k, v)| (*k, (*v).to_owned())).collect::<Vec<_>>();

        let mut agent_settings = vec![("AGENT_BIND", at(agent_port)), ("AGENT_TOKEN", AGENT_TOKEN.to_owned())];
        agent_settings.extend(owned(agent));
        let mut api_settings = vec![
            ("API_BIND", at(api_port)),
            ("DATABASE_URL", folder.path().join("todo.sqlite3").display().to_string()),
            ("AGENT_URL", format!("http://{}", at(agent_port))),
            ("AGENT_TOKEN", AGENT_TOKEN.to_owned()),
            ("JWT_SECRET", JWT_SECRET.to_owned()),
            ("RATE_LIMIT", "off".to_owned()),
            ("REGISTRATION", "open".to_owned()),
        ];
        api_settings.extend(owned(api));
        let settings = Settings {
            folder: folder.path().to_owned(),
            agent: agent_settings,
            api: api_settings,
            gateway: vec![
                ("WEB_BIND", at(web_port)),
                ("WEB_ROOT", web_root().display().to_string()),
                ("API_URL", format!("http://{}", at(api_port))),
            ],
            agent_url: format!("http://{}", at(agent_port)),
            api_url: format!("http://{}", at(api_port)),
        };
        let stack = Self {
            agent: Service::start("todo-agent", &settings.folder, &settings.agent),
            api: Service::start("todo-api", &settings.folder, &settings.api),
            gateway: Service::start("todo-gateway", &settings.folder, &settings.gateway),
            url: format!("http://localhost:{web_port}"),
            settings,
            _folder: folder,
        };
        stack.until_ready().await;
        stack
    }

    /// Waits until all three take traffic.
    pub async fn until_ready(&self) {
        for url in [&self.settings.agent_url, &self.settings.api_url, &self.url] {
            ready(url).await;
        }
    }

    /// Starts the api again over the same data.
    pub async fn restart_api(&mut self) {
        self.api = Service::start("todo-api", &self.settings.folder, &self.settings.api);
        ready(&self.settings.api_url).await;
    }

    /// Ends all three as Ctrl-C would, and starts them again over the same data.
    pub async fn restart(&mut self) {
        for service in [&mut self.gateway, &mut self.api, &mut self.agent] {
            assert!(service.stop().success(), "{}", service.log());
        }
        self.agent = Service::start("todo-agent", &self.settings.folder, &self.settings.agent);
        self.api = Service::start("todo-api", &self.settings.folder, &self.settings.api);
        self.gateway = Service::start("todo-gateway", &self.settings.folder, &self.settings.gateway);
        self.until_ready().await;
    }

    /// Starts the agent again.
    pub async fn restart_agent(&mut self) {
        self.agent = Service::start("todo-agent", &self.settings.folder, &self.settings.agent);
        ready(&self.settings.agent_url).await;
    }

    /// The api's own address, past the gateway.
    pub fn api_url(&self) -> &str {
        &self.settings.api_url
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.settings.folder.join("todo.sqlite3")
    }

    /// Signs a new account up through the front door.
    pub async fn register(&self, email: &str) -> Client {
        Client::register(&self.url, email).await
    }
}

async fn ready(url: &str) {
    eventually(&format!("{url}/readyz"), || async {
        let answer = reqwest::get(format!("{url}/readyz")).await.ok()?;
        answer.status().is_success().then_some(())
    })
    .await;
}

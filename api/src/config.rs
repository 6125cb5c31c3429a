//! What can be set, read once from the environment or flags.

mod chat;
mod model;
mod parse;
mod secrets;
mod storage;

pub use chat::ChatLimits;
pub use model::ModelCosts;
pub use parse::MetricsBind;
pub use secrets::{SecretArgs, Secrets, SettingsError};
pub use storage::StorageLimits;

use crate::db;
use clap::{ArgAction, Args, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// The settings of the server.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// Address and port to listen at.
    #[arg(long, env = "API_BIND", value_name = "API_BIND", default_value = "127.0.0.1:8000")]
    #[arg(value_parser = parse::api_bind)]
    pub api_bind: SocketAddr,

    /// Where the data is.
    #[command(flatten)]
    pub database: DatabaseArgs,

    /// Connections that read; one more writes.
    #[arg(long, env = "DATABASE_READERS", value_name = "DATABASE_READERS", default_value = "4")]
    #[arg(value_parser = parse::number::<u32>(1..=64, "DATABASE_READERS=4"))]
    pub database_readers: u32,

    /// How much may be stored.
    #[command(flatten)]
    pub storage: StorageLimits,

    /// Where the agent is: http://host:port, without a path.
    #[arg(long, env = "AGENT_URL", value_name = "AGENT_URL", default_value = "http://127.0.0.1:8010")]
    #[arg(value_parser = parse::agent_url)]
    pub agent_url: String,

    /// Who may register: anyone, or whoever comes first and then who is invited, or nobody.
    #[arg(long, env = "REGISTRATION", value_name = "REGISTRATION", default_value = "invite")]
    pub registration: Registration,

    /// Whether sign-in, registration and chat are limited in their rate.
    #[arg(long, env = "RATE_LIMIT", value_name = "RATE_LIMIT", default_value = "on")]
    #[arg(action = ArgAction::Set, value_parser = parse::switch("RATE_LIMIT=off"))]
    pub rate_limit: bool,

    /// Proxies in front of the server that each add to X-Forwarded-For: 1 is todo-gateway alone, 2 an
    /// ingress before it, 0 none (the headers are ignored then).
    #[arg(long, env = "PROXY_HOPS", value_name = "PROXY_HOPS", default_value = "1")]
    #[arg(value_parser = parse::number::<u8>(0..=8, "PROXY_HOPS=1"))]
    pub proxy_hops: u8,

    /// Origins, separated by commas, from which the page is served besides the one that the request
    /// names, such as `https://todo.example.org`.
    #[arg(long, env = "PUBLIC_ORIGINS", value_name = "PUBLIC_ORIGINS", default_value = "", value_parser = parse::origins)]
    pub public_origins: parse::Origins,

    /// Whether cookies are for https alone: auto follows X-Forwarded-Proto.
    #[arg(long, env = "COOKIE_SECURE", value_name = "COOKIE_SECURE", default_value = "auto")]
    pub cookie_secure: CookieSecure,

    /// How long a session lasts at most, however often it is used; unused it ends after 30 days: 90 (days).
    #[arg(long, env = "SESSION_MAX_DAYS", value_name = "SESSION_MAX_DAYS", default_value = "90")]
    #[arg(value_parser = parse::number::<u16>(1..=3650, "SESSION_MAX_DAYS=90"))]
    pub session_max_days: u16,

    /// Bounds of a turn in the chat.
    #[command(flatten)]
    pub chat: ChatLimits,

    /// What the model may cost.
    #[command(flatten)]
    pub model: ModelCosts,

    /// Silence on a stream of events after which a comment is sent: 15s.
    #[arg(long, env = "SSE_HEARTBEAT", value_name = "SSE_HEARTBEAT", default_value = "15s", value_parser = parse::duration)]
    pub sse_heartbeat: Duration,

    /// How long requests may take to finish after SIGTERM, in whole seconds: 10s.
    #[arg(long, env = "SHUTDOWN_TIMEOUT", value_name = "SHUTDOWN_TIMEOUT", default_value = "10s")]
    #[arg(value_parser = parse::duration)]
    pub shutdown_timeout: Duration,

    /// Address and port for Prometheus metrics at /metrics, or "off".
    #[arg(long, env = "METRICS_BIND", value_name = "METRICS_BIND", default_value = "off")]
    #[arg(value_parser = parse::metrics_bind)]
    pub metrics_bind: MetricsBind,

    /// How logs are written.
    #[command(flatten)]
    pub log: LogArgs,

    #[command(flatten)]
    secret_args: SecretArgs,

    /// The secrets, once [`Settings::with_secrets`] has read and checked them.
    #[arg(skip)]
    pub secrets: Secrets,
}

/// The setting that every command needs.
#[derive(Args, Clone, Debug)]
pub struct DatabaseArgs {
    /// File of the database: a path, or sqlite:// and a path. Made if it is not there.
    #[arg(long, env = "DATABASE_URL", value_name = "DATABASE_URL", default_value = "data/todo.sqlite3")]
    #[arg(value_parser = parse::database_url)]
    pub database_url: PathBuf,
}

/// How logs are written.
#[derive(Args, Clone, Debug)]
pub struct LogArgs {
    /// The shape of a line: auto is text on a terminal and json elsewhere.
    #[arg(long, env = "LOG_FORMAT", value_name = "LOG_FORMAT", default_value = "auto")]
    pub log_format: LogFormat,

    /// What is logged, as tracing directives: "warn", "info,todo_api=debug".
    #[arg(long, env = "RUST_LOG", value_name = "RUST_LOG", default_value = "info", value_parser = parse::directives)]
    pub rust_log: String,
}

/// Who may register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Registration {
    /// Anyone.
    Open,
    /// Whoever comes first, who then owns the server; afterwards who has an invitation of the owner.
    Invite,
    /// Nobody; `todo-api user add` makes accounts.
    Closed,
}

/// When cookies bear `Secure`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CookieSecure {
    /// When the client came by https.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The shape of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Text on a terminal, JSON elsewhere.
    Auto,
    /// One JSON object a line.
    Json,
    /// For people.
    Text,
}

impl Settings {
    /// Reads the secrets, from their files where so set, and checks them.
    ///
    /// # Errors
    /// A secret is missing, too short, or its file cannot be read; the message has its name and an example.
    pub fn with_secrets(mut self) -> Result<Self, SettingsError> {
        self.secrets = Secrets::read(&self.secret_args)?;
        Ok(self)
    }

    /// How the database is to be used.
    #[must_use]
    pub fn database_options(&self) -> db::Options {
        db::Options {
            readers: self.database_readers,
            account_max_bytes: self.storage.account_max_bytes,
            reserve_bytes: self.storage.storage_reserve,
            query_timeout: self.storage.query_timeout,
        }
    }

    /// The database's file.
    #[must_use]
    pub fn database_file(&self) -> &std::path::Path {
        &self.database.database_url
    }
}

//! What can be set, read once from the environment or flags.

use actix_web::error::HttpError;
use actix_web::http::Uri;
use clap::builder::BoolishValueParser;
use clap::{ArgAction, Args, ValueEnum};
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use tracing_subscriber::EnvFilter;

/// The settings of the gateway.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// Address and port to listen at.
    #[arg(long, global = true, env = "WEB_BIND", value_name = "WEB_BIND", default_value = "0.0.0.0:3000")]
    #[arg(value_parser = address)]
    pub web_bind: SocketAddr,

    /// Folder with the built page: index.html and its assets.
    #[arg(long, global = true, env = "WEB_ROOT", value_name = "WEB_ROOT", default_value = "web/dist")]
    #[arg(value_parser = folder)]
    pub web_root: PathBuf,

    /// Where the todo-api server is: http://host:port, without a path.
    #[arg(long, global = true, env = "API_URL", value_name = "API_URL", default_value = "http://127.0.0.1:8000")]
    #[arg(value_parser = upstream)]
    pub api_url: Upstream,

    /// How long the api may take to begin its answer, upload included: 130s, 2m, 500ms.
    #[arg(long, global = true, env = "UPSTREAM_TIMEOUT", value_name = "UPSTREAM_TIMEOUT", default_value = "130s")]
    #[arg(value_parser = duration)]
    pub upstream_timeout: Duration,

    /// Largest request body that is passed on, in bytes. The api has smaller bounds of its own; this one fits an import.
    #[arg(long, global = true, env = "MAX_BODY", value_name = "MAX_BODY", default_value = "67108864")]
    #[arg(value_parser = bytes)]
    pub max_body: u64,

    /// How long a request that nothing is lost by sending again waits for an api that is away: while it restarts.
    #[arg(long, global = true, env = "UPSTREAM_RETRY", value_name = "UPSTREAM_RETRY", default_value = "10s")]
    #[arg(value_parser = delay)]
    pub upstream_retry: Duration,

    /// Most connections of clients at once; fewer where this process may open too few files.
    #[arg(long, global = true, env = "MAX_CONNECTIONS", value_name = "MAX_CONNECTIONS", default_value = "2048")]
    #[arg(value_parser = count)]
    pub max_connections: usize,

    /// Of these, most from one address (an IPv6 /64), and a quarter at most. Behind a trusted proxy: its most requests at once.
    #[arg(long, global = true, env = "MAX_PER_ADDRESS", value_name = "MAX_PER_ADDRESS", default_value = "256")]
    #[arg(value_parser = count)]
    pub max_per_address: usize,

    /// When browsers are told to come by https alone for a year (Strict-Transport-Security): auto is when they did, as a trusted proxy says.
    #[arg(long, global = true, env = "HSTS", value_name = "HSTS", default_value = "auto")]
    pub hsts: Hsts,

    /// Believe the X-Forwarded-* headers of requests: only behind a proxy of your own that sets them.
    #[arg(long, global = true, env = "TRUST_PROXY", value_name = "TRUST_PROXY", default_value = "false")]
    #[arg(action = ArgAction::Set, num_args = 0..=1, default_missing_value = "true", value_parser = BoolishValueParser::new())]
    pub trust_proxy: bool,

    /// How long to go on as if nothing were after SIGTERM, until whoever sends requests knows of it: 5s in a cluster.
    #[arg(long, global = true, env = "SHUTDOWN_DELAY", value_name = "SHUTDOWN_DELAY", default_value = "0s")]
    #[arg(value_parser = delay)]
    pub shutdown_delay: Duration,

    /// How long requests may take to finish after that, in whole seconds: 20s.
    #[arg(long, global = true, env = "SHUTDOWN_TIMEOUT", value_name = "SHUTDOWN_TIMEOUT", default_value = "20s")]
    #[arg(value_parser = duration)]
    pub shutdown_timeout: Duration,

    /// Address and port for Prometheus metrics at /metrics, or "off".
    #[arg(long, global = true, env = "METRICS_BIND", value_name = "METRICS_BIND", default_value = "off")]
    #[arg(value_parser = metrics_bind)]
    pub metrics_bind: MetricsBind,

    /// How logs are written: auto is text on a terminal and json elsewhere.
    #[arg(long, global = true, env = "LOG_FORMAT", value_name = "LOG_FORMAT", default_value = "auto")]
    pub log_format: LogFormat,

    /// What is logged, as tracing directives: "warn", "info,todo_gateway=debug".
    #[arg(long, global = true, env = "RUST_LOG", value_name = "RUST_LOG")]
    #[arg(default_value = "info,actix_server=warn,static_web_server=error", value_parser = directives)]
    pub rust_log: String,
}

/// When `Strict-Transport-Security` is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Hsts {
    /// When the request came by https, as a trusted proxy says.
    Auto,
    /// With every answer: where https ends at something that does not say so.
    Always,
    /// Never.
    Off,
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

/// Where metrics are served, if anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MetricsBind(pub Option<SocketAddr>);

/// The origin of the api: `http://host:port`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream(Uri);

impl Upstream {
    /// The address of `path_and_query` (such as `/api/tasks?limit=5`) at the api.
    ///
    /// # Errors
    /// When it is not a path of RFC 3986.
    pub fn at(&self, path_and_query: &str) -> Result<Uri, HttpError> {
        let mut parts = self.0.clone().into_parts();
        parts.path_and_query = Some(path_and_query.parse()?);
        Ok(Uri::from_parts(parts)?)
    }
}

impl fmt::Display for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "not an IP address and port; example: WEB_BIND=0.0.0.0:3000".to_owned())
}

fn metrics_bind(text: &str) -> Result<MetricsBind, String> {
    if text.is_empty() || text == "off" {
        return Ok(MetricsBind(None));
    }
    text.parse()
        .map(|address| MetricsBind(Some(address)))
        .map_err(|_| "neither \"off\" nor an IP address and port; example: METRICS_BIND=0.0.0.0:9000".to_owned())
}

fn folder(text: &str) -> Result<PathBuf, String> {
    PathBuf::from(text)
        .canonicalize()
        .ok()
        .filter(|path| path.is_dir())
        .ok_or_else(|| "not a folder; build the page with `make build`; example: WEB_ROOT=web/dist".to_owned())
}

fn upstream(text: &str) -> Result<Upstream, String> {
    let wrong = |what: &str| format!("{what}; example: API_URL=http://127.0.0.1:8000");
    let uri: Uri = text.parse().map_err(|_| wrong("not a URL"))?;
    if uri.scheme_str() != Some("http") {
        return Err(wrong("must begin with http:// (the api is next door and speaks plain HTTP)"));
    }
    if uri.host().is_none_or(str::is_empty) {
        return Err(wrong("names no host"));
    }
    if uri.path_and_query().is_some_and(|path| path.as_str() != "/") {
        return Err(wrong("must not have a path: /api is added to it"));
    }
    Ok(Upstream(uri))
}

fn duration(text: &str) -> Result<Duration, String> {
    text.parse::<jiff::SignedDuration>()
        .ok()
        .and_then(|duration| Duration::try_from(duration).ok())
        .filter(|duration| !duration.is_zero())
        .ok_or_else(|| "not a duration above zero with its unit; examples: 130s, 2m, 500ms".to_owned())
}

fn delay(text: &str) -> Result<Duration, String> {
    if text == "0s" { Ok(Duration::ZERO) } else { duration(text) }
}

fn bytes(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "not a number of bytes; example: MAX_BODY=67108864 (64 MiB)".to_owned())
}

fn count(text: &str) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|count| (1..=1_000_000).contains(count))
        .ok_or_else(|| "not a number from 1 to 1000000; example: MAX_CONNECTIONS=2048".to_owned())
}

fn directives(text: &str) -> Result<String, String> {
    EnvFilter::builder()
        .parse(text)
        .map(|_| text.to_owned())
        .map_err(|error| format!("{error}; example: RUST_LOG=info,todo_gateway=debug"))
}

//! The real gateway on a free port, in front of an api that each test scripts.

use actix_web::web::{Bytes, ServiceConfig};
use actix_web::{App, HttpServer};
use futures_util::{Stream, StreamExt};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;
use todo_gateway::settings::{LogFormat, MetricsBind};
use todo_gateway::{Settings, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// No test waits longer for anything.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) const INDEX: &str = "<!doctype html><title>Todo</title><script type=\"module\">start()</script>";

pub(crate) struct Gateway {
    pub(crate) address: SocketAddr,
    pub(crate) root: TempDir,
    pub(crate) stop: CancellationToken,
    pub(crate) ended: JoinHandle<std::io::Result<()>>,
}

impl Gateway {
    /// In front of an api that nothing listens for.
    pub(crate) fn alone() -> Self {
        Self::before(free_address(), |_| {})
    }

    pub(crate) fn before(api: SocketAddr, change: impl FnOnce(&mut Settings)) -> Self {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "index.html", INDEX);
        let mut settings = settings(root.path(), api);
        change(&mut settings);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let ended = actix_web::rt::spawn(serve(settings, listener, stop.clone()).unwrap());
        Self { address, root, stop, ended }
    }

    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        write(self.root.path(), name, contents);
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn get(&self, path: &str) -> awc::ClientRequest {
        client().get(self.url(path))
    }

    pub(crate) fn post(&self, path: &str) -> awc::ClientRequest {
        client().post(self.url(path))
    }

    /// Sends `request` as it stands and answers with all that came until the connection closed.
    pub(crate) async fn raw(&self, request: &str) -> String {
        let mut connection = TcpStream::connect(self.address).await.unwrap();
        connection.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        within(connection.read_to_end(&mut answer)).await.unwrap();
        String::from_utf8(answer).unwrap()
    }
}

fn settings(root: &Path, api: SocketAddr) -> Settings {
    use clap::{Args, FromArgMatches};
    let arguments = [
        "todo-gateway".to_owned(),
        format!("--web-root={}", root.display()),
        format!("--api-url=http://{api}"),
        "--shutdown-timeout=5s".to_owned(),
        "--upstream-retry=0s".to_owned(),
    ];
    let command = Settings::augment_args(clap::Command::new("todo-gateway"));
    let settings = Settings::from_arg_matches(&command.get_matches_from(arguments)).unwrap();
    assert_eq!((settings.metrics_bind, settings.log_format), (MetricsBind(None), LogFormat::Auto));
    settings
}

pub(crate) fn client() -> awc::Client {
    awc::Client::builder().timeout(PATIENCE).disable_redirects().no_default_headers().finish()
}

pub(crate) fn write(root: &Path, name: &str, contents: impl AsRef<[u8]>) {
    let path = root.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, contents).unwrap();
}

/// An address that nothing listens at.
pub(crate) fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// Starts an api whose routes `configure` sets.
pub(crate) fn api(configure: impl Fn(&mut ServiceConfig) + Clone + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    api_at(listener, configure);
    address
}

pub(crate) fn api_at(listener: TcpListener, configure: impl Fn(&mut ServiceConfig) + Clone + Send + 'static) {
    let server = HttpServer::new(move || App::new().configure(configure.clone()))
        .workers(1)
        .h1_allow_half_closed(false)
        .disable_signals()
        .listen(listener)
        .unwrap()
        .run();
    actix_web::rt::spawn(server);
}

/// The result of `future`, which must come in time.
pub(crate) async fn within<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(PATIENCE, future).await.expect("in time")
}

/// The next piece of a body, as text.
pub(crate) async fn next<E: std::fmt::Debug>(
    body: &mut (impl Stream<Item = Result<Bytes, E>> + Unpin),
) -> Option<String> {
    let chunk = within(body.next()).await?.unwrap();
    Some(String::from_utf8(chunk.to_vec()).unwrap())
}

pub(crate) fn header<'a, S>(response: &'a awc::ClientResponse<S>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// The `code` of a problem+json body, after checking the rest of it against the status.
pub(crate) async fn problem_code<S, E>(response: &mut awc::ClientResponse<S>) -> String
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
    awc::ClientResponse<S>: Stream<Item = Result<Bytes, awc::error::PayloadError>>,
{
    assert_eq!(header(response, "content-type"), "application/problem+json");
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(chunk) = within(response.next()).await {
        body.extend_from_slice(&chunk.unwrap());
    }
    let problem: todo_contract::Problem = serde_json::from_slice(&body).unwrap();
    assert_eq!(problem.status, status);
    assert_eq!(problem.request_id.as_deref(), Some(header(response, "x-request-id")));
    problem.code
}

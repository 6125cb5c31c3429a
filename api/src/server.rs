//! The server: started on a listener, so that tests start the real one.

use crate::clock::Clock;
use crate::config::Settings;
use crate::db::{self, Db, OpenError, ServerLock, Tx};
use crate::error::ApiError;
use crate::http::{Routes, ServiceConfig, front, unmatched};
use crate::jobs::{JobRow, Step};
use crate::signals::Signals;
use crate::state::AppState;
use crate::{accounts, chat, health, jobs, journal, maintenance, openapi, tasks, transfer, usage};
use actix_server::{Server, ServerBuilder, ServerHandle};
use actix_web::middleware::from_fn;
use actix_web::{App, web};
use jiff::Timestamp;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use todo_connections::{Bounds, Registry, hold, listen, raise_descriptor_limit, whole};
use todo_contract::JobKind;

/// More than the gateway has clients, where files allow.
const CONNECTIONS: usize = 4096;
/// Without a proxy in front.
const CONNECTIONS_PER_ADDRESS: usize = 256;
const BLOCKING_THREADS: usize = 16;

/// The server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database cannot be opened or brought up to date.
    #[error("DATABASE_URL: {0}")]
    Database(#[from] OpenError),
    /// The turns that an earlier run left unfinished cannot be marked so.
    #[error("DATABASE_URL: {0}")]
    Turns(ApiError),
    /// The address cannot be listened at.
    #[error("API_BIND: cannot listen: {0}; example: API_BIND=127.0.0.1:8000")]
    Listen(#[from] std::io::Error),
    /// The client for the agent cannot be made.
    #[error("AGENT_URL: {0}")]
    Client(#[from] reqwest::Error),
}

/// A server at work.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// What its handlers use.
    pub state: AppState,
    handle: ServerHandle,
    _lock: ServerLock,
}

/// Starts a server; it works once the future that comes along is polled. To be called within a tokio runtime.
///
/// # Errors
/// Says which setting stands in the way.
pub async fn start(settings: Settings, clock: Clock, listener: TcpListener) -> Result<(Running, Server), StartError> {
    let file = settings.database_file().to_owned();
    let lock = ServerLock::take(&file)?;
    db::migrate(&file)?;
    let interrupted = chat::interrupt_unfinished(&mut db::connect(&file)?, clock.now()).map_err(StartError::Turns)?;
    if interrupted > 0 {
        tracing::warn!(interrupted, "turns were at work when the server ended; they can be retried");
    }
    let signals = Arc::new(Signals::default());
    let db = Db::open(&file, &settings.database_options(), Arc::clone(&signals))?;
    let state = AppState::new(settings, db, signals, clock)?;
    state.spawn(maintenance::run(state.clone()));
    state.spawn(jobs::run(state.clone(), do_some));
    let address = listener.local_addr()?;
    let server = serve(&state, listener)?;
    Ok((Running { address, handle: server.handle(), state, _lock: lock }, server))
}

fn serve(state: &AppState, listener: TcpListener) -> std::io::Result<Server> {
    let document = openapi::document();
    let routes = web::Data::new(Routes::of(&document, &[health::PATHS, openapi::PATHS].concat()));
    let document = openapi::Served::new(&document);
    let data = web::Data::new(state.clone());
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let builder = ServerBuilder::new()
        .worker_max_blocking_threads(BLOCKING_THREADS)
        .shutdown_timeout(state.settings.shutdown_timeout.as_secs().max(1))
        .disable_signals();
    let registry = Registry::new(bounds(state.settings.proxy_hops));
    let server = listen(builder, listener, workers, &registry, move || {
        App::new()
            .app_data(data.clone())
            .app_data(routes.clone())
            .wrap(from_fn(front))
            .wrap(from_fn(whole))
            .wrap(from_fn(hold))
            .configure(health::configure)
            .configure(|config| openapi::configure(config, &document))
            .service(web::scope("/api").configure(|config| api(&mut ServiceConfig::serving(config))))
            .default_service(web::to(unmatched))
    })?;
    Ok(server.run())
}

/// A proxy in front speaks for many, and has a bound for each of them.
fn bounds(proxy_hops: u8) -> Bounds {
    let bounds = Bounds::within(raise_descriptor_limit(), 1, CONNECTIONS);
    if proxy_hops == 0 { bounds.with_per_address(CONNECTIONS_PER_ADDRESS) } else { bounds }
}

/// The next rows of a job.
fn do_some(tx: &mut Tx<'_>, row: &JobRow, now: Timestamp) -> Result<Step, ApiError> {
    match row.kind()? {
        JobKind::Import => transfer::import_step(tx, row, now),
        JobKind::Undo | JobKind::Redo => journal::undo_job::step(tx, row, now),
        JobKind::DeleteAccount => accounts::removal_step(tx, row),
    }
}

/// All routes under `/api`.
pub(crate) fn api(config: &mut ServiceConfig) {
    config
        .configure(accounts::routes)
        .configure(chat::routes)
        .configure(tasks::routes::routes)
        .configure(journal::routes::routes)
        .configure(jobs::routes::routes)
        .configure(transfer::routes::routes)
        .configure(usage::routes);
}

impl Running {
    /// Stops: no more connections, streams end, requests and turns may finish within the bound.
    pub async fn stop(self) {
        self.state.shutdown.cancel();
        let within = self.state.settings.shutdown_timeout;
        let (finished, ()) = tokio::join!(self.state.finish(within), self.handle.stop(true));
        if !finished {
            tracing::warn!("work was still going on when the time to finish was over");
        }
    }
}

//! Static files and the same-origin proxy: the only part of the app that the outside reaches.
//!
//! A path under `/api` is passed on to the api; everything else is a file of the page. What the
//! page's paths mean is the page's business: a path without a dot gets `index.html`.

mod body;
mod csp;
mod files;
mod front;
mod headers;
pub mod healthcheck;
mod problem;
mod proxy;
mod request_id;
pub mod settings;
pub mod telemetry;
mod upstream;

pub use settings::Settings;

use actix_server::{Server, ServerBuilder};
use actix_web::middleware::from_fn;
use actix_web::{App, web};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::available_parallelism;
use todo_connections::{Bounds, Registry, Shares, hold, listen, raise_descriptor_limit};
use tokio_util::sync::CancellationToken;

/// Files that a client takes: its connection, and the one to the api.
const EACH: u64 = 2;

/// Starts the gateway on `listener`; the answer is a future that ends when it has stopped.
///
/// When `stop` is cancelled it accepts no more, ends event streams and gives other requests
/// `shutdown_timeout` to finish.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(settings: Settings, listener: TcpListener, stop: CancellationToken) -> std::io::Result<Server> {
    let bounds = bounds(&settings);
    let shared = front::Shared {
        page: csp::Page::new(&settings.web_root),
        health: Arc::default(),
        requests: settings.trust_proxy.then(|| Shares::new(settings.max_per_address)),
        stop: stop.clone(),
    };
    let builder = ServerBuilder::new()
        .shutdown_timeout(settings.shutdown_timeout.as_secs())
        .shutdown_signal(stop.cancelled_owned());
    let workers = available_parallelism().map_or(2, usize::from);
    let server = listen(builder, listener, workers, &Registry::new(bounds), move || {
        let front = front::Front::new(&settings, shared.clone());
        App::new().app_data(web::Data::new(front)).default_service(web::to(front::answer)).wrap(from_fn(hold))
    })?;
    Ok(server.run())
}

/// A proxy in front speaks for many: then its clients' requests are counted instead.
fn bounds(settings: &Settings) -> Bounds {
    let bounds = Bounds::within(raise_descriptor_limit(), EACH, settings.max_connections);
    if settings.trust_proxy { bounds } else { bounds.with_per_address(settings.max_per_address) }
}

//! Static files and the same-origin proxy: the only part of the app that the outside reaches.
//!
//! A path under `/api` is passed on to the api; everything else is a file of the page. What the
//! page's paths mean is the page's business: a path without a dot gets `index.html`.

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

pub use settings::Settings;

use actix_web::dev::Server;
use actix_web::{App, HttpServer, web};
use std::net::TcpListener;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Longer than the idle time of common load balancers (60 s), so that they close first.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// How long what a client still sends is read and thrown away after an early answer, so that it sees that answer.
const LINGER: Duration = Duration::from_secs(2);

/// Starts the gateway on `listener`; the answer is a future that ends when it has stopped.
///
/// When `stop` is cancelled it accepts no more, ends event streams and gives other requests
/// `shutdown_timeout` to finish.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(settings: Settings, listener: TcpListener, stop: CancellationToken) -> std::io::Result<Server> {
    let shutdown_timeout = settings.shutdown_timeout.as_secs();
    let page = csp::Page::new(&settings.web_root);
    let stopping = stop.clone();
    let server = HttpServer::new(move || {
        let front = front::Front::new(&settings, page.clone(), stopping.clone());
        App::new().app_data(web::Data::new(front)).default_service(web::to(front::answer))
    })
    .keep_alive(KEEP_ALIVE)
    .client_disconnect_timeout(LINGER)
    // A client that closes its side is gone: its request to the api is dropped at once.
    .h1_allow_half_closed(false)
    .tcp_nodelay(true)
    .shutdown_timeout(shutdown_timeout)
    .shutdown_signal(stop.cancelled_owned())
    .listen(listener)?
    .run();
    Ok(server)
}

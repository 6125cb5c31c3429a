//! The service as a whole: bind, serve, stop.

use crate::Fatal;
use crate::http::{Token, configure, identify};
use crate::planner::Planners;
use crate::settings::Settings;
use crate::telemetry;
use actix_web::dev::ServerHandle;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;

/// A running service.
pub struct Running {
    /// Where it listens; the real port, if 0 was asked for.
    pub address: SocketAddr,
    /// Where it serves metrics, if it does.
    pub metrics_address: Option<SocketAddr>,
    handle: ServerHandle,
    metrics: Option<ServerHandle>,
    task: JoinHandle<io::Result<()>>,
}

impl Running {
    /// Stops accepting, lets steps finish within `SHUTDOWN_TIMEOUT`, and ends.
    pub async fn stop(self) {
        self.handle.stop(true).await;
        if let Some(metrics) = self.metrics {
            metrics.stop(false).await;
        }
    }

    /// Waits until the service ends by itself, which only an error makes it do.
    async fn ended(&mut self) -> Fatal {
        match (&mut self.task).await {
            Ok(Ok(())) => "the server ended".into(),
            Ok(Err(error)) => error.into(),
            Err(error) => error.into(),
        }
    }
}

/// Binds and serves on threads of its own.
///
/// # Errors
/// If an address cannot be bound, or no TLS client can be made.
pub fn start(settings: &Settings) -> Result<Running, Fatal> {
    let planners = web::Data::new(Planners::new(settings)?);
    let token = web::Data::new(Token(settings.token.clone()));
    let make_app = move || {
        App::new().app_data(planners.clone()).app_data(token.clone()).wrap(from_fn(identify)).configure(configure)
    };
    let server = HttpServer::new(make_app)
        .workers(settings.workers)
        // Small events of a stream go out at once.
        .tcp_nodelay(true)
        .disable_signals()
        .shutdown_timeout(settings.shutdown_timeout.as_secs().max(1))
        .client_request_timeout(Duration::from_secs(10))
        // A caller that hangs up ends the step, and with it the request to the model.
        .h1_allow_half_closed(false)
        .bind(settings.bind)
        .map_err(|error| named("AGENT_BIND", settings.bind, &error))?;
    let address = server.addrs().first().copied().ok_or("the address was not bound")?;
    let (metrics, metrics_address) = match settings.metrics_bind {
        Some(bind) => {
            let (server, address) = telemetry::server(bind).map_err(|error| named("METRICS_BIND", bind, &error))?;
            let handle = server.handle();
            tokio::spawn(server);
            (Some(handle), address)
        }
        None => (None, None),
    };
    let server = server.run();
    Ok(Running { address, metrics_address, handle: server.handle(), metrics, task: tokio::spawn(server) })
}

fn named(setting: &str, address: SocketAddr, error: &io::Error) -> Fatal {
    format!("cannot listen on {address} ({setting}): {error}").into()
}

/// Serves until SIGTERM or Ctrl-C; a second signal ends it at once.
///
/// # Errors
/// If the service cannot start or ends by itself.
pub async fn run_until_signalled(settings: &Settings) -> Result<(), Fatal> {
    let signalled = signals()?;
    let mut running = start(settings)?;
    let model = settings.model.as_ref();
    tracing::info!(
        address = %running.address,
        planner = ?settings.default_planner,
        model = model.map(|m| m.model.as_str()),
        host = model.map(crate::settings::ModelSettings::host),
        prompt = model.map(|_| crate::openai::OpenAi::prompt_version()),
        "ready",
    );
    tokio::select! {
        () = signalled => {}
        error = running.ended() => return Err(error),
    }
    tracing::info!("stopping");
    // A second signal ends the delay.
    tokio::select! {
        () = tokio::time::sleep(settings.shutdown_delay) => {}
        () = signals()? => {}
    }
    tokio::select! {
        () = running.stop() => {}
        () = signals()? => tracing::warn!("stopped at once"),
    }
    Ok(())
}

fn signals() -> io::Result<Pin<Box<dyn Future<Output = ()>>>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(Box::pin(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }))
}

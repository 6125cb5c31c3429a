//! `todo-api serve`.

use super::Failure;
use crate::clock::Clock;
use crate::config::Settings;
use crate::{server, telemetry};
use std::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// For turns and what else runs apart from requests; requests have threads of their own.
const THREADS: usize = 1;
const BLOCKING_THREADS: usize = 8;

pub(super) fn run(settings: Settings) -> Result<(), Failure> {
    let settings = settings.with_secrets()?;
    telemetry::init_logs(&settings.log);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(THREADS)
        .max_blocking_threads(BLOCKING_THREADS)
        .thread_name("background")
        .enable_all()
        .build()?;
    runtime.block_on(serve(settings))
}

async fn serve(settings: Settings) -> Result<(), Failure> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let bind = settings.api_bind;
    let listener = TcpListener::bind(bind)
        .map_err(|error| format!("API_BIND: cannot listen at {bind}: {error}; example: API_BIND=127.0.0.1:8000"))?;
    let metrics_bind = settings.metrics_bind.0;
    let database = settings.database_file().to_owned();
    let (running, server) = server::start(settings, Clock::system(), listener).await?;
    if let Some(bind) = metrics_bind {
        telemetry::serve_metrics(bind, running.state.shutdown.clone())?;
    }
    tracing::info!(address = %running.address, database = %database.display(), "ready");
    let server = tokio::spawn(server);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    running.stop().await;
    server.await??;
    tracing::info!("stopped");
    Ok(())
}

//! `todo-gateway`: serves the page and passes `/api` on.

use clap::{Parser, Subcommand};
use std::net::TcpListener;
use std::process::ExitCode;
use std::time::Duration;
use todo_gateway::{Settings, healthcheck, serve, telemetry};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Serves the todo app's page and passes /api on to the todo-api server, on one address.
///
/// Every setting is an environment variable; the flags do the same.
#[derive(Parser)]
#[command(name = "todo-gateway", version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Subcommand)]
enum Command {
    /// Serve until SIGTERM or SIGINT (what happens without a subcommand).
    Serve,
    /// Ask the gateway that runs at WEB_BIND whether it is alive; exit code 0 says yes.
    Healthcheck,
}

fn main() -> ExitCode {
    let Cli { command, settings } = Cli::parse();
    telemetry::init_logs(settings.log_format, &settings.rust_log);
    let outcome = actix_web::rt::System::new().block_on(async {
        match command {
            Some(Command::Healthcheck) => healthcheck::ask(settings.web_bind).await,
            Some(Command::Serve) | None => run(settings).await,
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            tracing::error!("{reason}");
            ExitCode::FAILURE
        }
    }
}

async fn run(settings: Settings) -> Result<(), String> {
    let bind = settings.web_bind;
    let listener = TcpListener::bind(bind)
        .map_err(|error| format!("WEB_BIND: cannot listen at {bind}: {error}; example: WEB_BIND=127.0.0.1:3000"))?;
    let stop = CancellationToken::new();
    cancel_on_signals(stop.clone(), settings.shutdown_delay)
        .map_err(|error| format!("cannot listen for signals: {error}"))?;
    if let Some(bind) = settings.metrics_bind.0 {
        telemetry::serve_metrics(bind, stop.clone())?;
    }
    tracing::info!(address = %bind, api = %settings.api_url, root = %settings.web_root.display(), "ready");
    serve(settings, listener, stop).map_err(|error| error.to_string())?.await.map_err(|error| error.to_string())
}

fn cancel_on_signals(stop: CancellationToken, delay: Duration) -> std::io::Result<()> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    actix_web::rt::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        // A second signal ends the delay.
        tokio::select! {
            () = tokio::time::sleep(delay) => {}
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        stop.cancel();
    });
    Ok(())
}

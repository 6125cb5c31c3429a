//! Logs and metrics.

use crate::settings::LogFormat;
use actix_web::http::StatusCode;
use actix_web::{App, HttpServer, web};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::io::{IsTerminal, stdout};
use std::net::SocketAddr;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

const REQUESTS: &str = "gateway_http_requests_total";
const SECONDS: &str = "gateway_http_response_head_seconds";
const BUCKETS: [f64; 12] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 10.0, 120.0];
/// Histograms keep what nobody scrapes until they are told to fold it.
const UPKEEP: Duration = Duration::from_secs(5);

/// Sends logs of `directives` (which are valid) to standard output.
pub fn init_logs(format: LogFormat, directives: &str) {
    let filter = EnvFilter::new(directives);
    let terminal = stdout().is_terminal();
    let logs = tracing_subscriber::fmt().with_env_filter(filter);
    if format == LogFormat::Json || (format == LogFormat::Auto && !terminal) {
        logs.json().flatten_event(true).with_current_span(false).with_span_list(false).init();
    } else {
        logs.with_ansi(terminal).init();
    }
}

/// Counts a request of `kind` and the time until its answer began.
pub(crate) fn record(kind: &'static str, status: StatusCode, took: Duration) {
    metrics::counter!(REQUESTS, "kind" => kind, "status" => status.as_str().to_owned()).increment(1);
    metrics::histogram!(SECONDS, "kind" => kind).record(took);
}

/// Serves `/metrics` at `bind` in the Prometheus text format until `stop`.
///
/// # Errors
/// When the address cannot be listened at.
pub fn serve_metrics(bind: SocketAddr, stop: CancellationToken) -> Result<(), String> {
    let handle = install_recorder().map_err(|error| format!("cannot record metrics: {error}"))?;
    let rendered = handle.clone();
    let server = HttpServer::new(move || {
        let handle = rendered.clone();
        App::new().route("/metrics", web::get().to(move || std::future::ready(handle.render())))
    })
    .workers(1)
    .disable_signals()
    .bind(bind)
    .map_err(|error| format!("METRICS_BIND: cannot listen at {bind}: {error}; example: METRICS_BIND=127.0.0.1:9000"))?
    .run();
    let running = server.handle();
    actix_web::rt::spawn(server);
    actix_web::rt::spawn(async move {
        while tokio::time::timeout(UPKEEP, stop.cancelled()).await.is_err() {
            handle.run_upkeep();
        }
        running.stop(false).await;
    });
    Ok(())
}

fn install_recorder() -> Result<PrometheusHandle, metrics_exporter_prometheus::BuildError> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(SECONDS.to_owned()), &BUCKETS)?
        .install_recorder()?;
    metrics::describe_counter!(REQUESTS, "Requests answered, by kind (api, file, probe) and status.");
    metrics::describe_histogram!(SECONDS, metrics::Unit::Seconds, "Time until the answer began.");
    Ok(handle)
}

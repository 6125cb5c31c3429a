//! Logs and metrics.

use crate::config::{LogArgs, LogFormat};
use actix_web::http::{Method, StatusCode};
use actix_web::{App, HttpServer, web};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::io::{IsTerminal, stdout};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

const REQUESTS: &str = "api_http_requests_total";
const SECONDS: &str = "api_http_request_seconds";
const COMMIT_WRITES: &str = "api_db_commit_writes";
const WRITES_WAITING: &str = "api_db_writes_waiting";
const COMMIT_BUCKETS: [f64; 8] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0];
const BUCKETS: [f64; 11] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 10.0];
/// Histograms keep what nobody scrapes until they are told to fold it.
const UPKEEP: Duration = Duration::from_secs(5);

/// Whether metrics are served: what nobody can read is not worth an allocation a request.
static COUNTS: AtomicBool = AtomicBool::new(false);

/// Whether metrics are served.
pub(crate) fn counts() -> bool {
    COUNTS.load(Ordering::Relaxed)
}

/// Notes how many writes shared a commit, and how many wait for the next one.
pub(crate) fn record_commit(writes: usize, waiting: usize) {
    if counts() {
        // Both are below a few thousand.
        #[expect(clippy::cast_precision_loss, reason = "counts of a few thousand at most")]
        let (writes, waiting) = (writes as f64, waiting as f64);
        metrics::histogram!(COMMIT_WRITES).record(writes);
        metrics::gauge!(WRITES_WAITING).set(waiting);
    }
}

/// Sends logs to standard output.
pub fn init_logs(args: &LogArgs) {
    let terminal = stdout().is_terminal();
    let logs = tracing_subscriber::fmt().with_env_filter(EnvFilter::new(&args.rust_log));
    if args.log_format == LogFormat::Json || (args.log_format == LogFormat::Auto && !terminal) {
        logs.json().flatten_event(true).with_current_span(false).with_span_list(false).init();
    } else {
        logs.with_ansi(terminal).init();
    }
}

/// Counts a request to the route with this pattern, and the time until its answer began.
pub(crate) fn record(route: Option<String>, method: &Method, status: StatusCode, took: Duration) {
    let route = route.unwrap_or_else(|| "none".to_owned());
    let class = match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    };
    let method = known(method);
    metrics::counter!(REQUESTS, "route" => route.clone(), "method" => method, "status" => class).increment(1);
    metrics::histogram!(SECONDS, "route" => route, "method" => method).record(took);
}

/// Clients may invent methods, but not time series.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        _ => "other",
    }
}

/// Serves `/metrics` at `bind` in the Prometheus text format until `stop`.
///
/// # Errors
/// The address cannot be listened at; the message has the setting's name and an example.
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
    .map_err(|error| format!("METRICS_BIND: cannot listen at {bind}: {error}; example: METRICS_BIND=127.0.0.1:9001"))?
    .run();
    let running = server.handle();
    tokio::spawn(server);
    tokio::spawn(async move {
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
        .set_buckets_for_metric(Matcher::Full(COMMIT_WRITES.to_owned()), &COMMIT_BUCKETS)?
        .install_recorder()?;
    COUNTS.store(true, Ordering::Relaxed);
    metrics::describe_histogram!(COMMIT_WRITES, "Writes that shared a commit.");
    metrics::describe_gauge!(WRITES_WAITING, "Writes that wait for the next commit.");
    metrics::describe_counter!(REQUESTS, "Requests answered, by route, method and class of status.");
    metrics::describe_histogram!(SECONDS, metrics::Unit::Seconds, "Time until the answer began.");
    Ok(handle)
}

//! Metrics in Prometheus' text format, on a port of their own.

use actix_web::dev::Server;
use actix_web::{App, HttpResponse, HttpServer, web};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use std::io;
use std::net::SocketAddr;
use std::sync::OnceLock;

/// Upper bounds of the buckets of a step's duration, in seconds.
const STEP_SECONDS: [f64; 9] = [0.01, 0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0];

/// Begins to count, once a process.
fn recorder() -> Result<PrometheusHandle, BuildError> {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    if let Some(handle) = HANDLE.get() {
        return Ok(handle.clone());
    }
    let duration = Matcher::Full("todo_agent_step_duration_seconds".into());
    let handle = PrometheusBuilder::new().set_buckets_for_metric(duration, &STEP_SECONDS)?.install_recorder()?;
    describe();
    Ok(HANDLE.get_or_init(|| handle).clone())
}

fn describe() {
    metrics::describe_counter!("todo_agent_steps_total", "Steps by planner and outcome.");
    metrics::describe_histogram!("todo_agent_step_duration_seconds", metrics::Unit::Seconds, "Duration of steps.");
    metrics::describe_counter!("todo_agent_tokens_total", "Tokens by direction, as the model's server counts them.");
    metrics::describe_counter!("todo_agent_model_requests_total", "Requests to the model's server by HTTP status.");
    metrics::describe_gauge!("todo_agent_steps_running", "Steps at work.");
}

/// A server of `/metrics`, and where it listens.
pub(crate) fn server(bind: SocketAddr) -> io::Result<(Server, Option<SocketAddr>)> {
    let handle = recorder().map_err(io::Error::other)?;
    let make_app = move || {
        let handle = handle.clone();
        App::new().route("/metrics", web::get().to(move || std::future::ready(text(&handle))))
    };
    let server = HttpServer::new(make_app).workers(1).disable_signals().shutdown_timeout(1).bind(bind)?;
    let address = server.addrs().first().copied();
    Ok((server.run(), address))
}

fn text(handle: &PrometheusHandle) -> HttpResponse {
    handle.run_upkeep();
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(handle.render())
}

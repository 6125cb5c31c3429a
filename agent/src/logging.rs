use crate::redact::Log;
use crate::settings::LogFormat;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// The libraries' own words at `info` say nothing that we don't.
const DEFAULT: &str = "info,actix_server=warn";

/// Writes logs to standard error in this format, without secrets; `RUST_LOG` says what (`info` if it says nothing).
pub fn init(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let registry = tracing_subscriber::registry().with(filter);
    let layer = tracing_subscriber::fmt::layer().with_writer(|| Log);
    let outcome = match format {
        LogFormat::Json => registry.with(layer.json().flatten_event(true).with_span_list(false)).try_init(),
        LogFormat::Text => registry.with(layer.with_target(false)).try_init(),
    };
    // An error says that a test has set up its own.
    let _ = outcome;
}

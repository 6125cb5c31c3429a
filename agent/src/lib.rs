//! Proposes tool calls: conversation in, text and typed, checked calls out. No state, no user data at rest.

pub mod cli;
pub mod failure;
pub mod openai;
pub mod planner;
pub mod redact;
pub mod server;
pub mod settings;

mod healthcheck;
mod http;
mod logging;
mod telemetry;
mod trial;

pub use healthcheck::healthcheck;
pub use logging::init as init_logging;
pub use trial::probe;

use settings::Settings;
use std::error::Error;

/// What ends the program.
pub type Fatal = Box<dyn Error + Send + Sync>;

/// Chooses the implementation of TLS's cryptography for the whole process. May be called again.
pub fn install_crypto() {
    // An error says that a provider is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Serves as the environment says, until SIGTERM or Ctrl-C.
///
/// # Errors
/// A setting that is missing or wrong, or an address that cannot be used.
pub fn serve() -> Result<(), Fatal> {
    let format =
        settings::log_format(&|name| std::env::var(name).ok(), std::io::IsTerminal::is_terminal(&std::io::stderr()))?;
    let settings = Settings::from_env()?;
    init_logging(format);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(server::run_until_signalled(&settings))
}

//! `todo-api healthcheck`, for containers that have no curl.

use super::{Failure, client};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(3);

#[derive(clap::Args)]
pub(super) struct Args {
    /// Where the server listens.
    #[arg(long, env = "API_BIND", value_name = "API_BIND", default_value = "127.0.0.1:8000")]
    api_bind: SocketAddr,
}

pub(super) fn ask(args: &Args) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let url = format!("http://{}/healthz", reachable(args.api_bind));
        client(TIMEOUT)?.get(&url).send().await?.error_for_status()?;
        Ok(())
    })
}

/// A server that listens on every address is asked on the loopback one.
fn reachable(mut bind: SocketAddr) -> SocketAddr {
    if bind.ip().is_unspecified() {
        bind.set_ip(if bind.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
    }
    bind
}

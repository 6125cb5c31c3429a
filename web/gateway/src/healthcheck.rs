//! Asks a running gateway whether it is alive, for containers that have no curl.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(3);

/// Asks `/healthz` of the gateway that listens at `bind`.
///
/// # Errors
/// What was wrong, in a sentence, when it did not answer 200 within 3 seconds.
pub async fn ask(bind: SocketAddr) -> Result<(), String> {
    let address = reachable(bind);
    let url = format!("http://{address}/healthz");
    let answer = awc::Client::builder().timeout(TIMEOUT).finish().get(&url).send().await;
    match answer {
        Ok(response) if response.status().is_success() => Ok(()),
        Ok(response) => Err(format!("{url} answered {}", response.status())),
        Err(error) => Err(format!("{url} did not answer: {error}")),
    }
}

/// A server that listens on every address is asked on the loopback one.
fn reachable(mut bind: SocketAddr) -> SocketAddr {
    if bind.ip().is_unspecified() {
        bind.set_ip(if bind.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
    }
    bind
}

use crate::{Fatal, settings};
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(3);

/// Asks the service at `AGENT_BIND` whether it is alive.
///
/// # Errors
/// If it does not say so within three seconds.
pub fn healthcheck() -> Result<(), Fatal> {
    let address = reachable(settings::bind_address(&|name| std::env::var(name).ok())?);
    let answer = ask(address).map_err(|error| format!("{address} does not answer: {error}"))?;
    if answer.starts_with("HTTP/1.1 200") {
        Ok(())
    } else {
        Err(format!("{address} is not healthy: {}", answer.lines().next().unwrap_or_default()).into())
    }
}

/// An address that listens on all interfaces is asked on the loopback.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        let loopback = if address.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { IpAddr::V6(Ipv6Addr::LOCALHOST) };
        address.set_ip(loopback);
    }
    address
}

fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(4096).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_all_interfaces_is_asked_on_the_loopback() {
        assert_eq!(reachable("0.0.0.0:8010".parse().unwrap()).to_string(), "127.0.0.1:8010");
        assert_eq!(reachable("[::]:8010".parse().unwrap()).to_string(), "[::1]:8010");
        assert_eq!(reachable("10.1.2.3:8010".parse().unwrap()).to_string(), "10.1.2.3:8010");
    }
}

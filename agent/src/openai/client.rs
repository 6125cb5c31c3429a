//! The HTTP client.

use crate::settings::ModelSettings;
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, Url};
use std::net::IpAddr;

/// A client for one endpoint: no redirects (they would carry the key elsewhere), no proxy for a server
/// on this machine. Mozilla's root certificates are built in, and the system's are added, so that it
/// works in an empty container and behind a company's own authority.
pub(super) fn build(settings: &ModelSettings) -> Result<Client, reqwest::Error> {
    crate::install_crypto();
    let mut client = Client::builder()
        .user_agent(concat!("todo-agent/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .connect_timeout(settings.connect_timeout);
    if settings.base_url.scheme() == "https" {
        let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
        client = client.tls_certs_merge(roots.map(|der| Certificate::from_der(der)).collect::<Result<Vec<_>, _>>()?);
    } else {
        // No certificate will be checked, so that none needs to be loaded.
        client = client.tls_certs_only([]);
    }
    if is_loopback(&settings.base_url) {
        client = client.no_proxy();
    }
    client.build()
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || host.ends_with(".localhost") || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_known_by_each_of_its_names() {
        let of = |url: &str| is_loopback(&Url::parse(url).unwrap());
        assert!(of("http://localhost:1/v1") && of("http://127.0.0.2/v1") && of("http://[::1]:80/v1"));
        assert!(!of("http://10.0.0.1/v1") && !of("https://api.openai.com/v1"));
    }
}

//! The HTTP client for the agent and for this server itself, which are next door and speak no TLS.

/// A client that goes straight to whom it asks.
pub(crate) fn client() -> reqwest::ClientBuilder {
    // Built in one go with the agent, reqwest has TLS: it wants a provider, and certificates unless told that there
    // are none. An image of this server has no certificates.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().tls_certs_only([]).no_proxy()
}

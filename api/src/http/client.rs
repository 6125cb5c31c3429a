//! Where a request comes from, as the proxies say that we trust.

use crate::state::AppState;
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{FromRequest, HttpRequest, web};
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr};

/// The address that a request comes from.
#[derive(Clone, Copy, Debug)]
pub struct Client(pub IpAddr);

impl FromRequest for Client {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip().to_canonical());
        ready(Ok(Self(forwarded_for(request.headers(), hops(request)).unwrap_or(peer))))
    }
}

/// Each proxy adds the address that spoke to it: with `hops` proxies that we trust, the client's is the
/// `hops`th from the end, and what stands before it is the client's own invention.
fn forwarded_for(headers: &HeaderMap, hops: u8) -> Option<IpAddr> {
    let lines = headers.get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let chain: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    let index = chain.len().saturating_sub(usize::from(hops));
    let address = if hops == 0 { None } else { chain.get(index) };
    address.and_then(|text| text.parse::<IpAddr>().ok()).map(|address| address.to_canonical())
}

/// Whether the client speaks https, to us or to the proxy in front.
#[must_use]
pub fn came_by_https(request: &HttpRequest) -> bool {
    scheme(request) == "https"
}

/// The origin under which the client knows us: `https://todo.example.org`.
pub(super) fn own_origin(request: &HttpRequest) -> Option<String> {
    let host = forwarded(request, "x-forwarded-host").or_else(|| first(request.headers(), header::HOST.as_str()))?;
    let (scheme, host) = (scheme(request), host.to_ascii_lowercase());
    let default_port = if scheme == "https" { ":443" } else { ":80" };
    Some(format!("{scheme}://{}", host.strip_suffix(default_port).unwrap_or(&host)))
}

fn scheme(request: &HttpRequest) -> &'static str {
    match forwarded(request, "x-forwarded-proto") {
        Some(proto) if proto.eq_ignore_ascii_case("https") => "https",
        _ => "http",
    }
}

fn forwarded<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    if hops(request) == 0 { None } else { first(request.headers(), name) }
}

fn first<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let value = headers.get(name)?.to_str().ok()?;
    value.split(',').next().map(str::trim).filter(|value| !value.is_empty())
}

fn hops(request: &HttpRequest) -> u8 {
    request.app_data::<web::Data<AppState>>().map_or(0, |state| state.settings.proxy_hops)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn client(chain: &str, hops: u8) -> Option<String> {
        let request = TestRequest::default().insert_header(("x-forwarded-for", chain)).to_http_request();
        forwarded_for(request.headers(), hops).map(|address| address.to_string())
    }

    #[test]
    fn only_what_trusted_proxies_added_counts() {
        assert_eq!(client("6.6.6.6, 10.0.0.1", 1).as_deref(), Some("10.0.0.1"));
        assert_eq!(client("6.6.6.6, 10.0.0.1, 10.0.0.2", 2).as_deref(), Some("10.0.0.1"));
        assert_eq!(client("10.0.0.1", 2).as_deref(), Some("10.0.0.1"));
        assert_eq!(client("10.0.0.1", 0), None);
        assert_eq!(client("nonsense", 1), None);
    }
}

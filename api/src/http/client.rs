//! Where a request comes from, as the proxies say that we trust.

use crate::state::AppState;
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{FromRequest, HttpRequest, web};
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr};
use todo_connections::{forwarded_for, forwarded_parameter};

/// The address that a request comes from.
#[derive(Clone, Copy, Debug)]
pub struct Client(pub IpAddr);

impl FromRequest for Client {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip().to_canonical());
        ready(Ok(Self(client(request.headers(), hops(request)).unwrap_or(peer))))
    }
}

/// Each proxy adds the address that spoke to it: with `hops` proxies that we trust, the client's is the
/// `hops`th from the end, and what stands before it is the client's own invention.
fn client(headers: &HeaderMap, hops: u8) -> Option<IpAddr> {
    if hops == 0 {
        return None;
    }
    let chain = forwarded_for(headers);
    chain.get(chain.len().saturating_sub(usize::from(hops))).copied().flatten()
}

/// Whether the client speaks https, to us or to the proxy in front.
#[must_use]
pub fn came_by_https(request: &HttpRequest) -> bool {
    scheme(request) == "https"
}

/// The origin under which the client knows us: `https://todo.example.org`.
pub(super) fn own_origin(request: &HttpRequest) -> Option<String> {
    let said = forwarded(request, "x-forwarded-host", "host");
    let host = said.or_else(|| first(request.headers(), header::HOST.as_str()).map(str::to_owned))?;
    let (scheme, host) = (scheme(request), host.to_ascii_lowercase());
    let default_port = if scheme == "https" { ":443" } else { ":80" };
    Some(format!("{scheme}://{}", host.strip_suffix(default_port).unwrap_or(&host)))
}

fn scheme(request: &HttpRequest) -> &'static str {
    match forwarded(request, "x-forwarded-proto", "proto") {
        Some(proto) if proto.eq_ignore_ascii_case("https") => "https",
        _ => "http",
    }
}

/// What the proxies say that we trust, in a header of its own or as a parameter of `Forwarded`.
fn forwarded(request: &HttpRequest, name: &str, parameter: &str) -> Option<String> {
    if hops(request) == 0 {
        return None;
    }
    let headers = request.headers();
    first(headers, name).map(str::to_owned).or_else(|| forwarded_parameter(headers, parameter))
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
    use actix_web::test::TestRequest;

    fn client(chain: &str, hops: u8) -> Option<String> {
        let request = TestRequest::default().insert_header(("x-forwarded-for", chain)).to_http_request();
        super::client(request.headers(), hops).map(|address| address.to_string())
    }

    #[test]
    fn only_what_trusted_proxies_added_counts() {
        assert_eq!(client("6.6.6.6, 10.0.0.1", 1).as_deref(), Some("10.0.0.1"));
        assert_eq!(client("6.6.6.6, 10.0.0.1, 10.0.0.2", 2).as_deref(), Some("10.0.0.1"));
        assert_eq!(client("10.0.0.1", 2).as_deref(), Some("10.0.0.1"));
        assert_eq!(client("10.0.0.1", 0), None);
        assert_eq!(client("nonsense", 1), None);
        assert_eq!(client("6.6.6.6, 203.0.113.9:4711", 1).as_deref(), Some("203.0.113.9"));
        assert_eq!(client("[2001:db8::1]:4711, 10.0.0.2", 2).as_deref(), Some("2001:db8::1"));
    }
}

//! Which headers pass the gateway, and which it sets.

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use std::net::IpAddr;

pub(crate) const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const VIA: HeaderValue = HeaderValue::from_static("1.1 todo-gateway");

/// Fields of one connection only (RFC 9110, section 7.6.1, and RFC 9112, appendix C.2.2).
const HOP_BY_HOP: [HeaderName; 9] = [
    header::CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// What only a trusted proxy in front of us may say about the client.
const SAID_BY_PROXIES: [HeaderName; 6] = [
    X_FORWARDED_FOR,
    X_FORWARDED_HOST,
    X_FORWARDED_PROTO,
    HeaderName::from_static("x-forwarded-port"),
    HeaderName::from_static("x-real-ip"),
    header::FORWARDED,
];

/// The headers that the api gets with `request`. The body's length is set by who sends the body.
pub(crate) fn for_upstream(request: &HttpRequest, trust_proxy: bool) -> HeaderMap {
    let mut headers = request.headers().clone();
    drop_hop_by_hop(&mut headers);
    headers.remove(header::CONTENT_LENGTH);
    // Answered here already, when the body was first read.
    headers.remove(header::EXPECT);
    if !trust_proxy {
        for name in SAID_BY_PROXIES {
            headers.remove(name);
        }
    }
    if let Some(peer) = request.peer_addr() {
        let client = client(&headers, peer.ip().to_canonical());
        headers.insert(X_FORWARDED_FOR, client);
    }
    if let Some(host) = request.headers().get(header::HOST) {
        headers.insert(header::HOST, host.clone());
        insert_if_missing(&mut headers, X_FORWARDED_HOST, host.clone());
    }
    insert_if_missing(&mut headers, X_FORWARDED_PROTO, HeaderValue::from_static("http"));
    headers.append(header::VIA, VIA);
    headers
}

/// Removes what belongs to one connection, the fields that `Connection` names included.
pub(crate) fn drop_hop_by_hop(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(header::CONNECTION)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in HOP_BY_HOP.into_iter().chain(named) {
        headers.remove(name);
    }
}

/// Adds to any answer what keeps browsers from guessing; what the answer says itself stays.
pub(crate) fn secure(headers: &mut HeaderMap) {
    insert_if_missing(headers, header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    insert_if_missing(headers, header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    insert_if_missing(headers, header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
}

/// Adds to an answer of our own what a page needs besides: `policy` and the gates to other windows and devices.
pub(crate) fn secure_page(headers: &mut HeaderMap, policy: HeaderValue) {
    insert_if_missing(headers, header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
             microphone=(), midi=(), payment=(), usb=()",
        ),
    );
}

/// Who asked, as the proxies that we trust say, and last the one that spoke to us.
fn client(headers: &HeaderMap, peer: IpAddr) -> HeaderValue {
    let said = headers.get_all(X_FORWARDED_FOR).filter_map(|value| value.to_str().ok());
    let chain: Vec<String> = said.map(str::to_owned).chain([peer.to_string()]).collect();
    HeaderValue::from_str(&chain.join(", ")).unwrap_or_else(|_| HeaderValue::from_static("unknown"))
}

fn insert_if_missing(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    if !headers.contains_key(&name) {
        headers.insert(name, value);
    }
}

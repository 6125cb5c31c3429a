//! Which headers pass the gateway, and which it sets.

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use std::net::IpAddr;
use todo_connections::{forwarded_for, forwarded_parameter};

pub(crate) const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const UNKNOWN: HeaderValue = HeaderValue::from_static("unknown");
const A_YEAR: HeaderValue = HeaderValue::from_static("max-age=31536000");
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
    if trust_proxy {
        translate_forwarded(&mut headers);
    } else {
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

/// The api hears of the client in one way: what `Forwarded` says becomes `X-Forwarded-*`, where these are missing.
fn translate_forwarded(headers: &mut HeaderMap) {
    if !headers.contains_key(X_FORWARDED_FOR) {
        for address in forwarded_for(headers) {
            let text = address.map_or_else(|| "unknown".to_owned(), |address| address.to_string());
            headers.append(X_FORWARDED_FOR, HeaderValue::from_str(&text).unwrap_or(UNKNOWN));
        }
    }
    for (name, parameter) in [(X_FORWARDED_PROTO, "proto"), (X_FORWARDED_HOST, "host")] {
        let said = forwarded_parameter(headers, parameter).and_then(|said| HeaderValue::from_str(&said).ok());
        if let Some(said) = said {
            insert_if_missing(headers, name, said);
        }
    }
    headers.remove(header::FORWARDED);
}

/// Who is counted for `request`: the client that the proxy in front speaks for.
pub(crate) fn counted_client(request: &HttpRequest) -> Option<IpAddr> {
    let said = forwarded_for(request.headers()).pop().flatten();
    said.or_else(|| request.peer_addr().map(|peer| peer.ip()))
}

/// Whether the client came by https, as the proxy in front says.
pub(crate) fn came_by_https(request: &HttpRequest) -> bool {
    let headers = request.headers();
    let proto = headers.get(X_FORWARDED_PROTO).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let proto = proto.or_else(|| forwarded_parameter(headers, "proto")).unwrap_or_default();
    proto.split(',').next().is_some_and(|first| first.trim().eq_ignore_ascii_case("https"))
}

/// Whether a field belongs to the request and not to the connection, whatever `Connection` says: to name such a field
/// there would take it away from the checks that look at it (RFC 9110, section 7.6.1).
fn is_end_to_end(name: &HeaderName) -> bool {
    const FAMILIES: [&str; 7] =
        ["accept", "access-control-", "content-", "if-", "sec-", "x-forwarded-", "proxy-status"];
    const ALONE: [&str; 26] = [
        "age",
        "authorization",
        "cache-control",
        "cookie",
        "date",
        "etag",
        "expect",
        "expires",
        "forwarded",
        "host",
        "idempotency-key",
        "last-event-id",
        "last-modified",
        "location",
        "origin",
        "pragma",
        "range",
        "referer",
        "set-cookie",
        "traceparent",
        "tracestate",
        "user-agent",
        "vary",
        "via",
        "x-real-ip",
        "x-request-id",
    ];
    let name = name.as_str();
    ALONE.contains(&name) || FAMILIES.iter().any(|family| name.starts_with(family))
}

/// Removes what belongs to one connection, the fields that `Connection` names included.
pub(crate) fn drop_hop_by_hop(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(header::CONNECTION)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .filter(|name| !is_end_to_end(name))
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

/// Has browsers come by https alone for a year.
pub(crate) fn insist_on_https(headers: &mut HeaderMap) {
    insert_if_missing(headers, header::STRICT_TRANSPORT_SECURITY, A_YEAR);
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
    HeaderValue::from_str(&chain.join(", ")).unwrap_or(UNKNOWN)
}

fn insert_if_missing(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    if !headers.contains_key(&name) {
        headers.insert(name, value);
    }
}

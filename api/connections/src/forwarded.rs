//! What proxies say about the client: `X-Forwarded-*`, or `Forwarded` (RFC 7239).

use actix_web::http::header::{FORWARDED, HeaderMap};
use std::net::{IpAddr, SocketAddr};

/// The address in one element of `X-Forwarded-For` or in a `for=` of `Forwarded`, with or without port, brackets and
/// quotes. `unknown` and made-up names are none.
#[must_use]
pub fn address_in(element: &str) -> Option<IpAddr> {
    let text = element.trim().trim_matches('"');
    let unbracketed = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address = unbracketed.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

/// The addresses that proxies added, the nearest one last: those of `X-Forwarded-For`, or else those of `Forwarded`.
#[must_use]
pub fn forwarded_for(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let lines = headers.get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let chain: Vec<_> = lines.flat_map(|line| line.split(',')).map(address_in).collect();
    if !chain.is_empty() {
        return chain;
    }
    elements(headers).iter().map(|element| parameter(element, "for").and_then(|node| address_in(&node))).collect()
}

/// What the nearest proxy that says so said in `Forwarded`: `proto` or `host`.
#[must_use]
pub fn forwarded_parameter(headers: &HeaderMap, name: &str) -> Option<String> {
    elements(headers).iter().rev().find_map(|element| parameter(element, name))
}

/// The elements of `Forwarded`; commas within quotes part nothing.
fn elements(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(FORWARDED).filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| split(line, ',')).collect()
}

fn parameter(element: &str, name: &str) -> Option<String> {
    split(element, ';').iter().find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn split(text: &str, at: char) -> Vec<String> {
    let (mut quoted, mut parts) = (false, vec![String::new()]);
    for character in text.chars() {
        quoted ^= character == '"';
        if character == at && !quoted {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(character);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn chain(name: &str, value: &str) -> Vec<Option<String>> {
        let request = TestRequest::default().insert_header((name, value)).to_http_request();
        forwarded_for(request.headers()).iter().map(|address| address.map(|address| address.to_string())).collect()
    }

    #[test]
    fn an_address_is_read_in_all_forms() {
        for (text, address) in [
            ("203.0.113.9", "203.0.113.9"),
            (" 203.0.113.9:4711 ", "203.0.113.9"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("\"[2001:db8::1]:4711\"", "2001:db8::1"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("[::ffff:203.0.113.9]:80", "203.0.113.9"),
        ] {
            assert_eq!(address_in(text).map(|address| address.to_string()).as_deref(), Some(address), "{text}");
        }
        for text in ["", "unknown", "_hidden", "203.0.113", "203.0.113.9:port", "[2001:db8::1"] {
            assert_eq!(address_in(text), None, "{text}");
        }
    }

    #[test]
    fn both_headers_give_a_chain() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(chain("x-forwarded-for", "6.6.6.6, unknown,10.0.0.1:80"), [some("6.6.6.6"), None, some("10.0.0.1")]);
        let forwarded = "for=6.6.6.6;proto=http, For=\"[2001:db8::1]:80\";proto=https;host=\"a,b\", by=10.0.0.1";
        assert_eq!(chain("forwarded", forwarded), [some("6.6.6.6"), some("2001:db8::1"), None]);
        let request = TestRequest::default().insert_header(("forwarded", forwarded)).to_http_request();
        assert_eq!(forwarded_parameter(request.headers(), "proto").as_deref(), Some("https"));
        assert_eq!(forwarded_parameter(request.headers(), "host").as_deref(), Some("a,b"));
    }
}

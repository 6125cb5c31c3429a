//! The id under which every service logs a request, and the trace that it belongs to.

use actix_web::dev::Payload;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use std::convert::Infallible;
use std::fmt;
use std::future::{Ready, ready};
use std::rc::Rc;
use uuid::Uuid;

pub(super) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TRACEPARENT: &str = "traceparent";
const MAX_LENGTH: usize = 64;

/// The id of a request: its own where that is a plain short token, else a new UUID of version 7.
#[derive(Clone, Debug)]
pub struct RequestId(Rc<str>);

impl RequestId {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let own = headers.get(X_REQUEST_ID).and_then(|value| value.to_str().ok()).filter(|id| is_plain(id));
        match own {
            Some(id) => Self(id.into()),
            None => Self(Rc::from(&*Uuid::now_v7().hyphenated().encode_lower(&mut Uuid::encode_buffer()))),
        }
    }

    pub(super) fn header(&self) -> HeaderValue {
        HeaderValue::from_str(&self.0).unwrap_or_else(|_| HeaderValue::from_static("unknown"))
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromRequest for RequestId {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let given = request.extensions().get::<Self>().cloned();
        ready(Ok(given.unwrap_or_else(|| Self::of(request.headers()))))
    }
}

fn is_plain(id: &str) -> bool {
    !id.is_empty() && id.len() <= MAX_LENGTH && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

/// The request's `traceparent`, to be handed on, where it has the form of
/// [W3C Trace Context](https://www.w3.org/TR/trace-context/#traceparent-header), version 00.
#[derive(Clone, Debug, Default)]
pub struct TraceParent(pub Option<String>);

impl TraceParent {
    pub(super) fn of(headers: &HeaderMap) -> Option<&str> {
        headers.get(TRACEPARENT).and_then(|value| value.to_str().ok()).filter(|value| is_traceparent(value))
    }
}

impl FromRequest for TraceParent {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(Self::of(request.headers()).map(str::to_owned))))
    }
}

fn is_traceparent(value: &str) -> bool {
    let hex = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    let mut parts = value.split('-');
    let mut next = |length| parts.next().is_some_and(|part| hex(part, length));
    value.starts_with("00-") && next(2) && next(32) && next(16) && next(2) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_short_token_is_taken_as_an_id() {
        for (id, plain) in [("abc-1_2.3", true), ("", false), ("a b", false), ("a\"b", false), (&"x".repeat(65), false)]
        {
            assert_eq!(is_plain(id), plain, "{id}");
        }
    }

    #[test]
    fn a_traceparent_has_the_form_of_the_standard() {
        assert!(is_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        assert!(!is_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"));
        assert!(!is_traceparent("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"));
    }
}

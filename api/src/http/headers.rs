//! Request headers that steer a change or a stream.

use crate::error::{ApiError, Code};
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};
use todo_contract::limits::KEY_MAX;

/// `Idempotency-Key`: 1 to 128 visible ASCII characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdempotencyKey(pub Option<String>);

/// `If-Match`: the version, as the `ETag` has it, that a change is meant for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IfMatch(pub Option<i64>);

/// The last event that a client saw: `Last-Event-ID`, or `after` in the query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LastEventId(pub Option<i64>);

impl FromRequest for IdempotencyKey {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = request.headers().get("idempotency-key") else { return ready(Ok(Self(None))) };
        let bytes = value.as_bytes();
        let fits = (1..=KEY_MAX).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_graphic);
        let wrong = || ApiError::field("Idempotency-Key", format!("must have 1 to {KEY_MAX} visible ASCII characters"));
        ready(value.to_str().ok().filter(|_| fits).map(|key| Self(Some(key.to_owned()))).ok_or_else(wrong))
    }
}

/// `If-None-Match`: the tags of what a client has already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IfNoneMatch(Option<HeaderValue>);

impl IfNoneMatch {
    /// Whether the client has what bears `tag`
    /// (<https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match>).
    #[must_use]
    pub fn has(&self, tag: &HeaderValue) -> bool {
        let known = self.0.as_ref().and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut tags = known.split(',').map(|known| known.trim().trim_start_matches("W/"));
        tags.any(|known| known == "*" || known.as_bytes() == tag.as_bytes())
    }
}

impl FromRequest for IfNoneMatch {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(request.headers().get(header::IF_NONE_MATCH).cloned())))
    }
}

impl FromRequest for IfMatch {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = request.headers().get(header::IF_MATCH) else { return ready(Ok(Self(None))) };
        let tag = value.to_str().unwrap_or_default().trim();
        if tag == "*" {
            return ready(Ok(Self(None)));
        }
        let version = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).and_then(|tag| tag.parse().ok());
        // A tag that we never gave matches no version.
        let foreign = || ApiError::new(Code::VersionMismatch, "If-Match must be the task's ETag, such as \"3\".");
        ready(version.map(|version| Self(Some(version))).ok_or_else(foreign))
    }
}

impl FromRequest for LastEventId {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = request.headers().get("last-event-id").map(|value| value.to_str().unwrap_or_default().to_owned());
        let query = || {
            form_urlencoded::parse(request.query_string().as_bytes())
                .find(|(name, _)| name == "after")
                .map(|(_, value)| value.into_owned())
        };
        let Some(text) = header.or_else(query).filter(|text| !text.is_empty()) else { return ready(Ok(Self(None))) };
        let number = text.parse::<i64>().ok().filter(|number| *number >= 0);
        let wrong = || ApiError::field("Last-Event-ID", "must be the id of an event, a number");
        ready(number.map(|number| Self(Some(number))).ok_or_else(wrong))
    }
}

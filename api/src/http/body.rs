//! JSON bodies.

use super::problem_of;
use crate::error::{ApiError, Code};
use crate::identity::RequestHash;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use std::borrow::Cow;
use todo_connections::is_too_slow;

/// Largest body, in bytes, where a route says nothing else.
pub const BODY_MAX: usize = 1 << 20;

/// A JSON body of `MAX` bytes at most; as an answer, JSON with status 200.
#[derive(Clone, Copy, Debug)]
pub struct Json<T, const MAX: usize = BODY_MAX>(pub T);

/// A JSON body, or none: then the default.
#[derive(Clone, Copy, Debug)]
pub struct OptionalJson<T>(pub T);

/// As [`Json`], with a hash of the request, for routes that take an idempotency key.
#[derive(Clone, Copy, Debug)]
pub struct HashedJson<T>(pub T, pub RequestHash);

/// A body that is to be JSON, unread, of `MAX` bytes at most.
#[derive(Clone, Debug)]
pub struct RawJson<const MAX: usize>(pub Bytes);

impl<T: DeserializeOwned + 'static> FromRequest for HashedJson<T> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let head = check_type(request).and_then(|()| check_length(request, BODY_MAX));
        let (route, payload) = (route(request), payload.take());
        Box::pin(async move {
            head?;
            let body = read(payload, BODY_MAX).await?;
            Ok(Self(parse(&body)?, RequestHash::of(&route, &body)))
        })
    }
}

impl<const MAX: usize> FromRequest for RawJson<MAX> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let head = check_type(request).and_then(|()| check_length(request, MAX));
        let payload = payload.take();
        Box::pin(async move {
            head?;
            Ok(Self(read(payload, MAX).await?.freeze()))
        })
    }
}

/// What is asked of whom, for a hash.
pub(crate) fn route(request: &HttpRequest) -> String {
    format!("{} {}", request.method(), request.uri())
}

impl<T: DeserializeOwned + 'static, const MAX: usize> FromRequest for Json<T, MAX> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let head = check_type(request).and_then(|()| check_length(request, MAX));
        let payload = payload.take();
        Box::pin(async move {
            head?;
            parse(&read(payload, MAX).await?).map(Self)
        })
    }
}

impl<T: DeserializeOwned + Default + 'static> FromRequest for OptionalJson<T> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (is_json, fits) = (check_type(request), check_length(request, BODY_MAX));
        let payload = payload.take();
        Box::pin(async move {
            fits?;
            let body = read(payload, BODY_MAX).await?;
            if body.is_empty() {
                return Ok(Self(T::default()));
            }
            is_json?;
            parse(&body).map(Self)
        })
    }
}

impl<T: Serialize, const MAX: usize> Responder for Json<T, MAX> {
    type Body = actix_web::body::BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok().json(self.0)
    }
}

fn check_type(request: &HttpRequest) -> Result<(), ApiError> {
    let value = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match value.split(';').next().map(str::trim) {
        Some(essence) if essence.eq_ignore_ascii_case("application/json") => Ok(()),
        _ => Err(ApiError::new(Code::UnsupportedMediaType, "Send the body with Content-Type: application/json.")),
    }
}

/// Refuses by the announced length, before anything is read.
fn check_length(request: &HttpRequest, max: usize) -> Result<(), ApiError> {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    match length.and_then(|length| length.parse::<usize>().ok()) {
        Some(length) if length > max => Err(too_large(max)),
        _ => Ok(()),
    }
}

async fn read(mut payload: Payload, max: usize) -> Result<BytesMut, ApiError> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| unreadable(&error))?;
        if body.len() + chunk.len() > max {
            return Err(too_large(max));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn unreadable(error: &PayloadError) -> ApiError {
    if is_too_slow(error) {
        return ApiError::new(Code::RequestTimeout, "The body came too slowly.");
    }
    ApiError {
        source: Some(error.to_string().into()),
        ..ApiError::new(Code::BadRequest, "The body could not be read to its end.")
    }
}

fn too_large(max: usize) -> ApiError {
    let bound = match max {
        max if max >= 1 << 20 => format!("{} MiB", max >> 20),
        max => format!("{max} bytes"),
    };
    ApiError::new(Code::PayloadTooLarge, format!("The body may have {bound} at most."))
}

/// Reads JSON in UTF-8, with or without a byte order mark, or in UTF-16 with one.
///
/// # Errors
/// `malformed_json`, or the field that breaks its rule.
pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    let body = in_utf8(body)?;
    let mut deserializer = serde_json::Deserializer::from_slice(&body);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        match error.inner().classify() {
            Category::Data => problem_of::field(&path, &error.inner().to_string()),
            Category::Io | Category::Syntax | Category::Eof => malformed(error.inner()),
        }
    })?;
    deserializer.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

fn in_utf8(body: &[u8]) -> Result<Cow<'_, [u8]>, ApiError> {
    let units = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let pairs = bytes.chunks(2).map(|pair| pair.try_into().map(read));
        let units = pairs.collect::<Result<Vec<u16>, _>>().ok()?;
        String::from_utf16(&units).ok().map(|text| Cow::Owned(text.into_bytes()))
    };
    let text = match body {
        [0xEF, 0xBB, 0xBF, rest @ ..] => Some(Cow::Borrowed(rest)),
        [0xFF, 0xFE, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => units(rest, u16::from_be_bytes),
        _ => Some(Cow::Borrowed(body)),
    };
    text.ok_or_else(|| ApiError::new(Code::MalformedJson, "This is not JSON: its UTF-16 is not valid."))
}

fn malformed(error: &serde_json::Error) -> ApiError {
    ApiError::new(Code::MalformedJson, format!("This is not JSON: {error}."))
}

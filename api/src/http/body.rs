//! JSON bodies.

use super::problem_of;
use crate::error::{ApiError, Code};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// Largest body, in bytes, where a route says nothing else.
pub const BODY_MAX: usize = 1 << 20;

/// A JSON body of `MAX` bytes at most; as an answer, JSON with status 200.
#[derive(Clone, Copy, Debug)]
pub struct Json<T, const MAX: usize = BODY_MAX>(pub T);

/// A JSON body, or none: then the default.
#[derive(Clone, Copy, Debug)]
pub struct OptionalJson<T>(pub T);

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
        let chunk = chunk.map_err(|error| ApiError {
            source: Some(error.to_string().into()),
            ..ApiError::new(Code::BadRequest, "The body could not be read to its end.")
        })?;
        if body.len() + chunk.len() > max {
            return Err(too_large(max));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn too_large(max: usize) -> ApiError {
    ApiError::new(Code::PayloadTooLarge, format!("The body may have {max} bytes at most."))
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
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

fn malformed(error: &serde_json::Error) -> ApiError {
    ApiError::new(Code::MalformedJson, format!("This is not JSON: {error}."))
}

//! One id and one log line a request.

use super::problem::HttpError;
use crate::planner::Trace;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};
use std::time::Instant;
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Takes `X-Request-Id` and `traceparent` from the caller, or makes the id; logs under both, and answers
/// with the id.
pub(crate) async fn identify(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let trace = trace_of(&request);
    let id = trace.request_id.clone();
    let is_probe = matches!(request.path(), "/healthz" | "/readyz");
    let span = tracing::info_span!(
        "request",
        request_id = id,
        trace_id = trace.traceparent.as_deref().and_then(trace_id),
        method = %request.method(),
        path = request.path(),
    );
    request.extensions_mut().insert(trace);
    let begun = Instant::now();
    let response = next.call(request).instrument(span.clone()).await?;
    let _entered = span.enter();
    let (status, ms) = (response.status().as_u16(), begun.elapsed().as_secs_f64() * 1000.0);
    if is_probe {
        tracing::debug!(status, ms, "answered");
    } else {
        tracing::info!(status, ms, "answered");
    }
    let mut response = with_id_in_problem(response.map_into_boxed_body(), &id);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    Ok(response)
}

fn with_id_in_problem(response: ServiceResponse<BoxBody>, id: &str) -> ServiceResponse<BoxBody> {
    let error = response.response().error().and_then(|error| error.as_error::<HttpError>()).cloned();
    match error {
        Some(error) => response.into_response(error.response(Some(id.to_owned()))),
        None => response,
    }
}

fn trace_of(request: &ServiceRequest) -> Trace {
    let header = |name: &str, valid: fn(&str) -> bool| {
        let value = request.headers().get(name).and_then(|value| value.to_str().ok());
        value.filter(|value| valid(value)).map(str::to_owned)
    };
    Trace {
        request_id: header("x-request-id", is_request_id).unwrap_or_else(|| uuid::Uuid::new_v4().to_string()),
        traceparent: header("traceparent", |value| trace_id(value).is_some()),
    }
}

/// What is safe in a log line and in a header.
fn is_request_id(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b))
}

/// The trace id of a `traceparent` (W3C Trace Context, 3.2): `00-<32 hex>-<16 hex>-<2 hex>`.
fn trace_id(traceparent: &str) -> Option<&str> {
    let is_hex = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    let mut parts = traceparent.split('-');
    let (version, id, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let valid =
        is_hex(version, 2) && is_hex(id, 32) && is_hex(parent, 16) && is_hex(flags, 2) && parts.next().is_none();
    valid.then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_well_formed_traceparent_is_taken() {
        let good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assert_eq!(trace_id(good), Some("0af7651916cd43dd8448eb211c80319c"));
        for bad in ["", "00-xyz-b7ad6b7169203331-01", "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"] {
            assert_eq!(trace_id(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_request_id_cannot_forge_a_log_line() {
        assert!(is_request_id("7f3c-1.a:b_C"));
        for bad in ["", "a b", "a\nb", "{}"] {
            assert!(!is_request_id(bad), "{bad}");
        }
    }
}

//! What happens to every request and answer: its id, its errors' bodies, common headers, one log line.

use super::problem;
use super::request_id::{RequestId, TraceParent, X_REQUEST_ID};
use crate::error::ApiError;
use crate::telemetry;
use actix_web::body::{BoxBody, MessageBody, None as NoBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse};
use std::time::Instant;

const PROBES: [&str; 2] = ["/healthz", "/readyz"];

/// The middleware around all routes.
///
/// # Errors
/// None: what fails within becomes an answer.
pub async fn front(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let begun = Instant::now();
    let id = RequestId::of(request.headers());
    request.extensions_mut().insert(id.clone());
    let method = request.method().clone();
    if method == Method::HEAD {
        // Routed as GET; the answer's body is left out below.
        request.head_mut().method = Method::GET;
    }
    let response = next.call(request).await?.map_into_boxed_body();
    let (request, mut response) = response.into_parts();
    let status = response.status();
    let fault = fault(&response);
    if status.is_client_error() || status.is_server_error() {
        response = problem::render(response, &id);
    }
    add_headers(response.headers_mut(), &id);
    if method == Method::HEAD {
        response = response.set_body(BoxBody::new(NoBody::new()));
    }
    let response = ServiceResponse::new(request, response);
    record(&response, &method, &id, begun, fault);
    Ok(response)
}

/// What the log shall know of a failure on our side.
fn fault(response: &HttpResponse) -> Option<String> {
    let error = response.error().filter(|_| response.status().is_server_error())?;
    Some(error.as_error::<ApiError>().map_or_else(|| error.to_string(), ToString::to_string))
}

fn add_headers(headers: &mut HeaderMap, id: &RequestId) {
    headers.insert(X_REQUEST_ID, id.header());
    let mut default = |name: HeaderName, value| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    default(header::CACHE_CONTROL, "no-store");
    default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(header::REFERRER_POLICY, "no-referrer");
    default(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
}

/// The query is left out, since it has what people search for.
fn record(response: &ServiceResponse<BoxBody>, method: &Method, id: &RequestId, begun: Instant, fault: Option<String>) {
    let request = response.request();
    let path = request.path();
    if PROBES.contains(&path) {
        return;
    }
    let (status, took) = (response.status(), begun.elapsed());
    if telemetry::counts() {
        telemetry::record(request.match_pattern(), method, status, took);
    }
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    let trace = TraceParent::of(request.headers());
    let (method, status) = (method.as_str(), status.as_u16());
    match fault {
        Some(fault) => {
            tracing::error!(request_id = %id, method, path, status, micros, trace, fault, "request failed");
        }
        None => tracing::info!(request_id = %id, method, path, status, micros, trace, "request"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_may_set_a_header_otherwise() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        add_headers(&mut headers, &RequestId::of(&HeaderMap::new()));
        assert_eq!(headers.get(header::CACHE_CONTROL).unwrap(), "no-cache");
        assert_eq!(headers.get(header::X_CONTENT_TYPE_OPTIONS).unwrap(), "nosniff");
    }
}

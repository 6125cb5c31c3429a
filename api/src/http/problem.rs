//! Errors as RFC 9457 problem details.

use super::request_id::RequestId;
use crate::error::{ApiError, Code};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};

const PROBLEM_JSON: &str = "application/problem+json";

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The head alone: `render` adds the body, which has the request's id.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        response.finish()
    }
}

/// Gives `response`, which failed, its body. What the error itself set in the head stays.
pub(super) fn render(response: HttpResponse, id: &RequestId) -> HttpResponse {
    let problem = match response.error().and_then(actix_web::Error::as_error::<ApiError>) {
        Some(error) => error.problem(Some(id.to_string())),
        None => foreign(response.status()).problem(Some(id.to_string())),
    };
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut rendered = response.set_body(actix_web::body::BoxBody::new(body));
    *rendered.status_mut() = status;
    rendered.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(PROBLEM_JSON));
    rendered
}

/// What the HTTP library answered by itself.
fn foreign(status: StatusCode) -> ApiError {
    let code = match status {
        StatusCode::NOT_FOUND => Code::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Code::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => Code::PayloadTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::UnsupportedMediaType,
        StatusCode::SERVICE_UNAVAILABLE => Code::Overloaded,
        other if other.is_client_error() => Code::BadRequest,
        _ => Code::Internal,
    };
    ApiError::new(code, code.title())
}

//! The gateway's own errors, as RFC 9457 problem details.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use todo_contract::Problem;

/// What the gateway itself can answer instead of the api or a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    #[error("The request could not be read to its end.")]
    BadRequest,
    #[error("The request came too slowly.")]
    RequestTimeout,
    #[error("Too many requests at once from this address. Wait for some to end, or try again in a moment.")]
    TooManyRequests,
    #[error("There is no such file.")]
    NotFound,
    #[error("Files can be read with GET and HEAD only.")]
    MethodNotAllowed,
    #[error("The request is larger than this server accepts.")]
    PayloadTooLarge,
    #[error("The part of the file that was asked for does not exist, or has changed.")]
    FileCondition(StatusCode),
    #[error("The file could not be read.")]
    Internal,
    #[error("The server behind this page cannot be reached. Try again in a moment.")]
    BadGateway,
    #[error("The page is missing, or the server behind it does not take requests.")]
    NotReady,
    #[error("The server behind this page took too long to answer.")]
    GatewayTimeout,
}

impl Failure {
    fn row(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::BadRequest => (StatusCode::BAD_REQUEST, "bad_request", "Bad request"),
            Self::RequestTimeout => (StatusCode::REQUEST_TIMEOUT, "request_timeout", "Request timeout"),
            Self::TooManyRequests => (StatusCode::TOO_MANY_REQUESTS, "too_many_requests", "Too many requests at once"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found", "Not found"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "Method not allowed"),
            Self::PayloadTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large", "Payload too large"),
            Self::FileCondition(status) => (status, "condition_failed", "Condition failed"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal", "Internal error"),
            Self::BadGateway => (StatusCode::BAD_GATEWAY, "bad_gateway", "Bad gateway"),
            Self::NotReady => (StatusCode::SERVICE_UNAVAILABLE, "not_ready", "Not ready"),
            Self::GatewayTimeout => (StatusCode::GATEWAY_TIMEOUT, "gateway_timeout", "Gateway timeout"),
        }
    }

    /// The answer for this failure of the request that is logged as `request_id`.
    pub(crate) fn response(self, request_id: &str) -> HttpResponse {
        let (status, code, title) = self.row();
        let problem = Problem {
            kind: "about:blank".to_owned(),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: self.to_string(),
            code: code.to_owned(),
            request_id: Some(request_id.to_owned()),
            errors: Vec::new(),
        };
        let mut response = HttpResponse::build(status);
        match self {
            Self::MethodNotAllowed => drop(response.insert_header(("allow", "GET, HEAD"))),
            Self::TooManyRequests | Self::BadGateway => drop(response.insert_header(("retry-after", "1"))),
            _ => {}
        }
        match serde_json::to_vec(&problem) {
            Ok(body) => response
                .insert_header(("cache-control", "no-store"))
                .content_type("application/problem+json")
                .body(body),
            Err(_) => response.finish(),
        }
    }
}

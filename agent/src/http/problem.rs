//! Errors as RFC 9457 problem details.

use actix_web::http::StatusCode;
use actix_web::http::header::WWW_AUTHENTICATE;
use actix_web::{HttpResponse, ResponseError};
use todo_contract::{FieldProblem, Problem};

/// The table of errors.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum HttpError {
    #[error("Send Authorization: Bearer with the AGENT_TOKEN that both services share.")]
    Unauthenticated,
    #[error("The body is not valid JSON: {0}")]
    MalformedJson(String),
    #[error("{}: {}", .0.field, .0.message)]
    Invalid(FieldProblem),
    #[error("The body must be application/json.")]
    UnsupportedMediaType,
    #[error("The body is longer than {0} bytes.")]
    TooLarge(usize),
    #[error("There is nothing at this address.")]
    NotFound,
    #[error("This address does not take this method.")]
    MethodNotAllowed,
    #[error("No model is configured: the built-in planner is at work, and there is nothing to try out.")]
    NoModel,
    #[error("The body could not be read.")]
    Unreadable,
}

impl HttpError {
    fn row(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Unauthenticated => (StatusCode::UNAUTHORIZED, "unauthenticated", "Not signed in"),
            Self::MalformedJson(_) => (StatusCode::BAD_REQUEST, "malformed_json", "Malformed JSON"),
            Self::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "validation_failed", "Invalid request"),
            Self::UnsupportedMediaType => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "Unsupported content type")
            }
            Self::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large", "Body too large"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found", "Not found"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "Method not allowed"),
            Self::NoModel => (StatusCode::CONFLICT, "no_model", "No model"),
            Self::Unreadable => (StatusCode::BAD_REQUEST, "unreadable_body", "Unreadable body"),
        }
    }
}

impl ResponseError for HttpError {
    fn status_code(&self) -> StatusCode {
        self.row().0
    }

    fn error_response(&self) -> HttpResponse {
        self.response(None)
    }
}

impl HttpError {
    /// The answer; the outermost middleware adds the request's id, which is not known here.
    pub(super) fn response(&self, request_id: Option<String>) -> HttpResponse {
        let (status, code, title) = self.row();
        let errors = if let Self::Invalid(field) = self { vec![field.clone()] } else { Vec::new() };
        let problem = Problem {
            kind: "about:blank".to_owned(),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: self.to_string(),
            code: code.to_owned(),
            request_id,
            errors,
        };
        let mut response = HttpResponse::build(status);
        if *self == Self::Unauthenticated {
            response.insert_header((WWW_AUTHENTICATE, "Bearer"));
        }
        response.content_type("application/problem+json").body(serde_json::to_vec(&problem).unwrap_or_default())
    }
}

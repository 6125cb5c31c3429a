//! Keeps other sites from acting through a visitor's browser.

use super::client::own_origin;
use crate::error::{ApiError, Code};
use crate::state::AppState;
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderName};
use actix_web::{FromRequest, HttpRequest, web};
use std::future::{Ready, ready};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Taken by a handler that nobody is signed in to yet: refuses a request that another site makes.
#[derive(Clone, Copy, Debug)]
pub struct SameOrigin;

impl FromRequest for SameOrigin {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(check(request).map(|()| Self))
    }
}

/// Browsers name the origin with every unsafe request, and `Sec-Fetch-Site` with every request; what names
/// neither is not a browser and has nobody's cookies but its own.
pub(super) fn check(request: &HttpRequest) -> Result<(), ApiError> {
    let header = |name: &HeaderName| request.headers().get(name).map(|value| value.to_str().unwrap_or_default());
    let allowed = match (header(&header::ORIGIN), header(&SEC_FETCH_SITE)) {
        (Some(origin), _) => is_ours(request, origin),
        (None, Some(site)) => site == "same-origin" || request.method().is_safe(),
        (None, None) => true,
    };
    if allowed {
        return Ok(());
    }
    Err(ApiError::new(Code::OriginMismatch, "The page that sent this is not served from here (Origin)."))
}

fn is_ours(request: &HttpRequest, origin: &str) -> bool {
    let listed = |state: &web::Data<AppState>| state.settings.public_origins.0.iter().any(|own| own == origin);
    own_origin(request).is_some_and(|own| own.eq_ignore_ascii_case(origin))
        || request.app_data::<web::Data<AppState>>().is_some_and(listed)
}

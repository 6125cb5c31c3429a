//! The token that api and agent share.

use super::problem::HttpError;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

/// What a caller must show.
pub(crate) struct Token(pub(crate) SecretString);

/// Lets a request through that shows the token. The comparison's time tells nothing but its length.
pub(super) async fn require_token(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let token = request.app_data::<web::Data<Token>>();
    let known = token
        .zip(shown(&request))
        .is_some_and(|(token, shown)| bool::from(token.0.expose_secret().as_bytes().ct_eq(shown.as_bytes())));
    if known {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let (request, _) = request.into_parts();
    Ok(ServiceResponse::new(request, HttpResponse::from_error(HttpError::Unauthenticated)))
}

/// The credential of `Authorization: Bearer` (RFC 6750, 2.1); the scheme's case does not matter.
fn shown(request: &ServiceRequest) -> Option<&str> {
    let (scheme, token) = request.headers().get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

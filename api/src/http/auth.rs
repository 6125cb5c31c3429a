//! Who asks: by the session's cookie or by a personal API token.

use super::origin;
use crate::accounts::{Credential, access_token, identify};
use crate::error::{ApiError, Code};
use crate::identity::{Access, Identity};
use crate::state::AppState;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::future::LocalBoxFuture;
use todo_contract::TokenScope;
use uuid::Uuid;

/// A person in a browser; personal API tokens are refused. For what concerns the account itself.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The account.
    pub user_id: i64,
    /// The session that asks.
    pub session_id: Uuid,
}

impl FromRequest for Identity {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let state = request.app_data::<web::Data<AppState>>().cloned();
        let credential = credential(request);
        let safe = request.method().is_safe();
        Box::pin(async move {
            let state = state.ok_or_else(|| ApiError::internal("no application state"))?;
            let identity = identify(&state, credential?).await?;
            match &identity.access {
                Access::Token { scope: TokenScope::Read, .. } if !safe => {
                    Err(ApiError::new(Code::Forbidden, "This token may only read."))
                }
                _ => Ok(identity),
            }
        })
    }
}

impl FromRequest for SignedIn {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let identity = Identity::from_request(request, payload);
        Box::pin(async move {
            let Identity { user_id, access, .. } = identity.await?;
            match access {
                Access::Session(session_id) => Ok(Self { user_id, session_id }),
                Access::Token { .. } => {
                    Err(ApiError::new(Code::Forbidden, "An API token cannot do this: sign in with the password."))
                }
            }
        })
    }
}

/// `Authorization` goes before cookies, and needs no Origin: no browser adds it by itself.
fn credential(request: &HttpRequest) -> Result<Credential, ApiError> {
    if let Some(value) = request.headers().get(header::AUTHORIZATION) {
        let bearer = value.to_str().ok().and_then(|value| value.split_once(' '));
        return match bearer {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
                Ok(Credential::ApiToken(token.trim().to_owned()))
            }
            _ => Err(unauthenticated("The Authorization header must be: Bearer, a blank, and an API token.")),
        };
    }
    let token = access_token(request).ok_or_else(|| unauthenticated("There is no session."))?;
    origin::check(request)?;
    Ok(Credential::AccessToken(token))
}

fn unauthenticated(detail: &str) -> ApiError {
    ApiError::new(Code::Unauthenticated, detail)
}

//! Known browsers: a signed cookie says that somebody signed in to an account here before, so that guesses from elsewhere
//! cannot lock the person out. It opens nothing by itself.

use super::keys::Keys;
use crate::error::ApiError;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::Header;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How long a browser stays known without a sign-in: the longest that browsers keep a cookie (RFC 6265bis, 400 days).
pub(super) const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(24 * 400);

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Claims {
    /// The account's email address, digested: the cookie names nobody.
    dev: String,
    jti: Uuid,
    exp: i64,
}

/// The cookie's value for a browser in which `email` has signed in.
pub(super) fn remember(keys: &Keys, email: &str, now: Timestamp) -> Result<String, ApiError> {
    let claims = Claims { dev: digest(email), jti: Uuid::now_v7(), exp: (now + KNOWN_FOR).as_second() };
    jsonwebtoken::encode(&Header::new(jsonwebtoken::Algorithm::HS256), &claims, keys.signing())
        .map_err(ApiError::internal)
}

/// The browser's id, if the cookie says that `email` has signed in there.
pub(super) fn known(keys: &Keys, cookie: &str, email: &str, now: Timestamp) -> Option<String> {
    let claims: Claims = keys.verified(cookie)?;
    (claims.exp > now.as_second() && claims.dev == digest(email)).then(|| claims.jti.to_string())
}

fn digest(email: &str) -> String {
    let digest = super::random::digest(&email.trim().to_lowercase());
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

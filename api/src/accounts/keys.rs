//! Access tokens: JWTs (RFC 7519) of 15 minutes, signed with HS256.

use crate::config::Secrets;
use crate::error::{ApiError, Code};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// How long an access token is good.
pub(super) const ACCESS_FOR: SignedDuration = SignedDuration::from_mins(15);

/// Signs with one key; verifies with it and with the one before.
pub struct Keys {
    sign: EncodingKey,
    verify: Vec<DecodingKey>,
    validation: Validation,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Claims {
    sub: i64,
    sid: Uuid,
    iat: i64,
    exp: i64,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({} to verify)", self.verify.len())
    }
}

impl Keys {
    /// The keys that the settings name.
    #[must_use]
    pub fn new(secrets: &Secrets) -> Self {
        let current = secrets.jwt.expose_secret().as_bytes();
        let previous = secrets.jwt_previous.as_ref().map(|secret| secret.expose_secret().as_bytes());
        let mut validation = Validation::new(Algorithm::HS256);
        // The time is compared below, with our own clock.
        validation.validate_exp = false;
        validation.required_spec_claims.clear();
        Self {
            sign: EncodingKey::from_secret(current),
            verify: [Some(current), previous].into_iter().flatten().map(DecodingKey::from_secret).collect(),
            validation,
        }
    }

    pub(super) fn issue(&self, user_id: i64, session_id: Uuid, now: Timestamp) -> Result<String, ApiError> {
        let (iat, exp) = (now.as_second(), now.as_second() + ACCESS_FOR.as_secs());
        let claims = Claims { sub: user_id, sid: session_id, iat, exp };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.sign).map_err(ApiError::internal)
    }

    /// Signs what else is to come back unchanged.
    pub(super) fn signing(&self) -> &EncodingKey {
        &self.sign
    }

    /// The claims of `token`, if one of the keys signed it. Whether they have run out is for the caller to see.
    pub(super) fn verified<T: serde::de::DeserializeOwned + Clone>(&self, token: &str) -> Option<T> {
        let read = |key| jsonwebtoken::decode::<T>(token, key, &self.validation).ok();
        self.verify.iter().find_map(read).map(|token| token.claims)
    }

    /// The session that `token` speaks for.
    pub(super) fn session_of(&self, token: &str, now: Timestamp) -> Result<Uuid, ApiError> {
        match self.verified::<Claims>(token) {
            Some(claims) if claims.exp > now.as_second() => Ok(claims.sid),
            _ => Err(ApiError::new(Code::Unauthenticated, "The session's access has run out: refresh it.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(current: &str, previous: Option<&str>) -> Keys {
        let secrets = Secrets { jwt: current.into(), jwt_previous: previous.map(Into::into), agent_token: "".into() };
        Keys::new(&secrets)
    }

    #[test]
    fn a_token_is_good_for_fifteen_minutes() {
        let (keys, id, now) = (keys("a secret", None), Uuid::from_u128(7), Timestamp::UNIX_EPOCH);
        let token = keys.issue(1, id, now).unwrap();
        assert_eq!(keys.session_of(&token, now + SignedDuration::from_secs(899)).unwrap(), id);
        assert!(keys.session_of(&token, now + ACCESS_FOR).is_err());
    }

    #[test]
    fn the_previous_secret_verifies_and_no_other() {
        let now = Timestamp::UNIX_EPOCH;
        let token = keys("old", None).issue(1, Uuid::nil(), now).unwrap();
        assert!(keys("new", Some("old")).session_of(&token, now).is_ok());
        assert!(keys("new", None).session_of(&token, now).is_err());
    }

    #[test]
    fn an_unsigned_token_is_refused() {
        // {"alg":"none"} . {"sub":1,"sid":"0…0","iat":0,"exp":9999999999} .
        let token = "eyJhbGciOiJub25lIn0.eyJzdWIiOjEsInNpZCI6IjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMCIsImlhdCI6\
                     MCwiZXhwIjo5OTk5OTk5OTk5fQ.";
        assert!(keys("a", None).session_of(token, Timestamp::UNIX_EPOCH).is_err());
    }
}

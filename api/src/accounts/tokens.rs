//! Personal API tokens.

use super::access::{self, TOKEN_PREFIX};
use super::security_log::{self, Event, Origin};
use super::{random, reauthentication, store};
use crate::db::Scope;
use crate::error::{ApiError, Code};
use crate::state::AppState;
use jiff::SignedDuration;
use todo_contract::{ApiTokenCreated, ApiTokenInfo, ApiTokenRequest, TokenScope};
use uuid::Uuid;

const TOKENS_MAX: i64 = 50;
const DAYS_MAX: u16 = 365;
const DAYS: u16 = 90;

pub(super) async fn create(
    state: &AppState,
    user_id: i64,
    session_id: Uuid,
    request: ApiTokenRequest,
    origin: &Origin,
) -> Result<ApiTokenCreated, ApiError> {
    let days = request.expires_in_days.unwrap_or(DAYS);
    if !(1..=DAYS_MAX).contains(&days) {
        return Err(ApiError::field("expires_in_days", format!("must be 1 to {DAYS_MAX}")));
    }
    reauthentication::require(state, session_id).await?;
    let now = state.clock.now();
    let token = format!("{TOKEN_PREFIX}{}", random::secret()?);
    let scope = match request.scope {
        TokenScope::Read => "read",
        TokenScope::ReadWrite => "read_write",
    };
    let row = store::TokenRow {
        id: Uuid::now_v7().to_string(),
        user_id,
        name: request.name.into(),
        scope: scope.to_owned(),
        hash: random::digest(&token).to_vec(),
        created_at: now.as_microsecond(),
        last_used_at: None,
        expires_at: (now + SignedDuration::from_hours(24 * i64::from(days))).as_microsecond(),
    };
    let stored = state.db.write(Scope::Account(user_id), move |tx| {
        if store::count_tokens(tx, user_id)? >= TOKENS_MAX {
            let detail = format!("An account may have {TOKENS_MAX} tokens. Revoke one first.");
            return Err(ApiError::new(Code::LimitReached, detail));
        }
        store::insert_token(tx, &row)?;
        row.info()
    });
    let info = stored.await?;
    security_log::note(Event::TokenMade, user_id, Some(origin));
    Ok(ApiTokenCreated { token, info })
}

pub(super) async fn list(state: &AppState, user_id: i64) -> Result<Vec<ApiTokenInfo>, ApiError> {
    let rows = state.db.read(move |connection| Ok(store::tokens(connection, user_id)?)).await?;
    rows.into_iter().map(store::TokenRow::info).collect()
}

pub(super) async fn revoke(state: &AppState, user_id: i64, id: Uuid, origin: &Origin) -> Result<(), ApiError> {
    let revoked =
        state.db.write_essential(Scope::Account(user_id), move |tx| match store::delete_token(tx, user_id, id)? {
            0 => Err(ApiError::not_found("token")),
            _ => Ok(()),
        });
    revoked.await?;
    security_log::note(Event::TokenRevoked, user_id, Some(origin));
    state.access.forget();
    access::announce(state, user_id);
    Ok(())
}

//! Personal API tokens.

use super::access::{self, TOKEN_PREFIX};
use super::{random, store};
use crate::db::Scope;
use crate::error::{ApiError, Code};
use crate::state::AppState;
use todo_contract::{ApiTokenCreated, ApiTokenInfo, ApiTokenRequest, TokenScope};
use uuid::Uuid;

const TOKENS_MAX: i64 = 50;

pub(super) async fn create(
    state: &AppState,
    user_id: i64,
    request: ApiTokenRequest,
) -> Result<ApiTokenCreated, ApiError> {
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
        created_at: state.clock.now().as_microsecond(),
        last_used_at: None,
    };
    let stored = state.db.write(Scope::Account(user_id), move |tx| {
        if store::count_tokens(tx, user_id)? >= TOKENS_MAX {
            let detail = format!("An account may have {TOKENS_MAX} tokens. Revoke one first.");
            return Err(ApiError::new(Code::LimitReached, detail));
        }
        store::insert_token(tx, &row)?;
        row.info()
    });
    Ok(ApiTokenCreated { token, info: stored.await? })
}

pub(super) async fn list(state: &AppState, user_id: i64) -> Result<Vec<ApiTokenInfo>, ApiError> {
    let rows = state.db.read(move |connection| Ok(store::tokens(connection, user_id)?)).await?;
    rows.into_iter().map(store::TokenRow::info).collect()
}

pub(super) async fn revoke(state: &AppState, user_id: i64, id: Uuid) -> Result<(), ApiError> {
    let revoked =
        state.db.write_essential(Scope::Account(user_id), move |tx| match store::delete_token(tx, user_id, id)? {
            0 => Err(ApiError::not_found("token")),
            _ => Ok(()),
        });
    revoked.await?;
    state.access.forget();
    access::announce(state, user_id);
    Ok(())
}

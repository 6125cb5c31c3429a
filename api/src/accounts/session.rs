//! Sessions: made at sign-in, carried on by refresh tokens that are good for one use each.

use super::{access, random, store};
use crate::error::{ApiError, Code};
use crate::state::AppState;
use jiff::SignedDuration;
use todo_contract::{Account, SessionInfo};
use uuid::Uuid;

/// How long a session lasts without a refresh.
pub(super) const SESSION_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);
const USER_AGENT_MAX: usize = 200;

/// What a browser gets for its session.
#[derive(Clone)]
pub(super) struct Tokens {
    pub(super) access: String,
    pub(super) refresh: String,
}

/// Signs `account` in.
pub(super) async fn begin(state: &AppState, account: &Account, user_agent: &str) -> Result<Tokens, ApiError> {
    let (user_id, id, now) = (account.id, Uuid::now_v7(), state.clock.now());
    let refresh = random::secret()?;
    let hash = random::digest(&refresh);
    let user_agent: String = user_agent.chars().filter(|c| !c.is_control()).take(USER_AGENT_MAX).collect();
    state
        .db
        .write(move |tx| {
            store::insert_session(tx, id, user_id, &user_agent, now, now + SESSION_FOR)?;
            Ok(store::insert_refresh_token(tx, &hash, id, now)?)
        })
        .await?;
    Ok(Tokens { access: state.keys.issue(user_id, id, now)?, refresh })
}

/// What a refresh token turned out to be.
enum Presented {
    Good {
        user_id: i64,
        session_id: Uuid,
    },
    /// Used before: it was stolen, or its successor was.
    Reused {
        user_id: i64,
        session_id: Uuid,
    },
    Unknown,
}

/// Changes a refresh token for a new pair. One that was used before ends its session.
pub(super) async fn refresh(state: &AppState, token: &str) -> Result<Tokens, ApiError> {
    let (hash, now) = (random::digest(token), state.clock.now());
    let next = random::secret()?;
    let next_hash = random::digest(&next);
    let presented = state.db.write(move |tx| {
        let Some(row) = store::refresh_token(tx, &hash, now)? else { return Ok(Presented::Unknown) };
        let session_id: Uuid = row.session_id.parse().map_err(ApiError::internal)?;
        if row.used_at.is_some() {
            store::revoke_session(tx, row.user_id, session_id, now)?;
            return Ok(Presented::Reused { user_id: row.user_id, session_id });
        }
        store::use_refresh_token(tx, &hash, now)?;
        store::insert_refresh_token(tx, &next_hash, session_id, now)?;
        store::prolong_session(tx, session_id, now, now + SESSION_FOR)?;
        Ok(Presented::Good { user_id: row.user_id, session_id })
    });
    match presented.await? {
        Presented::Good { user_id, session_id } => {
            Ok(Tokens { access: state.keys.issue(user_id, session_id, now)?, refresh: next })
        }
        Presented::Reused { user_id, session_id } => {
            state.access.forget_session(session_id);
            access::announce(state, user_id);
            tracing::warn!(user_id, %session_id, "a refresh token was used twice; its session was ended");
            Err(over())
        }
        Presented::Unknown => Err(over()),
    }
}

/// Ends the session of a refresh token or of an access token, whichever is known; none is no error.
pub(super) async fn end_by_tokens(
    state: &AppState,
    refresh: Option<String>,
    access: Option<String>,
) -> Result<(), ApiError> {
    let now = state.clock.now();
    let by_access = access.and_then(|token| state.keys.session_of(&token, now).ok());
    let hash = refresh.map(|token| random::digest(&token));
    let ended = state.db.write(move |tx| {
        let by_refresh = match hash {
            Some(hash) => store::refresh_token(tx, &hash, now)?.and_then(|row| row.session_id.parse::<Uuid>().ok()),
            None => None,
        };
        let Some(id) = by_refresh.or(by_access) else { return Ok(None) };
        let Some(session) = store::session_access(tx, id, now)? else { return Ok(None) };
        store::revoke_session(tx, session.user_id, id, now)?;
        Ok(Some((session.user_id, id)))
    });
    if let Some((user_id, id)) = ended.await? {
        state.access.forget_session(id);
        access::announce(state, user_id);
    }
    Ok(())
}

/// The sessions that last, newest first.
pub(super) async fn list(state: &AppState, user_id: i64, current: Uuid) -> Result<Vec<SessionInfo>, ApiError> {
    let now = state.clock.now();
    let rows = state.db.read(move |connection| Ok(store::sessions(connection, user_id, now)?)).await?;
    rows.into_iter().map(|row| row.info(current)).collect()
}

/// Ends one session.
pub(super) async fn end(state: &AppState, user_id: i64, id: Uuid) -> Result<(), ApiError> {
    let now = state.clock.now();
    let ended = state.db.write(move |tx| match store::revoke_session(tx, user_id, id, now)? {
        0 => Err(ApiError::not_found("session")),
        _ => Ok(()),
    });
    ended.await?;
    state.access.forget_session(id);
    access::announce(state, user_id);
    Ok(())
}

/// Ends all sessions but `keep`.
pub(super) async fn end_others(state: &AppState, user_id: i64, keep: Uuid) -> Result<(), ApiError> {
    let now = state.clock.now();
    state.db.write(move |tx| Ok(store::revoke_other_sessions(tx, user_id, Some(keep), now)?)).await?;
    state.access.forget();
    access::announce(state, user_id);
    Ok(())
}

fn over() -> ApiError {
    ApiError::new(Code::Unauthenticated, "The session is over. Please sign in.")
}

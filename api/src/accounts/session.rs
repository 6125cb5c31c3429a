//! Sessions: made at sign-in, carried on by refresh tokens that are good for one use each.

use super::security_log::{self, Event, Origin};
use super::{access, random, store};
use crate::clock::timestamp;
use crate::db::Scope;
use crate::error::{ApiError, Code};
use crate::state::AppState;
use jiff::SignedDuration;
use moka::sync::Cache;
use std::time::Duration;
use todo_contract::{Account, SessionInfo};
use uuid::Uuid;

/// How long a session lasts without a refresh.
pub(super) const SESSION_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Sessions that an account may have at a time; a further sign-in ends the oldest.
const SESSIONS_MAX: i64 = 50;

/// How long the other tabs of a page without locks may still come with the token that one of them has just used.
const GRACE: SignedDuration = SignedDuration::from_secs(5);
/// How long, and of how many tokens, the successors are remembered: `GRACE` by a clock that tests do not move, and more.
const SUCCESSORS_FOR: Duration = Duration::from_secs(10);
const SUCCESSORS_MAX: u64 = 10_000;

/// Whether the tabs of a page can take turns. Browsers have locks across tabs in a secure context only: on plain
/// http two tabs may come with the same token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tabs {
    TakeTurns,
    MayCollide,
}

/// The successors of tokens that tabs may come with at once, by the hash of their predecessor. In memory alone, since
/// the database knows hashes only; what is lost here is reuse again.
pub struct Successors(Cache<[u8; 32], String>);

impl std::fmt::Debug for Successors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Successors({} tokens)", self.0.entry_count())
    }
}

impl Successors {
    pub(crate) fn new() -> Self {
        Self(Cache::builder().max_capacity(SUCCESSORS_MAX).time_to_live(SUCCESSORS_FOR).build())
    }

    /// The one token that all who come with the token of `hash` now are to get.
    fn of(&self, hash: [u8; 32]) -> Result<String, ApiError> {
        let candidate = random::secret()?;
        // `or_insert` would look first and insert then, and two at once would each insert.
        Ok(self.0.entry(hash).or_insert_with(|| candidate).into_value())
    }
}

/// What a browser gets for its session.
#[derive(Clone)]
pub(super) struct Tokens {
    pub(super) access: String,
    pub(super) refresh: String,
}

/// Signs `account` in.
pub(super) async fn begin(state: &AppState, account: &Account, origin: &Origin) -> Result<Tokens, ApiError> {
    let (user_id, id, now) = (account.id, Uuid::now_v7(), state.clock.now());
    let refresh = random::secret()?;
    let hash = random::digest(&refresh);
    let user_agent = origin.user_agent.clone();
    let lasts = SESSION_FOR.min(lifetime(state));
    state
        .db
        .write_essential(Scope::Account(user_id), move |tx| {
            // The account may have been deleted while its password was checked.
            if store::user(tx, user_id)?.is_none() {
                return Err(ApiError::new(Code::Unauthenticated, "This account was deleted."));
            }
            store::insert_session(tx, id, user_id, &user_agent, now, now + lasts)?;
            store::revoke_oldest_sessions(tx, user_id, SESSIONS_MAX, now)?;
            Ok(store::insert_refresh_token(tx, &hash, id, now)?)
        })
        .await?;
    Ok(Tokens { access: state.keys.issue(user_id, id, now)?, refresh })
}

/// How long a session lasts at most.
fn lifetime(state: &AppState) -> SignedDuration {
    SignedDuration::from_hours(24 * i64::from(state.settings.session_max_days))
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

/// Changes a refresh token for a new pair. One that was used before ends its session, unless `tabs` are at work.
pub(super) async fn refresh(state: &AppState, token: &str, tabs: Tabs) -> Result<Tokens, ApiError> {
    let (hash, now) = (random::digest(token), state.clock.now());
    let next = match tabs {
        Tabs::TakeTurns => random::secret()?,
        Tabs::MayCollide => state.successors.of(hash)?,
    };
    let next_hash = random::digest(&next);
    let lifetime = lifetime(state);
    let presented = state.db.write_essential(Scope::key("refresh", &hash), move |tx| {
        let Some(row) = store::refresh_token(tx, &hash, now)? else { return Ok(Presented::Unknown) };
        let session_id: Uuid = row.session_id.parse().map_err(ApiError::internal)?;
        if let Some(used_at) = row.used_at {
            let is_recent = now.duration_since(timestamp(used_at)) <= GRACE;
            if is_recent && store::refresh_token(tx, &next_hash, now)?.is_some_and(|next| next.used_at.is_none()) {
                return Ok(Presented::Good { user_id: row.user_id, session_id });
            }
            store::revoke_session(tx, row.user_id, session_id, now)?;
            return Ok(Presented::Reused { user_id: row.user_id, session_id });
        }
        store::use_refresh_token(tx, &hash, now)?;
        store::insert_refresh_token(tx, &next_hash, session_id, now)?;
        store::prolong_session(tx, session_id, now, (SESSION_FOR, lifetime))?;
        Ok(Presented::Good { user_id: row.user_id, session_id })
    });
    match presented.await? {
        Presented::Good { user_id, session_id } => {
            Ok(Tokens { access: state.keys.issue(user_id, session_id, now)?, refresh: next })
        }
        Presented::Reused { user_id, session_id } => {
            state.access.forget_session(session_id);
            access::announce(state, user_id);
            security_log::note(Event::RefreshTokenReused, user_id, None);
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
    let scope = hash.map_or(Scope::Global, |hash| Scope::key("refresh", &hash));
    let ended = state.db.write_essential(scope, move |tx| {
        let by_refresh = match hash {
            Some(hash) => store::refresh_token(tx, &hash, now)?.and_then(|row| row.session_id.parse::<Uuid>().ok()),
            None => None,
        };
        let Some(id) = by_refresh.or(by_access) else { return Ok(None) };
        let Some(session) = store::session_access(tx, id, now)? else { return Ok(None) };
        store::revoke_session(tx, session.user.id, id, now)?;
        Ok(Some((session.user.id, id)))
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
    let ended = state.db.write_essential(Scope::Account(user_id), move |tx| {
        match store::revoke_session(tx, user_id, id, now)? {
            0 => Err(ApiError::not_found("session")),
            _ => Ok(()),
        }
    });
    ended.await?;
    state.access.forget_session(id);
    access::announce(state, user_id);
    Ok(())
}

/// Ends all sessions but `keep`.
pub(super) async fn end_others(state: &AppState, user_id: i64, keep: Uuid) -> Result<(), ApiError> {
    let now = state.clock.now();
    state
        .db
        .write_essential(Scope::Account(user_id), move |tx| {
            Ok(store::revoke_other_sessions(tx, user_id, Some(keep), now)?)
        })
        .await?;
    state.access.forget();
    access::announce(state, user_id);
    Ok(())
}

fn over() -> ApiError {
    ApiError::new(Code::Unauthenticated, "The session is over. Please sign in.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use std::sync::Barrier;
    use std::thread;

    #[test]
    fn all_who_come_at_once_get_one_successor() {
        let successors = Successors::new();
        for token in 0..200_u8 {
            let together = Barrier::new(4);
            let given: HashSet<String> = thread::scope(|scope| {
                let come = || {
                    together.wait();
                    successors.of([token; 32]).unwrap()
                };
                let tabs: Vec<_> = (0..4).map(|_| scope.spawn(come)).collect();
                tabs.into_iter().map(|tab| tab.join().unwrap()).collect()
            });
            assert_eq!(given.len(), 1, "token {token}");
        }
    }
}

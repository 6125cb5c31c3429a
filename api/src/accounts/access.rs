//! Who may come in, remembered for a moment so that not every request asks the database.

use super::security_log::{self, Event};
use super::{random, store};
use crate::clock::timestamp;
use crate::db::Scope;
use crate::error::{ApiError, Code};
use crate::identity::{Access, Identity};
use crate::signals::Topic;
use crate::state::AppState;
use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use todo_contract::{DateOrder, Locale, TimeZoneName, TokenScope, WeekStart};
use uuid::Uuid;

/// What is ended in this process counts at once; this bounds what is ended by a command beside it.
const REMEMBERED_FOR: Duration = Duration::from_secs(15);
const REMEMBERED_MAX: u64 = 10_000;
/// How exact a token's last use is kept.
const TOUCH_AFTER: SignedDuration = SignedDuration::from_hours(1);
/// What begins a personal API token, so that people and scanners know one.
pub(super) const TOKEN_PREFIX: &str = "todo_pat_";

/// What a request shows.
#[derive(Clone)]
pub enum Credential {
    /// From the session's cookie.
    AccessToken(String),
    /// From `Authorization: Bearer`.
    ApiToken(String),
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Session(Uuid),
    Token([u8; 32]),
}

#[derive(Clone, Debug)]
struct Entry {
    identity: Identity,
    good_until: Timestamp,
}

/// Sessions and tokens that were found good a moment ago.
pub struct AccessCache {
    entries: Cache<Key, Entry>,
    // Counts what was ended, so that a row that was read before is not remembered after.
    ended: AtomicU64,
}

impl std::fmt::Debug for AccessCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AccessCache({} entries)", self.entries.entry_count())
    }
}

impl AccessCache {
    pub(crate) fn new() -> Self {
        let entries = Cache::builder().max_capacity(REMEMBERED_MAX).time_to_live(REMEMBERED_FOR).build();
        Self { entries, ended: AtomicU64::new(0) }
    }

    /// Forgets everything. To be called after the commit that ends or changes something.
    pub(super) fn forget(&self) {
        self.ended.fetch_add(1, Ordering::SeqCst);
        self.entries.invalidate_all();
    }

    /// Forgets one session.
    pub(super) fn forget_session(&self, id: Uuid) {
        self.ended.fetch_add(1, Ordering::SeqCst);
        self.entries.invalidate(&Key::Session(id));
    }

    fn remember(&self, key: Key, entry: Entry, ended_before: u64) {
        self.entries.insert(key.clone(), entry);
        if self.ended.load(Ordering::SeqCst) != ended_before {
            self.entries.invalidate(&key);
        }
    }
}

/// Whom `credential` speaks for.
///
/// # Errors
/// `unauthenticated`, or a fault of the database.
pub async fn identify(state: &AppState, credential: Credential) -> Result<Identity, ApiError> {
    let now = state.clock.now();
    let key = match &credential {
        Credential::AccessToken(token) => Key::Session(state.keys.session_of(token, now)?),
        Credential::ApiToken(token) if token.starts_with(TOKEN_PREFIX) => Key::Token(random::digest(token)),
        Credential::ApiToken(_) => return Err(ended()),
    };
    if let Some(entry) = state.access.entries.get(&key).filter(|entry| entry.good_until > now) {
        return Ok(entry.identity);
    }
    let ended_before = state.access.ended.load(Ordering::SeqCst);
    let entry = look_up(state, key.clone(), now).await?;
    state.access.remember(key, entry.clone(), ended_before);
    Ok(entry.identity)
}

/// Whether what `identity` came in with is still good, for what lasts longer than a request.
pub async fn may_go_on(state: &AppState, identity: &Identity) -> bool {
    let (user_id, access, now) = (identity.user_id, identity.access.clone(), state.clock.now());
    let found = state.db.read(move |connection| match access {
        Access::Session(id) => Ok(store::session_access(connection, id, now)?.is_some()),
        Access::Token { id, .. } => Ok(store::token_lasts(connection, user_id, id, now)?),
    });
    // An overloaded database ends no stream.
    found.await.unwrap_or(true)
}

async fn look_up(state: &AppState, key: Key, now: Timestamp) -> Result<Entry, ApiError> {
    match key {
        Key::Session(id) => {
            let row = state.db.read(move |connection| Ok(store::session_access(connection, id, now)?)).await?;
            let row = row.ok_or_else(ended)?;
            let identity = identity(row.user, Access::Session(id));
            Ok(Entry { identity, good_until: timestamp(row.expires_at) })
        }
        Key::Token(hash) => {
            let row = state.db.read(move |connection| Ok(store::token_access(connection, &hash)?)).await?;
            let row = row.ok_or_else(ended)?;
            let good_until = timestamp(row.expires_at);
            if good_until <= now {
                security_log::note(Event::TokenExpired, row.user.id, None);
                return Err(ApiError::new(Code::Unauthenticated, "This token has expired. Make a new one."));
            }
            touch(state, &row, now);
            let scope = if row.scope == "read" { TokenScope::Read } else { TokenScope::ReadWrite };
            let id = row.id.parse().map_err(ApiError::internal)?;
            let identity = identity(row.user, Access::Token { id, name: row.name, scope });
            Ok(Entry { identity, good_until })
        }
    }
}

fn identity(user: store::Speaker, access: Access) -> Identity {
    let time_zone = TimeZoneName::new(user.time_zone).unwrap_or_else(|_| TimeZoneName::utc());
    let week_start = WeekStart::named(&user.week_start).unwrap_or_default();
    let date_order = DateOrder::named(&user.date_order).unwrap_or_default();
    Identity { user_id: user.id, time_zone, locale: Locale { week_start, date_order }, access }
}

fn ended() -> ApiError {
    ApiError::new(Code::Unauthenticated, "This session or token is not known, or was ended.")
}

/// Notes the use of a token, apart from the request: it may fail without harm.
fn touch(state: &AppState, row: &store::TokenAccess, now: Timestamp) {
    let recent = row.last_used_at.is_some_and(|at| now.duration_since(timestamp(at)) < TOUCH_AFTER);
    if recent {
        return;
    }
    let (db, id, user_id) = (state.db.clone(), row.id.clone(), row.user.id);
    state.spawn(async move {
        let noted = db.write(Scope::Account(user_id), move |tx| Ok(store::touch_token(tx, &id, now)?)).await;
        if let Err(error) = noted {
            tracing::warn!(%error, "the use of a token was not noted");
        }
    });
}

/// Tells streams of `user_id` to look whether they may go on.
pub(super) fn announce(state: &AppState, user_id: i64) {
    state.signals.wake(Topic::Access(user_id));
}

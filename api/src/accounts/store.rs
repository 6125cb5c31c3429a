//! The tables of accounts, sessions and tokens.

use crate::clock::timestamp;
use crate::error::ApiError;
use crate::schema::{api_tokens, refresh_tokens, sessions, users};
use crate::words::from_word;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use jiff::{SignedDuration, Timestamp};
use todo_contract::{
    Account, ApiTokenInfo, DateOrder, Email, PersonName, SessionInfo, TimeZoneName, TokenScope, WeekStart,
};
use uuid::Uuid;

#[derive(Queryable, Selectable)]
#[diesel(table_name = users)]
pub(super) struct UserRow {
    id: i64,
    email: String,
    name: Option<String>,
    time_zone: String,
    week_start: String,
    date_order: String,
    role: String,
    pub(super) password_hash: String,
    created_at: i64,
}

impl UserRow {
    pub(super) fn account(self) -> Result<Account, ApiError> {
        let stored = |error: todo_contract::InvalidText| ApiError::internal(error);
        Ok(Account {
            id: self.id,
            email: Email::new(self.email).map_err(stored)?,
            name: self.name.map(PersonName::new).transpose().map_err(stored)?,
            time_zone: TimeZoneName::new(self.time_zone).map_err(stored)?,
            week_start: from_word(&self.week_start)?,
            date_order: from_word(&self.date_order)?,
            role: from_word(&self.role)?,
            created_at: timestamp(self.created_at),
            storage: None,
        })
    }
}

#[derive(Insertable)]
#[diesel(table_name = users)]
pub(super) struct NewUser {
    pub(super) email: String,
    pub(super) name: Option<String>,
    pub(super) time_zone: String,
    pub(super) week_start: &'static str,
    pub(super) date_order: &'static str,
    pub(super) role: &'static str,
    pub(super) password_hash: String,
    pub(super) created_at: i64,
}

pub(super) fn insert_user(c: &mut SqliteConnection, user: &NewUser) -> QueryResult<UserRow> {
    diesel::insert_into(users::table).values(user).returning(UserRow::as_returning()).get_result(c)
}

pub(super) fn user_by_email(c: &mut SqliteConnection, email: &str) -> QueryResult<Option<UserRow>> {
    users::table
        .filter(users::email.eq(email))
        .filter(users::deleted_at.is_null())
        .select(UserRow::as_select())
        .first(c)
        .optional()
}

pub(super) fn user(c: &mut SqliteConnection, id: i64) -> QueryResult<Option<UserRow>> {
    users::table.find(id).filter(users::deleted_at.is_null()).select(UserRow::as_select()).first(c).optional()
}

/// Whether there is an account.
pub(super) fn has_users(c: &mut SqliteConnection) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(users::table.filter(users::deleted_at.is_null()))).get_result(c)
}

pub(super) fn all_users(c: &mut SqliteConnection) -> QueryResult<Vec<UserRow>> {
    users::table.filter(users::deleted_at.is_null()).order(users::id).select(UserRow::as_select()).load(c)
}

pub(super) fn set_name(c: &mut SqliteConnection, id: i64, name: Option<&str>) -> QueryResult<usize> {
    diesel::update(users::table.find(id)).set(users::name.eq(name)).execute(c)
}

pub(super) fn set_time_zone(c: &mut SqliteConnection, id: i64, zone: &str) -> QueryResult<usize> {
    diesel::update(users::table.find(id)).set(users::time_zone.eq(zone)).execute(c)
}

pub(super) fn set_week_start(c: &mut SqliteConnection, id: i64, day: WeekStart) -> QueryResult<usize> {
    diesel::update(users::table.find(id)).set(users::week_start.eq(day.as_str())).execute(c)
}

pub(super) fn set_date_order(c: &mut SqliteConnection, id: i64, order: DateOrder) -> QueryResult<usize> {
    diesel::update(users::table.find(id)).set(users::date_order.eq(order.as_str())).execute(c)
}

pub(super) fn set_password(c: &mut SqliteConnection, id: i64, hash: &str) -> QueryResult<usize> {
    diesel::update(users::table.find(id)).set(users::password_hash.eq(hash)).execute(c)
}

/// All that belongs to the account goes with it.
pub(super) fn delete_user(c: &mut SqliteConnection, id: i64) -> QueryResult<usize> {
    let deleted = diesel::delete(users::table.find(id)).execute(c)?;
    ensure_owner(c)?;
    Ok(deleted)
}

/// Where the owner went, makes the oldest account that is left the owner.
pub(super) fn ensure_owner(c: &mut SqliteConnection) -> QueryResult<usize> {
    let left = || users::table.filter(users::deleted_at.is_null());
    let owner: Option<i64> = left().filter(users::role.eq("owner")).select(users::id).first(c).optional()?;
    let oldest: Option<i64> = left().order(users::id).select(users::id).first(c).optional()?;
    match (owner, oldest) {
        (None, Some(id)) => diesel::update(users::table.find(id)).set(users::role.eq("owner")).execute(c),
        _ => Ok(0),
    }
}

pub(super) fn insert_session(
    c: &mut SqliteConnection,
    id: Uuid,
    user_id: i64,
    user_agent: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> QueryResult<usize> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(id.to_string()),
            sessions::user_id.eq(user_id),
            sessions::user_agent.eq(user_agent),
            sessions::created_at.eq(now.as_microsecond()),
            sessions::last_used_at.eq(now.as_microsecond()),
            sessions::expires_at.eq(expires_at.as_microsecond()),
            sessions::authenticated_at.eq(now.as_microsecond()),
        ))
        .execute(c)
}

/// When the password was last given in this session.
pub(super) fn authenticated_at(c: &mut SqliteConnection, id: Uuid) -> QueryResult<Option<i64>> {
    sessions::table.find(id.to_string()).select(sessions::authenticated_at).first(c).optional()
}

pub(super) fn set_authenticated(c: &mut SqliteConnection, id: Uuid, now: Timestamp) -> QueryResult<usize> {
    diesel::update(sessions::table.find(id.to_string()))
        .set(sessions::authenticated_at.eq(now.as_microsecond()))
        .execute(c)
}

/// Ends the sessions of the account but for the `keep` newest.
pub(super) fn revoke_oldest_sessions(
    c: &mut SqliteConnection,
    user_id: i64,
    keep: i64,
    now: Timestamp,
) -> QueryResult<usize> {
    let oldest: Vec<String> = sessions::table
        .filter(sessions::user_id.eq(user_id))
        .filter(sessions::revoked_at.is_null())
        .order(sessions::id.desc())
        .offset(keep)
        .limit(1_000)
        .select(sessions::id)
        .load(c)?;
    diesel::update(sessions::table.filter(sessions::id.eq_any(oldest)))
        .set(sessions::revoked_at.eq(now.as_microsecond()))
        .execute(c)
}

/// Whom a session or a token speaks for.
#[derive(Queryable, Selectable)]
#[diesel(table_name = users)]
pub(super) struct Speaker {
    pub(super) id: i64,
    pub(super) time_zone: String,
    pub(super) week_start: String,
    pub(super) date_order: String,
}

#[derive(Queryable)]
pub(super) struct SessionAccess {
    pub(super) user: Speaker,
    pub(super) expires_at: i64,
}

/// The session, if it lasts at `now`.
pub(super) fn session_access(c: &mut SqliteConnection, id: Uuid, now: Timestamp) -> QueryResult<Option<SessionAccess>> {
    sessions::table
        .inner_join(users::table)
        .filter(sessions::id.eq(id.to_string()))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(now.as_microsecond()))
        .filter(users::deleted_at.is_null())
        .select((Speaker::as_select(), sessions::expires_at))
        .first(c)
        .optional()
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub(super) struct SessionRow {
    id: String,
    user_agent: String,
    created_at: i64,
    last_used_at: i64,
}

impl SessionRow {
    pub(super) fn info(self, current: Uuid) -> Result<SessionInfo, ApiError> {
        let id = self.id.parse().map_err(ApiError::internal)?;
        Ok(SessionInfo {
            id,
            user_agent: self.user_agent,
            current: id == current,
            created_at: timestamp(self.created_at),
            last_used_at: timestamp(self.last_used_at),
        })
    }
}

pub(super) fn sessions(c: &mut SqliteConnection, user_id: i64, now: Timestamp) -> QueryResult<Vec<SessionRow>> {
    sessions::table
        .filter(sessions::user_id.eq(user_id))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(now.as_microsecond()))
        .order(sessions::id.desc())
        .select(SessionRow::as_select())
        .load(c)
}

pub(super) fn revoke_session(c: &mut SqliteConnection, user_id: i64, id: Uuid, now: Timestamp) -> QueryResult<usize> {
    let lasting = sessions::table
        .filter(sessions::id.eq(id.to_string()))
        .filter(sessions::user_id.eq(user_id))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(now.as_microsecond()));
    diesel::update(lasting).set(sessions::revoked_at.eq(now.as_microsecond())).execute(c)
}

pub(super) fn revoke_other_sessions(
    c: &mut SqliteConnection,
    user_id: i64,
    keep: Option<Uuid>,
    now: Timestamp,
) -> QueryResult<usize> {
    let keep = keep.map(|id| id.to_string()).unwrap_or_default();
    let others = sessions::table
        .filter(sessions::user_id.eq(user_id))
        .filter(sessions::id.ne(keep))
        .filter(sessions::revoked_at.is_null());
    diesel::update(others).set(sessions::revoked_at.eq(now.as_microsecond())).execute(c)
}

pub(super) fn prolong_session(
    c: &mut SqliteConnection,
    id: Uuid,
    now: Timestamp,
    (idle, lifetime): (SignedDuration, SignedDuration),
) -> QueryResult<usize> {
    let created_at: i64 = sessions::table.find(id.to_string()).select(sessions::created_at).first(c)?;
    let expires_at = (now + idle).min(timestamp(created_at) + lifetime);
    diesel::update(sessions::table.find(id.to_string()))
        .set((sessions::last_used_at.eq(now.as_microsecond()), sessions::expires_at.eq(expires_at.as_microsecond())))
        .execute(c)
}

/// Deletes at most `limit` sessions that ended before `before`, and their refresh tokens.
///
/// # Errors
/// The database's.
pub fn purge_ended_sessions(c: &mut SqliteConnection, before: Timestamp, limit: i64) -> QueryResult<usize> {
    let before = before.as_microsecond();
    let ended: Vec<String> = sessions::table
        .filter(sessions::expires_at.lt(before).or(sessions::revoked_at.lt(before)))
        .select(sessions::id)
        .limit(limit)
        .load(c)?;
    diesel::delete(sessions::table.filter(sessions::id.eq_any(ended))).execute(c)
}

pub(super) fn insert_refresh_token(
    c: &mut SqliteConnection,
    hash: &[u8; 32],
    session_id: Uuid,
    now: Timestamp,
) -> QueryResult<usize> {
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::hash.eq(hash.as_slice()),
            refresh_tokens::session_id.eq(session_id.to_string()),
            refresh_tokens::created_at.eq(now.as_microsecond()),
        ))
        .execute(c)
}

#[derive(Queryable)]
pub(super) struct RefreshToken {
    pub(super) session_id: String,
    pub(super) user_id: i64,
    pub(super) used_at: Option<i64>,
}

/// A refresh token of a session that lasts at `now`, used or not.
pub(super) fn refresh_token(
    c: &mut SqliteConnection,
    hash: &[u8; 32],
    now: Timestamp,
) -> QueryResult<Option<RefreshToken>> {
    refresh_tokens::table
        .inner_join(sessions::table)
        .filter(refresh_tokens::hash.eq(hash.as_slice()))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(now.as_microsecond()))
        .select((sessions::id, sessions::user_id, refresh_tokens::used_at))
        .first(c)
        .optional()
}

pub(super) fn use_refresh_token(c: &mut SqliteConnection, hash: &[u8; 32], now: Timestamp) -> QueryResult<usize> {
    diesel::update(refresh_tokens::table.find(hash.as_slice()))
        .set(refresh_tokens::used_at.eq(now.as_microsecond()))
        .execute(c)
}

#[derive(Queryable)]
pub(super) struct TokenAccess {
    pub(super) id: String,
    pub(super) user: Speaker,
    pub(super) name: String,
    pub(super) scope: String,
    pub(super) last_used_at: Option<i64>,
    pub(super) expires_at: i64,
}

pub(super) fn token_access(c: &mut SqliteConnection, hash: &[u8; 32]) -> QueryResult<Option<TokenAccess>> {
    api_tokens::table
        .inner_join(users::table)
        .filter(api_tokens::hash.eq(hash.as_slice()))
        .select((
            api_tokens::id,
            Speaker::as_select(),
            api_tokens::name,
            api_tokens::scope,
            api_tokens::last_used_at,
            api_tokens::expires_at,
        ))
        .first(c)
        .optional()
}

/// Whether the token is there and has not ended at `now`.
pub(super) fn token_lasts(c: &mut SqliteConnection, user_id: i64, id: Uuid, now: Timestamp) -> QueryResult<bool> {
    let own = api_tokens::table
        .filter(api_tokens::id.eq(id.to_string()))
        .filter(api_tokens::user_id.eq(user_id))
        .filter(api_tokens::expires_at.gt(now.as_microsecond()));
    diesel::select(diesel::dsl::exists(own)).get_result(c)
}

pub(super) fn touch_token(c: &mut SqliteConnection, id: &str, now: Timestamp) -> QueryResult<usize> {
    diesel::update(api_tokens::table.find(id)).set(api_tokens::last_used_at.eq(now.as_microsecond())).execute(c)
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = api_tokens)]
pub(super) struct TokenRow {
    pub(super) id: String,
    pub(super) user_id: i64,
    pub(super) name: String,
    pub(super) scope: String,
    pub(super) hash: Vec<u8>,
    pub(super) created_at: i64,
    pub(super) last_used_at: Option<i64>,
    pub(super) expires_at: i64,
}

impl TokenRow {
    pub(super) fn info(self) -> Result<ApiTokenInfo, ApiError> {
        Ok(ApiTokenInfo {
            id: self.id.parse().map_err(ApiError::internal)?,
            name: self.name,
            scope: if self.scope == "read" { TokenScope::Read } else { TokenScope::ReadWrite },
            created_at: timestamp(self.created_at),
            last_used_at: self.last_used_at.map(timestamp),
            expires_at: timestamp(self.expires_at),
        })
    }
}

pub(super) fn insert_token(c: &mut SqliteConnection, token: &TokenRow) -> QueryResult<usize> {
    diesel::insert_into(api_tokens::table).values(token).execute(c)
}

pub(super) fn tokens(c: &mut SqliteConnection, user_id: i64) -> QueryResult<Vec<TokenRow>> {
    api_tokens::table
        .filter(api_tokens::user_id.eq(user_id))
        .order(api_tokens::id.desc())
        .select(TokenRow::as_select())
        .load(c)
}

pub(super) fn count_tokens(c: &mut SqliteConnection, user_id: i64) -> QueryResult<i64> {
    api_tokens::table.filter(api_tokens::user_id.eq(user_id)).count().get_result(c)
}

pub(super) fn delete_token(c: &mut SqliteConnection, user_id: i64, id: Uuid) -> QueryResult<usize> {
    let own = api_tokens::table.filter(api_tokens::id.eq(id.to_string())).filter(api_tokens::user_id.eq(user_id));
    diesel::delete(own).execute(c)
}

/// Ends all tokens of the account.
pub(super) fn delete_tokens(c: &mut SqliteConnection, user_id: i64) -> QueryResult<usize> {
    diesel::delete(api_tokens::table.filter(api_tokens::user_id.eq(user_id))).execute(c)
}

//! Invitations: who may sign up where registration is not open. The owner makes them; each is good once.

use super::security_log::{self, Event, Origin};
use super::{random, reauthentication, store};
use crate::clock::timestamp;
use crate::db::{Connection, Scope};
use crate::error::{ApiError, Code};
use crate::schema::invitations;
use crate::state::AppState;
use diesel::prelude::*;
use jiff::{SignedDuration, Timestamp};
use todo_contract::account::{InvitationCreated, InvitationInfo, InvitationRequest, Role};
use uuid::Uuid;

const INVITATIONS_MAX: i64 = 100;
const DAYS_MAX: u16 = 30;
const DAYS: u16 = 7;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = invitations)]
struct Row {
    id: String,
    user_id: i64,
    hash: Vec<u8>,
    created_at: i64,
    expires_at: i64,
}

impl Row {
    fn info(self) -> Result<InvitationInfo, ApiError> {
        Ok(InvitationInfo {
            id: self.id.parse().map_err(ApiError::internal)?,
            created_at: timestamp(self.created_at),
            expires_at: timestamp(self.expires_at),
        })
    }
}

/// Makes an invitation in the name of the owner who asks in this session.
pub(super) async fn create(
    state: &AppState,
    user_id: i64,
    session_id: Uuid,
    request: InvitationRequest,
    origin: &Origin,
) -> Result<InvitationCreated, ApiError> {
    let days = request.expires_in_days.unwrap_or(DAYS);
    if !(1..=DAYS_MAX).contains(&days) {
        return Err(ApiError::field("expires_in_days", format!("must be 1 to {DAYS_MAX}")));
    }
    reauthentication::require(state, session_id).await?;
    let now = state.clock.now();
    let made = state.db.write(Scope::Account(user_id), move |tx| {
        require_owner(tx, user_id)?;
        make(tx, user_id, now, i64::from(days))
    });
    let made = made.await?;
    security_log::note(Event::InvitationMade, user_id, Some(origin));
    Ok(made)
}

/// Makes an invitation in the name of `user_id`.
///
/// # Errors
/// `limit_reached`, or a fault of the database.
pub(super) fn make(
    tx: &mut Connection,
    user_id: i64,
    now: Timestamp,
    days: i64,
) -> Result<InvitationCreated, ApiError> {
    let open: i64 = invitations::table.filter(invitations::user_id.eq(user_id)).count().get_result(tx)?;
    if open >= INVITATIONS_MAX {
        let detail = format!("There may be {INVITATIONS_MAX} invitations at a time. Revoke one first.");
        return Err(ApiError::new(Code::LimitReached, detail));
    }
    let token = random::secret()?;
    let row = Row {
        id: Uuid::now_v7().to_string(),
        user_id,
        hash: random::digest(&token).to_vec(),
        created_at: now.as_microsecond(),
        expires_at: (now + SignedDuration::from_hours(24 * days)).as_microsecond(),
    };
    diesel::insert_into(invitations::table).values(&row).execute(tx)?;
    Ok(InvitationCreated { path: format!("/join/{token}"), token, info: row.info()? })
}

/// The invitations that can still be used, newest first.
pub(super) async fn list(state: &AppState, user_id: i64) -> Result<Vec<InvitationInfo>, ApiError> {
    let now = state.clock.now();
    let rows: Vec<Row> = state
        .db
        .read(move |connection| {
            require_owner(connection, user_id)?;
            let open = invitations::table
                .filter(invitations::user_id.eq(user_id))
                .filter(invitations::expires_at.gt(now.as_microsecond()));
            Ok(open.order(invitations::id.desc()).select(Row::as_select()).load(connection)?)
        })
        .await?;
    rows.into_iter().map(Row::info).collect()
}

/// Makes an invitation useless.
pub(super) async fn revoke(state: &AppState, user_id: i64, id: Uuid, origin: &Origin) -> Result<(), ApiError> {
    let revoked = state.db.write_essential(Scope::Account(user_id), move |tx| {
        let own =
            invitations::table.filter(invitations::id.eq(id.to_string())).filter(invitations::user_id.eq(user_id));
        match diesel::delete(own).execute(&mut **tx)? {
            0 => Err(ApiError::not_found("invitation")),
            _ => Ok(()),
        }
    });
    revoked.await?;
    security_log::note(Event::InvitationRevoked, user_id, Some(origin));
    Ok(())
}

/// Uses an invitation up; whether it was good.
pub(super) fn redeem(tx: &mut Connection, token: &str, now: Timestamp) -> QueryResult<bool> {
    let good = invitations::table
        .filter(invitations::hash.eq(random::digest(token).to_vec()))
        .filter(invitations::expires_at.gt(now.as_microsecond()));
    Ok(diesel::delete(good).execute(tx)? > 0)
}

/// Drops at most `limit` that can no longer be used.
///
/// # Errors
/// The database's.
pub fn purge_invitations(tx: &mut Connection, now: Timestamp, limit: i64) -> QueryResult<usize> {
    let old: Vec<String> = invitations::table
        .filter(invitations::expires_at.lt(now.as_microsecond()))
        .select(invitations::id)
        .limit(limit)
        .load(tx)?;
    diesel::delete(invitations::table.filter(invitations::id.eq_any(old))).execute(tx)
}

fn require_owner(c: &mut Connection, user_id: i64) -> Result<(), ApiError> {
    let account = store::user(c, user_id)?.ok_or_else(|| ApiError::not_found("account"))?.account()?;
    match account.role {
        Role::Owner => Ok(()),
        Role::Member => Err(ApiError::new(Code::Forbidden, "Only the owner of this server may invite others.")),
    }
}

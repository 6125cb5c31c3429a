//! The rules of accounts.

use super::session::Tokens;
use super::store::NewUser;
use super::{access, passwords, removal, session, store};
use crate::config::Registration as WhoMay;
use crate::db::{Connection, Scope};
use crate::error::{ApiError, Code};
use crate::state::AppState;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use todo_contract::account::{AccountDeletion, PasswordChange};
use todo_contract::{
    Account, AccountPatch, Credentials, DateOrder, Email, Password, PersonName, Registration, TimeZoneName, WeekStart,
};
use uuid::Uuid;

pub(super) async fn register(
    state: &AppState,
    registration: Registration,
    user_agent: &str,
) -> Result<(Account, Tokens), ApiError> {
    if state.settings.registration == WhoMay::Closed {
        let detail = "Ask whoever runs this server for an account.";
        return Err(ApiError::new(Code::RegistrationClosed, detail));
    }
    let Registration { email, password, time_zone, week_start, date_order, name } = registration;
    let time_zone = time_zone.unwrap_or_else(TimeZoneName::utc);
    check_zone(&time_zone)?;
    let user = NewUser {
        email: email.into(),
        name: name.map(String::from),
        time_zone: time_zone.into(),
        week_start: week_start.unwrap_or_default().as_str(),
        date_order: date_order.unwrap_or_default().as_str(),
        password_hash: state.passwords.hash(String::from(password)).await?,
        created_at: state.clock.now().as_microsecond(),
    };
    let account = state.db.write(Scope::Global, move |tx| insert(tx, &user)).await?;
    let tokens = session::begin(state, &account, user_agent).await?;
    Ok((account, tokens))
}

/// Adds an account from the command line.
///
/// # Errors
/// `email_taken`, or a fault of the database.
pub fn add_from_command_line(
    tx: &mut Connection,
    email: Email,
    password: &Password,
    now: Timestamp,
) -> Result<Account, ApiError> {
    let user = NewUser {
        email: email.into(),
        name: None,
        time_zone: TimeZoneName::utc().into(),
        week_start: WeekStart::default().as_str(),
        date_order: DateOrder::default().as_str(),
        password_hash: passwords::hash(password.as_str())?,
        created_at: now.as_microsecond(),
    };
    insert(tx, &user)
}

fn insert(c: &mut Connection, user: &NewUser) -> Result<Account, ApiError> {
    if store::user_by_email(c, &user.email)?.is_some() {
        return Err(ApiError::new(Code::EmailTaken, "Sign in, or register with another address."));
    }
    store::insert_user(c, user)?.account()
}

pub(super) async fn login(
    state: &AppState,
    credentials: Credentials,
    user_agent: &str,
) -> Result<(Account, Tokens), ApiError> {
    let email = credentials.email.trim().to_lowercase();
    let row = state.db.read(move |connection| Ok(store::user_by_email(connection, &email)?)).await?;
    let hash = row.as_ref().map(|row| row.password_hash.clone());
    let good = state.passwords.verify(credentials.password, hash).await?;
    let row = row.filter(|_| good).ok_or_else(|| {
        ApiError::new(Code::InvalidCredentials, "Check both and try again. Capitals matter in the password.")
    })?;
    let account = row.account()?;
    let tokens = session::begin(state, &account, user_agent).await?;
    Ok((account, tokens))
}

/// The account itself.
///
/// # Errors
/// It was deleted, or a fault of the database.
pub(crate) async fn account(state: &AppState, user_id: i64) -> Result<Account, ApiError> {
    let row = state.db.read(move |connection| Ok(store::user(connection, user_id)?)).await?;
    row.ok_or_else(gone)?.account()
}

pub(super) async fn change(state: &AppState, user_id: i64, patch: AccountPatch) -> Result<Account, ApiError> {
    if let Some(zone) = &patch.time_zone {
        check_zone(zone)?;
    }
    let changed = state.db.write(Scope::Account(user_id), move |tx| {
        if let Some(name) = &patch.name {
            store::set_name(tx, user_id, name.as_ref().map(PersonName::as_str))?;
        }
        if let Some(zone) = &patch.time_zone {
            store::set_time_zone(tx, user_id, zone.as_str())?;
        }
        if let Some(day) = patch.week_start {
            store::set_week_start(tx, user_id, day)?;
        }
        if let Some(order) = patch.date_order {
            store::set_date_order(tx, user_id, order)?;
        }
        store::user(tx, user_id)?.ok_or_else(gone)?.account()
    });
    let account = changed.await?;
    state.access.forget();
    Ok(account)
}

/// Changes the password and ends every other session.
pub(super) async fn change_password(
    state: &AppState,
    user_id: i64,
    session_id: Uuid,
    change: PasswordChange,
) -> Result<(), ApiError> {
    verify(state, user_id, change.current_password, "current_password").await?;
    let hash = state.passwords.hash(String::from(change.new_password)).await?;
    let now = state.clock.now();
    let changed = state.db.write_essential(Scope::Account(user_id), move |tx| {
        store::set_password(tx, user_id, &hash)?;
        Ok(store::revoke_other_sessions(tx, user_id, Some(session_id), now)?)
    });
    changed.await?;
    state.access.forget();
    access::announce(state, user_id);
    Ok(())
}

/// Sets a password from the command line and ends all sessions; API tokens stay.
///
/// # Errors
/// `not_found`, or a fault of the database.
pub fn reset_password(tx: &mut Connection, email: &Email, password: &Password, now: Timestamp) -> Result<(), ApiError> {
    let account = account_of(tx, email)?;
    store::set_password(tx, account.id, &passwords::hash(password.as_str())?)?;
    store::revoke_other_sessions(tx, account.id, None, now)?;
    Ok(())
}

/// Deletes an account from the command line.
///
/// # Errors
/// `not_found`, or a fault of the database.
pub fn delete_from_command_line(tx: &mut Connection, email: &Email) -> Result<(), ApiError> {
    let account = account_of(tx, email)?;
    store::delete_user(tx, account.id)?;
    Ok(())
}

/// All accounts, oldest first.
///
/// # Errors
/// A fault of the database.
pub fn all(connection: &mut Connection) -> Result<Vec<Account>, ApiError> {
    store::all_users(connection)?.into_iter().map(store::UserRow::account).collect()
}

/// Deletes the account and all that is its own.
pub(super) async fn delete(state: &AppState, user_id: i64, deletion: AccountDeletion) -> Result<(), ApiError> {
    verify(state, user_id, deletion.password, "password").await?;
    let now = state.clock.now();
    state.db.write_essential(Scope::Account(user_id), move |tx| removal::begin(tx, user_id, now)).await?;
    state.access.forget();
    access::announce(state, user_id);
    Ok(())
}

/// Asks for the password again within a session.
async fn verify(state: &AppState, user_id: i64, password: String, field: &str) -> Result<(), ApiError> {
    let row = state.db.read(move |connection| Ok(store::user(connection, user_id)?)).await?.ok_or_else(gone)?;
    match state.passwords.verify(password, Some(row.password_hash)).await? {
        true => Ok(()),
        false => Err(ApiError::field(field, "this is not your password")),
    }
}

fn account_of(connection: &mut Connection, email: &Email) -> Result<Account, ApiError> {
    store::user_by_email(connection, email.as_str())?.ok_or_else(|| ApiError::not_found("account"))?.account()
}

fn check_zone(zone: &TimeZoneName) -> Result<(), ApiError> {
    match TimeZone::get(zone.as_str()) {
        Ok(_) => Ok(()),
        Err(_) => Err(ApiError::field("time_zone", "is not a time zone; an example: Europe/Berlin")),
    }
}

fn gone() -> ApiError {
    ApiError::new(Code::Unauthenticated, "The account was deleted.")
}

//! The rules of accounts.

use super::attempts::Attempt;
use super::security_log::{self, Event, Origin};
use super::session::Tokens;
use super::store::NewUser;
use super::{access, invitations, passwords, removal, session, store};
use crate::config::Registration as WhoMay;
use crate::db::{Connection, Scope};
use crate::error::{ApiError, Code};
use crate::state::AppState;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use todo_contract::account::{AccountDeletion, InvitationCreated, PasswordChange, RegistrationState, Role};
use todo_contract::{
    Account, AccountPatch, Credentials, DateOrder, Email, Password, PersonName, Registration, TimeZoneName, WeekStart,
};
use uuid::Uuid;

/// Who may register, as a visitor meets it.
pub(super) async fn registration(state: &AppState) -> Result<RegistrationState, ApiError> {
    Ok(match state.settings.registration {
        WhoMay::Open => RegistrationState::Open,
        WhoMay::Closed => RegistrationState::Closed,
        WhoMay::Invite if state.db.read(|connection| Ok(store::has_users(connection)?)).await? => {
            RegistrationState::Invite
        }
        WhoMay::Invite => RegistrationState::First,
    })
}

/// Refuses who may not register, and uses an invitation up. The first account owns the server.
fn admit(tx: &mut Connection, who: WhoMay, invitation: Option<&str>, now: Timestamp) -> Result<Role, ApiError> {
    let refused = |detail| Err(ApiError::new(Code::RegistrationClosed, detail));
    let first = !store::has_users(tx)?;
    match who {
        WhoMay::Closed => return refused("Ask whoever runs this server for an account."),
        WhoMay::Invite if !first => match invitation {
            None => return refused("An invitation is needed. Ask the owner of this server for one."),
            Some(token) if !invitations::redeem(tx, token, now)? => {
                return refused("This invitation was used, was revoked or has expired. Ask for another one.");
            }
            Some(_) => {}
        },
        WhoMay::Open | WhoMay::Invite => {}
    }
    Ok(if first { Role::Owner } else { Role::Member })
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Owner => "owner",
        Role::Member => "member",
    }
}

pub(super) async fn register(
    state: &AppState,
    registration: Registration,
    origin: &Origin,
) -> Result<(Account, Tokens), ApiError> {
    let may = match self::registration(state).await? {
        RegistrationState::Closed => false,
        RegistrationState::Invite => registration.invitation.is_some(),
        RegistrationState::Open | RegistrationState::First => true,
    };
    if !may {
        security_log::note(Event::SignUpRefused, None, Some(origin));
        let (who, now) = (state.settings.registration, state.clock.now());
        // The words are those of the check within the write.
        state.db.read(move |connection| admit(connection, who, None, now)).await?;
    }
    let Registration { email, password, time_zone, week_start, date_order, name, invitation } = registration;
    let time_zone = time_zone.unwrap_or_else(TimeZoneName::utc);
    check_zone(&time_zone)?;
    let own = vec![email.as_str().to_owned(), name.as_ref().map(|name| name.as_str().to_owned()).unwrap_or_default()];
    let now = state.clock.now();
    let mut user = NewUser {
        email: email.into(),
        name: name.map(String::from),
        time_zone: time_zone.into(),
        week_start: week_start.unwrap_or_default().as_str(),
        date_order: date_order.unwrap_or_default().as_str(),
        role: role_word(Role::Member),
        password_hash: state.passwords.hash_new(String::from(password), own, "password").await?,
        created_at: now.as_microsecond(),
    };
    let who = state.settings.registration;
    // Global: of two who come first at once, one is the first.
    let account = state.db.write(Scope::Global, move |tx| {
        user.role = role_word(admit(tx, who, invitation.as_deref(), now)?);
        insert(tx, &user)
    });
    let account = account.await?;
    security_log::note(Event::SignUp, account.id, Some(origin));
    let tokens = session::begin(state, &account, origin).await?;
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
    passwords::check(password.as_str(), &[email.as_str().to_owned()], "password")?;
    let role = if store::has_users(tx)? { Role::Member } else { Role::Owner };
    let user = NewUser {
        email: email.into(),
        name: None,
        time_zone: TimeZoneName::utc().into(),
        week_start: WeekStart::default().as_str(),
        date_order: DateOrder::default().as_str(),
        role: role_word(role),
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

/// Invites somebody from the command line, in the name of the owner.
///
/// # Errors
/// `not_found` if there is no account yet, `limit_reached`, or a fault of the database.
pub fn invite_from_command_line(tx: &mut Connection, now: Timestamp, days: u16) -> Result<InvitationCreated, ApiError> {
    let owner = all(tx)?.into_iter().find(|account| account.role == Role::Owner);
    invitations::make(tx, owner.ok_or_else(|| ApiError::not_found("owner"))?.id, now, i64::from(days))
}

pub(super) async fn login(
    state: &AppState,
    credentials: Credentials,
    device: Option<&str>,
    origin: &Origin,
) -> Result<(Account, Tokens), ApiError> {
    let email = credentials.email.trim().to_lowercase();
    let attempt = Attempt::new(&email, origin.address, device);
    if let Err(error) = attempt.begin(state).await {
        security_log::note(Event::SignInDelayed, None, Some(origin));
        return Err(error);
    }
    let row = state.db.read(move |connection| Ok(store::user_by_email(connection, &email)?)).await?;
    let hash = row.as_ref().map(|row| row.password_hash.clone());
    let good = state.passwords.verify(credentials.password, hash).await?;
    let account = row.map(store::UserRow::account).transpose()?;
    let Some(account) = account.clone().filter(|_| good) else {
        security_log::note(Event::SignInFailed, account.map(|account| account.id), Some(origin));
        let detail = "Check both and try again. Capitals matter in the password.";
        return Err(ApiError::new(Code::InvalidCredentials, detail));
    };
    let now = state.clock.now();
    state.db.write_essential(Scope::Account(account.id), move |tx| attempt.succeeded(tx, now)).await?;
    let tokens = session::begin(state, &account, origin).await?;
    security_log::note(Event::SignIn, account.id, Some(origin));
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

/// Changes the password and ends every other session and all API tokens.
pub(super) async fn change_password(
    state: &AppState,
    user_id: i64,
    session_id: Uuid,
    change: PasswordChange,
    origin: &Origin,
) -> Result<(), ApiError> {
    verify(state, user_id, change.current_password, "current_password").await?;
    let account = account(state, user_id).await?;
    let own = vec![account.email.as_str().to_owned(), account.name.map(String::from).unwrap_or_default()];
    let hash = state.passwords.hash_new(String::from(change.new_password), own, "new_password").await?;
    let now = state.clock.now();
    let changed = state.db.write_essential(Scope::Account(user_id), move |tx| {
        store::set_password(tx, user_id, &hash)?;
        store::set_authenticated(tx, session_id, now)?;
        store::delete_tokens(tx, user_id)?;
        Ok(store::revoke_other_sessions(tx, user_id, Some(session_id), now)?)
    });
    changed.await?;
    security_log::note(Event::PasswordChanged, user_id, Some(origin));
    state.access.forget();
    access::announce(state, user_id);
    Ok(())
}

/// Sets a password from the command line and ends all sessions and API tokens.
///
/// # Errors
/// `not_found`, or a fault of the database.
pub fn reset_password(tx: &mut Connection, email: &Email, password: &Password, now: Timestamp) -> Result<(), ApiError> {
    let account = account_of(tx, email)?;
    passwords::check(password.as_str(), &[email.as_str().to_owned()], "password")?;
    store::set_password(tx, account.id, &passwords::hash(password.as_str())?)?;
    store::delete_tokens(tx, account.id)?;
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

/// Deletes the account and all that is its own. Where the owner goes, the oldest account owns the server.
pub(super) async fn delete(
    state: &AppState,
    user_id: i64,
    deletion: AccountDeletion,
    origin: &Origin,
) -> Result<(), ApiError> {
    verify(state, user_id, deletion.password, "password").await?;
    let now = state.clock.now();
    state.db.write_essential(Scope::Account(user_id), move |tx| removal::begin(tx, user_id, now)).await?;
    security_log::note(Event::AccountDeleted, user_id, Some(origin));
    state.access.forget();
    access::announce(state, user_id);
    Ok(())
}

/// Asks for the password again within a session.
pub(super) async fn verify(state: &AppState, user_id: i64, password: String, field: &str) -> Result<(), ApiError> {
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

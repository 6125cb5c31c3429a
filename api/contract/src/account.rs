//! Accounts, sessions and personal API tokens.

use crate::due::TimeZoneName;
use crate::locale::{DateOrder, Locale, WeekStart};
use crate::text::{Email, Password, PersonName};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The signed-in account (`GET /me`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// Stable id.
    pub id: i64,
    /// Sign-in name.
    pub email: Email,
    /// How to address the person.
    pub name: Option<PersonName>,
    /// The zone in which "today" is meant.
    pub time_zone: TimeZoneName,
    /// When weeks begin.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub week_start: WeekStart,
    /// How a date such as `5/1` is meant.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub date_order: DateOrder,
    /// Whether it owns the server and may invite others.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub role: Role,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::calendar::moment_text")]
    pub created_at: Timestamp,
    /// What it takes up (`GET /me` alone says so).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage: Option<AccountStorage>,
}

/// How much of its space an account has used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountStorage {
    /// Bytes that its tasks, their history and its conversations take up, roughly.
    pub used_bytes: u64,
    /// Most bytes; above it nothing can be added.
    pub max_bytes: u64,
}

/// What an account may do on its server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Role {
    /// The first account: it invites others.
    Owner,
    /// Any other.
    #[default]
    Member,
}

impl Account {
    /// How the person's dates are read.
    #[must_use]
    pub fn locale(&self) -> Locale {
        Locale { week_start: self.week_start, date_order: self.date_order }
    }
}

/// `POST /auth/register`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Registration {
    /// Sign-in name.
    pub email: Email,
    /// 8 to 256 characters.
    pub password: Password,
    /// UTC if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<TimeZoneName>,
    /// Monday if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub week_start: Option<WeekStart>,
    /// Day first if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// How to address the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<PersonName>,
    /// The token of an invitation, where one is needed: good once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<String>,
}

/// `POST /auth/reauthenticate`: the password again, for what is dangerous.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reauthentication {
    /// The present password.
    pub password: String,
}

/// `POST /invitations`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationRequest {
    /// Days until it can no longer be used: 1 to 30, 7 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in_days: Option<u16>,
}

/// An invitation that was not used yet (`GET /invitations`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationInfo {
    /// Its id.
    pub id: Uuid,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::calendar::moment_text")]
    pub created_at: Timestamp,
    /// When it can no longer be used.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::calendar::moment_text")]
    pub expires_at: Timestamp,
}

/// The answer to `POST /invitations`: the only time that the token is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationCreated {
    /// The token, for `invitation` of `POST /auth/register`.
    pub token: String,
    /// Where the page takes it: `/join/<token>`.
    pub path: String,
    /// The rest.
    #[serde(flatten)]
    pub info: InvitationInfo,
}

/// `POST /auth/login`. The password is not checked for form: an old rule must not lock anyone out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credentials {
    /// Sign-in name.
    pub email: String,
    /// The password.
    pub password: String,
}

/// The answer to register and login; the tokens are in cookies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuthResponse {
    /// Who is signed in.
    pub user: Account,
}

/// `PATCH /me`: absent keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountPatch {
    /// A new name; `null` clears.
    #[serde(default, deserialize_with = "crate::serde_util::present", skip_serializing_if = "Option::is_none")]
    pub name: Option<Option<PersonName>>,
    /// A new zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<TimeZoneName>,
    /// Another day on which weeks begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub week_start: Option<WeekStart>,
    /// Another order of day and month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
}

/// `POST /me/password`: ends every other session.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordChange {
    /// The present one.
    pub current_password: String,
    /// 8 to 256 characters.
    pub new_password: Password,
}

/// `DELETE /me`: the password again, since nothing brings the data back.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountDeletion {
    /// The present password.
    pub password: String,
}

/// A signed-in browser (`GET /me/sessions`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionInfo {
    /// Its id.
    pub id: Uuid,
    /// The browser's `User-Agent`, shortened.
    pub user_agent: String,
    /// Whether it is the one that asks.
    pub current: bool,
    /// When it signed in.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::calendar::moment_text")]
    pub created_at: Timestamp,
    /// When it last refreshed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::calendar::moment_text")]
    pub last_used_at: Timestamp,
}

/// What a personal API token may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TokenScope {
    /// GET only.
    Read,
    /// Everything but the account itself.
    #[default]
    ReadWrite,
}

/// `POST /me/tokens`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiTokenRequest {
    /// What it is for.
    pub name: PersonName,
    /// What it may do.
    pub scope: TokenScope,
    /// Days until it ends: 1 to 365, 90 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in_days: Option<u16>,
}

/// A personal API token, without its secret (`GET /me/tokens`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiTokenInfo {
    /// Its id.
    pub id: Uuid,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scope: TokenScope,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::calendar::moment_text")]
    pub created_at: Timestamp,
    /// When it was last used, to the hour.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    #[serde(default, with = "crate::calendar::optional_moment")]
    pub last_used_at: Option<Timestamp>,
    /// When it ends.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::calendar::moment_text")]
    pub expires_at: Timestamp,
}

/// The answer to `POST /me/tokens`: the only time that the secret is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiTokenCreated {
    /// The secret, for `Authorization: Bearer`.
    pub token: String,
    /// The rest.
    #[serde(flatten)]
    pub info: ApiTokenInfo,
}

/// What a page needs to know before anyone is signed in (`GET /instance`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Instance {
    /// The api's version.
    pub version: String,
    /// Whether a visitor without an invitation may register.
    pub registration_open: bool,
    /// Largest document, in bytes, that an import takes.
    #[serde(default)]
    pub import_max_bytes: u64,
    /// Who may register.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub registration: RegistrationState,
}

/// Who may register, as a visitor meets it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RegistrationState {
    /// Anyone.
    #[default]
    Open,
    /// Whoever comes first, and then owns the server.
    First,
    /// Who has an invitation.
    Invite,
    /// Nobody.
    Closed,
}

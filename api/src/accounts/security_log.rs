//! The security log: one line for each event that someone who looks into a break-in asks for, at the target `security`.
//! Never a password, a token, or the address of an email.

use std::fmt;
use std::net::IpAddr;

/// Who a request came from, as far as one can tell.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    pub(super) address: IpAddr,
    /// The browser's `User-Agent`: printable, shortened.
    pub(super) user_agent: String,
}

/// Most characters of a browser's name.
pub(super) const USER_AGENT_MAX: usize = 200;

impl Origin {
    pub(super) fn new(address: IpAddr, user_agent: &str) -> Self {
        let user_agent = user_agent.chars().filter(|c| !c.is_control()).take(USER_AGENT_MAX).collect();
        Self { address, user_agent }
    }
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    SignUp,
    SignUpRefused,
    SignIn,
    SignInFailed,
    SignInDelayed,
    Reauthenticated,
    ReauthenticationFailed,
    PasswordChanged,
    SessionEnded,
    SessionsEnded,
    RefreshTokenReused,
    TokenMade,
    TokenRevoked,
    TokenExpired,
    InvitationMade,
    InvitationRevoked,
    AccountDeleted,
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SignUp => "sign_up",
            Self::SignUpRefused => "sign_up_refused",
            Self::SignIn => "sign_in",
            Self::SignInFailed => "sign_in_failed",
            Self::SignInDelayed => "sign_in_delayed",
            Self::Reauthenticated => "reauthenticated",
            Self::ReauthenticationFailed => "reauthentication_failed",
            Self::PasswordChanged => "password_changed",
            Self::SessionEnded => "session_ended",
            Self::SessionsEnded => "sessions_ended",
            Self::RefreshTokenReused => "refresh_token_reused",
            Self::TokenMade => "token_made",
            Self::TokenRevoked => "token_revoked",
            Self::TokenExpired => "token_expired",
            Self::InvitationMade => "invitation_made",
            Self::InvitationRevoked => "invitation_revoked",
            Self::AccountDeleted => "account_deleted",
        })
    }
}

/// Writes the line. Events of no account (a sign-in with an unknown address) have none.
pub(super) fn note(event: Event, account: impl Into<Option<i64>>, origin: Option<&Origin>) {
    let (account, address) = (account.into(), origin.map(|origin| tracing::field::display(origin.address)));
    let user_agent = origin.map(|origin| origin.user_agent.as_str());
    tracing::info!(target: "security", %event, account, address, user_agent, "security");
}

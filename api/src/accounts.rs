//! Accounts: who there is, how they sign in, and what stands for them afterwards.

mod access;
mod attempts;
mod cookies;
mod devices;
mod invitation_routes;
mod invitations;
mod keys;
mod passwords;
mod random;
mod reauthentication;
mod removal;
mod routes;
mod security_log;
pub mod service;
mod session;
mod session_routes;
mod store;
mod store_attempts;
mod token_routes;
mod tokens;

pub use access::{AccessCache, Credential, identify, may_go_on};
pub(crate) use attempts::FORGOTTEN_AFTER as ATTEMPTS_FOR;
pub(crate) use cookies::access_token;
pub use cookies::{ACCESS_COOKIE, REFRESH_COOKIE};
pub use invitations::purge_invitations;
pub use keys::Keys;
pub use passwords::Passwords;
pub(crate) use removal::step as removal_step;
pub use session::Successors;
pub use store::purge_ended_sessions;
pub use store_attempts::purge_attempts;

use crate::http::ServiceConfig;

/// The routes of this subject.
pub fn routes(config: &mut ServiceConfig) {
    config.configure(routes::configure).configure(session_routes::configure);
    config.configure(token_routes::configure).configure(invitation_routes::configure);
}

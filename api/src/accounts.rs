//! Accounts: who there is, how they sign in, and what stands for them afterwards.

mod access;
mod cookies;
mod keys;
mod passwords;
mod random;
mod removal;
mod routes;
pub mod service;
mod session;
mod session_routes;
mod store;
mod token_routes;
mod tokens;

pub use access::{AccessCache, Credential, identify, may_go_on};
pub use cookies::{ACCESS_COOKIE, REFRESH_COOKIE};
pub use keys::Keys;
pub use passwords::Passwords;
pub(crate) use removal::step as removal_step;
pub use session::Successors;
pub use store::purge_ended_sessions;

use crate::http::ServiceConfig;

/// The routes of this subject.
pub fn routes(config: &mut ServiceConfig) {
    config.configure(routes::configure).configure(session_routes::configure).configure(token_routes::configure);
}

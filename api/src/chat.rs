//! The chat: conversations, turns, and the loop between planner, tools and person.

mod access;
mod chat_once;
mod conversations;
mod cursor;
pub mod engine;
mod ids;
mod planner;
mod request;
mod runner;
mod turns;
mod waiting;

pub use runner::Chat;

use crate::error::ApiError;
use crate::http::ServiceConfig;
use diesel::sqlite::SqliteConnection;
use jiff::Timestamp;

/// The routes of this subject.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .configure(conversations::routes)
        .configure(turns::routes)
        .service(chat_once::chat)
        .service(planner::routes::planner)
        .service(planner::routes::probe_model);
}

/// At start, before anyone is served: turns that were at work when the server ended are interrupted, and can
/// be retried. Answers with their number.
///
/// # Errors
/// The database cannot be read or written.
pub fn interrupt_unfinished(connection: &mut SqliteConnection, now: Timestamp) -> Result<usize, ApiError> {
    turns::service::interrupt_unfinished(connection, now)
}

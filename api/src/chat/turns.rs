//! Turns: a message and all that follows, as rows.

pub(super) mod act;
mod follow;
mod page;
pub(super) mod record;
mod routes;
pub(super) mod service;
pub(super) mod store;
mod view;
pub(super) mod window;

pub(super) use routes::routes;
pub(super) use view::settled;

use todo_contract::TurnId;

/// One attempt of a turn: what a runner works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Attempt {
    /// Whose it is.
    pub(super) user_id: i64,
    /// The turn.
    pub(super) turn_id: TurnId,
    /// Counts from 1.
    pub(super) number: u32,
}

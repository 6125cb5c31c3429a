//! The journal: every change to a task is a row, written with the change. Undo, the activity view and live
//! sync all read it.

mod compact;
pub(crate) mod of_turns;
pub(crate) mod prospect;
pub(crate) mod retention;
pub(crate) mod store;
mod texts;
pub(crate) mod undo;
pub(crate) mod undo_job;

pub mod events;
pub mod routes;
mod service;

//! The journal: every change to a task is a row, written with the change. Undo, the activity view and live
//! sync all read it.

pub(crate) mod of_turns;
pub(crate) mod prospect;
pub(crate) mod store;
pub(crate) mod undo;

pub mod events;
pub mod routes;
mod service;

//! Tasks: the list, its filters and its search, changes, batches, and repeats.

mod calls;
mod candidates;
mod change;
mod complete;
mod edit;
mod list;
mod position;
mod recurrence;
pub mod routes;
mod search;
pub mod service;
mod store;
mod when;

pub(crate) use change::{Stamp, insert, save};
pub(crate) use store::{all as all_tasks, find as find_task};

//! Tasks: the list, its filters and its search, changes, batches, and repeats.

mod calls;
mod candidates;
mod change;
mod checklist;
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

#[cfg(test)]
pub(crate) mod fuzzed;
#[cfg(test)]
mod tests;

pub(crate) use change::{Stamp, TASKS_MAX, check_room, insert_all, save};
pub(crate) use edit::settle_new;
pub(crate) use list::PageCache;
pub(crate) use store::{after as tasks_after, find as find_task, marks_after};

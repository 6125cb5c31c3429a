//! The activity view: the journal as a person reads it.
//!
//! `ledger.rs`, `entry.rs`, `effect.rs`, `difference.rs`, `sentence.rs` and `state.rs` are pure.

pub mod difference;
pub mod effect;
pub mod entry;
mod entry_row;
mod fetching;
mod filter;
pub mod ledger;
mod news;
mod page;
pub mod sentence;
pub mod state;
#[cfg(test)]
mod testing;
mod undo_button;

pub(crate) use news::use_journal_news;
pub use page::ActivityPage;
pub(crate) use undo_button::UndoButton;

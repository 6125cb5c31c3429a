//! The chat: what is said, what it does to the list, and taking it back.
//!
//! `turn.rs`, `state.rs` and `describe.rs` are pure; `handle.rs` and `commands.rs` join them to the page and the api.

mod announcer;
pub mod call;
mod call_card;
pub mod card;
mod commands;
mod composer;
mod confirmation;
mod conversation_row;
mod conversations;
mod delivery;
pub mod describe;
mod draft;
mod empty;
mod ending;
mod handle;
mod header;
mod keep_up;
mod log;
mod pane;
mod planner;
mod planner_badge;
mod popover;
mod remember;
mod scroll;
pub mod state;
mod stop;
mod stream;
mod task_links;
mod titles;
pub mod turn;
mod turn_card;

pub(crate) use call_card::{icon_class, icon_name, line};
pub use pane::ChatPane;
pub(crate) use task_links::{TaskRef, task_list};

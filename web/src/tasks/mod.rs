//! The list: adding, finding, ordering, checking off and editing tasks.

mod chunk;
mod cursor;
mod details;
mod drag;
mod due_label;
mod filters;
mod keys;
mod list;
mod meta;
mod order;
mod pane;
mod quick_add;
mod quick_text;
mod row;
mod search;
mod selection;
mod shortcuts;
mod states;
mod title_edit;

pub use pane::TaskPane;

//! The readers: each finds one kind of thing at a place in the text.

pub(crate) mod completion;
pub(crate) mod date;
mod dates;
mod fillers;
pub(crate) mod filter;
pub(crate) mod mark;
pub(crate) mod names;
pub(crate) mod repeat;
mod repeats;
pub(crate) mod time;
mod verbs;
pub(crate) mod when;

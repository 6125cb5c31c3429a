//! A small pattern language, and tables of patterns.

mod pattern;
pub(crate) mod slot;
mod table;
pub(crate) mod words;

pub(crate) use pattern::{Captures, Value};
pub(crate) use table::{Phrases, Table};

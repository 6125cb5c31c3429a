//! Texts as they are looked for and sorted. Pure, so that the database can call it and tests can try it.

mod collation;
mod fold;
mod tokens;

pub(crate) use collation::sort_key;
pub(crate) use tokens::{Token, indexed, of_owner, wanted};

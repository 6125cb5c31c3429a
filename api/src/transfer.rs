//! Taking one's tasks along: the whole account as one JSON document, and back.

mod document;
mod export;
#[cfg(test)]
pub(crate) mod fuzzed;
mod import;
mod known;
pub mod routes;

pub(crate) use import::step as import_step;

//! Taking one's tasks along: the whole account as one JSON document, and back.

mod export;
#[cfg(test)]
pub(crate) mod fuzzed;
mod import;
pub mod routes;

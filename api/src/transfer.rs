//! Taking one's tasks along: the whole account as one JSON document, and back.

mod export;
mod import;
pub mod routes;

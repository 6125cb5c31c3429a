//! Every word that the page shows, in one place, so that languages can be added.

#![expect(missing_docs, reason = "the words say what they are")]

pub mod account;
pub mod activity;
pub mod chat;
pub mod common;
pub mod errors;
pub mod model;
pub mod tasks;

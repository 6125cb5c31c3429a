//! The api from outside, over HTTP. The modules follow the addresses.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test stops at what it does not expect, as the test itself does"
)]

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod chat;
mod cli;
mod configuration;
mod db;
mod events;
mod http;
mod jobs;
mod journal;
mod maintenance;
mod owners;
mod security;
mod serve;
mod storage;
mod tasks;

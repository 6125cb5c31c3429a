//! The server that owns the data: accounts, tasks, the journal and the chat.
//!
//! One folder a subject, and in each the same rooms: `routes.rs` (HTTP in and out), `service.rs` (rules)
//! and `store.rs` (Diesel).

pub mod accounts;
mod changes;
pub mod chat;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod error;
#[cfg(test)]
mod fuzz;
pub mod health;
pub mod http;
pub mod identity;
pub mod jobs;
pub mod journal;
pub mod maintenance;
pub mod openapi;
mod plain_http;
pub mod schema;
pub mod server;
pub mod signals;
pub mod state;
pub mod storage;
pub mod tasks;
pub mod telemetry;
mod text;
pub mod transfer;
pub mod usage;
mod words;

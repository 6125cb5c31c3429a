//! The server that owns the data: accounts, tasks, the journal and the chat.
//!
//! One folder a subject, and in each the same rooms: `routes.rs` (HTTP in and out), `service.rs` (rules)
//! and `store.rs` (Diesel).

pub mod clock;
pub mod db;
pub mod error;
pub mod identity;
pub mod schema;
pub mod signals;
pub mod state;

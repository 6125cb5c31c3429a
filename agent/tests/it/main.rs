//! The real service over HTTP, with a scripted model behind it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod behaviours;
mod configuration;
mod conversation;
mod probe;
mod process;
mod recorded;
mod redaction;
mod service;
mod streaming;
mod support;

//! The gateway as browsers, scripts and orchestrators meet it.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod configuration;
mod files;
mod forwarding;
mod harness;
mod limits;
mod many;
mod outage;
mod policy;
mod program;
mod streams;

//! Conversations: what is said together.

mod routes;
pub(super) mod service;
pub(super) mod store;

pub(super) use routes::routes;

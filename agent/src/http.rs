//! HTTP in and out.

mod auth;
mod body;
mod observed;
mod problem;
mod request_id;
mod routes;
mod sse;

pub(crate) use auth::Token;
pub(crate) use request_id::identify;
pub(crate) use routes::configure;

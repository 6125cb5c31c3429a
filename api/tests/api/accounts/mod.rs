//! `/auth` and `/me`.

mod auth;
mod me;
mod refresh;
mod sessions;
mod tokens;

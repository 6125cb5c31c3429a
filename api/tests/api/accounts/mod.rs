//! `/auth` and `/me`.

mod auth;
mod me;
mod refresh;
mod registration;
mod sessions;
mod sign_in;
mod tokens;

//! `/auth` and `/me`.

mod auth;

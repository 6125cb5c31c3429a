//! Tokens that models used up for an account, by month.

mod month;
mod routes;
pub mod service;
mod store;

pub use routes::routes;

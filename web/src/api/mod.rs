//! The typed client of the api: one function an endpoint, nothing else speaks HTTP.

pub mod account;
pub mod chat;
pub mod error;
pub mod events;
pub mod jobs;
pub mod journal;
pub mod json;
pub mod random;
pub mod refresh;
pub mod request;
pub mod tasks;

pub use error::{ApiError, ApiResult};
pub use random::{idempotency_key, random_uuid};

//! What all routes share: reading requests, showing who asks, and rendering errors.

mod auth;
mod body;
mod client;
mod front;
mod headers;
mod limits;
mod origin;
mod problem;
mod problem_of;
mod query;
mod request_id;
mod service_config;
mod sse;
mod unmatched;

pub use auth::SignedIn;
pub use body::{BODY_MAX, HashedJson, Json, OptionalJson, RawJson};
pub(crate) use body::{parse, route};
pub use client::{Client, came_by_https};
pub use front::front;
pub use headers::{IdempotencyKey, IfMatch, IfNoneMatch, LastEventId};
pub use limits::RateLimits;
pub use origin::SameOrigin;
pub use query::{Path, Query};
pub use request_id::{RequestId, TraceParent};
pub use service_config::{Described, ServiceConfig};
pub use sse::{STREAMS_MAX, SseMessage, sse};
pub use unmatched::{Routes, unmatched};

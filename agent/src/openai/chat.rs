//! Chat Completions: `POST {base}/chat/completions`.

mod assembler;
mod details;
mod messages;
mod request;
mod shape;
mod short_ids;
mod wire;

pub(super) use assembler::Assembler;
pub(super) use request::ChatRequest;
pub(super) use wire::is_damaged;

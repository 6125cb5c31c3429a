//! Chat Completions: `POST {base}/chat/completions`.

mod assembler;
mod details;
mod messages;
mod request;
mod short_ids;
mod wire;

pub(super) use assembler::Assembler;
pub(super) use request::ChatRequest;

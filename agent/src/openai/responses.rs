//! The Responses API: `POST {base}/responses`, with nothing stored there.

mod assembler;
mod parts;
mod request;

pub(super) use assembler::Assembler;
pub(super) use request::ResponsesRequest;

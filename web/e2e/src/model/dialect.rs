//! How an answer looks in each dialect of OpenAI's API.

pub(super) mod chat;
pub(super) mod responses;

use super::reply::Part;

/// A dialect of OpenAI's API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `POST /v1/chat/completions`.
    Chat,
    /// `POST /v1/responses`.
    Responses,
}

impl Dialect {
    /// The value of `OPENAI_API` that asks for it.
    #[must_use]
    pub fn setting(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Responses => "responses",
        }
    }
}

fn data(data: &str) -> Vec<u8> {
    format!("data: {data}\n\n").into_bytes()
}

fn bytes(bytes: Vec<u8>) -> Part {
    Part::Bytes(bytes)
}

/// Two halves of a text, parted between characters.
fn halves(text: &str) -> (&str, &str) {
    let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    text.split_at(middle)
}

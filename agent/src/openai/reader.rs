//! From the bytes of an answer to the answer, without I/O.

use super::api_error::ApiError;
use super::assembler::Answer;
use super::sse::Decoder;
use super::wire::{Chunk, is_doubtful};
use serde_json::{Value, json};

/// Why an answer cannot be read.
#[derive(Debug)]
pub(super) enum Unreadable {
    /// It is no answer, or a damaged one.
    Senseless,
    /// It ended before its end.
    Broken,
    /// It is an error of the server.
    Error(Box<ApiError>),
}

/// Reads a stream.
#[derive(Debug, Default)]
pub(super) struct Reader {
    decoder: Decoder,
    answer: Answer,
    done: bool,
}

impl Reader {
    /// Takes bytes and gives the text in them.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<String, Unreadable> {
        let events = self.decoder.push(bytes).map_err(|_| Unreadable::Senseless)?;
        self.take(events)
    }

    /// Whether the server said why it ended; the usage may still come.
    pub(super) fn has_finish(&self) -> bool {
        self.answer.finish.is_some()
    }

    /// Whether nothing more will come.
    pub(super) fn is_done(&self) -> bool {
        self.done
    }

    /// The whole answer, and the last of its text. A stream that just stops is no answer.
    pub(super) fn end(mut self) -> Result<(Answer, String), Unreadable> {
        if self.done {
            return Ok((self.answer, String::new()));
        }
        let rest = std::mem::take(&mut self.decoder).finish().map_err(|_| Unreadable::Broken);
        let text = match rest.and_then(|events| self.take(events)) {
            Ok(text) => text,
            Err(Unreadable::Error(error)) => return Err(Unreadable::Error(error)),
            Err(_) if self.has_finish() => String::new(),
            Err(_) => return Err(Unreadable::Broken),
        };
        if self.done || self.has_finish() { Ok((self.answer, text)) } else { Err(Unreadable::Broken) }
    }

    fn take(&mut self, events: Vec<String>) -> Result<String, Unreadable> {
        let mut text = String::new();
        for event in events {
            match event.trim() {
                _ if self.done => {}
                "" => {}
                "[DONE]" => self.done = true,
                json => text.push_str(&take(json.as_bytes(), &mut self.answer)?),
            }
        }
        Ok(text)
    }
}

/// Reads an answer that came in one piece.
pub(super) fn whole(body: &[u8]) -> Result<(Answer, String), Unreadable> {
    let mut answer = Answer::default();
    let text = take(body, &mut answer)?;
    // A stream may have chunks without any of these, but an answer may not.
    let said = answer.finish.is_some() || !answer.text.is_empty() || !answer.calls.is_empty();
    if said { Ok((answer, text)) } else { Err(Unreadable::Senseless) }
}

fn take(json: &[u8], answer: &mut Answer) -> Result<String, Unreadable> {
    // By way of `Value`, so that a repeated key is no error.
    let value: Value = serde_json::from_slice(json).map_err(|_| Unreadable::Senseless)?;
    if let Some(error) = value.get("error").filter(|error| !error.is_null()) {
        return Err(Unreadable::Error(Box::new(ApiError::of(&json!({ "error": error })))));
    }
    if !answer.calls.is_empty() && answer.finish.is_none() && is_doubtful(&value) {
        return Err(Unreadable::Senseless);
    }
    let chunk: Chunk = serde_json::from_value(value).map_err(|_| Unreadable::Senseless)?;
    let text = answer.push(chunk);
    if answer.too_many_calls { Err(Unreadable::Senseless) } else { Ok(text) }
}

#[cfg(test)]
mod tests;

//! From the bytes of an answer to the answer, without I/O.

use super::answer::{Answer, Finish};
use super::api_error::ApiError;
use super::calls::is_json;
use super::speech::Speech;
use super::sse::{Decoder, Event};
use super::{chat, responses, torn};
use serde_json::{Value, json};

/// Most calls in one answer.
pub(super) const MAX_CALLS: usize = 64;
/// Most bytes of thoughts that are kept to be sent back.
pub(super) const MAX_THOUGHTS: usize = 64 * 1024;

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

/// How an answer is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reading {
    /// In the dialect of `/responses`.
    pub(super) responses: bool,
    /// As structured output: its words are for the agent.
    pub(super) structured: bool,
    /// It begins with thoughts that nothing opens.
    pub(super) hidden_thoughts: bool,
}

#[derive(Debug)]
enum Assembler {
    Chat(Box<chat::Assembler>),
    Responses(responses::Assembler),
}

impl Assembler {
    /// Some servers answer in the other dialect than they are asked in.
    fn suit(&mut self, first: &Value) {
        let text = |key: &str| first.get(key).and_then(Value::as_str).unwrap_or_default();
        let is_response = text("object") == "response" || text("type").starts_with("response.");
        match self {
            Self::Chat(_) if is_response => *self = Self::Responses(responses::Assembler::default()),
            Self::Responses(_) if first.get("choices").is_some_and(Value::is_array) => {
                *self = Self::Chat(Box::default());
            }
            _ => {}
        }
    }
}

/// Reads an answer.
#[derive(Debug)]
pub(super) struct Reader {
    decoder: Decoder,
    assembler: Assembler,
    speech: Speech,
    structured: bool,
    said: String,
    begun: bool,
    done: bool,
    /// Whether characters came in halves, and a half that is held back.
    torn: bool,
    half: String,
}

impl Reader {
    pub(super) fn new(reading: Reading) -> Self {
        let assembler = if reading.responses {
            Assembler::Responses(responses::Assembler::default())
        } else {
            Assembler::Chat(Box::default())
        };
        let speech = Speech::new(reading.structured, reading.hidden_thoughts);
        let (decoder, said) = (Decoder::default(), String::new());
        let structured = reading.structured;
        Self {
            decoder,
            assembler,
            speech,
            structured,
            said,
            begun: false,
            done: false,
            torn: false,
            half: String::new(),
        }
    }

    /// Takes bytes of a stream and gives the words in them that a person may read already.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<String, Unreadable> {
        let events = self.decoder.push(bytes);
        let words = self.take(events)?;
        if self.decoder.has_failed() {
            self.give_up()?;
        }
        Ok(words)
    }

    /// What cannot be read after the reason to end is left out; before it, all is in doubt.
    fn give_up(&mut self) -> Result<(), Unreadable> {
        self.done |= self.has_finish();
        if self.done { Ok(()) } else { Err(Unreadable::Senseless) }
    }

    /// Whether the server said why it ended; the usage may still come.
    pub(super) fn has_finish(&self) -> bool {
        match &self.assembler {
            Assembler::Chat(chat) => chat.has_finish(),
            Assembler::Responses(responses) => responses.has_finish(),
        }
    }

    /// Whether nothing more will come.
    pub(super) fn is_done(&self) -> bool {
        self.done
    }

    /// The whole answer, and the last of its words. A stream that just stops is no answer.
    pub(super) fn end(mut self) -> Result<(Answer, String), Unreadable> {
        let mut words = String::new();
        if !self.done {
            let rest = std::mem::take(&mut self.decoder).finish().map_err(|_| Unreadable::Broken);
            words = match rest.and_then(|events| self.take(events)) {
                Ok(words) => words,
                Err(Unreadable::Error(error)) => return Err(Unreadable::Error(error)),
                Err(_) if self.has_finish() => String::new(),
                Err(_) => return Err(Unreadable::Broken),
            };
        }
        if !self.done && !self.has_finish() {
            return Err(Unreadable::Broken);
        }
        let (answer, last) = self.close()?;
        Ok((answer, words + &last))
    }

    fn take(&mut self, events: Vec<Event>) -> Result<String, Unreadable> {
        let mut words = String::new();
        for event in events {
            let data = event.data.trim();
            if self.done || is_sign_of_life(&event.name, data) {
                continue;
            }
            if matches!(data, "[DONE]" | "\"[DONE]\"" | "DONE") {
                self.done = true;
                continue;
            }
            match torn::json(data) {
                Ok((json, torn)) => {
                    self.torn |= torn;
                    words.push_str(&self.take_json(&json, &event.name)?);
                }
                Err(_) => self.give_up()?,
            }
        }
        Ok(words)
    }

    fn take_json(&mut self, value: &Value, name: &str) -> Result<String, Unreadable> {
        if let Some(error) = error(value, name) {
            return Err(Unreadable::Error(Box::new(error)));
        }
        if !std::mem::replace(&mut self.begun, true) {
            self.assembler.suit(value);
        }
        let text = match &mut self.assembler {
            Assembler::Chat(chat) => chat.take(value)?,
            Assembler::Responses(responses) => {
                let text = responses.take(value, name)?;
                self.done |= responses.has_finish();
                text
            }
        };
        Ok(self.say(&text))
    }

    fn say(&mut self, text: &str) -> String {
        let words = if self.torn {
            let mut text = std::mem::take(&mut self.half) + text;
            self.half = torn::half_at_end(&text).map(|at| text.split_off(at)).unwrap_or_default();
            self.speech.push(&torn::joined(&text))
        } else {
            self.speech.push(text)
        };
        self.said.push_str(&words);
        words
    }

    fn close(self) -> Result<(Answer, String), Unreadable> {
        let (mut answer, rest) = match self.assembler {
            Assembler::Chat(chat) => chat.end()?,
            Assembler::Responses(responses) => responses.end()?,
        };
        let (mut speech, mut rest) = (self.speech, self.half + &rest);
        if self.torn {
            rest = torn::joined(&rest);
            answer.calls.iter_mut().for_each(|call| call.arguments = torn::joined(&call.arguments));
        }
        let mut words = speech.push(&rest);
        answer.leaked_thoughts = speech.leaked();
        let rest = speech.end(!answer.calls.is_empty());
        words.push_str(&rest.text);
        answer.text = self.said + &words;
        if let Some((calls, written)) = rest.calls {
            (answer.calls, answer.written, answer.finish) = (calls, Some(written), Some(Finish::Calls));
        }
        if self.structured {
            words.clear();
        }
        Ok((answer, words))
    }
}

/// Reads an answer that came in one piece; in spite of what was said of it, it may be a stream.
pub(super) fn whole(body: &[u8], reading: Reading) -> Result<(Answer, String), Unreadable> {
    let text = std::str::from_utf8(body).unwrap_or_default().trim_start_matches('\u{feff}').trim();
    if let Ok((value, torn)) = torn::json(text) {
        return of_value(&value, torn, reading);
    }
    let streamed = || {
        let mut reader = Reader::new(reading);
        let mut words = reader.push(body)?;
        let (answer, last) = reader.end()?;
        words.push_str(&last);
        Ok((answer, words))
    };
    let is_whole = |value: &Value| value.pointer("/choices/0/message").or_else(|| value.get("output")).is_some();
    let first = || serde_json::Deserializer::from_str(text).into_iter().next()?.ok().filter(is_whole);
    streamed().or_else(|unreadable| match (unreadable, first()) {
        // Something stands after the answer that is not a part of it.
        (Unreadable::Senseless | Unreadable::Broken, Some(value)) => of_value(&value, false, reading),
        (unreadable, _) => Err(unreadable),
    })
}

fn of_value(value: &Value, torn: bool, reading: Reading) -> Result<(Answer, String), Unreadable> {
    // All of it is here, so that thoughts without a beginning can be told.
    let mut reader = Reader::new(Reading { hidden_thoughts: true, ..reading });
    reader.torn = torn;
    let mut words = reader.take_json(value, "")?;
    let has_finish = reader.has_finish();
    let (answer, last) = reader.close()?;
    words.push_str(&last);
    let said = has_finish || !answer.text.is_empty() || !answer.calls.is_empty();
    if said { Ok((answer, words)) } else { Err(Unreadable::Senseless) }
}

/// What some servers send to keep the connection open.
fn is_sign_of_life(name: &str, data: &str) -> bool {
    let signs = ["ping", "pong", "heartbeat", "keepalive", "keep-alive"];
    data.is_empty() || signs.contains(&name) || signs.iter().any(|sign| data.eq_ignore_ascii_case(sign))
}

/// The error that an event is, if it is one: by its name, in a field, or if it has words and nothing of an answer.
fn error(value: &Value, name: &str) -> Option<ApiError> {
    let value = value.get(0).unwrap_or(value);
    let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
    let told = ["error", "choices", "output", "response", "item", "delta", "usage"]
        .iter()
        .any(|key| value.get(*key).is_some_and(|field| !field.is_null()));
    let error = match value.get("error") {
        Some(error)
            if error.as_object().is_some_and(|e| !e.is_empty()) || error.as_str().is_some_and(|e| !e.is_empty()) =>
        {
            return Some(ApiError::of(&json!({ "error": error })));
        }
        _ if name == "error" && !kind.starts_with("response.") => return Some(ApiError::of(value)),
        _ if told || kind.starts_with("response.") => return None,
        _ => ApiError::of(value),
    };
    (!error.message.is_empty()).then_some(error)
}

/// Whether bytes at the beginning of a body are those of a whole answer in JSON, whatever is said of its type.
pub(super) fn begins_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let first = text.trim_start_matches('\u{feff}').trim_start().lines().next().unwrap_or_default();
    first.starts_with(['{', '[']) && !is_json(first)
}

#[cfg(test)]
mod tests;

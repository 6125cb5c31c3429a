//! Puts an answer of Chat Completions together: pieces of text are given on at once, tool calls only when
//! whole.

use super::details;
use super::shape::Shape;
use super::wire::{Choice, Delta, ToolDelta, is_doubtful};
use crate::openai::answer::{Answer, Finish, RawCall};
use crate::openai::api_error::ApiError;
use crate::openai::calls::is_json;
use crate::openai::increments::{Increments, joined};
use crate::openai::reader::{MAX_CALLS, MAX_THOUGHTS, Unreadable};
use crate::openai::usage;
use serde_json::{Value, json};

/// A call so far.
#[derive(Clone, Debug, Default)]
struct Parts {
    id: Option<String>,
    index: Option<u64>,
    name: String,
    arguments: Vec<String>,
    shape: Shape,
    extra: Option<Value>,
}

/// An answer so far.
#[derive(Clone, Debug, Default)]
pub(in crate::openai) struct Assembler {
    answer: Answer,
    text: Increments,
    calls: Vec<Parts>,
    /// Whether pieces came as pieces; then a `message` is all of it once more.
    in_pieces: bool,
    thoughts: String,
    /// The id of the answer that said why it ended.
    ended: Option<String>,
}

impl Assembler {
    /// Whether the server said why it ended.
    pub(in crate::openai) fn has_finish(&self) -> bool {
        self.answer.finish.is_some()
    }

    /// Takes a chunk, or a whole answer, and gives the text in it.
    pub(in crate::openai) fn take(&mut self, chunk: &Value) -> Result<String, Unreadable> {
        if !self.calls.is_empty() && !self.has_finish() && is_doubtful(chunk) {
            return Err(Unreadable::Senseless);
        }
        self.answer.usage.update(usage::of(chunk));
        let choices = match chunk.get("choices") {
            Some(Value::Array(choices)) => choices.as_slice(),
            None | Some(Value::Null) => &[],
            Some(_) => return Err(Unreadable::Senseless),
        };
        let id = chunk.get("id").and_then(Value::as_str).filter(|id| !id.is_empty());
        if self.ended.as_deref().is_some_and(|ended| id.is_some_and(|id| id != ended)) {
            // Another answer after the end of this one.
            return Ok(String::new());
        }
        let mut piece = String::new();
        for choice in choices {
            let choice: Choice = serde_json::from_value(choice.clone()).map_err(|_| Unreadable::Senseless)?;
            if choice.is_first() {
                piece.push_str(&self.take_choice(choice)?);
            }
        }
        if self.has_finish() && self.ended.is_none() {
            self.ended = id.map(str::to_owned);
        }
        Ok(piece)
    }

    /// The whole answer, and the last of its text.
    pub(in crate::openai) fn end(mut self) -> Result<(Answer, String), Unreadable> {
        let rest = self.text.end();
        let extras: Vec<Option<Value>> = self.calls.iter().map(|call| call.extra.clone()).collect();
        if extras.iter().any(Option::is_some) {
            self.answer.carried.extras = extras;
        }
        if !self.thoughts.is_empty() {
            self.answer.carried.reasoning_content = Some(self.thoughts);
        }
        self.answer.calls = self.calls.into_iter().map(Parts::into_call).collect();
        Ok((self.answer, rest))
    }

    fn take_choice(&mut self, choice: Choice) -> Result<String, Unreadable> {
        if !choice.error.is_null() {
            return Err(Unreadable::Error(Box::new(ApiError::of(&json!({ "error": choice.error })))));
        }
        let finish = choice.finish_reason().and_then(finish);
        let mut piece = self.text.push(choice.text());
        if let Some(delta) = choice.delta {
            self.in_pieces = true;
            piece.push_str(&self.take_delta(&delta)?);
        }
        if let Some(message) = choice.message {
            piece.push_str(&self.take_message(&message)?);
        }
        self.answer.finish = finish.or(self.answer.finish);
        Ok(piece)
    }

    /// Takes a whole message; what came in pieces comes in it once more.
    fn take_message(&mut self, message: &Delta) -> Result<String, Unreadable> {
        if !self.in_pieces || (self.text.is_empty() && self.calls.is_empty()) {
            return self.take_delta(message);
        }
        if self.calls.is_empty() {
            self.take_calls(message)?;
        }
        Ok(self.text.whole(&message.text()))
    }

    fn take_delta(&mut self, delta: &Delta) -> Result<String, Unreadable> {
        if let Some(thought) = delta.reasoning_content.as_str()
            && self.thoughts.len() < MAX_THOUGHTS
        {
            self.thoughts.push_str(thought);
        }
        for piece in delta.reasoning_details.as_array().into_iter().flatten() {
            details::add(&mut self.answer.carried.reasoning_details, piece);
        }
        self.take_calls(delta)?;
        Ok(self.text.push(&delta.text()))
    }

    fn take_calls(&mut self, delta: &Delta) -> Result<(), Unreadable> {
        let deltas = delta.tool_calls().map_err(|_| Unreadable::Senseless)?;
        let alone = deltas.len() == 1;
        for (position, call) in deltas.into_iter().enumerate() {
            self.take_call(call, position, alone)?;
        }
        if let Some(function) = delta.function_call.clone() {
            self.take_call(ToolDelta::of_function(function), 0, true)?;
        }
        Ok(())
    }

    fn take_call(&mut self, delta: ToolDelta, position: usize, alone: bool) -> Result<(), Unreadable> {
        let (id, index) = (delta.id(), delta.index());
        let extra = Some(delta.extra_content.clone()).filter(Value::is_object);
        let function = delta.into_function();
        let found = self.find(id.as_deref(), index, position, alone, function.name().is_some());
        let at = found.unwrap_or(self.calls.len());
        if found.is_none() {
            if id.is_none() && extra.is_none() && function.is_empty() {
                return Ok(());
            }
            if self.calls.len() >= MAX_CALLS {
                return Err(Unreadable::Senseless);
            }
            self.calls.push(Parts { id: id.clone(), index, ..Parts::default() });
        }
        if let Some(call) = self.calls.get_mut(at) {
            call.id = call.id.take().or(id);
            call.extra = extra.or(call.extra.take());
            call.append(function.name(), &function.arguments);
        }
        Ok(())
    }

    /// Which call a delta goes on with: by id, then by index, then by position; none if it begins one.
    fn find(&self, id: Option<&str>, index: Option<u64>, position: usize, alone: bool, begins: bool) -> Option<usize> {
        let same_index = |call: &Parts| index.is_none() || call.index.is_none() || call.index == index;
        if let Some(id) = id {
            let by_id = self.calls.iter().rposition(|call| call.id.as_deref() == Some(id) && same_index(call));
            if by_id.is_some() {
                return by_id;
            }
        }
        let at = match index {
            Some(_) => {
                let by_index = self.calls.iter().rposition(|call| call.index == index);
                let unnumbered = || self.calls.iter().rposition(|call| call.index.is_none()).filter(|_| !begins);
                // What begins nothing goes on with the last call, whatever its number, if that is not whole yet.
                let goes_on = || !begins && id.is_none() && self.calls.last().is_some_and(|call| !call.is_whole());
                let last = || self.calls.len().checked_sub(1).filter(|_| goes_on());
                by_index.or_else(unnumbered).or_else(last)?
            }
            None if begins && id.is_some() => return None,
            None if alone => self.calls.len().checked_sub(1)?,
            None => Some(position).filter(|position| *position < self.calls.len())?,
        };
        // A name, with another id or after whole arguments, begins a call of its own: some servers
        // number every call 0, or not at all. Others make a new id for every piece.
        let call = self.calls.get(at)?;
        let other_id = id.is_some() && call.id.is_some() && !call.is_begun();
        let another = begins && !call.name.is_empty() && (other_id || call.is_whole());
        (!another).then_some(at)
    }
}

impl Parts {
    fn append(&mut self, name: Option<&str>, arguments: &Value) {
        if let Some(name) = name
            && name != self.name
            && !todo_contract::ToolCall::NAMES.contains(&self.name.as_str())
        {
            self.name.push_str(name);
        }
        match arguments {
            Value::String(piece) => self.add(piece.clone()),
            Value::Null => {}
            whole => self.add(whole.to_string()),
        }
    }

    fn add(&mut self, piece: String) {
        self.shape.take(&piece);
        self.arguments.push(piece);
    }

    fn is_whole(&self) -> bool {
        self.shape.may_be_whole() && is_json(&self.arguments.concat())
    }

    /// Whether its arguments were begun and are not whole.
    fn is_begun(&self) -> bool {
        self.arguments.iter().any(|piece| !piece.trim().is_empty()) && !self.is_whole()
    }

    fn into_call(self) -> RawCall {
        RawCall { id: self.id, name: self.name, arguments: joined(&self.arguments, is_json) }
    }
}

fn finish(reason: &str) -> Option<Finish> {
    match reason.to_ascii_lowercase().as_str() {
        "tool_calls" | "function_call" | "tool_use" => Some(Finish::Calls),
        "length" | "max_tokens" | "model_length" => Some(Finish::Length),
        "content_filter" | "refusal" | "safety" | "prohibited_content" | "sensitive" => Some(Finish::Filtered),
        "error" | "insufficient_system_resource" | "network_error" | "abort" => Some(Finish::Failed),
        "null" => None,
        _ => Some(Finish::Stop),
    }
}

#[cfg(test)]
#[path = "assembler_tests.rs"]
mod tests;

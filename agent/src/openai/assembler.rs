//! Puts a streamed answer together: pieces of text are given on at once, tool calls only when whole.

use super::wire::{Chunk, Delta, FunctionDelta, ToolDelta, Usage};
use serde_json::Value;

/// Most calls in one answer.
const MAX_CALLS: usize = 64;

/// Why an answer ended, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finish {
    Stop,
    Calls,
    Length,
    Filtered,
}

/// A call as the model wrote it, not yet checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RawCall {
    pub(super) id: Option<String>,
    pub(super) index: Option<u64>,
    pub(super) name: String,
    /// JSON text, or what should be.
    pub(super) arguments: String,
}

/// The whole answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Answer {
    pub(super) text: String,
    pub(super) calls: Vec<RawCall>,
    pub(super) finish: Option<Finish>,
    pub(super) usage: Usage,
    /// Whether calls were left out, since there were more than anyone asks for.
    pub(super) too_many_calls: bool,
}

impl Answer {
    /// Takes a chunk and gives the text in it. White space before the first word is dropped.
    pub(super) fn push(&mut self, chunk: Chunk) -> String {
        let mut piece = String::new();
        if let Some(usage) = chunk.usage {
            self.usage = usage;
        }
        for choice in chunk.choices.unwrap_or_default() {
            if !choice.is_first() {
                continue;
            }
            if let Some(delta) = choice.delta {
                piece.push_str(&self.push_delta(delta));
            }
            if let Some(finish) = choice.finish_reason.as_deref().and_then(finish) {
                self.finish = Some(finish);
            }
        }
        piece
    }

    fn push_delta(&mut self, delta: Delta) -> String {
        let mut piece = delta.text();
        if self.text.is_empty() {
            piece = piece.trim_start().to_owned();
        }
        self.text.push_str(&piece);
        let deltas = delta.tool_calls.unwrap_or_default();
        let alone = deltas.len() == 1;
        for (position, call) in deltas.into_iter().enumerate() {
            self.push_call(call, position, alone);
        }
        if let Some(function) = delta.function_call {
            self.push_call(
                ToolDelta { index: Value::from(0), function: Some(function), ..ToolDelta::default() },
                0,
                true,
            );
        }
        piece
    }

    fn push_call(&mut self, delta: ToolDelta, position: usize, alone: bool) {
        let (id, index) = (delta.id(), delta.index());
        let function = delta.function.unwrap_or_default();
        let begins = function.name.as_deref().is_some_and(|name| !name.is_empty());
        let found = self.find(id.as_deref(), index, position, alone, begins);
        let at = found.unwrap_or(self.calls.len());
        if found.is_none() {
            if self.calls.len() >= MAX_CALLS {
                self.too_many_calls = true;
                return;
            }
            self.calls.push(RawCall { id: id.clone(), index, ..RawCall::default() });
        }
        if let Some(call) = self.calls.get_mut(at) {
            call.id = call.id.take().or(id);
            call.append(function);
        }
    }

    /// Which call a delta goes on with: by id, then by index, then by position; none if it begins one.
    fn find(&self, id: Option<&str>, index: Option<u64>, position: usize, alone: bool, begins: bool) -> Option<usize> {
        let same_index = |call: &RawCall| index.is_none() || call.index.is_none() || call.index == index;
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
                by_index.or_else(unnumbered)?
            }
            None if begins && id.is_some() => return None,
            None if alone => self.calls.len().checked_sub(1)?,
            None => Some(position).filter(|position| *position < self.calls.len())?,
        };
        // A name, with another id or after whole arguments, begins a call of its own: some servers
        // number every call 0, or not at all.
        let call = self.calls.get(at)?;
        let another = begins && !call.name.is_empty() && ((id.is_some() && call.id.is_some()) || call.is_whole());
        (!another).then_some(at)
    }
}

impl RawCall {
    fn append(&mut self, function: FunctionDelta) {
        if let Some(name) = function.name
            && name != self.name
            && !todo_contract::ToolCall::NAMES.contains(&self.name.as_str())
        {
            self.name.push_str(&name);
        }
        match function.arguments {
            Value::String(piece) => self.arguments.push_str(&piece),
            Value::Null => {}
            whole => self.arguments.push_str(&whole.to_string()),
        }
    }

    fn is_whole(&self) -> bool {
        serde_json::from_str::<serde::de::IgnoredAny>(&self.arguments).is_ok()
    }
}

fn finish(reason: &str) -> Option<Finish> {
    match reason {
        "" => None,
        "tool_calls" | "function_call" | "tool_use" => Some(Finish::Calls),
        "length" | "max_tokens" => Some(Finish::Length),
        "content_filter" | "refusal" | "safety" => Some(Finish::Filtered),
        _ => Some(Finish::Stop),
    }
}

#[cfg(test)]
mod tests;

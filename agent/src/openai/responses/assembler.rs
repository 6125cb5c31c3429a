//! Puts an answer of the Responses API together. What a call is, it says several times: in pieces, as a whole,
//! in its item, and in the whole response at the end. What contradicts itself is refused.

use super::parts::Calls;
use crate::openai::answer::{Answer, Finish};
use crate::openai::api_error::ApiError;
use crate::openai::carried::Carried;
use crate::openai::chat::is_damaged;
use crate::openai::increments::Increments;
use crate::openai::reader::Unreadable;
use crate::openai::usage;
use serde_json::{Map, Value, json};

/// An answer so far.
#[derive(Clone, Debug, Default)]
pub(in crate::openai) struct Assembler {
    finish: Option<Finish>,
    usage: Value,
    texts: Vec<Text>,
    calls: Calls,
    reasoning: Vec<Value>,
}

/// The text of one part of one message.
#[derive(Clone, Debug)]
struct Text {
    key: String,
    said: Increments,
}

impl Assembler {
    /// Whether the response has ended.
    pub(in crate::openai) fn has_finish(&self) -> bool {
        self.finish.is_some()
    }

    /// Takes an event, or a whole response, and gives the text in it. `name` is the event's, from `event:`.
    pub(in crate::openai) fn take(&mut self, event: &Value, name: &str) -> Result<String, Unreadable> {
        let kind = event.get("type").and_then(Value::as_str).unwrap_or(name);
        let item = event.get("item").unwrap_or(&Value::Null);
        match kind {
            "response.output_text.delta" | "response.refusal.delta" => Ok(self.piece(event)),
            "response.output_text.done" => Ok(self.whole_text(&key(event), event.get("text"))),
            "response.refusal.done" => Ok(self.whole_text(&key(event), event.get("refusal"))),
            "response.function_call_arguments.delta" => self.calls.piece(event).map(|()| String::new()),
            "response.function_call_arguments.done" => self.calls.whole(event).map(|()| String::new()),
            "response.output_item.added" => self.calls.begin(event, item).map(|()| String::new()),
            "response.output_item.done" => self.take_item(item, event.get("output_index")),
            "response.completed"
            | "response.incomplete"
            | "response.failed"
            | "response.done"
            | "response.cancelled" => self.take_response(event.get("response").unwrap_or(event), true),
            "error" | "response.error" => Err(error(event)),
            _ if event.get("output").is_some_and(Value::is_array) => self.take_response(event, false),
            _ => {
                // What is not known says nothing that matters here, unless it may be a damaged piece of a call.
                let damaged = !kind.starts_with("response.") || CALLS.iter().any(|known| is_damaged(kind, known));
                if damaged && kind.starts_with("resp") {
                    self.calls.doubt();
                }
                Ok(String::new())
            }
        }
    }

    /// The whole answer.
    pub(in crate::openai) fn end(mut self) -> Result<(Answer, String), Unreadable> {
        let rest = self.texts.iter_mut().map(|text| text.said.end()).collect();
        let calls = self.calls.end()?;
        let finish = match self.finish {
            Some(Finish::Stop) if !calls.is_empty() => Some(Finish::Calls),
            finish => finish,
        };
        let carried = Carried { reasoning: self.reasoning, ..Carried::default() };
        Ok((Answer { calls, finish, usage: usage::of(&self.usage), carried, ..Answer::default() }, rest))
    }

    fn piece(&mut self, event: &Value) -> String {
        let piece = event.get("delta").and_then(Value::as_str).unwrap_or_default();
        self.text(&key(event), |said| said.push(piece))
    }

    fn whole_text(&mut self, key: &str, text: Option<&Value>) -> String {
        let text = text.and_then(Value::as_str).unwrap_or_default();
        self.text(key, |said| said.whole(text))
    }

    /// Words of the part with this key; a new part is a paragraph of its own.
    fn text(&mut self, key: &str, speak: impl FnOnce(&mut Increments) -> String) -> String {
        if let Some(text) = self.texts.iter_mut().find(|text| text.key == key) {
            return speak(&mut text.said);
        }
        let mut said = Increments::default();
        let words = speak(&mut said);
        if said.is_empty() {
            return words;
        }
        let between = if self.texts.is_empty() { "" } else { "\n\n" };
        self.texts.push(Text { key: key.to_owned(), said });
        format!("{between}{words}")
    }

    fn take_item(&mut self, item: &Value, index: Option<&Value>) -> Result<String, Unreadable> {
        match item.get("type").and_then(Value::as_str) {
            Some("function_call") => self.calls.item(item, index.and_then(Value::as_u64)).map(|()| String::new()),
            Some("reasoning") => {
                self.keep_reasoning(item);
                Ok(String::new())
            }
            Some("message") => Ok(self.message(item, index)),
            _ => Ok(String::new()),
        }
    }

    fn message(&mut self, item: &Value, index: Option<&Value>) -> String {
        // The same text under another key would be said twice: ids differ with some servers.
        let told = |text: &Text| !text.said.is_empty();
        let parts = match item.get("content") {
            Some(Value::Array(parts)) => parts.clone(),
            Some(Value::String(text)) => vec![json!({ "text": text })],
            _ => Vec::new(),
        };
        let mut words = String::new();
        for (at, part) in parts.iter().enumerate() {
            let place = json!({"item_id": item.get("id"), "output_index": index, "content_index": at});
            let key = key(&place);
            let text = part.get("text").or_else(|| part.get("refusal")).filter(|text| text.is_string());
            let known = self.texts.iter().any(|text| text.key == key);
            if known || !self.texts.iter().any(told) {
                words.push_str(&self.whole_text(&key, text));
            }
        }
        words
    }

    /// Keeps what is to be sent back: only what is encrypted can be, and only the fields that are taken.
    fn keep_reasoning(&mut self, item: &Value) {
        if !item.get("encrypted_content").is_some_and(Value::is_string) {
            return;
        }
        let kept = ["type", "id", "summary", "encrypted_content"];
        let fields = kept.iter().filter_map(|key| Some(((*key).to_owned(), item.get(*key)?.clone())));
        let mut fields: Map<String, Value> = fields.collect();
        fields.entry("summary").or_insert_with(|| json!([]));
        let kept = Value::Object(fields);
        if !self.reasoning.contains(&kept) {
            self.reasoning.push(kept);
        }
    }

    /// `ended`: it comes with an event that says so; else its status tells whether it is still at work.
    fn take_response(&mut self, response: &Value, ended: bool) -> Result<String, Unreadable> {
        if response.get("error").is_some_and(|error| !error.is_null()) {
            return Err(error(response));
        }
        self.usage = response.clone();
        let items = response.get("output").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut words = String::new();
        self.calls.told_again();
        for (index, item) in items.iter().enumerate() {
            words.push_str(&self.take_item(item, Some(&json!(index)))?);
        }
        if !items.is_empty() {
            self.calls.must_be_among(items)?;
        }
        let reason = response.pointer("/incomplete_details/reason").and_then(Value::as_str);
        self.finish = Some(match (response.get("status").and_then(Value::as_str), reason) {
            (_, Some("content_filter")) => Finish::Filtered,
            (Some("incomplete"), _) => Finish::Length,
            (Some("failed" | "cancelled"), _) => Finish::Failed,
            (Some("queued" | "in_progress"), _) if !ended => Finish::Failed,
            _ => Finish::Stop,
        });
        Ok(words)
    }
}

fn error(event: &Value) -> Unreadable {
    let inner = event.pointer("/response/error").or_else(|| event.get("error")).filter(|error| !error.is_null());
    let error = inner.map_or_else(|| ApiError::of(event), |error| ApiError::of(&json!({ "error": error })));
    Unreadable::Error(Box::new(error))
}

/// What tells parts of text apart.
fn key(event: &Value) -> String {
    let part = |name: &str| event.get(name).filter(|value| !value.is_null()).map(Value::to_string).unwrap_or_default();
    let item = Some(part("item_id")).filter(|id| !id.is_empty()).unwrap_or_else(|| part("output_index"));
    format!("{item} {}", part("content_index"))
}

/// The events that a call is told in.
const CALLS: [&str; 4] = [
    "response.output_item.added",
    "response.output_item.done",
    "response.function_call_arguments.delta",
    "response.function_call_arguments.done",
];

#[cfg(test)]
#[path = "assembler_tests.rs"]
mod tests;

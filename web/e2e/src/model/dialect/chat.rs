//! Chat Completions: anonymous events with chunks, then `[DONE]`.

use super::super::reply::{Call, Part};
use super::{bytes, data, halves};
use serde_json::{Value, json};

pub(in crate::model) fn chunk(chunk: &Value) -> Vec<u8> {
    let mut whole =
        json!({"id": "chatcmpl-scripted", "object": "chat.completion.chunk", "created": 0, "model": "scripted"});
    if let (Some(whole), Some(chunk)) = (whole.as_object_mut(), chunk.as_object()) {
        whole.extend(chunk.clone());
    }
    data(&whole.to_string())
}

#[expect(clippy::needless_pass_by_value, reason = "reads best at the call")]
pub(in crate::model) fn delta(delta: Value) -> Vec<u8> {
    chunk(&json!({"choices": [{"index": 0, "delta": delta, "finish_reason": null}]}))
}

pub(in crate::model) fn text(text: &str) -> Vec<Part> {
    vec![bytes(delta(json!({"content": text})))]
}

pub(in crate::model) fn call(call: &Call) -> Vec<Part> {
    let Call { index, name, arguments } = call;
    let (first, second) = halves(arguments);
    let id = format!("call_scripted_{index}");
    let head = json!({"index": index, "id": id, "type": "function", "function": {"name": name, "arguments": ""}});
    let more = |piece: &str| json!({"tool_calls": [{"index": index, "function": {"arguments": piece}}]});
    [json!({"tool_calls": [head]}), more(first), more(second)].map(|part| bytes(delta(part))).into()
}

pub(in crate::model) fn end(finish_reason: &str) -> Vec<Part> {
    let usage = json!({"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110});
    let last = chunk(&json!({"choices": [{"index": 0, "delta": {}, "finish_reason": finish_reason}]}));
    [last, chunk(&json!({"choices": [], "usage": usage})), data("[DONE]")].map(bytes).into()
}

//! What Chat Completions answers, read leniently: every field may be missing, null or of another type.
//! See `docs/decisions/0002-own-model-types.md`.

use serde::Deserialize;
use serde_json::Value;

/// A choice of a chunk or of a whole answer: they differ in `delta` and `message` alone.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Choice {
    index: Value,
    pub(super) delta: Option<Delta>,
    pub(super) message: Option<Delta>,
    finish_reason: Value,
    /// Words in the form of older completions.
    text: Value,
    pub(super) error: Value,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Delta {
    content: Value,
    refusal: Value,
    tool_calls: Value,
    /// The form before `tool_calls`.
    pub(super) function_call: Option<FunctionDelta>,
    pub(super) reasoning_content: Value,
    pub(super) reasoning_details: Value,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ToolDelta {
    pub(super) id: Value,
    pub(super) index: Value,
    function: Option<FunctionDelta>,
    /// Some servers leave `function` out and put its fields here.
    name: Value,
    arguments: Value,
    /// Gemini's thought signature.
    pub(super) extra_content: Value,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct FunctionDelta {
    name: Value,
    /// A piece of JSON text; some servers send the object itself.
    pub(super) arguments: Value,
}

impl Choice {
    /// Whether it is the first choice: we ask for one, and a second must not mix into it.
    pub(super) fn is_first(&self) -> bool {
        self.index.as_u64().is_none_or(|index| index == 0)
    }

    pub(super) fn text(&self) -> &str {
        self.text.as_str().unwrap_or_default()
    }

    pub(super) fn finish_reason(&self) -> Option<&str> {
        self.finish_reason.as_str().filter(|reason| !reason.is_empty())
    }
}

impl Delta {
    /// The piece of text: a string, or the texts of a list of parts that are not thoughts.
    pub(super) fn text(&self) -> String {
        let text = match &self.content {
            Value::String(text) => text.clone(),
            Value::Array(_) | Value::Object(_) => {
                let parts = self.content.as_array().map_or(std::slice::from_ref(&self.content), Vec::as_slice);
                let kind = |part: &Value| part.get("type").and_then(Value::as_str).unwrap_or("text").to_owned();
                let spoken = parts.iter().filter(|part| matches!(kind(part).as_str(), "text" | "output_text"));
                spoken.filter_map(|part| part.get("text").and_then(Value::as_str)).collect()
            }
            _ => String::new(),
        };
        if text.is_empty() { self.refusal.as_str().unwrap_or_default().to_owned() } else { text }
    }

    /// The pieces of calls: a list, or, against the rules, a single one.
    pub(super) fn tool_calls(&self) -> Result<Vec<ToolDelta>, serde_json::Error> {
        match &self.tool_calls {
            Value::Null => Ok(Vec::new()),
            one @ Value::Object(_) => serde_json::from_value(one.clone()).map(|call| vec![call]),
            many => {
                serde_json::from_value::<Vec<Option<_>>>(many.clone()).map(|all| all.into_iter().flatten().collect())
            }
        }
    }
}

impl ToolDelta {
    pub(super) fn of_function(function: FunctionDelta) -> Self {
        Self { index: Value::from(0), function: Some(function), ..Self::default() }
    }

    pub(super) fn id(&self) -> Option<String> {
        match &self.id {
            Value::String(id) if !id.is_empty() => Some(id.clone()),
            Value::Number(id) => Some(id.to_string()),
            _ => None,
        }
    }

    pub(super) fn index(&self) -> Option<u64> {
        match &self.index {
            Value::Number(index) => index.as_u64(),
            Value::String(index) => index.parse().ok(),
            _ => None,
        }
    }

    pub(super) fn into_function(self) -> FunctionDelta {
        self.function.unwrap_or(FunctionDelta { name: self.name, arguments: self.arguments })
    }
}

impl FunctionDelta {
    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        let silent = self.arguments.is_null() || self.arguments.as_str().is_some_and(str::is_empty);
        self.name().is_none() && silent
    }

    pub(super) fn name(&self) -> Option<&str> {
        self.name.as_str().filter(|name| !name.is_empty())
    }
}

/// Whether a chunk in the midst of a tool call may be a damaged piece of it: one that says nothing that
/// we know, or says it in an odd place. To skip it could change the call.
pub(super) fn is_doubtful(chunk: &Value) -> bool {
    let Some(choices) = chunk.get("choices") else { return has_damaged(chunk, &["choices"]) };
    choices.as_array().into_iter().flatten().any(|choice| {
        let first = choice.get("index").is_none_or(|index| index.as_u64() == Some(0));
        let ends = choice["finish_reason"].is_string();
        let delta = choice.get("delta").or_else(|| choice.get("message"));
        !first || delta.map_or_else(|| !ends && has_damaged(choice, &IN_CHOICE), is_doubtful_delta)
    })
}

/// What a choice may have its piece in.
const IN_CHOICE: [&str; 2] = ["delta", "message"];
/// What a piece may have of a call, or of the words that would end it.
const IN_DELTA: [&str; 3] = ["tool_calls", "function_call", "content"];
/// What a piece of a call may have in it.
const IN_CALL: [&str; 3] = ["function", "name", "arguments"];

/// Whether a key is one of these with a few bytes changed, rather than one that servers add.
fn has_damaged(value: &Value, known: &[&str]) -> bool {
    let damaged = |key: &String| known.iter().any(|known| is_damaged(key, known));
    value.as_object().is_some_and(|fields| fields.keys().any(damaged))
}

/// Whether a word is another one with a few bytes changed or lost.
pub(in crate::openai) fn is_damaged(word: &str, whole: &str) -> bool {
    let most = (whole.len() / 2).min(4);
    let both = || word.bytes().zip(whole.bytes());
    let changed = both().filter(|(one, other)| one != other).count();
    let before = both().take_while(|(one, other)| one == other).count();
    let after = word.bytes().rev().zip(whole.bytes().rev()).take_while(|(one, other)| one == other).count();
    let lost = word.len().abs_diff(whole.len());
    let near = (lost == 0 && changed <= most) || (lost <= 2 && before + after + most >= whole.len().max(word.len()));
    word != whole && near
}

fn is_doubtful_delta(delta: &Value) -> bool {
    let calls = match &delta["tool_calls"] {
        Value::Array(calls) => calls.as_slice(),
        one => std::slice::from_ref(one),
    };
    let functions = calls.iter().filter(|call| call.is_object()).flat_map(|call| [Some(call), call.get("function")]);
    let mut functions = functions.chain([delta.get("function_call")]).flatten();
    functions.any(|function| has_damaged(function, &IN_CALL)) || has_damaged(delta, &IN_DELTA)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_choice_reads_whatever_is_missing_null_or_new() {
        for json in [
            json!({}),
            json!({"delta": null, "finish_reason": null}),
            json!({"index": "0", "delta": {"role": "assistant", "content": null, "tool_calls": null}, "x": {"y": 1}}),
            json!({"message": {"content": 5, "refusal": false}, "finish_reason": 3}),
        ] {
            let choice: Choice = serde_json::from_value(json).unwrap();
            assert!(choice.is_first() && choice.finish_reason().is_none());
            assert_eq!(choice.delta.or(choice.message).unwrap_or_default().text(), "");
        }
    }

    #[test]
    fn a_piece_whose_names_are_damaged_is_doubtful() {
        let piece = |delta: Value| json!({"choices": [{"index": 0, "delta": delta, "finish_reason": null}]});
        for fine in [
            piece(json!({})),
            piece(json!({"content": null})),
            piece(json!({"tool_calls": [{"index": 0, "function": {"arguments": "x"}}]})),
            piece(json!({"tool_calls": {"index": 0, "name": "x"}})),
            piece(json!({"reasoning_content": "hm"})),
            json!({"choices": [], "usage": {}}),
            json!({"choices": [{"finish_reason": "stop"}]}),
            json!({"type": "ping"}),
            json!({"timings": {}}),
            Value::Null,
            piece(json!({"tool_calls": [{"index": 0, "function": {}}]})),
            piece(json!({"tool_calls": [{"index": 0, "id": "c", "type": "function"}]})),
            json!({"choices": [{"index": 0, "finish_reason": null, "content_filter_results": {}}]}),
            json!({"obfuscation": "x", "system_fingerprint": "y"}),
            json!({"choices": [{"index": 0, "something_new": {}}]}),
            piece(json!({"reasoning_opaque": "hm"})),
            piece(json!({"tool_calls": [{"index": 0, "function": {"thought": "x"}, "signature": "y"}]})),
        ] {
            assert!(!is_doubtful(&fine), "{fine}");
        }
        for doubtful in [
            json!({"choicez": []}),
            json!({"choices": [{"index": 1, "delta": {"content": "x"}}]}),
            json!({"choices": [{"index": 0, "deltb": {"content": "x"}}]}),
            piece(json!({"tool_callz": []})),
            piece(json!({"tool_calls": [{"index": 0, "functioz": {"arguments": "x"}}]})),
            piece(json!({"tool_calls": [{"index": 0, "function": {"argumentz": "x"}}]})),
        ] {
            assert!(is_doubtful(&doubtful), "{doubtful}");
        }
    }

    #[test]
    fn text_may_come_in_parts_and_thoughts_are_none() {
        let parts =
            json!({"content": [{"type": "thinking", "text": "hm"}, {"type": "text", "text": "a"}, {"text": "b"}]});
        let delta: Delta = serde_json::from_value(parts).unwrap();
        assert_eq!(delta.text(), "ab");
    }

    #[test]
    fn ids_and_indexes_may_be_of_another_type() {
        let delta: ToolDelta = serde_json::from_str(r#"{"id":7,"index":"2"}"#).unwrap();
        assert_eq!((delta.id().as_deref(), delta.index()), (Some("7"), Some(2)));
    }
}

//! What Chat Completions answers, read leniently: every field may be missing, null or of another type.
//! See `docs/decisions/0002-own-model-types.md`.

use serde::Deserialize;
use serde_json::Value;

/// A chunk of a stream, or a whole answer: they differ in `delta` and `message` alone.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Chunk {
    pub(super) choices: Option<Vec<Choice>>,
    pub(super) usage: Option<Usage>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Choice {
    pub(super) index: Option<Value>,
    #[serde(alias = "message")]
    pub(super) delta: Option<Delta>,
    pub(super) finish_reason: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Delta {
    pub(super) content: Value,
    pub(super) refusal: Option<String>,
    pub(super) tool_calls: Option<Vec<ToolDelta>>,
    /// The form before `tool_calls`.
    pub(super) function_call: Option<FunctionDelta>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ToolDelta {
    pub(super) id: Value,
    pub(super) index: Value,
    pub(super) function: Option<FunctionDelta>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct FunctionDelta {
    pub(super) name: Option<String>,
    /// A piece of JSON text; some servers send the object itself.
    pub(super) arguments: Value,
}

/// Tokens, as the server counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Usage {
    pub(super) prompt_tokens: Option<u64>,
    pub(super) completion_tokens: Option<u64>,
}

/// Whether a chunk in the midst of a tool call may be a damaged piece of it: one that says nothing that
/// we know, or says it in an odd place. To skip it could change the call.
pub(super) fn is_doubtful(chunk: &Value) -> bool {
    let Some(choices) = chunk.get("choices") else { return !chunk["usage"].is_object() };
    choices.as_array().into_iter().flatten().any(|choice| {
        let first = choice.get("index").is_none_or(|index| index.as_u64() == Some(0));
        let ends = choice["finish_reason"].is_string();
        let delta = choice.get("delta").or_else(|| choice.get("message"));
        !first || delta.map_or(!ends, is_doubtful_delta)
    })
}

fn is_doubtful_delta(delta: &Value) -> bool {
    const KNOWN: [&str; 9] = [
        "role",
        "content",
        "refusal",
        "tool_calls",
        "function_call",
        "reasoning",
        "reasoning_content",
        "reasoning_details",
        "extra_content",
    ];
    let calls = delta["tool_calls"].as_array().into_iter().flatten();
    let mut functions = calls.map(|call| &call["function"]).chain(delta.get("function_call").filter(|f| !f.is_null()));
    let empty = |function: &Value| function.get("arguments").or_else(|| function.get("name")).is_none();
    let unknown = |delta: &serde_json::Map<String, Value>| {
        !delta.is_empty() && !delta.keys().any(|key| KNOWN.contains(&key.as_str()))
    };
    functions.any(empty) || delta.as_object().is_some_and(unknown)
}

impl Choice {
    /// Whether it is the first choice: we ask for one, and a second must not mix into it.
    pub(super) fn is_first(&self) -> bool {
        self.index.as_ref().and_then(Value::as_u64).is_none_or(|index| index == 0)
    }
}

impl Delta {
    /// The piece of text: a string, or the texts of a list of parts.
    pub(super) fn text(&self) -> String {
        let mut text = match &self.content {
            Value::String(text) => text.clone(),
            Value::Array(parts) => {
                let texts = parts.iter().filter_map(|part| part.get("text").and_then(Value::as_str));
                texts.collect()
            }
            _ => String::new(),
        };
        if text.is_empty() {
            text.extend(self.refusal.as_deref());
        }
        text
    }
}

impl ToolDelta {
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_chunk_reads_whatever_is_missing_null_or_new() {
        for json in [
            "{}",
            r#"{"choices":null,"usage":null,"error":null}"#,
            r#"{"choices":[{"delta":null,"finish_reason":null}]}"#,
            r#"{"choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":null}}],"x":{"y":1}}"#,
            r#"{"choices":[],"choices":[]}"#,
        ] {
            let value: Value = serde_json::from_str(json).unwrap();
            serde_json::from_value::<Chunk>(value).unwrap();
        }
    }

    #[test]
    fn a_piece_whose_names_are_damaged_is_doubtful() {
        let piece = |delta: Value| json!({"choices": [{"index": 0, "delta": delta, "finish_reason": null}]});
        for fine in [
            piece(json!({})),
            piece(json!({"content": null})),
            piece(json!({"tool_calls": [{"index": 0, "function": {"arguments": "x"}}]})),
            piece(json!({"reasoning_content": "hm"})),
            json!({"choices": [], "usage": {}}),
            json!({"choices": [{"finish_reason": "stop"}]}),
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
    fn text_may_come_in_parts() {
        let delta: Delta = serde_json::from_str(r#"{"content":[{"type":"text","text":"a"},{"text":"b"}]}"#).unwrap();
        assert_eq!(delta.text(), "ab");
    }

    #[test]
    fn ids_and_indexes_may_be_of_another_type() {
        let delta: ToolDelta = serde_json::from_str(r#"{"id":7,"index":"2"}"#).unwrap();
        assert_eq!((delta.id().as_deref(), delta.index()), (Some("7"), Some(2)));
    }
}

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
    let Some(choices) = chunk.get("choices") else { return !is_aside(chunk) };
    choices.as_array().into_iter().flatten().any(|choice| {
        let first = choice.get("index").is_none_or(|index| index.as_u64() == Some(0));
        let ends = choice["finish_reason"].is_string();
        let delta = choice.get("delta").or_else(|| choice.get("message"));
        !first || delta.map_or_else(|| !ends && has_unknown(choice, &IN_CHOICE), is_doubtful_delta)
    })
}

/// What servers send between the pieces of an answer: counts, and signs of life.
fn is_aside(chunk: &Value) -> bool {
    let counts = ["usage", "timings", "x_groq"].iter().any(|key| chunk.get(*key).is_some_and(Value::is_object));
    let alive = chunk.is_null()
        || chunk.get("type").is_some_and(|kind| kind == "ping")
        || chunk.as_object().is_some_and(serde_json::Map::is_empty);
    counts || alive
}

/// What a choice without a delta may have in it: Azure tells so what its filter found.
const IN_CHOICE: [&str; 9] = [
    "index",
    "text",
    "finish_reason",
    "native_finish_reason",
    "stop_reason",
    "logprobs",
    "content_filter_results",
    "content_filter_offsets",
    "content_filter_raw",
];
/// What a piece of a call may have in it beside its name and arguments.
const IN_CALL: [&str; 5] = ["index", "id", "type", "function", "extra_content"];

fn has_unknown(value: &Value, known: &[&str]) -> bool {
    value.as_object().is_some_and(|fields| fields.keys().any(|key| !known.contains(&key.as_str())))
}

fn is_doubtful_delta(delta: &Value) -> bool {
    const KNOWN: [&str; 16] = [
        "role",
        "content",
        "refusal",
        "tool_calls",
        "function_call",
        "reasoning",
        "reasoning_content",
        "reasoning_details",
        "reasoning_text",
        "thinking",
        "thinking_blocks",
        "citations",
        "extra_content",
        "annotations",
        "audio",
        "provider_specific_fields",
    ];
    let calls = match &delta["tool_calls"] {
        Value::Array(calls) => calls.as_slice(),
        one => std::slice::from_ref(one),
    };
    let functions = calls.iter().filter(|call| call.is_object()).map(|call| call.get("function").unwrap_or(call));
    let mut functions = functions.chain(delta.get("function_call").filter(|f| !f.is_null()));
    let silent = |function: &Value| function.get("arguments").or_else(|| function.get("name")).is_none();
    let unknown = |delta: &serde_json::Map<String, Value>| {
        !delta.is_empty() && !delta.keys().any(|key| KNOWN.contains(&key.as_str()))
    };
    functions.any(|function| silent(function) && has_unknown(function, &IN_CALL))
        || delta.as_object().is_some_and(unknown)
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

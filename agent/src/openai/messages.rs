//! Messages as Chat Completions takes them.

use serde::Serialize;
use serde_json::{Value, json};
use todo_contract::step::ProposedCall;
use todo_contract::{CallStatus, Message, ToolResult};

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "role", rename_all = "lowercase")]
pub(super) enum ChatMessage {
    System {
        content: String,
    },
    User {
        content: String,
    },
    Assistant {
        content: Option<String>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        tool_calls: Vec<CallOut>,
    },
    Tool {
        tool_call_id: String,
        content: String,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct CallOut {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) function: FunctionOut,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct FunctionOut {
    pub(super) name: String,
    pub(super) arguments: String,
}

impl CallOut {
    pub(super) fn new(id: &str, name: &str, arguments: String) -> Self {
        Self { id: id.to_owned(), kind: "function", function: FunctionOut { name: name.to_owned(), arguments } }
    }
}

impl From<&ProposedCall> for CallOut {
    fn from(proposed: &ProposedCall) -> Self {
        Self::new(proposed.id.as_str(), proposed.call.name(), proposed.call.arguments().to_string())
    }
}

impl ChatMessage {
    /// `None` for an assistant message that says and proposes nothing: servers refuse one.
    pub(super) fn of(message: &Message) -> Option<Self> {
        match message {
            Message::User { text } => Some(Self::User { content: text.clone() }),
            Message::Assistant { text, calls, .. } if text.is_empty() && calls.is_empty() => None,
            Message::Assistant { text, calls, .. } => Some(Self::Assistant {
                content: Some(text.clone()).filter(|text| !text.is_empty()),
                tool_calls: calls.iter().map(CallOut::from).collect(),
            }),
            Message::Tool { call_id, status, result } => {
                Some(Self::Tool { tool_call_id: call_id.as_str().to_owned(), content: told(*status, result) })
            }
        }
    }

    /// An estimate of its tokens, rather too high than too low: three bytes of JSON make one.
    pub(super) fn tokens(&self) -> usize {
        serde_json::to_string(self).map_or(0, |json| json.len()) / 3 + 4
    }
}

fn told(status: CallStatus, result: &ToolResult) -> String {
    let mut told = json!({"status": status});
    let result = serde_json::to_value(result).unwrap_or_default();
    if let (Some(told), Value::Object(result)) = (told.as_object_mut(), result) {
        // The numbers of journal rows mean nothing to a model.
        told.extend(result.into_iter().filter(|(key, _)| key != "operations"));
    }
    told.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(message: Value) -> Value {
        serde_json::to_value(ChatMessage::of(&serde_json::from_value(message).unwrap())).unwrap()
    }

    #[test]
    fn a_call_and_its_result_are_paired_by_id() {
        let call = json!({"id": "c1", "name": "delete_tasks", "arguments": {"ids": [1]}});
        assert_eq!(
            read(json!({"role": "assistant", "text": "", "calls": [call]})),
            json!({"role": "assistant", "content": null, "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "delete_tasks", "arguments": "{\"ids\":[1]}"}}]})
        );
        let result = json!({"kind": "changed", "items": [], "operations": [7]});
        let told = read(json!({"role": "tool", "call_id": "c1", "status": "done", "result": result}));
        assert_eq!(told["tool_call_id"], "c1");
        let content: Value = serde_json::from_str(told["content"].as_str().unwrap()).unwrap();
        assert_eq!(content, json!({"status": "done", "kind": "changed", "items": []}));
    }

    #[test]
    fn an_answer_without_words_and_calls_is_left_out() {
        assert_eq!(read(json!({"role": "assistant", "text": ""})), Value::Null);
    }
}

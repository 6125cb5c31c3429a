//! A conversation's messages, whatever dialect they will be sent in.

use super::carried::Carried;
use serde_json::{Value, json};
use todo_contract::{CallStatus, Message, ToolResult};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    User(String),
    Assistant { text: String, calls: Vec<PastCall>, carried: Carried },
    Result { call_id: String, content: String },
}

/// A call of an earlier step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PastCall {
    pub(super) id: String,
    pub(super) name: String,
    /// A JSON object as text.
    pub(super) arguments: String,
}

impl Item {
    /// `None` for an assistant message that says and proposes nothing: servers refuse one.
    pub(super) fn of(message: &Message) -> Option<Self> {
        match message {
            Message::User { text } => Some(Self::User(text.clone())),
            Message::Assistant { text, calls, .. } if text.is_empty() && calls.is_empty() => None,
            Message::Assistant { text, calls, carry } => {
                let calls = calls.iter().map(|proposed| PastCall {
                    id: proposed.id.as_str().to_owned(),
                    name: proposed.call.name().to_owned(),
                    arguments: proposed.call.arguments().to_string(),
                });
                let carried = Carried::unpack(carry.as_ref());
                Some(Self::Assistant { text: text.clone(), calls: calls.collect(), carried })
            }
            Message::Tool { call_id, status, result } => {
                Some(Self::Result { call_id: call_id.as_str().to_owned(), content: told(*status, result) })
            }
        }
    }

    /// An estimate of its tokens, rather too high than too low: three bytes make one.
    pub(super) fn tokens(&self) -> usize {
        let bytes = match self {
            Self::User(text) => text.len(),
            Self::Assistant { text, calls, .. } => {
                let calls = calls.iter().map(|call| call.id.len() + call.name.len() + call.arguments.len() + 60);
                text.len() + calls.sum::<usize>()
            }
            Self::Result { call_id, content } => call_id.len() + content.len(),
        };
        (bytes + 40) / 3 + 4
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

    fn read(message: Value) -> Option<Item> {
        Item::of(&serde_json::from_value(message).unwrap())
    }

    #[test]
    fn a_call_and_its_result_are_paired_by_id() {
        let call = json!({"id": "c1", "name": "delete_tasks", "arguments": {"ids": [1]}});
        let past = PastCall { id: "c1".into(), name: "delete_tasks".into(), arguments: "{\"ids\":[1]}".into() };
        assert_eq!(
            read(json!({"role": "assistant", "text": "", "calls": [call]})),
            Some(Item::Assistant { text: String::new(), calls: vec![past], carried: Carried::default() })
        );
        let result = json!({"kind": "changed", "items": [], "operations": [7]});
        let told = read(json!({"role": "tool", "call_id": "c1", "status": "done", "result": result}));
        let Some(Item::Result { call_id, content }) = told else { panic!("{told:?}") };
        assert_eq!(call_id, "c1");
        let content: Value = serde_json::from_str(&content).unwrap();
        assert_eq!(content, json!({"status": "done", "kind": "changed", "items": []}));
    }

    #[test]
    fn an_answer_without_words_and_calls_is_left_out() {
        assert_eq!(read(json!({"role": "assistant", "text": ""})), None);
    }
}

//! Messages as Chat Completions takes them.

use super::short_ids::ShortIds;
use crate::openai::adapt::Adaptation;
use crate::openai::carried::Carried;
use crate::openai::items::{Item, PastCall};
use crate::openai::request::Ask;
use crate::openai::structured;
use serde::Serialize;
use serde_json::{Value, json};

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
        #[serde(skip_serializing_if = "Option::is_none")]
        reasoning_content: Option<String>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        reasoning_details: Vec<Value>,
    },
    Tool {
        tool_call_id: String,
        content: String,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct CallOut {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    function: FunctionOut,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra_content: Option<Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct FunctionOut {
    name: String,
    arguments: String,
}

/// How a server wants its messages.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Manner {
    structured: Option<structured::Form>,
    system_as_user: bool,
    short_ids: bool,
    null_as_empty: bool,
    with_thoughts: bool,
    with_extras: bool,
    stand_in: bool,
    stand_in_thoughts: bool,
    in_turns: bool,
}

/// Stands where a turn ended without an answer and a server insists on one.
const NO_ANSWER: &str = "(no answer)";

impl Manner {
    pub(super) fn new(ask: &Ask<'_>) -> Self {
        let has = |adaptation| ask.adaptations.has(adaptation);
        Self {
            structured: ask.is_structured().then(|| structured::form(ask.adaptations)),
            system_as_user: has(Adaptation::NoSystem),
            short_ids: has(Adaptation::ShortIds) || ask.settings.is_mistral(),
            null_as_empty: has(Adaptation::NoNullContent),
            with_thoughts: ask.with_carried && !has(Adaptation::NoThoughts),
            with_extras: ask.with_carried,
            stand_in: has(Adaptation::StandInSignatures),
            stand_in_thoughts: has(Adaptation::StandInThoughts),
            in_turns: has(Adaptation::TakeTurns),
        }
    }
}

/// The instructions and the conversation.
pub(super) fn messages(instructions: &str, items: &[Item], manner: Manner) -> Vec<ChatMessage> {
    let mut messages = match manner.structured {
        Some(form) => {
            let content = structured::instructions(instructions, form);
            let told = structured::turns(items).into_iter().map(|(is_user, content)| spoken(is_user, content));
            std::iter::once(ChatMessage::System { content }).chain(told).collect()
        }
        None => {
            let system = ChatMessage::System { content: instructions.to_owned() };
            let short = ShortIds::of(items);
            let ids = if manner.short_ids { Some(&short) } else { None };
            std::iter::once(system).chain(items.iter().map(|item| message(item, manner, ids))).collect()
        }
    };
    if manner.in_turns {
        messages = in_turns(messages);
    }
    if manner.system_as_user {
        merge_system(&mut messages);
    }
    messages
}

/// Joins what a person said in two messages, and answers what was left without an answer after a result.
fn in_turns(messages: Vec<ChatMessage>) -> Vec<ChatMessage> {
    let mut turns: Vec<ChatMessage> = Vec::new();
    for message in messages {
        match (turns.last_mut(), message) {
            (Some(ChatMessage::User { content: said }), ChatMessage::User { content }) => {
                said.push_str("\n\n");
                said.push_str(&content);
            }
            (Some(ChatMessage::Tool { .. }), message @ ChatMessage::User { .. }) => {
                turns.extend([spoken(false, NO_ANSWER.into()), message]);
            }
            (_, message) => turns.push(message),
        }
    }
    turns
}

fn spoken(is_user: bool, content: String) -> ChatMessage {
    if is_user {
        return ChatMessage::User { content };
    }
    let (tool_calls, reasoning_details) = (Vec::new(), Vec::new());
    ChatMessage::Assistant { content: Some(content), tool_calls, reasoning_content: None, reasoning_details }
}

fn message(item: &Item, manner: Manner, ids: Option<&ShortIds>) -> ChatMessage {
    let id = |id: &str| ids.map_or_else(|| id.to_owned(), |ids| ids.of_id(id));
    match item {
        Item::User(text) => ChatMessage::User { content: text.clone() },
        Item::Result { call_id, content } => ChatMessage::Tool { tool_call_id: id(call_id), content: content.clone() },
        Item::Assistant { text, calls, carried } => {
            let none = Carried::default();
            let thoughts = if manner.with_thoughts { carried } else { &none };
            ChatMessage::Assistant {
                content: Some(text.clone()).filter(|text| !text.is_empty() || manner.null_as_empty),
                tool_calls: calls
                    .iter()
                    .enumerate()
                    .map(|(n, c)| call(c, id(&c.id), extra(n, carried, manner)))
                    .collect(),
                reasoning_content: thoughts
                    .reasoning_content
                    .clone()
                    .or_else(|| manner.stand_in_thoughts.then(String::new)),
                reasoning_details: thoughts.reasoning_details.clone(),
            }
        }
    }
}

fn call(call: &PastCall, id: String, extra_content: Option<Value>) -> CallOut {
    let function = FunctionOut { name: call.name.clone(), arguments: call.arguments.clone() };
    CallOut { id, kind: "function", function, extra_content }
}

/// What came with the call. Only the first call of a message has a signature.
fn extra(position: usize, carried: &Carried, manner: Manner) -> Option<Value> {
    let known = carried.extras.get(position).cloned().flatten().filter(|_| manner.with_extras);
    // Google's own words for a signature that cannot be had.
    let stand_in = || json!({"google": {"thought_signature": "skip_thought_signature_validator"}});
    known.or_else(|| (manner.stand_in && position == 0).then(stand_in))
}

/// Puts the instructions before the first words of the person.
fn merge_system(messages: &mut Vec<ChatMessage>) {
    if let Some(ChatMessage::System { content: rules }) = messages.first().cloned() {
        messages.remove(0);
        match messages.first_mut() {
            Some(ChatMessage::User { content }) => *content = format!("{rules}\n\n---\n\n{content}"),
            _ => messages.insert(0, ChatMessage::User { content: rules }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items() -> Vec<Item> {
        let call = |id: &str| PastCall { id: id.into(), name: "undo_last".into(), arguments: "{}".into() };
        let carried = Carried {
            reasoning_content: Some("hm".into()),
            extras: vec![Some(json!({"google": {"thought_signature": "s"}}))],
            ..Carried::default()
        };
        vec![
            Item::User("Hi".into()),
            Item::Assistant { text: String::new(), calls: vec![call("call_abc")], carried },
            Item::Result { call_id: "call_abc".into(), content: "{}".into() },
        ]
    }

    fn json_of(manner: Manner) -> Value {
        serde_json::to_value(messages("Rules", &items(), manner)).unwrap()
    }

    #[test]
    fn a_call_and_its_result_have_the_same_id() {
        let json = json_of(Manner::default());
        assert_eq!(json[0], json!({"role": "system", "content": "Rules"}));
        let call = json!({"id": "call_abc", "type": "function", "function": {"name": "undo_last", "arguments": "{}"}});
        assert_eq!(json[2], json!({"role": "assistant", "content": null, "tool_calls": [call]}));
        assert_eq!(json[3]["tool_call_id"], "call_abc");
        let short = json_of(Manner { short_ids: true, ..Manner::default() });
        let id = short[3]["tool_call_id"].as_str().unwrap();
        assert!(id.len() == 9 && id.bytes().all(|b| b.is_ascii_alphanumeric()), "{id}");
        assert_eq!(short[2]["tool_calls"][0]["id"], id);
    }

    #[test]
    fn thoughts_and_signatures_are_sent_back_where_they_may() {
        let json = json_of(Manner { with_thoughts: true, with_extras: true, ..Manner::default() });
        assert_eq!(json[2]["reasoning_content"], "hm");
        assert_eq!(json[2]["tool_calls"][0]["extra_content"]["google"]["thought_signature"], "s");
        let json = json_of(Manner { stand_in: true, null_as_empty: true, ..Manner::default() });
        let signature = &json[2]["tool_calls"][0]["extra_content"]["google"]["thought_signature"];
        assert_eq!(signature, "skip_thought_signature_validator");
        assert_eq!(json[2]["content"], "");
    }

    #[test]
    fn without_a_system_role_the_rules_come_first() {
        let json = json_of(Manner { system_as_user: true, ..Manner::default() });
        assert_eq!(json[0], json!({"role": "user", "content": "Rules\n\n---\n\nHi"}));
        assert_eq!(json[1]["role"], "assistant");
    }

    #[test]
    fn in_structured_output_there_are_no_tool_messages() {
        let json = json_of(Manner { structured: Some(structured::Form::Schema), ..Manner::default() });
        let roles: Vec<_> = json.as_array().unwrap().iter().map(|m| m["role"].as_str().unwrap()).collect();
        assert_eq!(roles, ["system", "user", "assistant", "user"]);
    }
}

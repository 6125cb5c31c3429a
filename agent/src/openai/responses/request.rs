//! The body of a request to `/responses`: the whole conversation each time, since nothing is stored there.

use crate::openai::adapt::Adaptation;
use crate::openai::items::Item;
use crate::openai::remedy::Sent;
use crate::openai::request::Ask;
use crate::openai::structured::{self, Form};
use crate::openai::tools::{Function, functions};
use serde::Serialize;
use serde_json::{Value, json};

#[derive(Debug, Serialize)]
pub(in crate::openai) struct ResponsesRequest<'a> {
    model: &'a str,
    instructions: String,
    input: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tools: Vec<Tool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Value>,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    store: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    include: Option<[&'static str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parallel_tool_calls: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_output_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning: Option<Reasoning>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f32>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Tool {
    Function(&'static Function),
}

#[derive(Debug, Serialize)]
struct Reasoning {
    effort: &'static str,
}

impl<'a> ResponsesRequest<'a> {
    pub(in crate::openai) fn new(ask: &Ask<'a>) -> Self {
        let has = |adaptation| ask.adaptations.has(adaptation);
        let settings = ask.settings;
        let form = structured::form(ask.adaptations);
        let with_tools = !ask.is_structured();
        let offered = if with_tools { functions(ask.schemas()) } else { &[] };
        let effort = settings.reasoning_effort.filter(|_| !has(Adaptation::NoEffort));
        Self {
            model: &settings.model,
            instructions: if with_tools {
                ask.instructions.to_owned()
            } else {
                structured::instructions(ask.instructions, form)
            },
            input: if with_tools { input(ask.items, ask.with_carried) } else { structured_input(ask.items) },
            tools: offered.iter().map(Tool::Function).collect(),
            text: (!with_tools).then(|| format(form)).flatten(),
            stream: !has(Adaptation::NoStream),
            store: (!has(Adaptation::NoStore)).then_some(false),
            include: (!has(Adaptation::NoInclude)).then_some(["reasoning.encrypted_content"]),
            parallel_tool_calls: (with_tools && !has(Adaptation::NoParallelToolCalls)).then_some(false),
            max_output_tokens: (!has(Adaptation::NoTokenLimit)).then_some(ask.max_output_tokens),
            reasoning: effort.map(|effort| Reasoning { effort }),
            temperature: settings.temperature.filter(|_| !has(Adaptation::NoTemperature)),
        }
    }

    /// What can be adapted of it.
    pub(in crate::openai) fn sent(&self, ask: &Ask<'_>) -> Sent {
        Sent {
            adaptations: ask.adaptations,
            responses: true,
            may_switch: ask.may_switch,
            token_limit: self.max_output_tokens.map(|_| "max_output_tokens"),
            temperature: self.temperature.is_some(),
            effort: self.reasoning.is_some(),
        }
    }
}

/// The conversation as input items. Reasoning stands before what followed from it.
fn input(items: &[Item], with_carried: bool) -> Vec<Value> {
    let mut input = Vec::new();
    for item in items {
        match item {
            Item::User(text) => input.push(json!({"role": "user", "content": text})),
            Item::Result { call_id, content } => {
                input.push(json!({"type": "function_call_output", "call_id": call_id, "output": content}));
            }
            Item::Assistant { text, calls, carried } => {
                if with_carried {
                    input.extend(carried.reasoning.iter().cloned());
                }
                if !text.is_empty() {
                    input.push(json!({"role": "assistant", "content": text}));
                }
                input.extend(calls.iter().map(|call| {
                    json!({"type": "function_call", "call_id": call.id, "name": call.name, "arguments": call.arguments})
                }));
            }
        }
    }
    input
}

fn structured_input(items: &[Item]) -> Vec<Value> {
    let role = |is_user| if is_user { "user" } else { "assistant" };
    let turns = structured::turns(items).into_iter();
    turns.map(|(is_user, content)| json!({"role": role(is_user), "content": content})).collect()
}

fn format(form: Form) -> Option<Value> {
    match form {
        Form::Schema => {
            let schema = structured::schema();
            Some(json!({"format": {"type": "json_schema", "name": structured::NAME, "strict": true, "schema": schema}}))
        }
        Form::Object => Some(json!({"format": {"type": "json_object"}})),
        Form::Words => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openai::carried::Carried;
    use crate::openai::items::PastCall;
    use crate::openai::request::tests::ask_with;

    fn body(adapted: &[Adaptation]) -> Value {
        ask_with("https://api.openai.com/v1", adapted, |ask| serde_json::to_value(ResponsesRequest::new(ask)).unwrap())
    }

    #[test]
    fn nothing_is_stored_and_reasoning_comes_encrypted() {
        let body = body(&[]);
        assert_eq!((&body["store"], &body["stream"]), (&json!(false), &json!(true)));
        assert_eq!(body["include"], json!(["reasoning.encrypted_content"]));
        assert_eq!(body["parallel_tool_calls"], false);
        assert_eq!(body["instructions"], "Be brief.");
        assert_eq!(body["input"], json!([{"role": "user", "content": "Hi"}]));
        let tool = &body["tools"][0];
        assert_eq!(
            (&tool["type"], &tool["name"], &tool["strict"]),
            (&json!("function"), &json!("add_tasks"), &json!(true))
        );
        assert!(tool["parameters"].is_object() && body["max_output_tokens"] == 4096);
        assert!(body.get("messages").is_none() && body.get("text").is_none());
    }

    #[test]
    fn each_adaptation_changes_what_it_names() {
        use Adaptation as A;
        for (adaptation, key) in [
            (A::NoStore, "store"),
            (A::NoInclude, "include"),
            (A::NoParallelToolCalls, "parallel_tool_calls"),
            (A::NoTokenLimit, "max_output_tokens"),
            (A::NoTemperature, "temperature"),
            (A::NoTools, "tools"),
        ] {
            assert!(body(&[adaptation]).get(key).is_none(), "{key}");
        }
        assert_eq!(body(&[A::NoStream])["stream"], false);
        assert_eq!(body(&[A::NoTools])["text"]["format"]["type"], "json_schema");
        assert_eq!(body(&[A::NoTools, A::NoJsonSchema])["text"]["format"]["type"], "json_object");
    }

    #[test]
    fn reasoning_comes_before_its_call_and_the_result_after() {
        let reasoning = json!({"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "x"});
        let call = PastCall { id: "c".into(), name: "undo_last".into(), arguments: "{}".into() };
        let carried = Carried { reasoning: vec![reasoning.clone()], ..Carried::default() };
        let items = [
            Item::Assistant { text: "Right.".into(), calls: vec![call], carried },
            Item::Result { call_id: "c".into(), content: "{}".into() },
        ];
        let expected = [
            reasoning,
            json!({"role": "assistant", "content": "Right."}),
            json!({"type": "function_call", "call_id": "c", "name": "undo_last", "arguments": "{}"}),
            json!({"type": "function_call_output", "call_id": "c", "output": "{}"}),
        ];
        assert_eq!(input(&items, true), expected);
        assert_eq!(input(&items, false), expected[1..]);
    }
}

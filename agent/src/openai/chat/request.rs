//! The body of a request to `/chat/completions`.

use super::messages::{ChatMessage, Manner, messages};
use crate::openai::adapt::Adaptation;
use crate::openai::remedy::Sent;
use crate::openai::request::Ask;
use crate::openai::structured::{self, Form};
use crate::openai::tools::{Function, functions};
use serde::Serialize;
use serde_json::{Value, json};

#[derive(Debug, Serialize)]
pub(in crate::openai) struct ChatRequest<'a> {
    model: &'a str,
    messages: Vec<ChatMessage>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tools: Vec<Tool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<Value>,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_options: Option<StreamOptions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parallel_tool_calls: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning_effort: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f32>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", content = "function", rename_all = "lowercase")]
enum Tool {
    Function(&'static Function),
}

#[derive(Debug, Serialize)]
struct StreamOptions {
    include_usage: bool,
}

impl<'a> ChatRequest<'a> {
    pub(in crate::openai) fn new(ask: &Ask<'a>) -> Self {
        let has = |adaptation| ask.adaptations.has(adaptation);
        let settings = ask.settings;
        let stream = !has(Adaptation::NoStream);
        let with_tools = !has(Adaptation::NoTools);
        let limit = (!has(Adaptation::NoTokenLimit)).then_some(ask.max_output_tokens);
        // OpenAI calls `max_tokens` deprecated; most others know only that.
        let completion = settings.is_openai() != has(Adaptation::OtherTokenLimit);
        let effort = if has(Adaptation::EffortNone) { Some("none") } else { settings.reasoning_effort };
        let offered = if with_tools { functions(ask.schemas()) } else { &[] };
        Self {
            model: &settings.model,
            messages: messages(ask.instructions, ask.items, Manner::new(ask)),
            tools: offered.iter().map(Tool::Function).collect(),
            response_format: (!with_tools).then(|| response_format(structured::form(ask.adaptations))).flatten(),
            stream,
            stream_options: (stream && !has(Adaptation::NoStreamOptions))
                .then_some(StreamOptions { include_usage: true }),
            parallel_tool_calls: (with_tools && !has(Adaptation::NoParallelToolCalls)).then_some(false),
            max_tokens: limit.filter(|_| !completion),
            max_completion_tokens: limit.filter(|_| completion),
            reasoning_effort: effort.filter(|_| !has(Adaptation::NoEffort)),
            temperature: settings.temperature.filter(|_| !has(Adaptation::NoTemperature)),
        }
    }

    /// What can be adapted of it.
    pub(in crate::openai) fn sent(&self, ask: &Ask<'_>) -> Sent {
        let completion = self.max_completion_tokens.map(|_| "max_completion_tokens");
        Sent {
            adaptations: ask.adaptations,
            responses: false,
            may_switch: ask.may_switch,
            token_limit: completion.or(self.max_tokens.map(|_| "max_tokens")),
            temperature: self.temperature.is_some(),
            effort: self.reasoning_effort.is_some(),
        }
    }
}

fn response_format(form: Form) -> Option<Value> {
    match form {
        Form::Schema => {
            let schema = json!({"name": structured::NAME, "strict": true, "schema": structured::schema()});
            Some(json!({"type": "json_schema", "json_schema": schema}))
        }
        Form::Object => Some(json!({"type": "json_object"})),
        Form::Words => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openai::request::tests::{LOCAL, ask_with};

    fn body(base_url: &str, adapted: &[Adaptation]) -> Value {
        ask_with(base_url, adapted, |ask| serde_json::to_value(ChatRequest::new(ask)).unwrap())
    }

    #[test]
    fn a_plain_request_streams_with_usage_and_without_parallel_calls() {
        let body = body(LOCAL, &[]);
        assert_eq!(body["stream"], true);
        assert_eq!(body["stream_options"], json!({"include_usage": true}));
        assert_eq!(body["parallel_tool_calls"], false);
        assert_eq!((&body["max_tokens"], &body["temperature"]), (&json!(4096), &json!(0.5)));
        assert_eq!(body["tools"][0]["function"]["name"], "add_tasks");
        for key in ["max_completion_tokens", "reasoning_effort", "response_format"] {
            assert!(body.get(key).is_none(), "{key}");
        }
    }

    #[test]
    fn openai_is_told_max_completion_tokens() {
        let body = body("https://api.openai.com/v1", &[]);
        assert_eq!(body["max_completion_tokens"], 4096);
        assert!(body.get("max_tokens").is_none());
    }

    #[test]
    fn each_adaptation_changes_what_it_names() {
        use Adaptation as A;
        let absent = |adaptation, key: &str| assert!(body(LOCAL, &[adaptation]).get(key).is_none(), "{key}");
        absent(A::NoParallelToolCalls, "parallel_tool_calls");
        absent(A::NoStreamOptions, "stream_options");
        absent(A::NoStream, "stream_options");
        absent(A::NoTemperature, "temperature");
        absent(A::NoTokenLimit, "max_tokens");
        absent(A::NoTools, "tools");
        absent(A::NoTools, "parallel_tool_calls");
        assert_eq!(body(LOCAL, &[A::NoStream])["stream"], false);
        assert_eq!(body(LOCAL, &[A::OtherTokenLimit])["max_completion_tokens"], 4096);
        assert_eq!(body(LOCAL, &[A::EffortNone])["reasoning_effort"], "none");
        assert!(body(LOCAL, &[A::EffortNone, A::NoEffort]).get("reasoning_effort").is_none());
        assert!(body(LOCAL, &[A::NoStrict])["tools"][0]["function"].get("strict").is_none());
    }

    #[test]
    fn structured_output_takes_the_place_of_tools() {
        use Adaptation as A;
        let format = |adapted: &[A]| body(LOCAL, adapted)["response_format"]["type"].clone();
        assert_eq!(format(&[A::NoTools]), "json_schema");
        assert_eq!(format(&[A::NoTools, A::NoJsonSchema]), "json_object");
        assert_eq!(format(&[A::NoTools, A::NoJsonSchema, A::NoJsonObject]), Value::Null);
    }
}

//! The body of a request.

use super::adapt::{Adaptation, Adaptations, Sent};
use super::messages::ChatMessage;
use super::tools::{Tool, tools};
use crate::settings::ModelSettings;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(super) struct ChatRequest<'a> {
    model: &'a str,
    messages: &'a [ChatMessage],
    tools: &'static [Tool],
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

#[derive(Debug, Serialize)]
struct StreamOptions {
    include_usage: bool,
}

impl<'a> ChatRequest<'a> {
    pub(super) fn new(settings: &'a ModelSettings, adapted: Adaptations, messages: &'a [ChatMessage]) -> Self {
        let has = |adaptation| adapted.has(adaptation);
        let stream = !has(Adaptation::NoStream);
        let limit = (!has(Adaptation::NoTokenLimit)).then_some(settings.max_output_tokens);
        // OpenAI calls `max_tokens` deprecated; most others know only that.
        let completion = settings.is_openai() != has(Adaptation::OtherTokenLimit);
        let effort = if has(Adaptation::EffortNone) { Some("none") } else { settings.reasoning_effort };
        Self {
            model: &settings.model,
            messages,
            tools: tools(!has(Adaptation::NoStrict)),
            stream,
            stream_options: (stream && !has(Adaptation::NoStreamOptions))
                .then_some(StreamOptions { include_usage: true }),
            parallel_tool_calls: (!has(Adaptation::NoParallelToolCalls)).then_some(false),
            max_tokens: limit.filter(|_| !completion),
            max_completion_tokens: limit.filter(|_| completion),
            reasoning_effort: effort.filter(|_| !has(Adaptation::NoEffort)),
            temperature: settings.temperature.filter(|_| !has(Adaptation::NoTemperature)),
        }
    }

    pub(super) fn sent(&self, adaptations: Adaptations) -> Sent {
        let completion = self.max_completion_tokens.map(|_| "max_completion_tokens");
        Sent {
            adaptations,
            token_limit: completion.or(self.max_tokens.map(|_| "max_tokens")),
            temperature: self.temperature.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn body(base_url: &str, adapted: &[Adaptation]) -> Value {
        let lookup = |name: &str| {
            let value = match name {
                "AGENT_TOKEN" => "0123456789abcdef",
                "OPENAI_API_KEY" => "sk-x",
                "OPENAI_BASE_URL" => base_url,
                "OPENAI_MODEL" => "m",
                "OPENAI_TEMPERATURE" => "0.5",
                _ => return None,
            };
            Some(value.to_owned())
        };
        let settings = crate::settings::Settings::read(&lookup).unwrap().model.unwrap();
        let adaptations = adapted.iter().fold(Adaptations::default(), |all, one| all.with(*one));
        serde_json::to_value(ChatRequest::new(&settings, adaptations, &[])).unwrap()
    }

    const LOCAL: &str = "http://localhost/v1";

    #[test]
    fn a_plain_request_streams_with_usage_and_without_parallel_calls() {
        let body = body(LOCAL, &[]);
        assert_eq!(body["stream"], true);
        assert_eq!(body["stream_options"], json!({"include_usage": true}));
        assert_eq!(body["parallel_tool_calls"], false);
        assert_eq!((&body["max_tokens"], &body["temperature"]), (&json!(4096), &json!(0.5)));
        assert!(body.get("max_completion_tokens").is_none() && body.get("reasoning_effort").is_none());
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
        assert_eq!(body(LOCAL, &[A::NoStream])["stream"], false);
        assert_eq!(body(LOCAL, &[A::OtherTokenLimit])["max_completion_tokens"], 4096);
        assert_eq!(body(LOCAL, &[A::EffortNone])["reasoning_effort"], "none");
        assert!(body(LOCAL, &[A::EffortNone, A::NoEffort]).get("reasoning_effort").is_none());
        assert!(body(LOCAL, &[A::NoStrict])["tools"][0]["function"].get("strict").is_none());
    }
}

//! What may help after a refusal, from the server's own words.

use super::adapt::{Adaptation, Adaptations};
use super::api_error::ApiError;

/// Something to do before the request is sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    Adapt(Adaptation),
    /// Send less of the conversation.
    Trim,
    /// Send nothing of what was carried.
    DropCarried,
    /// The model wrote something that the server could not read as a call: its words, as far as they are told, and
    /// what is wrong with them.
    Rewrite {
        words: String,
        problem: String,
    },
}

/// What the refused request had in it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sent {
    pub(super) adaptations: Adaptations,
    /// Whether it went to `/responses`.
    pub(super) responses: bool,
    /// Whether the settings leave the dialect to us.
    pub(super) may_switch: bool,
    /// `max_tokens`, `max_completion_tokens` or `max_output_tokens`.
    pub(super) token_limit: Option<&'static str>,
    pub(super) temperature: bool,
    pub(super) effort: bool,
}

/// What may help, the likeliest first; nothing if the refusal stands.
pub(super) fn remedies(status: u16, error: &ApiError, sent: Sent) -> Vec<Remedy> {
    let mut remedies = Vec::new();
    if status == 429 && error.is_context_overflow() {
        return vec![Remedy::Trim];
    }
    if lost_items(error) {
        // To store them there, as such a server proposes, is not for us to decide.
        return vec![Remedy::DropCarried];
    }
    if !matches!(status, 400 | 404 | 405 | 413 | 415 | 422 | 500 | 501) {
        return remedies;
    }
    if error.failed_generation.is_some() || error.says(&["tool_use_failed"]) {
        let words = error.failed_generation.clone().unwrap_or_default();
        remedies.push(Remedy::Rewrite { words, problem: error.message.clone() });
    }
    if status == 413 || error.is_context_overflow() {
        remedies.push(Remedy::Trim);
        let blames_output = error.says(&[
            "in the completion",
            "max_new_tokens",
            "max_tokens",
            "max_completion_tokens",
            "max_output_tokens",
        ]);
        if blames_output && sent.token_limit.is_some() {
            remedies.push(Remedy::Adapt(Adaptation::NoTokenLimit));
        }
    }
    if sent.may_switch && is_elsewhere(status, error, sent.responses) {
        remedies.push(Remedy::Adapt(Adaptation::OtherDialect));
    }
    if status == 500 {
        // llama.cpp: "Cannot use tools with stream".
        if error.words().any(|w| w == "stream") && error.words().any(|w| w == "tools") {
            remedies.push(Remedy::Adapt(Adaptation::NoStream));
        }
    } else if status != 404 && status != 405 {
        remedies.extend(error.words().filter_map(|word| named(&word, error, sent)).map(Remedy::Adapt));
    }
    remedies.extend(by_phrase(status, error, sent));
    remedies.retain(|remedy| match remedy {
        Remedy::Adapt(Adaptation::OtherDialect) => sent.may_switch,
        Remedy::Adapt(adaptation) => !sent.adaptations.has(*adaptation),
        _ => true,
    });
    remedies
}

/// Whether the endpoint says that the dialect is not spoken there, or not with this model.
fn is_elsewhere(status: u16, error: &ApiError, responses: bool) -> bool {
    let of_model = error.says(&["model", "deployment"]) && !error.says(&["/responses", "chat/completions"]);
    let other: &[&str] = if responses {
        &["chat/completions", "chat completions", "responses api is not", "responses endpoint is not"]
    } else {
        &["/responses", "responses api", "not a chat model"]
    };
    match status {
        404 | 405 => !of_model && !lacks_tools(error),
        _ => error.says(other) || error.says(&["unsupported endpoint", "unknown endpoint", "unsupported api"]),
    }
}

/// Adaptations that no parameter's name asks for, but a phrase.
fn by_phrase(status: u16, error: &ApiError, sent: Sent) -> Vec<Remedy> {
    use Adaptation as A;
    let structured = sent.adaptations.has(A::NoTools);
    let insists = error.says(&["missing", "passed back", "must be provided", "must be included", "is required"]);
    let thoughts = error.says(&["reasoning_content", "reasoning_details"]);
    let tests = [
        (!structured && lacks_schemas(error), Remedy::Adapt(A::PlainSchemas)),
        (!structured && status != 405 && lacks_tools(error), Remedy::Adapt(A::NoTools)),
        (
            structured && lacks_format(error),
            Remedy::Adapt(if sent.adaptations.has(A::NoJsonSchema) { A::NoJsonObject } else { A::NoJsonSchema }),
        ),
        (error.says(&["invalid_encrypted_content", "encrypted content", "thinking block"]), Remedy::DropCarried),
        (sent.responses && error.says(&["encrypted content"]), Remedy::Adapt(A::NoInclude)),
        (error.says(&["thought_signature", "thoughtsignature"]), Remedy::Adapt(A::StandInSignatures)),
        (
            error.says(&["length of 9", "9 characters", "tool call id"]) && error.says(&["must be"]),
            Remedy::Adapt(A::ShortIds),
        ),
        (thoughts && insists, Remedy::Adapt(A::StandInThoughts)),
        (thoughts && !insists, Remedy::Adapt(A::NoThoughts)),
        (error.says(&["alternat", "unexpected role", "message_order"]), Remedy::Adapt(A::TakeTurns)),
        (
            error.says(&[
                "system role",
                "system message",
                "role 'system'",
                "role: system",
                "support 'system'",
                "only user and assistant roles",
                "developer instruction",
                "must alternate",
            ]),
            Remedy::Adapt(A::NoSystem),
        ),
        (
            error.says(&["content"]) && error.says(&["null", "<nil>", "none", "valid string", "be a string"]),
            Remedy::Adapt(A::NoNullContent),
        ),
    ];
    tests.into_iter().filter(|(says, _)| *says).map(|(_, remedy)| remedy).collect()
}

/// Whether something of the conversation was to be found at the server and is not.
fn lost_items(error: &ApiError) -> bool {
    error.says(&["items are not persisted", "item with id"])
}

fn lacks_tools(error: &ApiError) -> bool {
    const PHRASES: [&str; 27] = [
        "not support tool",
        "not support function",
        "n't support tool",
        "n't support function",
        "not supporting tool",
        "tool use is not supported",
        "support tool use",
        "tool calling is not",
        "tool calls are not",
        "function calling is not",
        "function calls are not",
        "functions are not supported",
        "tools are not supported",
        "tools is not supported",
        "tools not supported",
        "param: tools",
        "tools param is not",
        "failed to fetch tools",
        "tool calling` is not",
        "tool use` is not",
        "enable-auto-tool-choice",
        "tool-call-parser",
        "requires --jinja",
        "unknown parameter: 'tools'",
        "argument supplied: tools",
        "tools: extra inputs",
        "unexpected keyword argument 'tools'",
    ];
    error.says(&PHRASES) || matches!(error.param.as_str(), "tools" | "tool_choice" | "functions")
}

/// Whether a tool's schema is not understood: Google names the keyword, or complains of a list of types.
fn lacks_schemas(error: &ApiError) -> bool {
    error.says(&[
        "invalid_function_parameters",
        "invalid schema",
        "invalid json schema",
        "unsupported json schema",
        "json schema not supported",
        "unrecognized schema",
        "additionalproperties",
        "cannot start list",
        "cannot unmarshal array",
        "unsupported schema",
        "schema is not supported",
        "unable to generate parser",
    ])
}

fn lacks_format(error: &ApiError) -> bool {
    error.says(&[
        "response_format",
        "json_schema",
        "json_object",
        "text.format",
        "structured output",
        "grammar",
        "guided",
    ])
}

fn named(word: &str, error: &ApiError, sent: Sent) -> Option<Adaptation> {
    use Adaptation as A;
    let has = |adaptation| sent.adaptations.has(adaptation);
    let adaptation = match word {
        "strict" => A::NoStrict,
        "parallel_tool_calls" => A::NoParallelToolCalls,
        "stream_options" | "include_usage" => A::NoStreamOptions,
        "temperature" if sent.temperature => A::NoTemperature,
        "max_output_tokens" if sent.token_limit == Some(word) => A::NoTokenLimit,
        "max_tokens" | "max_completion_tokens" if sent.token_limit == Some(word) => {
            if has(A::OtherTokenLimit) {
                A::NoTokenLimit
            } else {
                A::OtherTokenLimit
            }
        }
        "reasoning_effort" | "effort" | "reasoning" if sent.responses => {
            return Some(A::NoEffort).filter(|a| sent.effort && !has(*a));
        }
        "reasoning_effort" if has(A::EffortNone) => A::NoEffort,
        "reasoning_effort" => A::EffortNone,
        "stream" | "streaming" => A::NoStream,
        "store" if sent.responses => A::NoStore,
        "include" | "encrypted_content" if sent.responses && !error.says(&["invalid_encrypted_content"]) => {
            A::NoInclude
        }
        _ => return None,
    };
    (!has(adaptation)).then_some(adaptation)
}

#[cfg(test)]
mod tests;

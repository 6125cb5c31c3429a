use super::*;
use serde_json::json;

fn refusal(param: Option<&str>, message: &str) -> ApiError {
    ApiError::of(&json!({"error": {"message": message, "param": param}}))
}

fn sent() -> Sent {
    Sent { token_limit: Some("max_tokens"), temperature: true, may_switch: true, ..Sent::default() }
}

fn first(status: u16, param: Option<&str>, message: &str, sent: Sent) -> Option<Remedy> {
    remedies(status, &refusal(param, message), sent).into_iter().next()
}

#[test]
fn a_parameter_is_found_by_param_or_by_the_words_of_the_message() {
    use Adaptation as A;
    for (param, message, expected) in [
        (Some("tools[0].function.strict"), "Unknown parameter", A::NoStrict),
        (None, "tools.0.custom.strict: Extra inputs are not permitted", A::NoStrict),
        (None, "Unrecognized request argument supplied: parallel_tool_calls", A::NoParallelToolCalls),
        (None, "stream_options is not supported with this stream", A::NoStreamOptions),
        (Some("temperature"), "only the default (1) is supported", A::NoTemperature),
        (None, "'max_tokens' is not supported; use 'max_completion_tokens'", A::OtherTokenLimit),
        (Some("reasoning_effort"), "set reasoning_effort to 'none'", A::EffortNone),
        (None, "Streaming is not supported", A::NoStream),
    ] {
        assert_eq!(first(400, param, message, sent()), Some(Remedy::Adapt(expected)), "{message}");
    }
}

#[test]
fn servers_that_speak_the_other_dialect_only_are_known_by_their_words() {
    let dialect = Some(Remedy::Adapt(Adaptation::OtherDialect));
    let astray = "Function tools with reasoning_effort are not supported for gpt-5.6 in /v1/chat/completions. To use \
                  function tools, use /v1/responses or set reasoning_effort to 'none'.";
    let chat = sent();
    let responses = Sent { responses: true, ..chat };
    assert_eq!(first(400, Some("reasoning_effort"), astray, chat), dialect);
    let settled = Sent { may_switch: false, ..chat };
    assert_eq!(first(400, Some("reasoning_effort"), astray, settled), Some(Remedy::Adapt(Adaptation::EffortNone)));
    for (status, message, sent) in [
        (404, "Not Found", responses),
        (404, "", chat),
        (405, "Method Not Allowed", responses),
        (404, "Unknown request URL: POST /openai/v1/responses.", responses),
        (404, "This model is only supported in v1/responses and not in v1/chat/completions.", chat),
        (404, "This is not a chat model and thus not supported in the v1/chat/completions endpoint.", chat),
        (400, "unsupported endpoint", responses),
        (501, "The Responses API is not implemented", chat),
    ] {
        assert_eq!(first(status, None, message, sent), dialect, "{message}");
    }
    for message in ["model \"x\" not found, try pulling it first", "The model `x` does not exist", "DeploymentNotFound"]
    {
        assert_eq!(first(404, None, message, chat), None, "{message}");
    }
}

#[test]
fn a_model_without_tools_is_known_by_many_words() {
    for (status, message) in [
        (400, "registry.ollama.ai/library/gemma:2b does not support tools"),
        (404, "No endpoints found that support tool use. To learn more about provider routing, visit: …"),
        (400, "\"auto\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set"),
        (500, "tools param requires --jinja flag"),
        (400, "Unrecognized request argument supplied: tools"),
        (422, "tools: Extra inputs are not permitted"),
        (400, "Function calling is not enabled for this model"),
        (501, "tools are not supported by this backend"),
    ] {
        let remedies = remedies(status, &refusal(None, message), sent());
        assert!(remedies.contains(&Remedy::Adapt(Adaptation::NoTools)), "{message}: {remedies:?}");
    }
    let parallel =
        remedies(400, &refusal(Some("parallel_tool_calls"), "parallel tool calls are not supported"), sent());
    assert_eq!(parallel.first(), Some(&Remedy::Adapt(Adaptation::NoParallelToolCalls)));
}

#[test]
fn other_phrases_have_remedies_of_their_own() {
    use Adaptation as A;
    for (message, expected) in [
        ("Tool call id was call_abc but must be a-z, A-Z, 0-9, with a length of 9.", Remedy::Adapt(A::ShortIds)),
        ("Function call is missing a thought_signature in functionCall parts.", Remedy::Adapt(A::StandInSignatures)),
        ("reasoning_content is not allowed in input messages", Remedy::Adapt(A::NoThoughts)),
        (
            "The `reasoning_content` in the thinking mode must be passed back to the API.",
            Remedy::Adapt(A::StandInThoughts),
        ),
        ("Conversation roles must alternate user/assistant/user/assistant/...", Remedy::Adapt(A::TakeTurns)),
        ("Unexpected role 'user' after role 'tool'", Remedy::Adapt(A::TakeTurns)),
        ("Item with id 'rs_1' not found. Items are not persisted when `store` is set to false.", Remedy::DropCarried),
        ("System role not supported", Remedy::Adapt(A::NoSystem)),
        ("messages.2.content: Input should be a valid string", Remedy::Adapt(A::NoNullContent)),
        ("Invalid JSON payload received. Unknown name \"additionalProperties\"", Remedy::Adapt(A::PlainSchemas)),
        ("Proto field is not repeating, cannot start list.", Remedy::Adapt(A::PlainSchemas)),
        ("The encrypted content for item rs_1 could not be verified.", Remedy::DropCarried),
        ("This model's maximum context length is 4096 tokens.", Remedy::Trim),
    ] {
        assert_eq!(first(400, None, message, sent()), Some(expected), "{message}");
    }
    assert_eq!(first(413, None, "<html>Request Entity Too Large</html>", sent()), Some(Remedy::Trim));
    let groq = ApiError::of(&json!({"error": {"code": "tool_use_failed", "message": "Failed to call a function.",
        "failed_generation": "<function=x>"}}));
    let rewrite = Remedy::Rewrite { words: "<function=x>".into(), problem: "Failed to call a function.".into() };
    assert_eq!(remedies(400, &groq, sent()).first(), Some(&rewrite));
}

#[test]
fn structured_output_falls_back_step_by_step() {
    let with = |adaptations: &[Adaptation]| Sent {
        adaptations: adaptations.iter().fold(Adaptations::default(), |all, one| all.with(*one)),
        ..sent()
    };
    use Adaptation::{NoJsonObject, NoJsonSchema, NoTools};
    let message = "response_format of type json_schema is not supported";
    assert_eq!(first(400, None, message, with(&[NoTools])), Some(Remedy::Adapt(NoJsonSchema)));
    assert_eq!(first(400, None, message, with(&[NoTools, NoJsonSchema])), Some(Remedy::Adapt(NoJsonObject)));
    assert_eq!(first(400, None, message, with(&[NoTools, NoJsonSchema, NoJsonObject])), None);
}

#[test]
fn each_is_tried_once_and_then_the_refusal_stands() {
    let mut sent = sent();
    let mut tried = Vec::new();
    while let Some(Remedy::Adapt(adaptation)) = first(400, Some("reasoning_effort"), "no", sent) {
        tried.push(adaptation);
        sent.adaptations = sent.adaptations.with(adaptation);
    }
    assert_eq!(tried, [Adaptation::EffortNone, Adaptation::NoEffort]);
}

#[test]
fn what_was_not_sent_is_not_adapted() {
    let unsent = Sent { token_limit: Some("max_completion_tokens"), ..Sent::default() };
    assert_eq!(first(400, Some("temperature"), "bad", unsent), None);
    assert_eq!(first(400, None, "max_tokens is too large", unsent), None);
    assert_eq!(first(400, None, "the model does not exist", sent()), None);
    let responses = Sent { responses: true, ..Sent::default() };
    assert_eq!(first(400, Some("reasoning.effort"), "bad", responses), None);
}

#[test]
fn only_a_refusal_counts() {
    assert_eq!(first(429, Some("strict"), "strict", sent()), None);
    assert_eq!(first(500, None, "strict", sent()), None);
    assert_eq!(first(500, None, "Cannot use tools with stream", sent()), Some(Remedy::Adapt(Adaptation::NoStream)));
}

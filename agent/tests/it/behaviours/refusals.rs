use super::*;
use crate::support::request;

fn then_call(name: &'static str, refused: Reply, changed: impl FnOnce(Step) -> Step) -> Case {
    Case::steps(name, [Step::new(refused), changed(Step::new(good_call()))]).completes_3()
}

fn in_stream(error: &Value) -> Reply {
    Reply::stream().data(&error.to_string()).data("[DONE]")
}

#[tokio::test]
async fn refusals_in_every_form_are_adapted_to() {
    let extra =
        |name: &str| json!({"type": "extra_forbidden", "loc": ["body", name], "msg": "Extra inputs are not permitted"});
    let verified = "Your organization must be verified to stream this model.";
    let plain_answer = || plain(&plain_call(), "tool_calls");
    run(vec![
        Case::steps("several parameters at once (FastAPI)", [
            Step::new(Reply::json(422, &json!({"detail": [extra("parallel_tool_calls"), extra("stream_options")]}))),
            Step::new(Reply::json(422, &json!({"detail": [extra("stream_options")]}))),
            Step::new(good_call()).absent("/parallel_tool_calls").absent("/stream_options"),
        ])
        .completes_3(),
        then_call(
            "an object as the message (Mistral)",
            Reply::json(422, &json!({"object": "error", "message": {"detail": [extra("parallel_tool_calls")]}, "code": "1000"})),
            |step| step.absent("/parallel_tool_calls"),
        ),
        then_call(
            "JSON in a string as the message (Mistral)",
            Reply::json(422, &json!({"object": "error", "message": json!({"detail": [extra("stream_options")]}).to_string()})),
            |step| step.absent("/stream_options"),
        ),
        then_call(
            "flat, in the stream (vLLM)",
            in_stream(&json!({"object": "error", "message": "parallel_tool_calls is not supported", "type": "BadRequestError", "code": 400})),
            |step| step.absent("/parallel_tool_calls"),
        ),
        then_call(
            "a field that is not called data (llama.cpp)",
            Reply::stream().bytes("error: {\"code\":400,\"message\":\"Unsupported param: parallel_tool_calls\",\"type\":\"invalid_request_error\"}\n\n"),
            |step| step.absent("/parallel_tool_calls"),
        ),
        then_call(
            "a temperature that is not the only one (Moonshot)",
            Reply::json(400, &json!({"error": {"message": "invalid temperature: only 1 is allowed for this model", "type": "invalid_request_error"}})),
            |step| step.absent("/temperature"),
        )
        .set(&[("OPENAI_TEMPERATURE", "0")]),
        Case::steps("who may not stream (OpenAI)", [
            Step::new(Reply::json(400, &json!({"error": {"message": verified, "param": "stream", "code": "unsupported_value"}}))),
            Step::new(plain_answer()).at("/stream", false),
        ])
        .completes_3(),
        Case::steps("who may not stream, behind OpenRouter", [
            Step::new(Reply::json(400, &json!({"error": {"message": "Provider returned error", "code": 400, "metadata": {
                "raw": json!({"error": {"message": verified, "param": "stream"}}).to_string(), "provider_name": "OpenAI"}}}))),
            Step::new(plain_answer()).at("/stream", false),
        ])
        .completes_3(),
        Case::steps("tools that cannot be streamed (Bedrock)", [
            Step::new(Reply::error(400, "invalid", "This model doesn't support tool use in streaming mode.")),
            Step::new(plain_answer()).at("/stream", false),
        ])
        .completes_3(),
        Case::steps("a call that the server itself refuses (Groq)", [
            Step::new(Reply::json(400, &json!({"error": {"type": "invalid_request_error", "param": "", "code": "tool_use_failed",
                "message": "tool call validation failed: parameters for tool complete_tasks did not match schema: errors: [`/ids`: expected array, but got string]"}}))),
            Step::new(good_call()).last_message("user", "expected array, but got string"),
        ])
        .completes_3(),
        Case::new("a call that the server refuses each time (Groq)", [(); 3].map(|()| {
            Reply::error(400, "tool_use_failed", "Failed to call a function. Please adjust your prompt.")
        }))
        .ends("model_malformed"),
    ])
    .await;
}

#[tokio::test]
async fn a_server_without_tools_is_known_by_its_words() {
    let structured = |name, status, message: &str| {
        let answer =
            Reply::text(["{\"reply\":\"\",\"calls\":[{\"name\":\"complete_tasks\",\"arguments\":{\"ids\":[3]}}]}"]);
        let refused =
            Reply::json(status, &json!({"error": {"code": status, "message": message, "type": "server_error"}}));
        Case::steps(name, [Step::new(refused), Step::new(answer).absent("/tools")]).completes_3()
    };
    run(vec![
        structured("llama.cpp before tools", 500, "Unsupported param: tools"),
        structured("ik_llama.cpp", 500, "tools param is not fully supported yet"),
        structured("MiniMax", 400, "Failed to fetch tools: Not yet implemented"),
        structured("Groq", 400, "`tool calling` is not supported with this model"),
        structured("TGI", 422, "Tool error: tools are not supported by this model"),
    ])
    .await;
}

/// Twelve messages, of which about half can be left out.
fn long_conversation() -> Value {
    let said = |n: usize| json!({"role": "user", "text": format!("{n} {}", "words ".repeat(300))});
    let turns = (0..6).flat_map(|n| [said(n), json!({"role": "assistant", "text": "ok"})]);
    request(&turns.chain([json!({"role": "user", "text": "the last"})]).collect())
}

#[tokio::test]
async fn a_conversation_that_is_too_long_is_known_by_many_words() {
    let mut wrong = Vec::new();
    for (status, message) in [
        (400, "This model's maximum context length is 4096 tokens. However, your messages resulted in 5000 tokens."),
        (
            400,
            "the request exceeds the available context size. try increasing the context size or enable context shift",
        ),
        (
            200,
            "the request exceeds the available context size. try increasing the context size or enable context shift",
        ),
        (400, "prompt is too long: 209353 tokens > 199999 maximum"),
        (400, "input length and `max_tokens` exceed context limit: 199759 + 8192 > 200000"),
        (
            422,
            "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 2048. Given: 3474 `inputs` tokens",
        ),
        (400, "The input token count (1400000) exceeds the maximum number of tokens allowed (1048576)."),
        (500, "Requested tokens (2285) exceed context window of 2048"),
        (400, "<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 30720]"),
        (400, "The decoder prompt (length 5000) is longer than the maximum model length of 4096."),
        (400, "Invalid request: Your request exceeded model token limit: 8192"),
        (
            400,
            "Trying to keep the first 4506 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens",
        ),
        (413, "Request too large for model `llama` on tokens per minute (TPM): Limit 6000, Requested 9000"),
        (
            429,
            "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40000. The input or output tokens must be reduced",
        ),
        (413, "Request body too large for gpt-4o model. Max size: 8000 tokens."),
        (400, "Prompt exceeds max length"),
        (500, "no user query found in messages"),
    ] {
        let error = json!({"error": {"code": status.max(400), "message": message, "type": "invalid_request_error"}});
        let script = [
            Step::new(Reply::json(status, &error)).at("/messages/13/content", "the last"),
            Step::new(Reply::text(["Hi"])).absent("/messages/10").last_message("user", "the last"),
        ];
        let model = ScriptedModel::start(script).await.unwrap();
        let agent = Agent::with_model(&model.base_url);
        agent.step(&long_conversation()).await;
        agent.running.stop().await;
        wrong.extend(model.finish().await.err().map(|problem| format!("{message}: {problem}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[tokio::test]
async fn what_cannot_be_adapted_to_is_told_by_its_kind() {
    let refused = |status, error: Value| Reply::json(status, &json!({ "error": error }));
    let limited = || refused(429, json!({"message": "slow down", "code": "rate_limit_exceeded"}));
    run(vec![
        Case::new("no balance as a fault of the server (MiniMax)", [refused(500, json!({"type": "api_error", "message": "insufficient balance (1008)"}))])
            .ends("model_quota"),
        Case::new("no balance as too many requests (MiniMax)", [refused(429, json!({"type": "insufficient_balance_error", "message": "insufficient balance (1008)"}))])
            .ends("model_quota"),
        Case::new("no balance as a bad request (Anthropic)", [refused(400, json!({"message": "Your credit balance is too low to access the API."}))])
            .ends("model_quota"),
        Case::new("an account in arrears (DashScope)", [refused(400, json!({"code": "Arrearage", "message": "Access denied, please make sure your account is in good standing."}))])
            .ends("model_quota"),
        Case::new("no balance in Moonshot's words", [refused(429, json!({"type": "exceeded_current_quota_error", "message": "Your account is suspended, please check your plan and billing details"}))])
            .ends("model_quota"),
        Case::new("no balance in Chinese (GLM)", [refused(429, json!({"code": "1113", "message": "余额不足或无可用资源包,请充值。"}))])
            .ends("model_quota"),
        Case::new("200 and no balance (MiniMax)", [Reply::json(200, &json!({"choices": null, "base_resp": {"status_code": 1008, "status_msg": "insufficient balance"}}))])
            .ends("model_quota"),
        Case::new("200 and a wrong key (DashScope)", [Reply::json(200, &json!({"code": "InvalidApiKey", "message": "Invalid API-key provided.", "request_id": "x"}))])
            .ends("model_unauthorized"),
        Case::new("a wrong key as a bad request (Gemini)", [Reply::json(400, &json!([{"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": "API key not valid. Please pass a valid API key."}}]))])
            .ends("model_unauthorized"),
        Case::new("a limit in the stream, in a form of its own (DashScope)", [
            in_stream(&json!({"code": "Throttling.RateQuota", "message": "Requests rate limit exceeded, please try again later.", "request_id": "x"})),
            Reply::text(["Hi"]),
        ])
        .says("Hi"),
        Case::new("200 and not successful", [(); 3].map(|()| Reply::json(200, &json!({"success": false, "code": 500, "msg": "upstream is busy"}))))
            .ends("model_error"),
        Case::new("a limit that Gemini calls a quota", [
            Reply::json(429, &json!([{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED",
                "message": "You exceeded your current quota, please check your plan and billing details.",
                "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "0.002s"}]}}])),
            Reply::text(["Hi"]),
        ])
        .says("Hi"),
        Case::new("a conflict that passes", [refused(409, json!({"message": "The request could not be completed due to a conflict"})), Reply::text(["Hi"])])
            .says("Hi"),
        Case::new("too early", [Reply::new(425, "text/plain").bytes("Too Early"), Reply::text(["Hi"])]).says("Hi"),
        Case::new("overloaded (Anthropic)", [
            Reply::json(529, &json!({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}})),
            Reply::text(["Hi"]),
        ])
        .says("Hi"),
        Case::new("a model that is loading (Hugging Face)", [
            Reply::json(503, &json!({"error": "Model x is currently loading", "estimated_time": 0.01})),
            Reply::text(["Hi"]),
        ])
        .says("Hi"),
        Case::new("a web page of Cloudflare's", [(); 3].map(|()| Reply::new(524, "text/html").bytes("<!DOCTYPE html><title>524</title>")))
            .ends("model_error"),
        Case::new("no model loaded (LM Studio)", [Reply::json(404, &json!({"error": "No models loaded. Please load a model in the developer page."}))])
            .ends("model_error"),
        Case::new("a filter's refusal (Azure)", [refused(400, json!({"code": "content_filter", "param": "prompt", "message": "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.", "innererror": {"code": "ResponsibleAIPolicyViolation"}}))])
            .ends("model_refused"),
        Case::new("half a call and an error (OpenRouter)", [
            Reply::stream()
                .delta(tool_delta(json!({"index": 0, "id": "a", "function": {"name": "complete_tasks", "arguments": "{\"ids\":[3]"}})))
                .data(r#"{"error":{"code":502,"message":"Provider disconnected","metadata":{"error_type":"provider_unavailable"}},"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}"#),
            good_call(),
        ])
        .completes_3(),
        Case::new("a whole call and an error after it", [
            Reply::stream()
                .call(0, "complete_tasks", &complete_3())
                .data(r#"{"error":{"code":502,"message":"Provider disconnected"},"choices":[]}"#),
            limited(),
            limited(),
        ])
        .ends("model_rate_limited"),
        Case::new("a prompt that fills the context (Ollama)", [Reply::stream().piece("").end("length")]).ends("model_error"),
        Case::new("a malformed call of Gemini's, then well", [
            Reply::stream().end("function_call_filter: MALFORMED_FUNCTION_CALL"),
            good_call(),
        ])
        .completes_3(),
    ])
    .await;
}

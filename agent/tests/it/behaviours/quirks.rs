use super::*;
use crate::support::request;
use std::io::Write as _;

/// A conversation in the midst of a turn: a call and its result, with what was carried.
fn in_a_turn(id: &str, carry: Option<&str>) -> Value {
    let call = json!({"id": id, "name": "complete_tasks", "arguments": {"ids": [3]}});
    let result = json!({"kind": "changed", "items": [], "operations": []});
    let said = json!({"role": "assistant", "text": "", "calls": [call], "carry": carry});
    request(&json!([
        {"role": "user", "text": "done with 3"},
        said,
        {"role": "tool", "call_id": id, "status": "done", "result": result},
    ]))
}

fn carry_of(events: &[StepEvent]) -> Option<String> {
    events.iter().find_map(|event| match event {
        StepEvent::Carry { carry } => Some(carry.as_str().to_owned()),
        _ => None,
    })
}

/// Makes both steps of a turn, the second with what the first gave to be carried, and judges the script.
async fn turn(settings_: &[(&str, &str)], script: impl IntoIterator<Item = Step>) -> Option<String> {
    let model = ScriptedModel::start(script).await.unwrap();
    let agent = Agent::start(&settings(Some(&model.base_url), settings_));
    let first = agent.step(&saying("done with 3")).await;
    assert_eq!(end_of(&first), "tool_calls", "{first:?}");
    let carry = carry_of(&first);
    let second = agent.step(&in_a_turn("c", carry.as_deref())).await;
    assert_eq!(text_of(&second), "Done.", "{second:?}");
    assert_eq!(carry_of(&second), None);
    model.finish().await.unwrap();
    carry
}

#[tokio::test]
async fn encrypted_reasoning_goes_back_before_its_call() {
    use super::responses::{RESPONSES, call_item, completed, delta, done, events};
    let reasoning =
        json!({"id": "rs_1", "type": "reasoning", "summary": [], "encrypted_content": "gAAA", "status": null});
    let call = call_item("{\"ids\":[3]}");
    let script = [
        Step::new(events([done(0, reasoning.clone()), done(1, call.clone()), completed(json!([reasoning, call]))])),
        Step::new(events([delta("Done."), completed(json!([]))]))
            .at("/input/1/type", "reasoning")
            .at("/input/1/encrypted_content", "gAAA")
            .absent("/input/1/status")
            .at("/input/2/type", "function_call")
            .at("/input/3/type", "function_call_output"),
    ];
    assert!(turn(RESPONSES, script).await.unwrap().contains("gAAA"));
}

#[tokio::test]
async fn reasoning_that_is_no_longer_taken_is_left_out() {
    use super::responses::{RESPONSES, completed, delta, events};
    let carry = json!({"reasoning": [{"type": "reasoning", "id": "rs", "encrypted_content": "old"}]}).to_string();
    let refused =
        Reply::error(400, "invalid_encrypted_content", "The encrypted content for item rs could not be verified.");
    let script = [
        Step::new(refused).at("/input/1/type", "reasoning"),
        Step::new(events([delta("Done."), completed(json!([]))])).at("/input/1/type", "function_call"),
    ];
    let model = ScriptedModel::start(script).await.unwrap();
    let agent = Agent::start(&settings(Some(&model.base_url), RESPONSES));
    assert_eq!(text_of(&agent.step(&in_a_turn("c", Some(&carry))).await), "Done.");
    model.finish().await.unwrap();
}

#[tokio::test]
async fn thoughts_in_words_go_back_unless_they_may_not() {
    let thinking = || {
        let call = json!({"index": 0, "id": "c", "function": {"name": "complete_tasks", "arguments": "{\"ids\":[3]}"}});
        Reply::stream().delta(json!({"reasoning_content": "hm"})).delta(tool_delta(call)).end("tool_calls")
    };
    let refused = Reply::error(400, "invalid_request_error", "reasoning_content is not allowed in input messages");
    turn(&[], [Step::new(thinking()), Step::new(Reply::text(["Done."])).at("/messages/2/reasoning_content", "hm")])
        .await;
    turn(
        &[],
        [
            Step::new(thinking()),
            Step::new(refused),
            Step::new(Reply::text(["Done."])).absent("/messages/2/reasoning_content"),
        ],
    )
    .await;
}

#[tokio::test]
async fn geminis_signatures_go_back_with_their_call() {
    let function = json!({"name": "complete_tasks", "arguments": "{\"ids\":[3]}"});
    let extra = json!({"google": {"thought_signature": "sig"}});
    // As Gemini sends it: no index, no id.
    let call = json!({"function": function, "type": "function", "extra_content": extra});
    let signature = "/messages/2/tool_calls/0/extra_content/google/thought_signature";
    let script = [
        Step::new(Reply::stream().delta(tool_delta(call)).end("stop")),
        Step::new(Reply::text(["Done."])).at(signature, "sig"),
    ];
    turn(&[], script).await;

    let missing = Reply::json(
        400,
        &json!([{"error": {"code": 400, "status": "INVALID_ARGUMENT",
        "message": "Function call is missing a thought_signature in functionCall parts."}}]),
    );
    let script = [Step::new(missing), Step::new(Reply::text(["Done."])).contains(signature, "skip_thought")];
    let model = ScriptedModel::start(script).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    assert_eq!(text_of(&agent.step(&in_a_turn("c", None)).await), "Done.");
    model.finish().await.unwrap();
}

#[tokio::test]
async fn mistrals_short_ids_stand_for_ours() {
    let refused = "Tool call id was call_0123456789 but must be a-z, A-Z, 0-9, with a length of 9.";
    let same = |received: &todo_e2e::model::Received| {
        let (call, result) = (received.at("/messages/2/tool_calls/0/id"), received.at("/messages/3/tool_call_id"));
        let short = call.as_str().is_some_and(|id| id.len() == 9 && id.bytes().all(|b| b.is_ascii_alphanumeric()));
        if short && call == result { Ok(()) } else { Err(format!("{call} and {result}")) }
    };
    let script = [
        Step::new(Reply::json(400, &json!({"object": "error", "message": refused, "type": "invalid_function_call"}))),
        Step::new(Reply::text(["Done."])).expect(same),
        Step::new(Reply::text(["Done."])).expect(same),
    ];
    let model = ScriptedModel::start(script).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    for _ in 0..2 {
        assert_eq!(text_of(&agent.step(&in_a_turn("call_0123456789", None)).await), "Done.");
    }
    model.finish().await.unwrap();
}

fn failed_generation(generation: &str) -> Reply {
    Reply::json(
        400,
        &json!({"error": {"message": "Failed to call a function. Please adjust your prompt.", "type": "invalid_request_error",
            "code": "tool_use_failed", "failed_generation": generation}}),
    )
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

const HI: &str = "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

#[tokio::test]
async fn what_single_servers_do_is_understood() {
    let packed = gzip(HI);
    let (head, tail) = packed.split_at(20);
    run(vec![
        Case::steps("Groq's failed generation is asked for again", [
            Step::new(failed_generation("<function=complete_tasks>{\"ids\": ")),
            Step::new(good_call()).last_message("user", "could not be read as a call"),
        ])
        .completes_3(),
        Case::new("Groq's failed generation that is a good call", [failed_generation("<function=complete_tasks>{\"ids\": [3]}</function>")])
            .completes_3(),
        Case::new("Groq's failed generation again and again", [(); 3].map(|()| failed_generation("<function=x>")))
            .ends("model_malformed"),
        Case::new("OpenRouter's error in the stream", [
            Reply::stream().bytes(": OPENROUTER PROCESSING\n\n").data(
                r#"{"id":"x","error":{"code":"server_error","message":"Provider disconnected"},"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}"#,
            ),
            Reply::text(["Hi"]),
        ])
        .says("Hi"),
        Case::new("an error in a choice", [
            Reply::stream().data(r#"{"choices":[{"index":0,"error":{"code":502,"message":"bad gateway"},"delta":{}}]}"#),
            Reply::text(["Hi"]),
        ])
        .says("Hi"),
        Case::new("finish_reason error", [Reply::stream().end("error"), Reply::text(["Hi"])]).says("Hi"),
        Case::new("200 with an error", [Reply::json(200, &json!({"error": {"message": "x", "code": 401}}))]).ends("model_unauthorized"),
        Case::new("200 with a detail", [(); 3].map(|()| Reply::json(200, &json!({"detail": "model is loading"}))))
            .ends("model_error"),
        Case::new("an error event with a bare message", [
            Reply::stream().bytes("event: error\ndata: {\"message\":\"overloaded\"}\n\n"),
            Reply::text(["Hi"]),
        ])
        .says("Hi"),
        Case::new("Google's error in a list", [Reply::json(400, &json!([{"error": {"code": 400, "message": "Request contains an invalid argument."}}]))])
            .ends("model_error"),
        Case::new("gzip that nobody asked for", [Reply::stream().header("content-encoding", "gzip").bytes(head).bytes(tail)])
            .says("Hi"),
        Case::new("a packing that is not known", [Reply::stream().header("content-encoding", "br").bytes("x")]).ends("model_error"),
        Case::new("a stream that says it is JSON", [Reply::new(200, "application/json").bytes(HI)]).says("Hi"),
        Case::new("JSON that says it is text", [Reply::new(200, "text/plain").bytes(
            serde_json::to_string_pretty(&json!({"choices": [{"message": {"content": "Hi"}, "finish_reason": "stop"}]})).unwrap(),
        )])
        .says("Hi"),
        Case::new("a page that says it is text", [Reply::new(200, "text/plain").bytes("<!doctype html><html></html>")])
            .ends("model_error"),
        Case::new("a byte-order mark", [Reply::stream().bytes(format!("\u{feff}{HI}"))]).says("Hi"),
        Case::steps("a redirect on the same server", [
            Step::new(Reply::new(308, "text/plain").header("location", "/v2/chat/completions")),
            Step::new(good_call()).expect(responses::at_path("/v2/chat/completions")),
        ])
        .completes_3(),
        Case::new("redirects without end", [(); 4].map(|()| Reply::new(307, "text/plain").header("location", "/a/chat/completions"))
            .into_iter()
            .enumerate()
            .map(|(n, reply)| if n % 2 == 0 { reply } else { Reply::new(307, "text/plain").header("location", "/b/chat/completions") }))
        .ends("model_error"),
        Case::steps("no system role", [
            Step::new(Reply::error(400, "invalid", "System role not supported")),
            Step::new(good_call()).at("/messages/0/role", "user").contains("/messages/0/content", "done with 3"),
        ])
        .completes_3(),
        Case::steps("no room for the answer", [
            Step::new(Reply::error(400, "BadRequestError",
                "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (904 in the messages, 4096 in the completion).")),
            Step::new(good_call()).absent("/max_tokens"),
        ])
        .completes_3(),
        Case::new("429 with a date", [
            Reply::error(429, "rate_limit_exceeded", "slow").header("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"),
            Reply::text(["Hi"]),
        ])
        .says("Hi"),
        Case::new("429 in Google's words", [
            Reply::json(429, &json!({"error": {"code": 429, "message": "x", "details": [{"retryDelay": "0.001s"}]}})),
            Reply::text(["Hi"]),
        ])
        .says("Hi"),
        Case::new("a provider's refusal behind OpenRouter", [
            Reply::json(400, &json!({"error": {"code": 400, "message": "Provider returned error",
                "metadata": {"raw": "{\"error\":\"parallel_tool_calls is not supported\"}"}}})),
            good_call(),
        ])
        .completes_3(),
        Case::new("a call in an object in place of a list", [Reply::stream()
            .delta(json!({"tool_calls": {"id": "a", "name": "complete_tasks", "arguments": {"ids": [3]}}}))
            .end("stop")])
        .completes_3(),
        Case::new("pings between the pieces of a call", [Reply::stream()
            .delta(tool_delta(json!({"index": 0, "id": "a", "function": {"name": "complete_tasks", "arguments": "{\"ids\":"}})))
            .data("{\"type\":\"ping\"}")
            .data("{}")
            .delta(tool_delta(json!({"index": 0, "function": {"arguments": "[3]}"}})))
            .end("tool_calls")])
        .completes_3(),
        Case::steps(
            "schemas in the oldest keywords (Gemini)",
            [
                Step::new(Reply::json(
                    400,
                    &json!([{"error": {"code": 400, "message": "Proto field is not repeating, cannot start list."}}]),
                )),
                Step::new(good_call())
                    .absent("/tools/0/function/parameters/additionalProperties")
                    .at("/tools/1/function/parameters/properties/status/type", "string")
                    .at("/tools/1/function/parameters/required", json!([])),
            ],
        )
        .completes_3(),
        Case::new(
            "the same call twice under two ids",
            [Reply::stream()
                .delta(tool_delta(json!({"index": 0, "id": "a", "function": {"name": "complete_tasks", "arguments": "{\"ids\":[3]}"}})))
                .delta(tool_delta(json!({"index": 0, "id": "b", "function": {"name": "complete_tasks", "arguments": "{\"ids\":[3]}"}})))
                .end("tool_calls")],
        )
        .completes_3(),
        Case::new("a space of names before the tool", [Reply::calls([("functions.complete_tasks", complete_3())])])
            .completes_3(),
        Case::new("finish_reason in capitals", [Reply::stream().piece("Once").end("MAX_TOKENS")]).says("Once").ends("length"),
    ])
    .await;
}

#[tokio::test]
async fn a_conversation_that_is_too_long_is_shortened_once_and_kept_shorter() {
    let long = |n: usize| json!({"role": "user", "text": format!("{n} {}", "words ".repeat(300))});
    let answer = json!({"role": "assistant", "text": "ok"});
    let mut messages = Vec::new();
    for n in 0..6 {
        messages.extend([long(n), answer.clone()]);
    }
    messages.push(json!({"role": "user", "text": "the last"}));
    let too_long =
        || Reply::error(400, "context_length_exceeded", "This model's maximum context length is 2048 tokens.");
    let script = [
        Step::new(too_long()).at("/messages/13/content", "the last"),
        Step::new(Reply::text(["Hi"])).at("/messages/5/content", "the last"),
        Step::new(Reply::text(["Hi"])).at("/messages/5/content", "the last"),
        Step::new(too_long()).at("/messages/1/content", "alone"),
    ];
    let model = ScriptedModel::start(script).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    for _ in 0..2 {
        assert_eq!(text_of(&agent.step(&request(&json!(messages))).await), "Hi");
    }
    // Where nothing can be left out, it is told.
    let events = agent.step(&saying("alone")).await;
    let Some(StepEvent::Error { detail, .. }) = events.last() else { panic!("{events:?}") };
    assert!(detail.contains("too long for the model"), "{detail}");
    model.finish().await.unwrap();
}

#[tokio::test]
async fn tokens_are_counted_wherever_they_are_told() {
    let end = json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]});
    let told = |last: Value| Reply::stream().piece("Hi").chunk(&end).chunk(&last).data("[DONE]");
    let expected = StepEvent::Usage { input_tokens: 7, output_tokens: 3 };
    let usage = json!({"prompt_tokens": 7, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": 5}});
    for reply in [
        told(json!({"choices": [], "usage": usage})),
        told(json!({"choices": [], "usage": {"input_tokens": 7, "output_tokens": 3}})),
        told(json!({"choices": [], "x_groq": {"usage": usage}})),
        told(json!({"choices": [{"index": 0, "delta": {}, "usage": usage}]})),
        told(json!({"choices": [], "timings": {"prompt_n": 7, "predicted_n": 3}})),
        told(json!({"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 1, "total_tokens": 10}})),
    ] {
        let model = ScriptedModel::start([Step::new(reply)]).await.unwrap();
        let events = Agent::with_model(&model.base_url).step(&saying("x")).await;
        assert!(events.contains(&expected), "{events:?}");
        model.finish().await.unwrap();
    }
}

#[tokio::test]
async fn azures_older_address_keeps_its_query_and_has_its_own_header() {
    let model = ScriptedModel::start([Step::new(Reply::text(["Hi"])).expect(|received| {
        let place = (received.path.as_str(), received.query.as_str());
        let key = (received.header("api-key"), received.header("authorization"));
        let expected = ("/openai/deployments/gpt/chat/completions", "api-version=2024-10-21");
        if place == expected && key == (Some("secret"), None) { Ok(()) } else { Err(format!("{place:?} {key:?}")) }
    })])
    .await
    .unwrap();
    let root = model.base_url.trim_end_matches("/v1");
    let url = format!("{root}/openai/deployments/gpt?api-version=2024-10-21");
    let agent = Agent::start(&settings(Some(&url), &[("OPENAI_API_KEY", "secret")]));
    assert_eq!(text_of(&agent.step(&saying("x")).await), "Hi");
    model.finish().await.unwrap();
}

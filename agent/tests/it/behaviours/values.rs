use super::*;

fn called(name: &'static str, tool: &str, arguments: Value) -> Case {
    let function = json!({"name": tool, "arguments": arguments});
    Case::new(
        name,
        [Reply::stream().delta(tool_delta(json!({"index": 0, "id": "c", "function": function}))).end("tool_calls")],
    )
}

#[tokio::test]
async fn arguments_that_mean_the_same_are_the_same() {
    run(vec![
        called("numbers as floats (Gemini)", "complete_tasks", json!("{\"ids\": [3.0]}")).completes_3(),
        called("a list in a string (GLM)", "complete_tasks", json!("{\"ids\": \"[3]\"}")).completes_3(),
        called(
            "a list of objects in a string (Qwen)",
            "add_tasks",
            json!("{\"tasks\": \"[{\\\"title\\\": \\\"A\\\"}]\"}"),
        )
        .with_calls(vec![("add_tasks", json!({"tasks": [{"title": "A", "notes": "", "priority": "none"}]}))]),
        called("words that look like a list stay words", "add_tasks", json!("{\"tasks\": [{\"title\": \"[3]\"}]}"))
            .with_calls(vec![("add_tasks", json!({"tasks": [{"title": "[3]", "notes": "", "priority": "none"}]}))]),
        called("null for a tool that takes nothing", "undo_last", json!("null"))
            .with_calls(vec![("undo_last", json!({}))]),
        called("nothing for a tool that takes nothing", "undo_last", json!(""))
            .with_calls(vec![("undo_last", json!({}))]),
        Case::new(
            "no arguments at all for a tool that takes nothing",
            [Reply::stream()
                .delta(tool_delta(json!({"index": 0, "id": "c", "function": {"name": "undo_last"}})))
                .end("tool_calls")],
        )
        .with_calls(vec![("undo_last", json!({}))]),
        Case::steps(
            "null for a tool that takes something",
            [Step::new(bad_call("null")), Step::new(good_call()).last_message("tool", "not run")],
        )
        .completes_3(),
        Case::steps(
            "a half of a number",
            [Step::new(bad_call("{\"ids\": [3.5]}")), Step::new(good_call()).last_message("tool", "not run")],
        )
        .completes_3(),
    ])
    .await;
}

#[tokio::test]
async fn a_character_that_is_torn_in_two_is_whole_again() {
    let torn = |first: &str, second: &str| {
        let chunk = |content: &str| format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{{{content}}}}}]}}\n\n");
        Reply::stream().bytes(chunk(first)).bytes(chunk(second)).end("stop")
    };
    let call = |arguments: &str| {
        format!(
            "\"tool_calls\":[{{\"index\":0,\"id\":\"c\",\"function\":{{\"name\":\"add_tasks\",\"arguments\":\"{arguments}\"}}}}]"
        )
    };
    let first = call(r#"{\"tasks\":[{\"title\":\"Buy \ud83c"#);
    let second = r#""tool_calls":[{"index":0,"function":{"arguments":"\udf4e\"}]}"}}]"#;
    run(vec![
        Case::new("in words", [torn(r#""content":"An apple: \ud83c""#, r#""content":"\udf4e!""#)])
            .says("An apple: 🍎!"),
        Case::new("half of it is lost", [torn(r#""content":"An apple: \ud83c""#, r#""content":"!""#)])
            .says("An apple: \u{fffd}!"),
        Case::new("in a title", [torn(&first, second)])
            .with_calls(vec![("add_tasks", json!({"tasks": [{"title": "Buy 🍎", "notes": "", "priority": "none"}]}))]),
        Case::new(
            "in one piece of JSON",
            [Reply::new(200, "application/json")
                .bytes(r#"{"choices":[{"message":{"content":"half \ud83c"},"finish_reason":"stop"}]}"#)],
        )
        .says("half \u{fffd}"),
    ])
    .await;
}

#[tokio::test]
async fn words_in_other_places_are_found() {
    run(vec![
        Case::new(
            "content that is one part",
            [Reply::stream().delta(json!({"content": {"type": "text", "text": "Hi"}})).end("stop")],
        )
        .says("Hi"),
        Case::new(
            "text beside the delta",
            [Reply::stream()
                .chunk(&json!({"choices": [{"index": 0, "text": "Hi", "finish_reason": null}]}))
                .chunk(&json!({"choices": [{"index": 0, "text": "", "finish_reason": "stop"}]}))
                .data("[DONE]")],
        )
        .says("Hi"),
        Case::new(
            "a byte-order mark before JSON on many lines",
            [Reply::new(200, "application/json").bytes(format!(
                "\u{feff}{}",
                serde_json::to_string_pretty(
                    &json!({"choices": [{"message": {"content": "Hi"}, "finish_reason": "stop"}]})
                )
                .unwrap()
            ))],
        )
        .says("Hi"),
        Case::new(
            "words and calls in one message, and the reason stop",
            [plain(
                &json!({"role": "assistant", "content": "I do it.", "tool_calls": plain_call()["tool_calls"]}),
                "stop",
            )],
        )
        .says("I do it.")
        .completes_3(),
    ])
    .await;
}

#[tokio::test]
async fn more_refusals_are_adapted_to() {
    let then_call = |name, status, message: &str, changed: fn(Step) -> Step| {
        let refused = Reply::json(
            status,
            &json!({"error": {"message": message, "type": "invalid_request_error", "param": null}}),
        );
        Case::steps(name, [Step::new(refused), changed(Step::new(good_call()))]).completes_3()
    };
    let plainer: fn(Step) -> Step = |step| step.at("/tools/1/function/parameters/properties/status/type", "string");
    run(vec![
        then_call(
            "lists of types (Ollama)",
            400,
            "json: cannot unmarshal array into Go struct field .tools.function.parameters.properties.type of type string",
            plainer,
        ),
        then_call("lists of types (llama.cpp)", 500, "JSON schema conversion failed: Unrecognized schema: {\"type\":[\"string\",\"null\"]}", plainer),
        then_call("lists of types (Fireworks)", 400, "JSON Schema not supported: could not understand the instance `{'type': ['string', 'null']}`.", plainer),
        then_call("lists of types (Groq)", 400, "invalid JSON schema for tool add_tasks, tools[0].function.parameters: /properties/tasks: ...", plainer),
        then_call("fields of schemas (Cerebras)", 422, "Unsupported JSON schema fields: {'additionalProperties'}", plainer),
        then_call("no system role (o1-mini)", 400, "Unsupported value: 'messages[0].role' does not support 'system' with this model.", |step| {
            step.at("/messages/0/role", "user")
        }),
        then_call("the roles of a template", 500, "Jinja Exception: Only user and assistant roles are supported!", |step| step.at("/messages/0/role", "user")),
        then_call(
            "no room for the answer (TGI)",
            422,
            "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4097. Given: 900 `inputs` tokens and 4096 `max_new_tokens`",
            |step| step.absent("/max_tokens"),
        ),
        then_call(
            "too many tokens to write",
            400,
            "max_tokens is too large: 4096. This model supports at most 2048 completion tokens, whereas you provided 4096.",
            |step| step.absent("/max_tokens"),
        ),
        Case::steps("a slash at the end (FastAPI)", [
            Step::new(Reply::new(307, "text/plain").header("location", "/v1/chat/completions/")),
            Step::to("/v1/chat/completions/", good_call()),
        ])
        .completes_3(),
        Case::new("nothing with 204, then well", [Reply::new(204, "text/plain"), Reply::text(["Hi"])]).says("Hi"),
    ])
    .await;
}

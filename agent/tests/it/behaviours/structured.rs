use super::*;

fn no_tools() -> Reply {
    Reply::json(400, &json!({"error": "registry.ollama.ai/library/gemma:2b does not support tools"}))
}

fn object(reply: &str, calls: &Value) -> Reply {
    let text = json!({"reply": reply, "calls": calls}).to_string();
    let (first, second) = text.split_at(text.len() / 2);
    Reply::text([first, second])
}

fn completing() -> Reply {
    object("", &json!([{"name": "complete_tasks", "arguments": {"ids": [3]}}]))
}

fn schema(step: Step) -> Step {
    step.absent("/tools").absent("/parallel_tool_calls").at("/response_format/type", "json_schema")
}

#[tokio::test]
async fn a_model_without_tools_is_asked_for_structured_output() {
    let refused = || Reply::error(400, "invalid_request_error", "response_format json_schema is not supported");
    let case = |name, refusal: Reply| {
        Case::steps(name, [Step::new(refusal).at("/tools/0/type", "function"), schema(Step::new(completing()))])
            .completes_3()
    };
    run(vec![
        case("Ollama", no_tools()),
        case(
            "OpenRouter",
            Reply::error(
                404,
                "404",
                "No endpoints found that support tool use. To learn more, visit: https://openrouter.ai/docs",
            ),
        ),
        case(
            "vLLM",
            Reply::json(
                400,
                &json!({"object": "error", "code": 400, "message":
                "\"auto\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set"}),
            ),
        ),
        case(
            "llama.cpp",
            Reply::json(500, &json!({"error": {"code": 500, "message": "tools param requires --jinja flag"}})),
        ),
        case("501", Reply::error(501, "not_implemented", "tools are not supported")),
        case("an unknown parameter", Reply::error(400, "invalid", "Unrecognized request argument supplied: tools")),
        Case::steps("a reply", [Step::new(no_tools()), schema(Step::new(object("All done.", &json!([]))))])
            .says("All done."),
        Case::steps(
            "a reply beside calls is held back",
            [
                Step::new(no_tools()),
                Step::new(object("Done!", &json!([{"name": "complete_tasks", "arguments": {"ids": [3]}}]))),
            ],
        )
        .completes_3(),
        Case::steps(
            "json_object where there is no json_schema",
            [
                Step::new(no_tools()),
                Step::new(refused()),
                Step::new(completing())
                    .at("/response_format/type", "json_object")
                    .contains("/messages/0/content", "\"ids\""),
            ],
        )
        .completes_3(),
        Case::steps(
            "words where there is neither",
            [
                Step::new(no_tools()),
                Step::new(refused()),
                Step::new(Reply::error(422, "invalid", "response_format: extra inputs are not permitted")),
                Step::new(Reply::text([
                    "```json\n",
                    "{\"reply\": \"\", \"calls\": [{\"name\": \"complete_tasks\",",
                    " \"arguments\": {\"ids\": [3]}}]}\n```",
                ]))
                .absent("/response_format"),
            ],
        )
        .completes_3(),
        Case::steps("plain words are a reply", [Step::new(no_tools()), Step::new(Reply::text(["Just ", "words."]))])
            .says("Just words."),
        Case::steps(
            "thoughts before the object",
            [
                Step::new(no_tools()),
                Step::new(Reply::text(["<think>{\"reply\":\"no\"}</think>", "{\"reply\":\"Hi\",\"calls\":[]}"])),
            ],
        )
        .says("Hi"),
        Case::steps(
            "broken JSON is asked for again and not shown",
            [
                Step::new(no_tools()),
                Step::new(Reply::text(["{\"reply\": \"\", \"calls\": [{\"name\""])),
                Step::new(completing()).last_message("user", "not one valid JSON object"),
            ],
        )
        .completes_3(),
        Case::steps(
            "malformed arguments are asked for again",
            [
                Step::new(no_tools()),
                Step::new(object("", &json!([{"name": "complete_tasks", "arguments": {"ids": "three"}}]))),
                Step::new(completing()).last_message("user", "invalid type"),
            ],
        )
        .completes_3(),
        Case::steps(
            "broken for ever",
            [
                Step::new(no_tools()),
                Step::new(Reply::text(["{"])),
                Step::new(Reply::text(["{"])),
                Step::new(Reply::text(["{"])),
            ],
        )
        .ends("model_malformed"),
        Case::steps(
            "without tools and the other dialect",
            [
                Step::new(Reply::json(404, &json!({"detail": "Not Found"}))),
                Step::new(no_tools()),
                Step::new(responses::events([
                    responses::delta("{\"reply\":\"Hi\",\"calls\":[]}"),
                    responses::completed(json!([])),
                ]))
                .at("/text/format/type", "json_schema"),
            ],
        )
        .says("Hi"),
    ])
    .await;
}

#[tokio::test]
async fn structured_output_is_remembered_and_history_is_told_in_it() {
    let script = [
        Step::new(no_tools()),
        schema(Step::new(object("Hi", &json!([])))),
        schema(Step::new(object("Done.", &json!([]))))
            .at("/messages/2/role", "assistant")
            .contains("/messages/2/content", "complete_tasks")
            .at("/messages/3/role", "user")
            .contains("/messages/3/content", "\"status\":\"done\"")
            .absent("/messages/4"),
    ];
    let model = ScriptedModel::start(script).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    assert_eq!(text_of(&agent.step(&saying("a")).await), "Hi");
    let call = json!({"id": "c1", "name": "complete_tasks", "arguments": {"ids": [3]}});
    let result = json!({"kind": "changed", "items": [], "operations": []});
    let messages = json!([
        {"role": "user", "text": "done with 3"},
        {"role": "assistant", "text": "", "calls": [call]},
        {"role": "tool", "call_id": "c1", "status": "done", "result": result},
    ]);
    assert_eq!(text_of(&agent.step(&crate::support::request(&messages)).await), "Done.");
    model.finish().await.unwrap();
}

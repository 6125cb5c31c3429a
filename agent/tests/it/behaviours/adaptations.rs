use super::*;

#[tokio::test]
async fn a_refused_parameter_is_adapted_to_once() {
    run(vec![
        adapting("parallel_tool_calls", "parallel_tool_calls", |step| step.absent("/parallel_tool_calls")),
        adapting("stream_options", "stream_options", |step| step.absent("/stream_options").at("/stream", true)),
        adapting("strict", "tools[0].function.strict", |step| step.absent("/tools/0/function/strict")),
        adapting("max_tokens", "max_tokens", |step| step.absent("/max_tokens").at("/max_completion_tokens", 4096)),
        adapting("temperature", "temperature", |step| step.absent("/temperature")).set(&[("OPENAI_TEMPERATURE", "0")]),
        adapting("reasoning_effort that was not sent", "reasoning_effort", |step| step.at("/reasoning_effort", "none")),
        Case::steps(
            "reasoning_effort that is not known",
            [
                Step::new(refusal("reasoning_effort")).at("/reasoning_effort", "low"),
                Step::new(refusal("reasoning_effort")).at("/reasoning_effort", "none"),
                Step::new(good_call()).absent("/reasoning_effort"),
            ],
        )
        .set(&[("OPENAI_REASONING_EFFORT", "low")])
        .completes_3(),
        Case::steps(
            "one after the other",
            [
                Step::new(refusal("parallel_tool_calls")),
                Step::new(refusal("stream_options")),
                Step::new(refusal("max_tokens")),
                Step::new(refusal("max_completion_tokens")),
                Step::new(good_call()).absent("/max_tokens").absent("/max_completion_tokens").absent("/stream_options"),
            ],
        )
        .completes_3(),
        Case::steps(
            "a refusal in FastAPI's words",
            [
                Step::new(Reply::json(
                    422,
                    &json!({"detail": [{"loc": ["body", "parallel_tool_calls"], "msg": "extra fields"}]}),
                )),
                Step::new(good_call()).absent("/parallel_tool_calls"),
            ],
        )
        .completes_3(),
        Case::steps(
            "a server that cannot stream",
            [
                Step::new(refusal("stream")),
                Step::new(plain(&plain_call(), "tool_calls")).at("/stream", false).absent("/stream_options"),
            ],
        )
        .completes_3(),
        Case::steps(
            "a server that cannot stream tools (llama.cpp)",
            [
                Step::new(Reply::json(
                    500,
                    &json!({"error": {"code": 500, "message": "Cannot use tools with stream"}}),
                )),
                Step::new(plain(&plain_call(), "tool_calls")).at("/stream", false),
            ],
        )
        .completes_3(),
        Case::steps(
            "a server that loses streamed calls",
            [
                Step::new(Reply::stream().end("tool_calls")),
                Step::new(plain(&plain_call(), "tool_calls")).at("/stream", false),
            ],
        )
        .completes_3(),
        Case::new("the same refusal again stands", [refusal("strict"), refusal("strict")]).ends("model_error"),
    ])
    .await;
}

#[tokio::test]
async fn an_adaptation_is_remembered_for_the_next_step() {
    let script = [
        Step::new(refusal("parallel_tool_calls")),
        Step::new(Reply::text(["One"])).absent("/parallel_tool_calls"),
        Step::new(Reply::text(["Two"])).absent("/parallel_tool_calls"),
    ];
    let model = ScriptedModel::start(script).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    assert_eq!(text_of(&agent.step(&saying("a")).await), "One");
    assert_eq!(text_of(&agent.step(&saying("b")).await), "Two");
    model.finish().await.unwrap();
}

use super::responses::{at_path, events, good_call as responses_call};
use super::*;

const ASTRAY: &str = "Function tools with reasoning_effort are not supported for gpt-5.6 in /v1/chat/completions. To use \
                      function tools, use /v1/responses or set reasoning_effort to 'none'.";

fn astray() -> Reply {
    let error = json!({"message": ASTRAY, "type": "invalid_request_error", "param": "reasoning_effort", "code": null});
    Reply::json(400, &json!({"error": error}))
}

fn chat(reply: Reply) -> Step {
    Step::new(reply).expect(at_path("/v1/chat/completions"))
}

fn responses(reply: Reply) -> Step {
    Step::new(reply).expect(at_path("/v1/responses"))
}

#[tokio::test]
async fn the_dialect_that_is_spoken_there_is_found() {
    let not_found = || Reply::json(404, &json!({"detail": "Not Found"}));
    run(vec![
        Case::steps("chat that points to responses", [chat(astray()), responses(responses_call())]).completes_3(),
        Case::steps("chat that is not there", [chat(not_found()), responses(responses_call())]).completes_3(),
        Case::steps(
            "405",
            [chat(Reply::new(405, "text/plain").bytes("Method Not Allowed")), responses(responses_call())],
        )
        .completes_3(),
        Case::steps(
            "an unsupported endpoint",
            [chat(Reply::error(400, "invalid_request_error", "unsupported endpoint")), responses(responses_call())],
        )
        .completes_3(),
        Case::steps(
            "not a chat model",
            [
                chat(Reply::error(
                    404,
                    "invalid_request_error",
                    "This is not a chat model and thus not supported in the v1/chat/completions endpoint.",
                )),
                responses(responses_call()),
            ],
        )
        .completes_3(),
        Case::steps("neither is there", [chat(not_found()), responses(not_found())]).ends("model_error"),
        Case::steps(
            "responses is named but not there either",
            [chat(astray()), responses(not_found()), chat(good_call()).at("/reasoning_effort", "none")],
        )
        .completes_3(),
        Case::steps(
            "a model that is not there is no matter of dialect",
            [chat(Reply::error(
                404,
                "model_not_found",
                "The model `x` does not exist or you do not have access to it.",
            ))],
        )
        .ends("model_error"),
        Case::steps("chat insisted on", [chat(astray()), chat(good_call()).at("/reasoning_effort", "none")])
            .set(&[("OPENAI_API", "chat")])
            .completes_3(),
        Case::steps("chat insisted on and not there", [chat(not_found())])
            .set(&[("OPENAI_API", "chat")])
            .ends("model_error"),
        Case::steps("responses insisted on and not there", [responses(not_found())])
            .set(&[("OPENAI_API", "responses")])
            .ends("model_error"),
        Case::steps(
            "adapted after the switch",
            [chat(not_found()), responses(refusal("include")), responses(responses_call()).absent("/include")],
        )
        .completes_3(),
    ])
    .await;
}

#[tokio::test]
async fn the_dialect_is_remembered_and_a_vain_switch_is_not() {
    let hi = || events([responses::delta("Hi"), responses::completed(json!([]))]);
    let script = [chat(astray()), responses(hi()), responses(hi())];
    let model = ScriptedModel::start(script).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    assert_eq!(text_of(&agent.step(&saying("a")).await), "Hi");
    assert_eq!(text_of(&agent.step(&saying("b")).await), "Hi");
    model.finish().await.unwrap();

    let gone = || Reply::json(404, &json!({"detail": "Not Found"}));
    let script = [chat(gone()), responses(gone()), chat(Reply::text(["Hi"]))];
    let model = ScriptedModel::start(script).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    assert_eq!(end_of(&agent.step(&saying("a")).await), "model_error");
    assert_eq!(text_of(&agent.step(&saying("b")).await), "Hi");
    model.finish().await.unwrap();
}

use super::*;

fn limited() -> Reply {
    Reply::error(429, "rate_limit_exceeded", "slow down")
}

#[tokio::test]
async fn what_may_pass_is_tried_again_and_what_may_not_is_told() {
    run(vec![
        Case::new("429, then well", [limited().header("retry-after", "0"), Reply::text(["Hi"])]).says("Hi"),
        Case::new("429 three times", [limited(), limited(), limited()]).ends("model_rate_limited"),
        Case::new("429 that asks for more patience than we have", [limited().header("retry-after", "3600")])
            .ends("model_rate_limited"),
        Case::new(
            "no quota is never tried again",
            [Reply::error(429, "insufficient_quota", "exceeded your current quota")],
        )
        .ends("model_quota"),
        Case::new("402", [Reply::error(402, "payment_required", "add credits")]).ends("model_quota"),
        Case::new(
            "500, 503, then well",
            [
                Reply::error(500, "server_error", "oops"),
                Reply::new(503, "text/html").bytes("<html>busy</html>"),
                Reply::text(["Hi"]),
            ],
        )
        .says("Hi"),
        Case::new("500 for ever", [(); 3].map(|()| Reply::error(500, "server_error", "oops"))).ends("model_error"),
        Case::new("401", [Reply::error(401, "invalid_api_key", "Incorrect API key provided: sk-abc")])
            .ends("model_unauthorized"),
        Case::new("403", [Reply::error(403, "forbidden", "no")]).ends("model_unauthorized"),
        Case::new("404", [Reply::json(404, &json!({"error": "model \"x\" not found"}))]).ends("model_error"),
        Case::new("400 that names nothing", [Reply::error(400, "invalid", "no")]).ends("model_error"),
        Case::new(
            "a redirect is not followed",
            [Reply::new(307, "text/plain").header("location", "http://127.0.0.1:1/v1")],
        )
        .ends("model_error"),
        Case::new("a web page", [Reply::new(200, "text/html").bytes("<html></html>")]).ends("model_error"),
        Case::new("JSON that is no answer", [(); 3].map(|()| Reply::json(200, &json!({"models": []}))))
            .ends("model_malformed"),
        Case::new(
            "an error inside the stream, tried again",
            [Reply::stream().data(r#"{"error":{"message":"overloaded","code":503}}"#), Reply::text(["Hi"])],
        )
        .says("Hi"),
        Case::new(
            "an error inside the stream after some text",
            [Reply::stream().piece("Hi").data(r#"{"error":{"message":"overloaded","code":503}}"#)],
        )
        .says("Hi")
        .ends("model_error"),
        Case::new(
            "an error without a status inside the stream",
            [Reply::stream()
                .data(r#"{"error":{"message":"You exceeded your current quota","type":"insufficient_quota"}}"#)],
        )
        .ends("model_quota"),
        Case::new("an empty answer, then one with words", [Reply::text([]), Reply::text(["Hi"])]).says("Hi"),
        Case::new("all output spent on thinking", [Reply::stream().end("length")]).ends("model_error"),
        Case::new("silence in the midst of an answer", [Reply::stream().piece("Hi").hang()])
            .set(&[("OPENAI_IDLE_TIMEOUT", "0.1")])
            .says("Hi")
            .ends("model_timeout"),
        Case::new("no answer at all", [Reply::stream().hang()]).set(&[("OPENAI_TIMEOUT", "0.2")]).ends("model_timeout"),
        Case::new("connection broken at once, then well", [Reply::stream().abort(), Reply::text(["Hi"])]).says("Hi"),
        Case::new("the filter of the server", [Reply::error(400, "content_filter", "filtered")]).ends("model_refused"),
        Case::new(
            "too long a conversation",
            [Reply::error(400, "context_length_exceeded", "maximum context length is 4096")],
        )
        .ends("model_error"),
    ])
    .await;
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_so() {
    let agent = Agent::with_model("http://127.0.0.1:9/v1");
    let events = agent.step(&saying("x")).await;
    let Some(StepEvent::Error { code, detail, retryable, .. }) = events.last() else { panic!("{events:?}") };
    assert_eq!((code.as_str(), *retryable), ("model_unreachable", true));
    assert!(detail.contains("OPENAI_BASE_URL"), "{detail}");
}

#[tokio::test]
async fn the_wait_that_a_server_asks_for_is_passed_on_and_a_key_is_not() {
    let script = [
        Step::new(Reply::error(429, "rate_limit_exceeded", "slow down").header("retry-after", "120")),
        Step::new(Reply::error(400, "bad", "Incorrect key sk-abcdef given")),
    ];
    let model = ScriptedModel::start(script).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    let events = agent.step(&saying("x")).await;
    assert!(
        matches!(events.last(), Some(StepEvent::Error { retry_after: Some(120), retryable: true, .. })),
        "{events:?}"
    );
    let told = serde_json::to_string(&agent.step(&saying("x")).await).unwrap();
    assert!(!told.contains("sk-abcdef"), "{told}");
    model.finish().await.unwrap();
}

use super::*;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What the agent says of the time to wait, if a server that says so with 429 is asked once.
async fn told(reply: Reply) -> (String, Option<u64>) {
    let model = ScriptedModel::start([Step::new(reply)]).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    let events = agent.step(&saying("x")).await;
    agent.running.stop().await;
    // More requests than one are seen in the answer: the script gives them another error.
    drop(model);
    match events.last() {
        Some(StepEvent::Error { code, retry_after, .. }) => (code.clone(), *retry_after),
        other => panic!("{other:?}"),
    }
}

fn limited(message: &str) -> Reply {
    Reply::error(429, "rate_limit_exceeded", message)
}

#[tokio::test]
async fn the_time_to_wait_is_found_wherever_a_server_says_it() {
    let reset = (SystemTime::now() + Duration::from_secs(600)).duration_since(UNIX_EPOCH).unwrap();
    let millis: &str = &reset.as_millis().to_string();
    let seconds: &str = &reset.as_secs().to_string();
    let openrouter = json!({"error": {"code": 429, "message": "Rate limit exceeded: free-models-per-min.",
        "metadata": {"headers": {"X-RateLimit-Limit": "20", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": millis}}}});
    let mut wrong = Vec::new();
    for (what, reply, from, to) in [
        (
            "Groq's words",
            limited("Limit 15000, Used 11972, Requested 4351. Please try again in 45.289s. Visit x."),
            45,
            46,
        ),
        ("minutes in words", limited("Please try again in 2m59.56s."), 179, 180),
        ("hours in words", limited("Please try again in 1h2m."), 3_720, 3_720),
        (
            "Azure's words",
            limited("Your requests have exceeded the token rate limit. Please retry after 45 seconds."),
            45,
            45,
        ),
        (
            "a header for what is used up",
            limited("slow")
                .header("x-ratelimit-remaining-requests", "0")
                .header("x-ratelimit-reset-requests", "1m30s")
                .header("x-ratelimit-remaining-tokens", "9000")
                .header("x-ratelimit-reset-tokens", "6h0m0s"),
            90,
            90,
        ),
        ("Azure's header", limited("slow").header("x-ratelimit-reset-tokens", "55"), 55, 55),
        ("a moment in milliseconds", limited("slow").header("x-ratelimit-reset", millis), 590, 600),
        ("a moment in seconds", limited("slow").header("x-ratelimit-reset", seconds), 590, 600),
        ("a moment as Retry-After", limited("slow").header("retry-after", seconds), 590, 600),
        ("headers in the body (OpenRouter)", Reply::json(429, &openrouter), 590, 600),
        ("Retry-After before all else", limited("Please try again in 1h.").header("retry-after", "30"), 30, 30),
    ] {
        let (code, wait) = told(reply).await;
        if code != "model_rate_limited" || !wait.is_some_and(|wait| (from..=to).contains(&wait)) {
            wrong.push(format!("{what}: {code}, {wait:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_short_wait_is_waited_for() {
    run(vec![
        Case::new("milliseconds in words", [limited("Please try again in 2ms."), Reply::text(["Hi"])]).says("Hi"),
        Case::new(
            "milliseconds in a header",
            [limited("slow").header("x-ratelimit-reset-requests", "2ms"), Reply::text(["Hi"])],
        )
        .says("Hi"),
        Case::new(
            "a moment that is over",
            [limited("slow").header("x-ratelimit-reset", "1700000000"), Reply::text(["Hi"])],
        )
        .says("Hi"),
    ])
    .await;
}

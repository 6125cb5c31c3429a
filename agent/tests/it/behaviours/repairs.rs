use super::*;

/// The model is told `problem` and answers `reply`.
fn told(problem: &'static str, reply: Reply) -> Step {
    Step::new(reply).last_message("tool", problem)
}

#[tokio::test]
async fn malformed_calls_are_sent_back_and_never_run() {
    let broken = || bad_call("{\"ids\":[3");
    run(vec![
        Case::steps("broken JSON, then well", [Step::new(broken()), told("not valid JSON", good_call())]).completes_3(),
        Case::steps(
            "a wrong type, then well",
            [Step::new(bad_call("{\"ids\":\"three\"}")), told("invalid type", good_call())],
        )
        .completes_3(),
        Case::steps(
            "no arguments are not empty arguments",
            [Step::new(bad_call("")), told("not valid JSON", good_call())],
        )
        .completes_3(),
        Case::steps(
            "a tool that is not there",
            [
                Step::new(Reply::calls([("drop_database", json!({}))])),
                told("there is no tool drop_database", good_call()),
            ],
        )
        .completes_3(),
        Case::steps(
            "a field that is not there",
            [
                Step::new(Reply::calls([("complete_tasks", json!({"ids": [3], "user_id": 7}))])),
                told("unknown field", good_call()),
            ],
        )
        .completes_3(),
        Case::steps(
            "broken twice, then well",
            [Step::new(broken()), told("not valid JSON", broken()), told("not valid JSON", good_call())],
        )
        .completes_3(),
        Case::steps(
            "broken three times",
            [Step::new(broken()), told("not valid JSON", broken()), told("not valid JSON", broken())],
        )
        .ends("model_malformed"),
        Case::steps(
            "one good call among bad ones waits for the repair",
            [
                Step::new(
                    Reply::stream()
                        .call(0, "undo_last", &json!({}))
                        .delta(tool_delta(json!({"index": 1, "function": {"name": "delete_tasks", "arguments": "{"}})))
                        .end("tool_calls"),
                ),
                told("not valid JSON", good_call()).contains("/messages/3/content", "another call"),
            ],
        )
        .completes_3(),
        Case::steps(
            "cut off for its length in a call",
            [
                Step::new(
                    Reply::stream()
                        .delta(tool_delta(
                            json!({"index": 0, "function": {"name": "add_tasks", "arguments": "{\"tasks\":["}}),
                        ))
                        .end("length"),
                ),
                told("fewer items", good_call()),
            ],
        )
        .completes_3(),
        Case::steps(
            "an answer in words after a bad call",
            [Step::new(broken()), told("not valid JSON", Reply::text(["Which one?"]))],
        )
        .says("Which one?"),
    ])
    .await;
}

use super::*;

fn delta_call(call: Value) -> Reply {
    Reply::stream().delta(tool_delta(call)).end("tool_calls")
}

#[tokio::test]
async fn answers_in_every_shape_are_understood() {
    let whole = json!({"name": "complete_tasks", "arguments": "{\"ids\":[3]}"});
    let pieces = |first: Value, second: Value| {
        Reply::stream().delta(tool_delta(first)).delta(tool_delta(second)).end("tool_calls")
    };
    run(vec![
        Case::new("text in pieces", [Reply::text(["Hel", "lo"])]).says("Hello"),
        Case::new("a call as OpenAI streams it", [good_call()]).completes_3(),
        Case::new("finish_reason stop with a call (Ollama)", [
            Reply::stream().delta(tool_delta(json!({"index": 0, "id": "a", "function": whole}))).end("stop"),
        ])
        .completes_3(),
        Case::new("a call without index", [delta_call(json!({"id": "a", "function": whole}))]).completes_3(),
        Case::new("a call without id", [delta_call(json!({"index": 0, "function": whole}))]).completes_3(),
        Case::new("a call with neither", [delta_call(json!({"function": whole}))]).completes_3(),
        Case::new("a call with an empty id", [delta_call(json!({"index": 0, "id": "", "function": whole}))]).completes_3(),
        Case::new("pieces with neither id nor index", [pieces(
            json!({"function": {"name": "complete_tasks", "arguments": "{\"ids\":"}}),
            json!({"function": {"arguments": "[3]}"}}),
        )])
        .completes_3(),
        Case::new("name and id repeated in every piece", [pieces(
            json!({"index": 0, "id": "a", "function": {"name": "complete_tasks", "arguments": "{\"ids\":"}}),
            json!({"index": 0, "id": "a", "function": {"name": "complete_tasks", "arguments": "[3]}"}}),
        )])
        .completes_3(),
        Case::new("arguments as an object", [delta_call(
            json!({"index": 0, "id": "a", "function": {"name": "complete_tasks", "arguments": {"ids": [3]}}}),
        )])
        .completes_3(),
        Case::new("arguments as JSON in a JSON string", [delta_call(
            json!({"index": 0, "id": "a", "function": {"name": "complete_tasks", "arguments": "\"{\\\"ids\\\":[3]}\""}}),
        )])
        .completes_3(),
        Case::new("the old function_call", [Reply::stream().delta(json!({"function_call": whole})).end("function_call")])
            .completes_3(),
        Case::new("null for what a strict schema makes nullable", [Reply::calls([(
            "add_tasks",
            json!({"tasks": [{"title": "A", "notes": null, "due": null, "priority": null, "tags": null, "repeat": null}]}),
        )])])
        .with_calls(vec![("add_tasks", json!({"tasks": [{"title": "A", "notes": "", "priority": "none"}]}))]),
        Case::new("several calls in one message, in order", [Reply::calls([
            ("complete_tasks", complete_3()),
            ("undo_last", json!({})),
        ])])
        .with_calls(vec![("complete_tasks", complete_3()), ("undo_last", json!({}))]),
        Case::new("two calls both numbered 0", [Reply::stream()
            .delta(tool_delta(json!({"index": 0, "id": "a", "function": whole})))
            .delta(tool_delta(json!({"index": 0, "id": "b", "function": {"name": "undo_last", "arguments": "{}"}})))
            .end("tool_calls")])
        .with_calls(vec![("complete_tasks", complete_3()), ("undo_last", json!({}))]),
        Case::new("content in parts", [Reply::stream().delta(json!({"content": [{"type": "text", "text": "Hi"}]})).end("stop")])
            .says("Hi"),
        Case::new("reasoning is not shown", [Reply::stream()
            .delta(json!({"reasoning_content": "hmm"}))
            .piece("Hi")
            .end("stop")])
        .says("Hi"),
        Case::new("a refusal in words", [Reply::stream().delta(json!({"refusal": "I can't."})).end("stop")]).says("I can't."),
        Case::new("cut off for its length", [Reply::stream().piece("Once").end("length")]).says("Once").ends("length"),
        Case::new("a filter stops it", [Reply::stream().piece("Once").end("content_filter")]).says("Once").ends("model_refused"),
        Case::new("JSON in answer to a request to stream", [plain(&json!({"content": "Hi"}), "stop")]).says("Hi"),
        Case::new("a call in one piece", [plain(&plain_call(), "tool_calls")]).completes_3(),
    ])
    .await;
}

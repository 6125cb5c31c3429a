use super::*;

fn piece(call: Value) -> Value {
    json!({"tool_calls": [call]})
}

/// A call that comes in these pieces.
fn pieces(calls: impl IntoIterator<Item = Value>) -> Reply {
    calls.into_iter().fold(Reply::stream(), |reply, call| reply.delta(piece(call))).end("tool_calls")
}

fn head(name: &str, arguments: Value) -> Value {
    json!({"index": 0, "id": "c", "type": "function", "function": {"name": name, "arguments": arguments}})
}

fn tail(arguments: Value) -> Value {
    json!({"index": 0, "function": {"arguments": arguments}})
}

fn named(name: &str) -> Reply {
    pieces([head(name, json!("{\"ids\":[3]}"))])
}

#[tokio::test]
async fn a_call_is_put_together_from_pieces_of_every_shape() {
    let half = || head("complete_tasks", json!("{\"ids\":"));
    let whole = || json!("{\"ids\":[3]}");
    run(vec![
        Case::new("empty ids and names in later pieces (DashScope)", [pieces([
            head("complete_tasks", json!("")),
            json!({"index": 0, "id": "", "type": "function", "function": {"name": "", "arguments": "{\"ids\":"}}),
            json!({"index": 0, "id": "", "type": "function", "function": {"name": "", "arguments": "[3]}"}}),
        ])])
        .completes_3(),
        Case::new("numbered from 1 on (LiteLLM)", [pieces([
            json!({"index": 1, "id": "c", "type": "function", "function": {"name": "complete_tasks", "arguments": ""}}),
            json!({"index": 1, "id": null, "function": {"name": null, "arguments": "{\"ids\":[3]}"}}),
        ])])
        .completes_3(),
        Case::new("an index in a string", [pieces([
            json!({"index": "0", "id": "c", "function": {"name": "complete_tasks", "arguments": "{\"ids\":"}}),
            json!({"index": "0", "function": {"arguments": "[3]}"}}),
        ])])
        .completes_3(),
        Case::new("an id of its own for every piece", [pieces([
            half(),
            json!({"index": 0, "id": "d", "function": {"name": "complete_tasks", "arguments": "[3]}"}}),
        ])])
        .completes_3(),
        Case::new("the name after the head (vMLX)", [pieces([head("", json!("")), head("complete_tasks", whole())])])
            .completes_3(),
        Case::new("a name in pieces", [pieces([
            head("complete", json!("")),
            json!({"index": 0, "function": {"name": "_tasks", "arguments": ""}}),
            tail(whole()),
        ])])
        .completes_3(),
        Case::new("a head without a function", [pieces([json!({"index": 0, "id": "c", "type": "function"}), head("complete_tasks", whole())])])
            .completes_3(),
        Case::new("a last piece with nothing in it", [pieces([
            half(),
            tail(json!("[3]}")),
            json!({"index": 0, "function": {}}),
            json!({"index": 0, "id": "c", "type": "function"}),
        ])])
        .completes_3(),
        Case::new("a piece with nothing at all before the call", [Reply::stream()
            .delta(json!({"tool_calls": [{}]}))
            .delta(json!({"tool_calls": [null]}))
            .delta(json!({"tool_calls": []}))
            .delta(piece(head("complete_tasks", whole())))
            .end("tool_calls")])
        .completes_3(),
        Case::new("arguments null, then in words", [pieces([head("complete_tasks", Value::Null), tail(whole())])]).completes_3(),
        Case::new("an empty object in place of no arguments yet (LiteLLM)", [pieces([head("complete_tasks", json!("{}")), tail(whole())])])
            .completes_3(),
        Case::new("an empty object as an object before the arguments", [pieces([head("complete_tasks", json!({})), tail(whole())])])
            .completes_3(),
        Case::new("all arguments once more at the end (vLLM)", [pieces([half(), tail(json!("[3]}")), tail(whole())])]).completes_3(),
        Case::new("all arguments after their first brace (vLLM)", [pieces([head("complete_tasks", json!("{")), tail(whole())])])
            .completes_3(),
        Case::new("arguments under the next number and without a name (SGLang)", [pieces([
            head("complete_tasks", json!("")),
            json!({"index": 1, "id": null, "function": {"name": null, "arguments": "{\"ids\":[3]}"}}),
        ])])
        .completes_3(),
        Case::new("name and arguments within the arguments (vLLM)", [pieces([
            head("complete_tasks", json!("{\"name\": \"complete_tasks\", \"arguments\": {\"ids\": [3]}}")),
        ])])
        .completes_3(),
        Case::new("the old function_call in pieces", [Reply::stream()
            .delta(json!({"role": "assistant", "content": null, "function_call": {"name": "complete_tasks", "arguments": ""}}))
            .delta(json!({"function_call": {"arguments": "{\"ids\":"}}))
            .delta(json!({"function_call": {"arguments": "[3]}"}}))
            .end("function_call")])
        .completes_3(),
        Case::new("both the old form and the new one", [Reply::stream()
            .delta(json!({
                "function_call": {"name": "complete_tasks", "arguments": "{\"ids\":[3]}"},
                "tool_calls": [head("complete_tasks", whole())],
            }))
            .end("tool_calls")])
        .completes_3(),
        Case::new("two calls in one piece with neither ids nor indexes", [Reply::stream()
            .delta(json!({"tool_calls": [
                {"function": {"name": "complete_tasks", "arguments": "{\"ids\":[3]}"}},
                {"function": {"name": "undo_last", "arguments": "{}"}},
            ]}))
            .end("stop")])
        .with_calls(vec![("complete_tasks", complete_3()), ("undo_last", json!({}))]),
        Case::new("two calls numbered 0 without ids (Gemini)", [pieces([
            json!({"index": 0, "id": "", "function": {"name": "complete_tasks", "arguments": "{\"ids\":[3]}"}}),
            json!({"index": 0, "id": "", "function": {"name": "reopen_tasks", "arguments": "{\"ids\":[4]}"}}),
        ])])
        .with_calls(vec![("complete_tasks", complete_3()), ("reopen_tasks", json!({"ids": [4]}))]),
        Case::new("numbers with gaps", [pieces([
            json!({"index": 0, "id": "a", "function": {"name": "complete_tasks", "arguments": "{\"ids\":[3]}"}}),
            json!({"index": 4, "id": "b", "function": {"name": "undo_last", "arguments": "{}"}}),
        ])])
        .with_calls(vec![("complete_tasks", complete_3()), ("undo_last", json!({}))]),
    ])
    .await;
}

#[tokio::test]
async fn what_clings_to_a_name_is_taken_off() {
    run(vec![
        Case::new("a token of gpt-oss (vLLM)", [named("complete_tasks<|channel|>commentary")]).completes_3(),
        Case::new("a token of GLM (Fireworks)", [pieces([head("undo_last</arg_value>", json!("{}"))])])
            .with_calls(vec![("undo_last", json!({}))]),
        Case::new("Gemini's space of names", [named("default_api:complete_tasks")]).completes_3(),
        Case::new("Kimi's number", [named("functions.complete_tasks:0")]).completes_3(),
        Case::new("white space", [named(" complete_tasks\n")]).completes_3(),
        Case::steps(
            "another name that begins alike is none",
            [
                Step::new(named("complete_tasks_now")),
                Step::new(good_call()).last_message("tool", "there is no tool complete_tasks_now"),
            ],
        )
        .completes_3(),
    ])
    .await;
}

#[tokio::test]
async fn what_comes_between_and_after_the_pieces_of_a_call_does_not_matter() {
    let begun = || Reply::stream().delta(piece(head("complete_tasks", json!("{\"ids\":"))));
    let ended = |reply: Reply| reply.delta(piece(tail(json!("[3]}")))).end("tool_calls");
    let filter = json!({"id": "", "model": "", "object": "", "usage": null, "choices": [{"index": 0, "finish_reason": null,
        "content_filter_results": {"hate": {"filtered": false}}, "content_filter_offsets": {"check_offset": 44}}]});
    run(vec![
        Case::new("what a filter found (Azure)", [ended(begun().chunk(&filter))]).completes_3(),
        Case::new("thoughts under another name", [ended(begun().delta(json!({"thinking": "hm"})).delta(json!({"thinking_blocks": []})))])
            .completes_3(),
        Case::new("an event that is null", [ended(begun().data("null"))]).completes_3(),
        Case::new("a heartbeat with a time in it", [ended(begun().bytes("event: heartbeat\ndata: {\"ts\":1700000000}\n\n"))])
            .completes_3(),
        Case::new("counts after every piece", [ended(begun().chunk(&json!({"choices": [], "usage": {"prompt_tokens": 1}})))])
            .completes_3(),
        Case::new("stop as the reason in every chunk (Gemini proxies)", [Reply::stream()
            .chunk(&json!({"choices": [{"index": 0, "delta": {"reasoning_content": "hm"}, "finish_reason": "stop"}]}))
            .chunk(&json!({"choices": [{"index": 0, "delta": piece(head("complete_tasks", json!("{\"ids\":"))), "finish_reason": "stop"}]}))
            .chunk(&json!({"choices": [{"index": 0, "delta": piece(tail(json!("[3]}"))), "finish_reason": "stop"}]}))
            .data("[DONE]")])
        .completes_3(),
        Case::new("an empty reason in every chunk (GLM)", [Reply::stream()
            .chunk(&json!({"choices": [{"index": 0, "delta": piece(head("complete_tasks", json!("{\"ids\":[3]}"))), "finish_reason": ""}]}))
            .chunk(&json!({"choices": [{"index": 0, "delta": {}, "finish_reason": ""}]}))
            .data("[DONE]")])
        .completes_3(),
        Case::new("[DONE] and no reason at all", [Reply::stream().delta(piece(head("complete_tasks", json!("{\"ids\":[3]}")))).data("[DONE]")])
            .completes_3(),
        Case::new("the delta and the message so far in each chunk (Perplexity)", [Reply::stream()
            .chunk(&json!({"choices": [{"index": 0, "delta": {"content": "Hel"}, "message": {"content": "Hel"}}]}))
            .chunk(&json!({"choices": [{"index": 0, "delta": {"content": "lo"}, "message": {"content": "Hello"}, "finish_reason": "stop"}]}))
            .data("[DONE]")])
        .says("Hello"),
        Case::new("a call in the message of a last chunk whose delta is empty", [Reply::stream()
            .chunk(&json!({"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]}))
            .chunk(&json!({"choices": [{"index": 0, "delta": {}, "message": plain_call(), "finish_reason": "tool_calls"}]}))
            .data("[DONE]")])
        .completes_3(),
        Case::new("content that is an empty list beside the call (Groq)", [plain(
            &json!({"role": "assistant", "content": [], "tool_calls": plain_call()["tool_calls"]}),
            "tool_calls",
        )])
        .completes_3(),
    ])
    .await;
}

#[tokio::test]
async fn a_call_that_is_cut_off_or_torn_is_asked_for_again() {
    let again = |name, reply: Reply| {
        Case::steps(name, [Step::new(reply), Step::new(good_call()).last_message("tool", "not run")]).completes_3()
    };
    run(vec![
        again(
            "torn in two overlapping texts (SGLang)",
            pieces([
                head("complete_tasks", json!("")),
                json!({"index": 1, "id": null, "function": {"name": null, "arguments": "{\"ids\": [3{\"ids\": [3]}"}}),
            ]),
        ),
        again("the beginning lost", pieces([head("complete_tasks", json!("ids\": [3]}"))])),
        again("cut off though the reason is tool_calls", pieces([head("complete_tasks", json!("{\"ids\": [3"))])),
        again(
            "cut off for its length in a title",
            Reply::stream().delta(piece(head("add_tasks", json!("{\"tasks\":[{\"title\":\"Buy mi")))).end("length"),
        ),
        again("two objects that differ", pieces([head("complete_tasks", json!("{\"ids\":[3]}{\"ids\":[4]}"))])),
    ])
    .await;
}

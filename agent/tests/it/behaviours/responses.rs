use super::*;
use todo_e2e::model::Received;

pub(super) const RESPONSES: &[(&str, &str)] = &[("OPENAI_API", "responses")];

pub(super) fn event(kind: &str, rest: Value) -> Value {
    let mut event = json!({"type": kind});
    event.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    event
}

/// A stream of typed events as OpenAI sends it.
pub(super) fn events(events: impl IntoIterator<Item = Value>) -> Reply {
    events.into_iter().fold(Reply::stream(), |reply, event| {
        let kind = event.get("type").and_then(Value::as_str).unwrap_or("message").to_owned();
        reply.bytes(format!("event: {kind}\ndata: {event}\n\n"))
    })
}

pub(super) fn delta(text: &str) -> Value {
    event("response.output_text.delta", json!({"item_id": "m", "output_index": 0, "content_index": 0, "delta": text}))
}

pub(super) fn call_item(arguments: &str) -> Value {
    json!({"id": "fc", "type": "function_call", "call_id": "c", "name": "complete_tasks", "arguments": arguments})
}

pub(super) fn done(index: usize, item: Value) -> Value {
    event("response.output_item.done", json!({"output_index": index, "item": item}))
}

pub(super) fn completed(output: Value) -> Value {
    let usage = json!({"input_tokens": 100, "input_tokens_details": {"cached_tokens": 90}, "output_tokens": 10,
        "output_tokens_details": {"reasoning_tokens": 8}, "total_tokens": 110});
    let response = json!({"id": "r", "object": "response", "status": "completed", "error": null, "output": output,
        "usage": usage});
    event("response.completed", json!({"response": response}))
}

pub(super) fn good_call() -> Reply {
    let item = |arguments: &str| call_item(arguments);
    let piece = |delta: &str| {
        event("response.function_call_arguments.delta", json!({"item_id": "fc", "output_index": 0, "delta": delta}))
    };
    events([
        event("response.created", json!({"response": {"status": "in_progress", "output": []}})),
        event("response.output_item.added", json!({"output_index": 0, "item": item("")})),
        piece("{\"ids\":"),
        piece("[3]}"),
        event(
            "response.function_call_arguments.done",
            json!({"item_id": "fc", "output_index": 0, "arguments": "{\"ids\":[3]}"}),
        ),
        done(0, item("{\"ids\":[3]}")),
        completed(json!([item("{\"ids\":[3]}")])),
    ])
}

pub(super) fn at_path(path: &'static str) -> impl Fn(&Received) -> Result<(), String> {
    move |received| if received.path == path { Ok(()) } else { Err(format!("it went to {}", received.path)) }
}

fn incomplete(reason: &str) -> Value {
    event(
        "response.incomplete",
        json!({"response": {"status": "incomplete", "incomplete_details": {"reason": reason}}}),
    )
}

fn words(text: &str) -> Reply {
    events([delta(text), completed(json!([]))])
}

fn case(name: &'static str, replies: impl IntoIterator<Item = Reply>) -> Case {
    let steps = replies.into_iter().map(|reply| Step::new(reply).expect(at_path("/v1/responses")));
    Case::steps(name, steps).set(RESPONSES)
}

#[tokio::test]
async fn the_responses_api_is_understood_in_every_shape() {
    let message = json!({"id": "m", "type": "message", "content": [{"type": "output_text", "text": "Hello"}]});
    let reasoning = json!({"id": "rs", "type": "reasoning", "summary": [{"type": "summary_text", "text": "hm"}]});
    let mut nameless = good_call();
    nameless = nameless.data("[DONE]");
    run(vec![
        case("text in pieces", [events([delta("Hel"), delta("lo"), done(0, message.clone()), completed(json!([message]))])])
            .says("Hello"),
        case("text without pieces", [events([done(0, message.clone()), completed(json!([message]))])]).says("Hello"),
        case("text in the last event alone", [events([completed(json!([message]))])]).says("Hello"),
        case("a call as OpenAI streams it", [good_call()]).completes_3(),
        case("[DONE] after it all", [nameless]).completes_3(),
        case("a call without pieces", [events([done(0, call_item("{\"ids\":[3]}")), completed(json!([]))])]).completes_3(),
        case("a call in the last event alone", [events([completed(json!([call_item("{\"ids\":[3]}")]))])]).completes_3(),
        case("arguments as an object", [events([
            done(0, json!({"type": "function_call", "call_id": "c", "name": "complete_tasks", "arguments": {"ids": [3]}})),
            completed(json!([])),
        ])])
        .completes_3(),
        case("reasoning is not shown", [events([
            event("response.reasoning_summary_text.delta", json!({"delta": "hm"})),
            event("response.reasoning_text.delta", json!({"delta": "hm"})),
            done(0, reasoning),
            delta("Hi"),
            completed(json!([])),
        ])])
        .says("Hi"),
        case("events of unknown kinds", [events([
            event("response.new_thing.delta", json!({"delta": "x"})),
            event("keepalive", json!({})),
            delta("Hi"),
            completed(json!([])),
        ])])
        .says("Hi"),
        case("the kind in `event:` alone", [Reply::stream()
            .bytes("event: response.output_text.delta\ndata: {\"delta\":\"Hi\"}\n\n")
            .bytes("event: response.completed\ndata: {\"response\":{\"status\":\"completed\"}}\n\n")])
        .says("Hi"),
        case("the kind in the data alone", [Reply::stream().data(&delta("Hi").to_string()).data(&completed(json!([])).to_string())])
            .says("Hi"),
        case("a whole response in JSON", [Reply::json(200, &json!({"object": "response", "status": "completed", "output": [message]}))])
            .says("Hello"),
        case("a whole call in JSON", [Reply::json(200, &json!({"output": [call_item("{\"ids\":[3]}")]}))]).completes_3(),
        case("a refusal in words", [events([
            event("response.refusal.delta", json!({"item_id": "m", "delta": "I can't."})),
            completed(json!([])),
        ])])
        .says("I can't."),
        case("two calls with the same place", [events([
            done(0, call_item("{\"ids\":[3]}")),
            done(0, json!({"id": "g", "type": "function_call", "call_id": "d", "name": "undo_last", "arguments": "{}"})),
            completed(json!([])),
        ])])
        .with_calls(vec![("complete_tasks", complete_3()), ("undo_last", json!({}))]),
        case("cut off for its length", [events([delta("Once"), incomplete("max_output_tokens")])]).says("Once").ends("length"),
        case("all output spent on thinking", [events([incomplete("max_output_tokens")])]).ends("model_error"),
        case("a filter stops it", [events([delta("Once"), incomplete("content_filter")])]).says("Once").ends("model_refused"),
        case("a connection that stays open after the end", [words("Hi").hang()]).says("Hi"),
    ])
    .await;
}

#[tokio::test]
async fn responses_that_fail_end_clearly_and_run_nothing() {
    let failed = || {
        let error = json!({"code": "server_error", "message": "boom"});
        events([event("response.failed", json!({"response": {"status": "failed", "error": error}}))])
    };
    let overloaded = || events([event("error", json!({"code": "overloaded", "message": "try later", "param": null}))]);
    let half = || {
        events([
            event("response.output_item.added", json!({"output_index": 0, "item": call_item("")})),
            event(
                "response.function_call_arguments.delta",
                json!({"item_id": "fc", "output_index": 0, "delta": "{\"ids\":[3]}"}),
            ),
        ])
    };
    let contradicting =
        || events([done(0, call_item("{\"ids\":[3]}")), completed(json!([call_item("{\"ids\":[4]}")]))]);
    run(vec![
        case("failed, then well", [failed(), words("Hi")]).says("Hi"),
        case("failed for ever", [failed(), failed(), failed()]).ends("model_error"),
        case("an error event, then well", [overloaded(), words("Hi")]).says("Hi"),
        case("an error event after some text", [events([delta("Hi"), event("error", json!({"message": "boom"}))])])
            .says("Hi")
            .ends("model_error"),
        case(
            "quota in an error event",
            [events([event("error", json!({"code": "insufficient_quota", "message": "no"}))])],
        )
        .ends("model_quota"),
        case("cut after a whole call, without an end", [half(), half(), half()]).ends("model_unreachable"),
        case("broken in the midst of a call is begun again", [half().abort(), good_call()]).completes_3(),
        case("a call that contradicts itself is asked for again", [contradicting(), good_call()]).completes_3(),
        case("a call that always contradicts itself", [contradicting(), contradicting(), contradicting()])
            .ends("model_malformed"),
        case("an empty response, then one with words", [events([completed(json!([]))]), words("Hi")]).says("Hi"),
        case(
            "429, then well",
            [Reply::error(429, "rate_limit_exceeded", "slow").header("retry-after-ms", "1"), words("Hi")],
        )
        .says("Hi"),
        case("401", [Reply::error(401, "invalid_api_key", "no")]).ends("model_unauthorized"),
        Case::steps(
            "malformed arguments are sent back as a function's output",
            [
                Step::new(events([done(0, call_item("{\"ids\":")), completed(json!([]))])),
                Step::new(good_call())
                    .at("/input/1/type", "function_call")
                    .at("/input/2/type", "function_call_output")
                    .contains("/input/2/output", "not valid JSON"),
            ],
        )
        .set(RESPONSES)
        .completes_3(),
    ])
    .await;
}

#[tokio::test]
async fn what_the_responses_api_refuses_is_left_out() {
    let refused = |name: &'static str, param: &'static str, changed: fn(Step) -> Step| {
        Case::steps(name, [Step::new(refusal(param)), changed(Step::new(good_call()))]).set(RESPONSES).completes_3()
    };
    run(vec![
        refused("store", "store", |step| step.absent("/store")),
        refused("include", "include", |step| step.absent("/include")),
        refused("include by its value", "reasoning.encrypted_content", |step| step.absent("/include")),
        refused("parallel_tool_calls", "parallel_tool_calls", |step| step.absent("/parallel_tool_calls")),
        refused("max_output_tokens", "max_output_tokens", |step| step.absent("/max_output_tokens")),
        refused("strict", "tools[0].strict", |step| step.absent("/tools/0/strict")),
        Case::steps(
            "effort",
            [
                Step::new(refusal("reasoning.effort")).at("/reasoning/effort", "low"),
                Step::new(good_call()).absent("/reasoning"),
            ],
        )
        .set(&[("OPENAI_API", "responses"), ("OPENAI_REASONING_EFFORT", "low")])
        .completes_3(),
        Case::steps(
            "stream",
            [
                Step::new(refusal("stream")),
                Step::new(Reply::json(200, &json!({"output": [call_item("{\"ids\":[3]}")]}))).at("/stream", false),
            ],
        )
        .set(RESPONSES)
        .completes_3(),
        Case::steps(
            "what is asked for at first",
            [Step::new(good_call())
                .at("/store", false)
                .at("/include/0", "reasoning.encrypted_content")
                .at("/parallel_tool_calls", false)
                .at("/tools/0/type", "function")
                .at("/tools/0/name", "add_tasks")
                .at("/tools/0/strict", true)
                .at("/input/0/role", "user")
                .at("/input/0/content", "done with 3")
                .contains("/instructions", "todo list")],
        )
        .set(RESPONSES)
        .completes_3(),
    ])
    .await;
}

use super::responses::{RESPONSES, call_item, completed, delta, done, event, events};
use super::*;
use crate::support::request;

fn case(name: &'static str, replies: impl IntoIterator<Item = Reply>) -> Case {
    Case::new(name, replies).set(RESPONSES)
}

fn added(item: Value) -> Value {
    event("response.output_item.added", json!({"output_index": 0, "item": item}))
}

fn piece(mut place: Value, arguments: &str) -> Value {
    place.as_object_mut().unwrap().insert("delta".into(), json!(arguments));
    event("response.function_call_arguments.delta", place)
}

fn without(mut value: Value, names: &[&str]) -> Value {
    for name in names {
        value.as_object_mut().unwrap().remove(*name);
    }
    value
}

#[tokio::test]
async fn responses_of_other_servers_are_understood() {
    let good = || call_item("{\"ids\":[3]}");
    let nowhere = |value: Value| without(value, &["output_index"]);
    let anonymous = |arguments: &str| without(call_item(arguments), &["id"]);
    let second = json!({"id": "fd", "type": "function_call", "call_id": "d", "name": "undo_last", "arguments": "{}"});
    let bogus = json!({"id": "m", "type": "message", "role": "assistant", "content": [{"type": "text", "text": ""}]});
    run(vec![
        case("no places at all (llama.cpp)", [events([
            nowhere(added(call_item(""))),
            piece(json!({}), "{\"ids\":"),
            piece(json!({}), "[3]}"),
            nowhere(done(0, good())),
            completed(json!([good()])),
        ])])
        .completes_3(),
        case("no places, and two calls", [events([
            nowhere(added(call_item(""))),
            piece(json!({}), "{\"ids\":[3]}"),
            nowhere(done(0, good())),
            nowhere(added(without(second.clone(), &["arguments"]))),
            piece(json!({}), "{}"),
            nowhere(done(1, second.clone())),
            completed(json!([good(), second])),
        ])])
        .with_calls(vec![("complete_tasks", complete_3()), ("undo_last", json!({}))]),
        case("items without ids", [events([
            added(anonymous("")),
            piece(json!({"output_index": 0, "item_id": "c"}), "{\"ids\":[3]}"),
            done(0, anonymous("{\"ids\":[3]}")),
            completed(json!([])),
        ])])
        .completes_3(),
        case("ids that are null (vLLM)", [events([
            added(call_item("")),
            piece(json!({"output_index": 0, "item_id": "fc"}), "{\"ids\":[3]}"),
            done(0, json!({"id": null, "type": "function_call", "call_id": "c", "name": "complete_tasks", "arguments": "{\"ids\":[3]}"})),
            completed(json!([good()])),
        ])])
        .completes_3(),
        case("no item at the end, and a message in place of the call (SGLang)", [events([
            added(call_item("")),
            piece(json!({"output_index": 0, "item_id": "fc"}), "{\"ids\":[3]}"),
            event("response.function_call_arguments.done", json!({"output_index": 0, "item_id": "fc", "arguments": "{\"ids\":[3]}"})),
            completed(json!([bogus])),
        ])])
        .completes_3(),
        case("pieces before their item", [events([
            piece(json!({"output_index": 0, "item_id": "fc"}), "{\"ids\":"),
            added(call_item("")),
            piece(json!({"output_index": 0, "item_id": "fc"}), "[3]}"),
            completed(json!([])),
        ])])
        .completes_3(),
        case("arguments in the last event of the item alone", [events([
            added(call_item("")),
            event("response.function_call_arguments.done", json!({"item_id": "fc", "output_index": 0, "name": "complete_tasks", "arguments": "{\"ids\":[3]}"})),
            completed(json!([])),
        ])])
        .completes_3(),
        case("arguments written otherwise at the end", [events([
            added(call_item("")),
            piece(json!({"output_index": 0, "item_id": "fc"}), "{\"ids\":[3]}"),
            done(0, call_item("{ \"ids\" : [ 3 ] }")),
            completed(json!([call_item("{\"ids\": [3]}")])),
        ])])
        .completes_3(),
        case("the same item twice", [events([done(0, good()), done(0, good()), completed(json!([good()]))])]).completes_3(),
        case("items that are null, and a response that is bare", [events([
            added(Value::Null),
            done(0, Value::Null),
            delta("Hi"),
            event("response.completed", json!({"response": {"id": "r"}})),
        ])])
        .says("Hi"),
        case("a message whose content is a string", [Reply::json(200, &json!({"status": "completed",
            "output": [{"type": "message", "role": "assistant", "content": "Hello"}]}))])
        .says("Hello"),
        case("[DONE] in place of the last event", [events([delta("Hi"), event("response.output_text.done", json!({"item_id": "m", "output_index": 0, "content_index": 0, "text": "Hi"}))]).data("[DONE]")])
            .says("Hi"),
        case("a token of gpt-oss at the name", [events([
            done(0, json!({"type": "function_call", "call_id": "c", "name": "complete_tasks<|channel|>json", "arguments": "{\"ids\":[3]}"})),
            completed(json!([])),
        ])])
        .completes_3(),
        case("Chat Completions in answer to Responses", [Reply::text([]).chunk(&json!({})), plain(&plain_call(), "tool_calls")])
            .completes_3(),
        case("an answer that is still at work is none", [
            Reply::json(200, &json!({"id": "r", "status": "in_progress", "output": [call_item("{\"ids\":[3]}")]})),
            Reply::json(200, &json!({"id": "r", "status": "queued", "output": []})),
            events([done(0, good()), completed(json!([good()]))]),
        ])
        .completes_3(),
    ])
    .await;
}

#[tokio::test]
async fn responses_that_fail_in_other_words_end_clearly() {
    let failed =
        |error: Value| events([event("response.failed", json!({"response": {"status": "failed", "error": error}}))]);
    let words = || events([delta("Hi"), completed(json!([]))]);
    run(vec![
        case("a limit as a failed response", [failed(json!({"code": "rate_limit_exceeded", "message": "slow down"})), words()]).says("Hi"),
        case("a nested error event", [
            events([event("error", json!({"error": {"type": "invalid_request_error", "code": "context_length_exceeded", "message": "too long"}}))]),
        ])
        .ends("model_error"),
        case("no quota as a failed response", [failed(json!({"code": "insufficient_quota", "message": "check your plan"}))]).ends("model_quota"),
        Case::steps("cut off in the midst of a call", [
            Step::new(events([
                added(call_item("")),
                piece(json!({"output_index": 0, "item_id": "fc"}), "{\"ids\":["),
                event("response.incomplete", json!({"response": {"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"},
                    "output": [{"id": "fc", "type": "function_call", "status": "incomplete", "call_id": "c", "name": "complete_tasks", "arguments": "{\"ids\":["}]}})),
            ])),
            Step::new(events([done(0, call_item("{\"ids\":[3]}")), completed(json!([]))])).contains("/input/2/output", "fewer items"),
        ])
        .set(RESPONSES)
        .completes_3(),
        case("[DONE] in the midst of a call", [
            events([added(call_item("")), piece(json!({"output_index": 0, "item_id": "fc"}), "{\"ids\":")]).data("[DONE]"),
            events([done(0, call_item("{\"ids\":[3]}")), completed(json!([]))]),
        ])
        .completes_3(),
    ])
    .await;
}

#[tokio::test]
async fn reasoning_that_the_server_did_not_keep_is_left_out() {
    let carry = json!({"reasoning": [{"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "x"}]})
        .to_string();
    let call = json!({"id": "c", "name": "complete_tasks", "arguments": {"ids": [3]}});
    let messages = request(&json!([
        {"role": "user", "text": "done with 3"},
        {"role": "assistant", "text": "", "calls": [call], "carry": carry},
        {"role": "tool", "call_id": "c", "status": "done", "result": {"kind": "changed", "items": [], "operations": []}},
    ]));
    for status in [400, 404] {
        let lost = "Item with id 'rs_1' not found. Items are not persisted when `store` is set to false.";
        let script = [
            Step::new(Reply::error(status, "invalid_request_error", lost)).at("/input/1/type", "reasoning"),
            Step::new(events([delta("Done."), completed(json!([]))])).at("/input/1/type", "function_call"),
        ];
        let model = ScriptedModel::start(script).await.unwrap();
        let agent = Agent::start(&settings(Some(&model.base_url), RESPONSES));
        assert_eq!(text_of(&agent.step(&messages).await), "Done.");
        model.finish().await.unwrap();
    }
}

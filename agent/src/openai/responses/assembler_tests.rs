use super::*;

fn read(events: &[Value]) -> Result<(Answer, String), Unreadable> {
    let mut assembler = Assembler::default();
    let mut text = String::new();
    for event in events {
        text.push_str(&assembler.take(event, "")?);
    }
    let (answer, rest) = assembler.end()?;
    Ok((answer, text + &rest))
}

fn delta(text: &str) -> Value {
    json!({"type": "response.output_text.delta", "item_id": "m", "output_index": 0, "content_index": 0, "delta": text})
}

fn item(id: &str, call_id: &str, arguments: &str) -> Value {
    json!({"id": id, "type": "function_call", "call_id": call_id, "name": "undo_last", "arguments": arguments})
}

fn begin(index: u64, item: Value) -> Value {
    json!({"type": "response.output_item.added", "output_index": index, "item": item})
}

fn piece(item_id: &str, index: u64, delta: &str) -> Value {
    json!({"type": "response.function_call_arguments.delta", "item_id": item_id, "output_index": index, "delta": delta})
}

fn done(index: u64, item: Value) -> Value {
    json!({"type": "response.output_item.done", "output_index": index, "item": item})
}

fn completed(output: Value) -> Value {
    let usage = json!({"input_tokens": 5, "output_tokens": 2, "total_tokens": 7});
    json!({"type": "response.completed", "response": {"status": "completed", "output": output, "usage": usage}})
}

fn call_ids(events: &[Value]) -> Vec<String> {
    let (answer, _) = read(events).unwrap();
    answer.calls.into_iter().map(|call| format!("{} {}", call.id.unwrap_or_default(), call.arguments)).collect()
}

#[test]
fn text_is_said_once_though_it_is_sent_four_times() {
    let part = json!({"type": "output_text", "text": "Hello"});
    let message = json!({"id": "m", "type": "message", "content": [part]});
    let events = [
        json!({"type": "response.created", "response": {"status": "in_progress"}}),
        delta("Hel"),
        delta("lo"),
        json!({"type": "response.output_text.done", "item_id": "m", "output_index": 0, "content_index": 0, "text": "Hello"}),
        done(0, message.clone()),
        completed(json!([message])),
    ];
    let (answer, text) = read(&events).unwrap();
    assert_eq!((text.as_str(), answer.finish), ("Hello", Some(Finish::Stop)));
    assert_eq!((answer.usage.input, answer.usage.output), (Some(5), Some(2)));
    // A server that sends no deltas.
    assert_eq!(read(&events[3..]).unwrap().1, "Hello");
    assert_eq!(read(&events[4..]).unwrap().1, "Hello");
    assert_eq!(read(&events[5..]).unwrap().1, "Hello");
}

#[test]
fn a_message_whose_id_changes_is_not_said_again() {
    let part = json!({"type": "output_text", "text": "Hello"});
    let message = |id: &str| json!({"id": id, "type": "message", "content": [part]});
    assert_eq!(read(&[delta("Hello"), done(0, message("x")), completed(json!([message("y")]))]).unwrap().1, "Hello");
}

#[test]
fn a_refusal_is_said() {
    let refusal = json!({"type": "response.refusal.delta", "item_id": "m", "content_index": 0, "delta": "I can't."});
    assert_eq!(read(&[refusal, completed(json!([]))]).unwrap().1, "I can't.");
}

#[test]
fn calls_are_put_together_from_whatever_is_sent() {
    let whole = item("fc", "c", "{}");
    let expected = ["c {}"];
    assert_eq!(
        call_ids(&[begin(0, item("fc", "c", "")), piece("fc", 0, "{"), piece("fc", 0, "}"), completed(json!([]))]),
        expected
    );
    assert_eq!(call_ids(&[done(0, whole.clone()), completed(json!([whole]))]), expected);
    assert_eq!(call_ids(&[completed(json!([whole]))]), expected);
    let told =
        json!({"type": "response.function_call_arguments.done", "item_id": "fc", "output_index": 0, "arguments": "{}"});
    assert_eq!(call_ids(&[begin(0, item("fc", "c", "")), told, completed(Value::Null)]), expected);
    // Growing pieces, and an object in place of text.
    assert_eq!(
        call_ids(&[begin(0, item("fc", "c", "")), piece("fc", 0, "{"), piece("fc", 0, "{}"), done(0, whole.clone())]),
        expected
    );
    let object = json!({"id": "fc", "type": "function_call", "call_id": "c", "name": "undo_last", "arguments": {}});
    assert_eq!(call_ids(&[done(0, object), completed(json!([]))]), expected);
}

#[test]
fn several_calls_stay_apart_though_their_places_are_the_same() {
    let events = [
        begin(0, item("a", "ca", "")),
        piece("a", 0, "{}"),
        done(0, item("a", "ca", "{}")),
        begin(0, item("b", "cb", "")),
        piece("b", 0, "{ }"),
        done(0, item("b", "cb", "{ }")),
        completed(json!([])),
    ];
    assert_eq!(call_ids(&events), ["ca {}", "cb { }"]);
}

#[test]
fn what_contradicts_itself_is_refused() {
    let other = |arguments: &str| done(0, item("fc", "c", arguments));
    let renamed =
        json!({"id": "fc", "type": "function_call", "call_id": "c", "name": "delete_tasks", "arguments": "{}"});
    for events in [
        vec![begin(0, item("fc", "c", "")), piece("fc", 0, "{\"a\":1}"), other("{}")],
        vec![other("{}"), completed(json!([item("fc", "c", "{\"a\":1}")]))],
        vec![other("{}"), completed(json!([renamed]))],
        vec![other("{}"), done(1, item("fd", "d", "{}")), completed(json!([item("fc", "c", "{}")]))],
        vec![begin(0, item("fc", "c", "")), piece("fc", 0, "{"), json!({"type": "respomse.x"}), piece("fc", 0, "}")],
    ] {
        assert!(matches!(read(&events), Err(Unreadable::Senseless)), "{events:?}");
    }
}

#[test]
fn every_end_is_understood() {
    let end = |response: Value| {
        let event = json!({"type": "response.incomplete", "response": response});
        read(&[event]).map(|(answer, _)| answer.finish)
    };
    let incomplete = |reason: &str| json!({"status": "incomplete", "incomplete_details": {"reason": reason}});
    assert_eq!(end(incomplete("max_output_tokens")).unwrap(), Some(Finish::Length));
    assert_eq!(end(incomplete("content_filter")).unwrap(), Some(Finish::Filtered));
    assert_eq!(end(json!({"status": "cancelled"})).unwrap(), Some(Finish::Failed));
    let error = json!({"code": "server_error", "message": "boom"});
    for failed in [
        json!({"type": "response.failed", "response": {"status": "failed", "error": error}}),
        json!({"type": "error", "code": "server_error", "message": "boom", "param": null}),
        json!({"type": "error", "error": error}),
    ] {
        let Err(Unreadable::Error(error)) = read(std::slice::from_ref(&failed)) else { panic!("{failed}") };
        assert!(error.message.contains("boom"));
    }
}

#[test]
fn only_encrypted_reasoning_is_carried_and_only_once() {
    let reasoning = json!({"id": "rs", "type": "reasoning", "summary": [], "status": null, "encrypted_content": "x"});
    let bare = json!({"id": "r2", "type": "reasoning", "summary": [{"type": "summary_text", "text": "hm"}]});
    let call = item("fc", "c", "{}");
    let events = [
        done(0, reasoning.clone()),
        json!({"type": "response.reasoning_summary_text.delta", "delta": "hm"}),
        done(1, bare.clone()),
        done(2, call.clone()),
        completed(json!([reasoning, bare, call])),
    ];
    let (answer, text) = read(&events).unwrap();
    assert_eq!(text, "");
    let kept = json!({"id": "rs", "type": "reasoning", "summary": [], "encrypted_content": "x"});
    assert_eq!(answer.carried.reasoning, [kept]);
    assert_eq!(answer.finish, Some(Finish::Calls));
}

use super::*;
use serde_json::json;

fn assemble(chunks: &[Value]) -> (Answer, String) {
    let mut assembler = Assembler::default();
    let mut text: String = chunks.iter().map(|chunk| assembler.take(chunk).unwrap()).collect();
    let (answer, rest) = assembler.end().unwrap();
    text.push_str(&rest);
    (answer, text)
}

fn of_deltas(deltas: &[Value]) -> (Answer, String) {
    let chunks: Vec<_> = deltas.iter().map(|delta| json!({"choices": [{"index": 0, "delta": delta}]})).collect();
    assemble(&chunks)
}

fn calls(deltas: &[Value]) -> Vec<(Option<String>, String, String)> {
    of_deltas(deltas).0.calls.into_iter().map(|c| (c.id, c.name, c.arguments)).collect()
}

fn one(call: Value) -> Value {
    json!({"tool_calls": [call]})
}

fn call(id: Option<&str>, name: &str, arguments: &str) -> (Option<String>, String, String) {
    (id.map(str::to_owned), name.to_owned(), arguments.to_owned())
}

#[test]
fn openais_own_way_head_first_then_pieces_by_index() {
    let parts = [
        one(json!({"index": 0, "id": "a", "function": {"name": "delete_tasks", "arguments": ""}})),
        one(json!({"index": 0, "function": {"arguments": "{\"ids\""}})),
        one(json!({"index": 1, "id": "b", "function": {"name": "undo_last", "arguments": "{"}})),
        one(json!({"index": 0, "function": {"arguments": ":[1]}"}})),
        one(json!({"index": 1, "function": {"arguments": "}"}})),
    ];
    let expected = [call(Some("a"), "delete_tasks", "{\"ids\":[1]}"), call(Some("b"), "undo_last", "{}")];
    assert_eq!(calls(&parts), expected);
}

#[test]
fn without_an_index_the_id_decides() {
    let parts = [
        one(json!({"id": "a", "function": {"name": "delete_tasks", "arguments": "{\"ids\""}})),
        one(json!({"id": "b", "function": {"name": "undo_last", "arguments": "{}"}})),
        one(json!({"id": "a", "function": {"arguments": ":[1]}"}})),
    ];
    let expected = [call(Some("a"), "delete_tasks", "{\"ids\":[1]}"), call(Some("b"), "undo_last", "{}")];
    assert_eq!(calls(&parts), expected);
}

#[test]
fn with_neither_the_position_decides_and_a_name_begins_the_next() {
    let parts = [
        one(json!({"function": {"name": "delete_tasks", "arguments": "{\"ids\""}})),
        one(json!({"function": {"arguments": ":[1]}"}})),
        one(json!({"function": {"name": "undo_last", "arguments": "{}"}})),
    ];
    assert_eq!(calls(&parts), [call(None, "delete_tasks", "{\"ids\":[1]}"), call(None, "undo_last", "{}")]);
    let both =
        |x: &str, y: &str| json!({"tool_calls": [{"function": {"arguments": x}}, {"function": {"arguments": y}}]});
    let parts = [
        json!({"tool_calls": [{"function": {"name": "delete_tasks"}}, {"function": {"name": "reopen_tasks"}}]}),
        both("{\"ids\":", "{\"ids\":"),
        both("[1]}", "[2]}"),
    ];
    let expected = [call(None, "delete_tasks", "{\"ids\":[1]}"), call(None, "reopen_tasks", "{\"ids\":[2]}")];
    assert_eq!(calls(&parts), expected);
}

#[test]
fn calls_that_are_all_numbered_0_stay_apart() {
    let parts = [
        one(json!({"index": 0, "id": "a", "function": {"name": "delete_tasks", "arguments": "{\"ids\":[1]}"}})),
        one(json!({"index": 0, "id": "b", "function": {"name": "delete_tasks", "arguments": "{\"ids\":[2]}"}})),
        one(json!({"index": 0, "function": {"name": "delete_tasks", "arguments": "{\"ids\":[3]}"}})),
    ];
    assert_eq!(calls(&parts).len(), 3);
}

#[test]
fn calls_that_all_have_the_same_id_stay_apart_by_index() {
    let parts = [
        one(json!({"index": 0, "id": "x", "function": {"name": "undo_last", "arguments": "{}"}})),
        one(json!({"index": 1, "id": "x", "function": {"name": "undo_last", "arguments": "{}"}})),
    ];
    assert_eq!(calls(&parts).len(), 2);
}

#[test]
fn an_id_that_changes_in_every_piece_does_not_split_a_call() {
    let parts = [
        one(json!({"index": 0, "id": "r1", "function": {"name": "delete_tasks", "arguments": "{\"ids\""}})),
        one(json!({"index": 0, "id": "r2", "function": {"name": null, "arguments": ":[1]}"}})),
    ];
    assert_eq!(calls(&parts), [call(Some("r1"), "delete_tasks", "{\"ids\":[1]}")]);
}

#[test]
fn a_name_may_be_repeated_or_come_in_pieces() {
    let parts = [
        one(json!({"index": 0, "id": "a", "function": {"name": "undo_last", "arguments": "{"}})),
        one(json!({"index": 0, "id": "a", "function": {"name": "undo_last", "arguments": "}"}})),
        one(json!({"index": 1, "id": "b", "function": {"name": "undo_"}})),
        one(json!({"index": 1, "id": "b", "function": {"name": "last", "arguments": "{}"}})),
    ];
    assert_eq!(calls(&parts), [call(Some("a"), "undo_last", "{}"), call(Some("b"), "undo_last", "{}")]);
}

#[test]
fn arguments_may_be_an_object_and_the_old_form_is_read() {
    let parts = [one(json!({"id": "a", "function": {"name": "delete_tasks", "arguments": {"ids": [1]}}}))];
    assert_eq!(calls(&parts), [call(Some("a"), "delete_tasks", "{\"ids\":[1]}")]);
    let parts = [
        json!({"function_call": {"name": "undo_last", "arguments": "{"}}),
        json!({"function_call": {"arguments": "}"}}),
    ];
    assert_eq!(calls(&parts), [call(None, "undo_last", "{}")]);
}

#[test]
fn arguments_that_grow_with_each_piece_are_taken_once() {
    let piece = |arguments: &str| {
        one(json!({"index": 0, "id": "a", "function": {"name": "undo_last", "arguments": arguments}}))
    };
    assert_eq!(calls(&[piece("{"), piece("{ "), piece("{ }")]), [call(Some("a"), "undo_last", "{ }")]);
}

#[test]
fn a_call_without_its_function_object_or_without_a_list_is_read() {
    let bare = json!({"id": "a", "name": "undo_last", "arguments": "{}"});
    assert_eq!(calls(&[one(bare.clone())]), [call(Some("a"), "undo_last", "{}")]);
    assert_eq!(calls(&[json!({"tool_calls": bare})]), [call(Some("a"), "undo_last", "{}")]);
}

#[test]
fn a_second_choice_is_not_mixed_in() {
    let chunk = json!({"choices": [{"index": 0, "delta": {"content": "a"}}, {"index": 1, "delta": {"content": "b"}}]});
    assert_eq!(assemble(&[chunk]).1, "a");
}

#[test]
fn a_message_after_its_pieces_says_and_calls_nothing_again() {
    let function = json!({"name": "undo_last", "arguments": "{}"});
    let whole = json!({"content": "Right away", "tool_calls": [{"id": "b", "function": function}]});
    let chunks = [
        json!({"choices": [{"delta": {"content": "Right "}}]}),
        json!({"choices": [{"delta": {"tool_calls": [{"index": 0, "id": "a", "function": function}]}}]}),
        json!({"choices": [{"message": whole, "finish_reason": "tool_calls"}]}),
    ];
    let (answer, text) = assemble(&chunks);
    assert_eq!((text.as_str(), answer.calls.len()), ("Right away", 1));
}

#[test]
fn thoughts_and_signatures_are_carried() {
    let signature = json!({"google": {"thought_signature": "s"}});
    let call = json!({"id": "a", "function": {"name": "undo_last", "arguments": "{}"}, "extra_content": signature});
    let (answer, text) = of_deltas(&[
        json!({"reasoning_content": "hm, "}),
        json!({"reasoning_content": "yes", "reasoning_details": [{"type": "reasoning.text"}]}),
        one(call),
    ]);
    assert_eq!(text, "");
    assert_eq!(answer.carried.reasoning_content.as_deref(), Some("hm, yes"));
    assert_eq!(answer.carried.reasoning_details.len(), 1);
    assert_eq!(answer.carried.extras, [Some(signature)]);
}

#[test]
fn every_finish_reason_is_understood() {
    for (reason, expected) in [
        ("stop", Some(Finish::Stop)),
        ("tool_calls", Some(Finish::Calls)),
        ("function_call", Some(Finish::Calls)),
        ("length", Some(Finish::Length)),
        ("content_filter", Some(Finish::Filtered)),
        ("error", Some(Finish::Failed)),
        ("MAX_TOKENS", Some(Finish::Length)),
        ("eos", Some(Finish::Stop)),
        ("null", None),
    ] {
        assert_eq!(finish(reason), expected, "{reason}");
    }
}

#[test]
fn the_highest_usage_counts() {
    let chunk = |tokens: u64| json!({"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": tokens}});
    let (answer, _) = assemble(&[chunk(1), chunk(7), chunk(0)]);
    assert_eq!((answer.usage.input, answer.usage.output), (Some(9), Some(7)));
}

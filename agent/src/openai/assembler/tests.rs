use super::*;
use serde_json::json;

fn read(chunk: Value) -> Chunk {
    serde_json::from_value(chunk).unwrap()
}

fn assemble(deltas: &[Value]) -> Answer {
    let mut answer = Answer::default();
    for delta in deltas {
        let chunk = json!({"choices": [{"index": 0, "delta": delta}]});
        answer.push(read(chunk));
    }
    answer
}

fn calls(deltas: &[Value]) -> Vec<(Option<String>, String, String)> {
    assemble(deltas).calls.into_iter().map(|c| (c.id, c.name, c.arguments)).collect()
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
fn white_space_before_the_first_word_is_dropped_and_later_kept() {
    let answer = assemble(&[json!({"content": "\n\n"}), json!({"content": " Hi"}), json!({"content": " there"})]);
    assert_eq!(answer.text, "Hi there");
}

#[test]
fn a_second_choice_is_not_mixed_in() {
    let mut answer = Answer::default();
    let chunk = json!({"choices": [{"index": 0, "delta": {"content": "a"}}, {"index": 1, "delta": {"content": "b"}}]});
    answer.push(read(chunk));
    assert_eq!(answer.text, "a");
}

#[test]
fn every_finish_reason_is_understood() {
    for (reason, expected) in [
        ("stop", Some(Finish::Stop)),
        ("tool_calls", Some(Finish::Calls)),
        ("function_call", Some(Finish::Calls)),
        ("length", Some(Finish::Length)),
        ("content_filter", Some(Finish::Filtered)),
        ("eos", Some(Finish::Stop)),
        ("", None),
    ] {
        assert_eq!(finish(reason), expected, "{reason}");
    }
}

#[test]
fn the_last_usage_counts() {
    let mut answer = Answer::default();
    for tokens in [1, 7] {
        answer.push(read(json!({"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": tokens}})));
    }
    assert_eq!((answer.usage.prompt_tokens, answer.usage.completion_tokens), (Some(9), Some(7)));
}

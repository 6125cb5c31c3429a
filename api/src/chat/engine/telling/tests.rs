use super::*;
use crate::chat::engine::Progress;
use serde_json::{Value, json};
use todo_contract::TurnEventBody;

fn call(id: &str, name: &str, arguments: Value) -> TurnEventBody {
    serde_json::from_value(json!({"event": "tool_call", "data": {"id": id, "name": name, "arguments": arguments}}))
        .unwrap()
}

fn result(id: &str, status: &str, result: Value) -> TurnEventBody {
    serde_json::from_value(json!({"event": "tool_result", "data": {"id": id, "status": status, "result": result}}))
        .unwrap()
}

fn items(titles: &[(i64, &str)]) -> Value {
    let items: Vec<_> = titles
        .iter()
        .map(|(id, title)| json!({"id": id, "ok": true, "task": {"id": id, "title": title, "status": "open"}}))
        .collect();
    json!({"kind": "changed", "items": items, "operations": [1]})
}

fn missing(id: i64) -> Value {
    let error = json!({"code": "not_found", "detail": format!("There is no task {id}.")});
    json!({"kind": "changed", "items": [{"id": id, "ok": false, "error": error}], "operations": []})
}

fn told(events: &[TurnEventBody]) -> (String, Option<String>) {
    let progress = Progress::of(events);
    (in_our_words(progress.calls()), NotDone::told(&progress.not_done()))
}

#[test]
fn what_was_done_is_told_in_a_short_sentence() {
    let milk = [
        call("a", "add_tasks", json!({"tasks": [{"title": "Buy milk"}]})),
        result("a", "done", items(&[(1, "Buy milk")])),
    ];
    assert_eq!(told(&milk), ("Added “Buy milk”.".to_owned(), None));
    let two = [call("a", "delete_tasks", json!({"ids": [1, 2]})), result("a", "done", items(&[(1, "A"), (2, "B")]))];
    assert_eq!(told(&two).0, "Deleted 2 tasks: “A” and “B”.");
    let look =
        [call("l", "list_tasks", json!({})), result("l", "done", json!({"kind": "listed", "tasks": [], "total": 0}))];
    assert_eq!(told(&look).0, "I found no such tasks.");
    assert_eq!(told(&[look.as_slice(), &milk.clone()].concat()).0, "Added “Buy milk”.");
}

#[test]
fn what_failed_in_part_or_as_a_whole_is_told() {
    let part = [call("a", "complete_tasks", json!({"ids": [9]})), result("a", "done", missing(9))];
    assert_eq!(
        told(&part),
        ("Nothing was changed.".to_owned(), Some("Not done: Complete 1 task: task 9 (There is no task 9).".to_owned()),)
    );
    let error = json!({"kind": "failed", "error": {"code": "nothing_to_undo", "detail": "There is nothing."}});
    let whole = [call("a", "undo_last", json!({})), result("a", "failed", error)];
    let all = [
        part.as_slice(),
        &whole.map(|event| match event {
            TurnEventBody::ToolCall { name, arguments, .. } => call("b", &name, arguments),
            TurnEventBody::ToolResult { result: r, .. } => result("b", "failed", serde_json::to_value(r).unwrap()),
            other => other,
        }),
    ]
    .concat();
    let told = told(&all).1.unwrap();
    assert_eq!(told.lines().count(), 4, "{told}");
    assert!(told.contains("- Take back the latest change (There is nothing)"), "{told}");
}

#[test]
fn what_a_later_call_did_is_not_missing() {
    let events = [
        call("a", "complete_tasks", json!({"ids": [9]})),
        result("a", "done", missing(9)),
        call("b", "complete_tasks", json!({"ids": [9]})),
        result("b", "done", items(&[(9, "Milk")])),
    ];
    assert_eq!(told(&events).1, None);
}

#[test]
fn a_no_is_told_once() {
    let asked = |approved: Value| -> TurnEventBody {
        let data = json!({"call_id": "a", "summary": "Delete 2 tasks: “A” and “B”.", "approved": approved});
        serde_json::from_value(json!({"event": "confirmation", "data": data})).unwrap()
    };
    let declined = json!({"kind": "declined"});
    let events = [
        call("a", "delete_tasks", json!({"ids": [1, 2]})),
        asked(Value::Null),
        asked(json!(false)),
        result("a", "declined", declined.clone()),
        call("b", "delete_tasks", json!({"ids": [1]})),
        result("b", "declined", declined),
    ];
    assert_eq!(told(&events).1.as_deref(), Some("Not done: Delete 2 tasks: “A” and “B” (you said no)."));
}

use super::*;
use crate::chat::engine::{Limits, NextStep};
use serde_json::{Value, json};

fn event(name: &str, data: Value) -> TurnEventBody {
    serde_json::from_value(json!({"event": name, "data": data})).unwrap()
}

fn delete(call: &str, ids: &[i64]) -> TurnEventBody {
    event("tool_call", json!({"id": call, "name": "delete_tasks", "arguments": {"ids": ids}}))
}

fn done(call: &str, id: i64) -> TurnEventBody {
    let result = json!({"kind": "changed", "items": [{"id": id, "ok": true}], "operations": []});
    event("tool_result", json!({"id": call, "status": "done", "result": result}))
}

fn declined(call: &str) -> [TurnEventBody; 2] {
    [
        event("confirmation", json!({"call_id": call, "summary": "Delete?", "approved": false})),
        event("tool_result", json!({"id": call, "status": "declined", "result": {"kind": "declined"}})),
    ]
}

fn past(message: &str, events: Vec<TurnEventBody>) -> PastTurn {
    let titles = HashMap::from([(TaskId(1), "Buy milk".to_owned())]);
    PastTurn { message: message.to_owned(), by_model: true, in_conversation: true, in_window: true, events, titles }
}

/// What becomes of a deletion of task 2 after these turns, if its words are known not to name it.
fn then(past: &[PastTurn]) -> String {
    let mut progress = Progress::after(Background::of(&Wording::default(), past, &[]), &[delete("now", &[2])]);
    if matches!(progress.next_step(&Limits::default()), NextStep::Look(_)) {
        progress.looked(&todo_contract::CallId::new("now").unwrap(), crate::chat::engine::look::Look::default());
    }
    match progress.next_step(&Limits::default()) {
        NextStep::Run(..) => "runs".to_owned(),
        NextStep::Ask(_) => "asks".to_owned(),
        other => format!("{other:?}"),
    }
}

#[test]
fn one_deletion_a_turn_adds_up() {
    let before = || past("What is on my list?", vec![delete("a", &[1]), done("a", 1)]);
    assert_eq!(then(&[before()]), "asks");
    assert_eq!(then(&[]), "runs");
    assert_eq!(then(&[PastTurn { in_window: false, ..before() }]), "runs", "the window ends");
    assert_eq!(then(&[PastTurn { by_model: false, ..before() }]), "runs", "the built-in planner does as it is told");
    assert_eq!(then(&[PastTurn { message: "Delete buy milk".to_owned(), ..before() }]), "runs", "it was named");
}

#[test]
fn what_was_declined_is_asked_about_again() {
    let mut events = vec![delete("a", &[2])];
    events.extend(declined("a"));
    let no = past("Tidy up", events);
    assert_eq!(then(std::slice::from_ref(&no)), "asks");
    assert_eq!(then(&[PastTurn { in_conversation: false, ..no }]), "runs");
}

#[test]
fn what_earlier_attempts_did_counts() {
    let attempts = [delete("a", &[1]), done("a", 1)];
    let background = Background::of(&Wording::default(), &[], &attempts);
    let next = Progress::after(background.clone(), &[delete("b", &[2])]).next_step(&Limits::default());
    assert!(matches!(next, NextStep::Ask(_)), "{next:?}");
    let next = Progress::after(background, &[delete("b", &[1])]).next_step(&Limits::default());
    assert!(matches!(next, NextStep::Conclude { .. }), "it is done already: {next:?}");
}

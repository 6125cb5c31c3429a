use super::*;
use serde_json::{Value, json};

fn said() -> TurnView {
    TurnView::said(TurnId(uuid::Uuid::from_u128(1)), "Add milk".into(), Timestamp::UNIX_EPOCH)
}

fn event(id: i64, name: &str, data: &Value) -> TurnEvent {
    serde_json::from_value(json!({ "id": id, "event": name, "data": data })).unwrap()
}

fn feed(turn: &mut TurnView, events: &[(i64, &str, Value)]) {
    for (id, name, data) in events {
        turn.apply(&event(*id, name, data));
    }
}

fn added(operation: i64) -> Value {
    json!({ "kind": "changed", "operations": [operation],
            "items": [{ "id": 1, "ok": true, "task": { "id": 1, "title": "Milk", "status": "open" } }] })
}

fn call(id: &str) -> Value {
    json!({ "id": id, "name": "add_tasks", "arguments": { "tasks": [{ "title": "Milk" }] } })
}

#[test]
fn pieces_of_text_become_one_answer_and_calls_stand_between_them() {
    let mut turn = said();
    feed(
        &mut turn,
        &[
            (1, "status", json!({ "status": "running", "planner": "builtin", "attempt": 1 })),
            (2, "text", json!({ "text": "On " })),
            (3, "text", json!({ "text": "it." })),
            (4, "tool_call", call("a")),
            (5, "tool_result", json!({ "id": "a", "status": "done", "result": added(7) })),
            (6, "text", json!({ "text": "Done." })),
            (7, "done", json!({ "status": "done" })),
        ],
    );
    assert_eq!(turn.answer(), "On it.\n\nDone.");
    assert_eq!(turn.parts.len(), 3);
    assert_eq!((turn.status, turn.planner), (TurnStatus::Done, Some(PlannerKind::Builtin)));
    assert_eq!(turn.calls().next().unwrap().operations(), [todo_contract::OperationId(7)]);
    assert_eq!(turn.resume_after(), None);
}

#[test]
fn an_event_that_comes_twice_or_late_changes_nothing() {
    let mut turn = said();
    feed(&mut turn, &[(1, "text", json!({ "text": "a" })), (2, "text", json!({ "text": "b" }))]);
    let before = turn.clone();
    feed(&mut turn, &[(2, "text", json!({ "text": "b" })), (1, "text", json!({ "text": "a" }))]);
    assert_eq!(turn, before);
    assert_eq!(turn.resume_after(), Some(2));
}

#[test]
fn a_new_attempt_hides_what_was_said_and_keeps_what_was_done() {
    let mut turn = said();
    feed(
        &mut turn,
        &[
            (1, "text", json!({ "text": "Let me see." })),
            (2, "tool_call", call("a")),
            (3, "tool_result", json!({ "id": "a", "status": "done", "result": added(7) })),
            (4, "tool_call", call("b")),
            (
                5,
                "error",
                json!({ "code": "model_unreachable", "detail": "No answer.", "retryable": true, "offer_builtin": true }),
            ),
            (6, "done", json!({ "status": "failed" })),
        ],
    );
    assert_eq!(turn.error.as_ref().map(|e| e.offer_builtin), Some(true));
    assert_eq!(turn.state_of(turn.calls().nth(1).unwrap()), CallState::Stopped);

    feed(&mut turn, &[(7, "status", json!({ "status": "running", "planner": "builtin", "attempt": 2 }))]);
    assert_eq!((turn.answer().as_str(), turn.error.as_ref(), turn.attempt), ("", None, 2));
    assert_eq!(turn.calls().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["a"]);
    assert_eq!(turn.resume_after(), Some(7));
}

#[test]
fn a_confirmation_waits_and_is_answered() {
    let mut turn = said();
    let ask = json!({ "call_id": "a", "summary": "Delete 3 tasks", "approved": null });
    feed(
        &mut turn,
        &[
            (1, "tool_call", json!({ "id": "a", "name": "delete_tasks", "arguments": { "ids": [1, 2, 3] } })),
            (2, "confirmation", ask),
        ],
    );
    let state = |turn: &TurnView| turn.state_of(turn.calls().next().unwrap());
    assert_eq!((turn.status, state(&turn)), (TurnStatus::NeedsConfirmation, CallState::Waiting));

    turn.answer_confirmation(&CallId::new("a").unwrap(), true);
    assert_eq!(state(&turn), CallState::Running);
    turn.reopen_confirmation(&CallId::new("a").unwrap());
    assert_eq!(state(&turn), CallState::Waiting);

    feed(
        &mut turn,
        &[
            (3, "confirmation", json!({ "call_id": "a", "summary": "Delete 3 tasks", "approved": false })),
            (4, "tool_result", json!({ "id": "a", "status": "declined", "result": { "kind": "declined" } })),
        ],
    );
    assert_eq!((turn.status, state(&turn)), (TurnStatus::Running, CallState::Declined));
}

#[test]
fn a_snapshot_adds_what_is_missing_and_never_takes_back() {
    let mut turn = said();
    feed(&mut turn, &[(1, "text", json!({ "text": "a" })), (2, "done", json!({ "status": "done" }))]);
    let snapshot = |events: Value, status: &str| -> Turn {
        serde_json::from_value(json!({
            "id": turn.id, "conversation_id": uuid::Uuid::nil(), "message": "Add milk", "status": status,
            "planner": "openai", "model": "m", "events": events, "created_at": "2027-01-01T00:00:00Z",
        }))
        .unwrap()
    };
    let older = snapshot(json!([{ "id": 1, "event": "text", "data": { "text": "a" } }]), "running");
    let whole = snapshot(
        json!([{ "id": 1, "event": "text", "data": { "text": "a" } }, { "id": 2, "event": "text", "data": { "text": "b" } }]),
        "running",
    );
    let mut merged = turn.clone();
    merged.merge(&older);
    assert_eq!((merged.status, merged.answer().as_str()), (TurnStatus::Done, "a"));

    let fresh = TurnView::from_turn(&whole);
    assert_eq!((fresh.answer().as_str(), fresh.resume_after(), fresh.model.as_deref()), ("ab", Some(2), Some("m")));
}

#[test]
fn what_all_attempts_cost_is_added_up_once() {
    let mut turn = said();
    let first = (1, "usage", json!({ "input_tokens": 100, "output_tokens": 10 }));
    let attempt = (2, "status", json!({ "status": "running", "attempt": 2 }));
    let second = (3, "usage", json!({ "input_tokens": 200, "output_tokens": 20 }));
    feed(&mut turn, &[first.clone(), attempt, second, first]);
    assert_eq!(turn.tokens, (300, 30));
}

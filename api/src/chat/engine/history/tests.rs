use super::*;
use serde_json::{Value, json};
use std::collections::HashSet;
use todo_contract::CallId;

fn id(id: &str) -> CallId {
    CallId::new(id).unwrap()
}

fn text(text: &str) -> TurnEventBody {
    TurnEventBody::Text { text: text.to_owned() }
}

fn call(call_id: &str, name: &str, arguments: Value) -> TurnEventBody {
    TurnEventBody::ToolCall { id: id(call_id), name: name.to_owned(), arguments }
}

fn result(call_id: &str, status: CallStatus) -> TurnEventBody {
    let result = match status {
        CallStatus::Declined => ToolResult::Declined,
        CallStatus::Failed => not_run(),
        _ => ToolResult::Changed { items: Vec::new(), operations: Vec::new(), already_done: false },
    };
    TurnEventBody::ToolResult { id: id(call_id), status, result }
}

fn turn(status: TurnStatus, attempts: &[&[TurnEventBody]]) -> TurnRecord {
    let numbered = (1..).zip(attempts);
    let events = numbered
        .flat_map(|(attempt, bodies)| {
            bodies.iter().map(move |body| AttemptEvent { attempt, body: body.clone(), carry: None })
        })
        .collect();
    let attempt = u32::try_from(attempts.len()).unwrap();
    TurnRecord { message: "Say something".to_owned(), status, attempt, events }
}

fn roles(messages: &[Message]) -> Vec<String> {
    messages
        .iter()
        .map(|message| match message {
            Message::User { .. } => "user".to_owned(),
            Message::Assistant { text, calls, .. } => {
                let ids: Vec<_> = calls.iter().map(|call| call.id.as_str()).collect();
                format!("assistant {text:?} {}", ids.join(",")).trim_end().to_owned()
            }
            Message::Tool { call_id, status, .. } => format!("{call_id} {status:?}"),
        })
        .collect()
}

#[test]
fn steps_are_told_apart_by_results() {
    let events = [
        text("Looking. "),
        call("a", "list_tasks", json!({})),
        result("a", CallStatus::Done),
        call("b", "delete_tasks", json!({"ids": [1]})),
        call("c", "undo_last", json!({})),
        result("b", CallStatus::Declined),
        result("c", CallStatus::Done),
        text("There "),
        text("you go."),
    ];
    assert_eq!(
        roles(&messages(&[], &turn(TurnStatus::Running, &[&events]))),
        [
            "user",
            "assistant \"Looking. \" a",
            "a Done",
            "assistant \"\" b,c",
            "b Declined",
            "c Done",
            "assistant \"There you go.\"",
        ]
    );
}

#[test]
fn a_retry_knows_what_was_done_and_refused_but_not_what_was_said() {
    let first = [
        text("One moment. "),
        call("look", "list_tasks", json!({})),
        result("look", CallStatus::Done),
        call("add", "add_tasks", json!({"tasks": [{"title": "Milk"}]})),
        result("add", CallStatus::Done),
        call("wipe", "delete_tasks", json!({"ids": [1, 2]})),
        result("wipe", CallStatus::Declined),
        call("lost", "complete_tasks", json!({"ids": [3]})),
        result("lost", CallStatus::Failed),
    ];
    let roles = roles(&messages(&[], &turn(TurnStatus::Running, &[&first, &[]])));
    assert_eq!(roles, ["user", "assistant \"\" add", "add Done", "assistant \"\" wipe", "wipe Declined"]);
}

#[test]
fn each_earlier_turn_ends_with_an_answer() {
    let earlier = [
        turn(TurnStatus::Failed, &[&[]]),
        turn(TurnStatus::Interrupted, &[&[call("a", "undo_last", json!({}))]]),
        turn(TurnStatus::Done, &[&[text("Fine.")]]),
    ];
    let all = messages(&earlier, &turn(TurnStatus::Running, &[&[]]));
    let roles = roles(&all);
    assert_eq!(roles[1], "assistant \"(Something went wrong before I could finish.)\"");
    assert_eq!(roles[3..6], ["assistant \"\" a", "a Failed", "assistant \"(I was stopped before I could finish.)\""]);
    assert_eq!(roles[6..], ["user", "assistant \"Fine.\"", "user"]);
}

#[test]
fn old_turns_are_left_out_whole_when_there_is_too_much() {
    let long = turn(TurnStatus::Done, &[&[text(&"x".repeat(EARLIER_MAX / 3))]]);
    let earlier = vec![long; 5];
    let kept = messages(&earlier, &turn(TurnStatus::Running, &[&[]]));
    assert_eq!(kept.len(), 2 * 2 + 1);
}

proptest::proptest! {
    #[test]
    fn whatever_happened_each_call_has_exactly_one_result_right_after_it(
        script in proptest::collection::vec((0_u8..5, 0_u8..6), 0..40),
        cut in 0_usize..40,
    ) {
        let mut fresh = 0;
        let events: Vec<_> = script.iter().map(|(kind, pick)| match kind {
            0 => text("words"),
            1 | 2 => {
                fresh += 1;
                call(&format!("c{fresh}"), "undo_last", json!({}))
            }
            3 => result(&format!("c{pick}"), CallStatus::Done),
            _ => result(&format!("c{pick}"), CallStatus::Declined),
        }).collect();
        let (first, second) = events.split_at(cut.min(events.len()));
        let all = messages(&[], &turn(TurnStatus::Running, &[first, second]));
        let mut open = HashSet::new();
        for message in all {
            match message {
                Message::Tool { call_id, .. } => proptest::prop_assert!(open.remove(&call_id)),
                Message::Assistant { calls, .. } => {
                    proptest::prop_assert!(open.is_empty());
                    open.extend(calls.into_iter().map(|call| call.id));
                }
                Message::User { .. } => proptest::prop_assert!(open.is_empty()),
            }
        }
        proptest::prop_assert!(open.is_empty());
    }
}

#[test]
fn what_is_carried_comes_back_within_its_turn_and_its_attempt_only() {
    let events = [call("a", "list_tasks", json!({})), result("a", CallStatus::Done), text("Done.")];
    let mut record = turn(TurnStatus::Running, &[&events, &events[..2]]);
    for event in &mut record.events {
        if matches!(event.body, TurnEventBody::ToolCall { .. }) {
            event.carry = Some(Carry::new("thoughts").unwrap());
        }
    }
    let carried = |messages: &[Message]| {
        messages.iter().filter(|m| matches!(m, Message::Assistant { carry: Some(_), .. })).count()
    };
    assert_eq!(carried(&messages(&[], &record)), 1);
    record.status = TurnStatus::Done;
    let next = turn(TurnStatus::Running, &[&[]]);
    assert_eq!(carried(&messages(&[record], &next)), 0);
}

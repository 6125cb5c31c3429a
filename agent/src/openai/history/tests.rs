use super::*;
use proptest::prelude::*;
use serde_json::json;

fn user(text: &str) -> Message {
    Message::User { text: text.into() }
}

fn call(ids: &[&str]) -> Message {
    let calls: Vec<_> = ids.iter().map(|id| json!({"id": id, "name": "undo_last", "arguments": {}})).collect();
    serde_json::from_value(json!({"role": "assistant", "text": "", "calls": calls})).unwrap()
}

fn result(id: &str, detail: &str) -> Message {
    let error = json!({"code": "x", "detail": detail});
    let result = json!({"kind": "failed", "error": error});
    serde_json::from_value(json!({"role": "tool", "call_id": id, "status": "failed", "result": result})).unwrap()
}

/// Every call is followed by its results, and every result follows its call.
fn assert_paired(messages: &[Item]) {
    let mut open = HashSet::new();
    for message in messages {
        match message {
            Item::Result { call_id, .. } => assert!(open.remove(call_id), "orphan {call_id}"),
            other => {
                assert!(open.is_empty(), "no result for {open:?}");
                if let Item::Assistant { calls, .. } = other {
                    open.extend(calls.iter().map(|c| c.id.clone()));
                }
            }
        }
    }
    assert!(open.is_empty(), "no result for {open:?}");
}

#[test]
fn what_fits_is_kept_whole() {
    let messages = [user("a"), call(&["1", "2"]), result("1", "x"), result("2", "y"), user("b")];
    assert_eq!(trimmed(&messages, 10_000).len(), 5);
}

#[test]
fn the_oldest_goes_first_and_the_rest_begins_with_a_person() {
    let messages = [user(&"old ".repeat(200)), call(&["1"]), result("1", "x"), user("middle"), user("now")];
    let kept = trimmed(&messages, 200);
    assert_eq!(kept, [Item::User("middle".into()), Item::User("now".into())]);
}

#[test]
fn the_turn_at_work_is_kept_and_its_results_are_shortened() {
    let messages = [user(&"old ".repeat(500)), user("now"), call(&["1"]), result("1", &"é".repeat(9_000))];
    let kept = trimmed(&messages, 1_000);
    assert_paired(&kept);
    assert_eq!(kept.len(), 3);
    let Item::Result { content, .. } = &kept[2] else { panic!("not a result") };
    assert!(content.ends_with("(shortened)") && content.len() < 3_000, "{}", content.len());
}

#[test]
fn a_call_without_a_result_gets_one_and_a_result_without_a_call_goes() {
    let kept = trimmed(&[user("a"), call(&["1", "2"]), result("2", "x"), result("9", "x"), user("b")], 10_000);
    assert_paired(&kept);
    assert_eq!(kept.len(), 5);
}

proptest! {
    #[test]
    fn calls_and_results_stay_together_at_any_budget(kinds in prop::collection::vec(0u8..4, 1..30), budget in 0usize..3_000) {
        let mut messages = Vec::new();
        for (n, kind) in kinds.into_iter().enumerate() {
            let id = format!("c{n}");
            match kind {
                0 => messages.push(user(&"word ".repeat(n))),
                1 => messages.extend([call(&[&id]), result(&id, &"x".repeat(n * 40))]),
                2 => messages.push(call(&[&id])),
                _ => messages.push(result(&id, "orphan")),
            }
        }
        messages.push(user("now"));
        let kept = trimmed(&messages, budget);
        assert_paired(&kept);
        prop_assert_eq!(kept.last(), Some(&Item::User("now".into())));
    }
}

use super::*;
use crate::tool::ToolCall;
use serde_json::{Value, json};

fn call(name: &str, arguments: Value) -> Touch {
    Touch::of(&ToolCall::parse(name, arguments).unwrap())
}

fn ids(name: &str, count: i64) -> Touch {
    call(name, json!({"ids": (1..=count).collect::<Vec<_>>()}))
}

fn delete(ids: &[i64]) -> Touch {
    call("delete_tasks", json!({ "ids": ids }))
}

fn adds(count: i64) -> Touch {
    let tasks: Vec<_> = (1..=count).map(|n| json!({"title": format!("Task {n}")})).collect();
    call("add_tasks", json!({ "tasks": tasks }))
}

/// Counts the call and judges it.
fn judge(ledger: &mut Ledger, touch: &Touch) -> Verdict {
    ledger.runs(touch);
    ledger.judge(touch, false)
}

fn alone(touch: &Touch) -> Verdict {
    judge(&mut Ledger::default(), touch)
}

#[test]
fn what_is_small_runs_at_once() {
    let small = [
        ids("delete_tasks", 1),
        ids("complete_tasks", 5),
        ids("reopen_tasks", 5),
        call("list_tasks", json!({"limit": 200})),
        adds(50),
        Touch::taking_back([TaskId(1)], [TaskId(2), TaskId(3)]),
    ];
    assert!(small.iter().all(|touch| alone(touch) == Verdict::Run));
}

#[test]
fn what_is_big_asks_first_and_undo_counts_like_what_it_does() {
    let changes: Vec<_> = (1..=6).map(|id| json!({"id": id, "priority": "high"})).collect();
    let big = [
        ids("delete_tasks", 2),
        ids("complete_tasks", 6),
        ids("reopen_tasks", 6),
        call("update_tasks", json!({"changes": changes})),
        adds(51),
        Touch::taking_back((1..=40).map(TaskId), []),
        Touch::taking_back([], (1..=6).map(TaskId)),
    ];
    assert!(big.iter().all(|touch| alone(touch) == Verdict::Ask));
}

#[test]
fn a_task_named_twice_counts_once() {
    assert_eq!(alone(&delete(&[7, 7])), Verdict::Run);
    let changes: Vec<_> = (0..8).map(|_| json!({"id": 1, "priority": "high"})).collect();
    assert_eq!(alone(&call("update_tasks", json!({"changes": changes}))), Verdict::Run);
}

#[test]
fn small_calls_of_a_turn_add_up() {
    let mut ledger = Ledger::default();
    assert_eq!(judge(&mut ledger, &delete(&[1])), Verdict::Run);
    assert_eq!(judge(&mut ledger, &delete(&[2])), Verdict::Ask);
    assert_eq!(judge(&mut ledger, &call("list_tasks", json!({}))), Verdict::Run);
    let mut ledger = Ledger::default();
    assert_eq!(judge(&mut ledger, &ids("complete_tasks", 5)), Verdict::Run);
    assert_eq!(judge(&mut ledger, &call("update_tasks", json!({"changes": [{"id": 9}]}))), Verdict::Ask);
    let mut ledger = Ledger::default();
    for id in 1..=5 {
        assert_eq!(judge(&mut ledger, &Touch::taking_back([], [TaskId(id)])), Verdict::Run);
    }
    assert_eq!(judge(&mut ledger, &Touch::taking_back([], [TaskId(6)])), Verdict::Ask, "sixty undos are a big change");
}

#[test]
fn deletions_add_up_over_the_window_unless_the_person_names_them() {
    let mut ledger = Ledger::default();
    ledger.ran_earlier(&delete(&[1]));
    ledger.runs(&delete(&[2]));
    assert_eq!(ledger.judge(&delete(&[2]), false), Verdict::Ask);
    assert_eq!(ledger.judge(&delete(&[2]), true), Verdict::Run);
    ledger.runs(&delete(&[3]));
    assert_eq!(ledger.judge(&delete(&[3]), true), Verdict::Ask, "two in one turn ask, whoever named them");
}

#[test]
fn changes_add_up_over_the_window_too() {
    let mut ledger = Ledger::default();
    ledger.ran_earlier(&ids("complete_tasks", 20));
    assert_eq!(judge(&mut ledger, &call("complete_tasks", json!({"ids": [20]}))), Verdict::Run);
    assert_eq!(judge(&mut ledger, &call("complete_tasks", json!({"ids": [21]}))), Verdict::Ask);
}

#[test]
fn what_was_declined_is_refused_in_the_turn_and_asked_about_later() {
    let mut ledger = Ledger::default();
    ledger.refused(&delete(&[1, 2, 3]));
    assert_eq!(judge(&mut ledger, &delete(&[1])), Verdict::Refuse);
    assert_eq!(ledger.judge(&delete(&[1]), true), Verdict::Refuse, "those words came before the no");
    assert_eq!(judge(&mut ledger, &call("complete_tasks", json!({"ids": [1]}))), Verdict::Run, "that is another thing");

    let mut ledger = Ledger::default();
    ledger.refused_earlier(&delete(&[1, 2, 3]));
    assert_eq!(judge(&mut ledger, &delete(&[1])), Verdict::Ask);
    assert_eq!(ledger.judge(&delete(&[1]), true), Verdict::Run);
    ledger.allowed_earlier(&delete(&[1]));
    assert_eq!(ledger.judge(&delete(&[1]), false), Verdict::Run);

    let mut ledger = Ledger::default();
    ledger.refused(&Touch::taking_back((1..=9).map(TaskId), []));
    assert_eq!(judge(&mut ledger, &Touch::taking_back([], [TaskId(20)])), Verdict::Refuse);
    ledger.refused(&adds(60));
    assert_eq!(judge(&mut ledger, &adds(1)), Verdict::Ask);
}

#[test]
fn whatever_a_planner_tries_without_a_yes_stays_within_the_bounds() {
    // A linear congruential generator: any sequence will do, and the same each time.
    let mut seed = 7_u64;
    let mut random = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((seed >> 33) % below).unwrap()
    };
    for _ in 0..300 {
        let mut window = Ledger::default();
        let mut ran = Tally::default();
        for _ in 0..8 {
            let (mut turn, mut in_turn) = (window.clone(), Tally::default());
            for _ in 0..random(12) {
                let some: Vec<i64> = (0..=random(4)).map(|_| random(60)).collect();
                let touch = match random(5) {
                    0 | 1 => delete(&some),
                    2 => call("complete_tasks", json!({ "ids": some })),
                    3 => Touch::taking_back(some.iter().copied().map(TaskId), []),
                    _ => Touch::taking_back([], some.iter().copied().map(TaskId)),
                };
                let mut counted = turn.clone();
                counted.runs(&touch);
                match counted.judge(&touch, false) {
                    Verdict::Run => {
                        turn = counted;
                        window.ran_earlier(&touch);
                        in_turn.add(&touch);
                        ran.add(&touch);
                    }
                    Verdict::Ask => turn.refused(&touch),
                    Verdict::Refuse => {}
                }
            }
            assert!(in_turn.deletes() < Bounds::TURN.deletes_from && in_turn.changes() <= Bounds::TURN.changes_above);
        }
        assert!(ran.deletes() < Bounds::WINDOW.deletes_from && ran.changes() <= Bounds::WINDOW.changes_above);
    }
}

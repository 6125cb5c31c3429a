use super::*;
use serde_json::{Value, json};
use todo_contract::{ToolResult, TurnStatus};

fn id(id: &str) -> CallId {
    CallId::new(id).unwrap()
}

fn text() -> TurnEventBody {
    TurnEventBody::Text { text: "Right. ".to_owned() }
}

fn call(call_id: &str, name: &str, arguments: Value) -> TurnEventBody {
    TurnEventBody::ToolCall { id: id(call_id), name: name.to_owned(), arguments }
}

fn delete(call_id: &str, ids: &[i64]) -> TurnEventBody {
    call(call_id, "delete_tasks", json!({ "ids": ids }))
}

fn result(call_id: &str, status: CallStatus) -> TurnEventBody {
    let result = ToolResult::Changed { items: Vec::new(), operations: Vec::new() };
    TurnEventBody::ToolResult { id: id(call_id), status, result }
}

fn confirmation(call_id: &str, approved: Option<bool>) -> TurnEventBody {
    TurnEventBody::Confirmation { call_id: id(call_id), summary: "Delete".to_owned(), approved }
}

fn next(events: &[TurnEventBody]) -> NextStep {
    Progress::of(events).next_step(&Limits::default())
}

fn finished(events: &[TurnEventBody], finish: StepFinish) -> NextStep {
    let mut progress = Progress::of(events);
    progress.step_finished(finish);
    progress.next_step(&Limits::default())
}

/// What is to happen, with the ids of the calls concerned.
fn brief(step: &NextStep) -> String {
    match step {
        NextStep::Run(call) => format!("run {}", call.id),
        NextStep::Ask(calls) => {
            format!("ask {}", calls.iter().map(|call| call.id.as_str()).collect::<Vec<_>>().join(" "))
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn a_new_attempt_asks_the_planner_and_an_answer_ends_it() {
    assert_eq!(next(&[]), NextStep::CallModel);
    assert_eq!(finished(&[text()], StepFinish::Stop), NextStep::Done);
}

#[test]
fn small_calls_run_in_order_and_then_the_planner_is_asked_again() {
    let mut events = vec![text(), delete("a", &[1]), call("b", "complete_tasks", json!({"ids": [2]}))];
    assert_eq!(brief(&finished(&events, StepFinish::ToolCalls)), "run a");
    events.push(result("a", CallStatus::Done));
    assert_eq!(brief(&next(&events)), "run b");
    events.push(result("b", CallStatus::Failed));
    assert_eq!(next(&events), NextStep::CallModel);
}

#[test]
fn a_big_call_waits_for_a_yes_and_then_runs() {
    let mut events = vec![delete("a", &[1, 2, 3])];
    assert_eq!(brief(&next(&events)), "ask a");
    events.push(confirmation("a", None));
    events.push(TurnEventBody::Status {
        status: TurnStatus::NeedsConfirmation,
        planner: None,
        model: None,
        attempt: 1,
    });
    assert_eq!(next(&events), NextStep::Wait);
    events.push(confirmation("a", Some(true)));
    assert_eq!(brief(&next(&events)), "run a");
    events.push(result("a", CallStatus::Done));
    assert_eq!(next(&events), NextStep::CallModel);
}

#[test]
fn after_a_no_the_planner_answers() {
    let events = [
        delete("a", &[1, 2]),
        confirmation("a", None),
        confirmation("a", Some(false)),
        result("a", CallStatus::Declined),
    ];
    assert_eq!(next(&events), NextStep::CallModel);
}

#[test]
fn all_big_calls_of_a_step_are_asked_about_together_and_none_runs_before_all_are_answered() {
    let mut events = vec![delete("a", &[1]), delete("b", &[2]), call("c", "list_tasks", json!({}))];
    assert_eq!(brief(&next(&events)), "ask a b");
    events.extend([confirmation("a", None), confirmation("b", None), confirmation("b", Some(true))]);
    assert_eq!(next(&events), NextStep::Wait);
    events.push(confirmation("a", Some(true)));
    assert_eq!(brief(&next(&events)), "run a");
    events.extend([result("a", CallStatus::Done), result("b", CallStatus::Done)]);
    assert_eq!(brief(&next(&events)), "run c");
}

#[test]
fn a_big_change_split_over_steps_asks_all_the_same() {
    let mut events = vec![delete("a", &[1]), result("a", CallStatus::Done), delete("b", &[2])];
    assert_eq!(brief(&next(&events)), "ask b");
    events.extend([confirmation("b", None), confirmation("b", Some(true)), result("b", CallStatus::Done)]);
    events.push(call("c", "complete_tasks", json!({"ids": [5]})));
    assert_eq!(brief(&next(&events)), "run c");
}

#[test]
fn what_was_approved_or_did_not_happen_does_not_count_again() {
    let events = [
        delete("a", &[1, 2]),
        confirmation("a", Some(true)),
        result("a", CallStatus::Done),
        delete("b", &[3]),
        result("b", CallStatus::Failed),
        delete("c", &[4]),
    ];
    assert_eq!(brief(&next(&events)), "run c");
}

#[test]
fn the_same_call_for_the_third_time_ends_the_turn() {
    let add = |id: &str| call(id, "add_tasks", json!({"tasks": [{"title": "Milk"}]}));
    let mut events = vec![add("a"), result("a", CallStatus::Done), add("b"), result("b", CallStatus::Done)];
    assert_eq!(next(&events), NextStep::CallModel);
    events.push(add("c"));
    assert_eq!(next(&events), NextStep::Fail(Failure::RepeatedCall("add_tasks")));
}

#[test]
fn looking_again_is_fair_after_a_change_only() {
    let look = |id: &str| [call(id, "list_tasks", json!({})), result(id, CallStatus::Done)];
    let mut events = [look("a"), look("b")].concat();
    events.push(call("c", "list_tasks", json!({})));
    assert_eq!(next(&events), NextStep::Fail(Failure::RepeatedCall("list_tasks")));
    events.truncate(4);
    events.extend([delete("d", &[1]), result("d", CallStatus::Done), call("e", "list_tasks", json!({}))]);
    assert_eq!(brief(&next(&events)), "run e");
}

#[test]
fn undoing_or_redoing_several_times_is_no_repetition() {
    for tool in ["undo_last", "redo_last"] {
        let again = |id: &str| [call(id, tool, json!({})), result(id, CallStatus::Done)];
        let mut events = [again("a"), again("b"), again("c")].concat();
        events.push(call("d", tool, json!({})));
        assert_eq!(brief(&next(&events)), "run d");
    }
}

#[test]
fn steps_and_tokens_are_bounded() {
    let step = |n: i64| {
        [call(&format!("c{n}"), "complete_tasks", json!({"ids": [n % 5]})), result(&format!("c{n}"), CallStatus::Done)]
    };
    let limits = Limits { steps: 3, repeats: 100, ..Limits::default() };
    let mut progress = Progress::of([step(1), step(2)].concat().iter());
    assert_eq!(progress.next_step(&limits), NextStep::CallModel);
    step(3).iter().for_each(|event| progress.apply(event));
    assert_eq!(progress.next_step(&limits), NextStep::Fail(Failure::StepLimit(3)));

    let usage = TurnEventBody::Usage { input_tokens: 900, output_tokens: 100 };
    let progress = Progress::of([&usage]);
    let limits = Limits { tokens: 1_000, ..Limits::default() };
    assert_eq!(progress.next_step(&limits), NextStep::Fail(Failure::TokenLimit));
}

#[test]
fn a_complete_answer_is_not_spoilt_by_the_bound_that_it_just_reaches() {
    let mut progress = Progress::of([&text(), &TurnEventBody::Usage { input_tokens: 5_000, output_tokens: 0 }]);
    progress.step_finished(StepFinish::Stop);
    assert_eq!(progress.next_step(&Limits { tokens: 1, steps: 1, ..Limits::default() }), NextStep::Done);
}

#[test]
fn a_cut_or_empty_answer_fails_and_its_calls_do_not_run() {
    assert_eq!(finished(&[delete("a", &[1])], StepFinish::Length), NextStep::Fail(Failure::AnswerCut));
    let silent_after = |events: &[TurnEventBody]| {
        let mut progress = Progress::of(events);
        progress.step_begun();
        progress.step_finished(StepFinish::Stop);
        progress.next_step(&Limits::default())
    };
    assert_eq!(silent_after(&[]), NextStep::Fail(Failure::EmptyAnswer));
    assert_eq!(silent_after(&[delete("a", &[1]), result("a", CallStatus::Done)]), NextStep::Done);
}

#[test]
fn it_survives_being_stored() {
    let progress = Progress::of(&[text(), delete("a", &[1, 2]), confirmation("a", None)]);
    let stored = serde_json::to_string(&progress).unwrap();
    let read: Progress = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, progress);
    assert_eq!(read.next_step(&Limits::default()), NextStep::Wait);
}

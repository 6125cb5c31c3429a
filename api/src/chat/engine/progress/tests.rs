use super::*;
use crate::chat::engine::look::TakesBack;
use crate::chat::engine::wording::Wording;
use serde_json::{Value, json};
use todo_contract::policy::Touch;
use todo_contract::{ItemError, ItemOutcome, OperationId, ToolResult, TurnStatus};

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

/// The call did what it was to do to these tasks.
fn done(call_id: &str, tasks: &[i64]) -> TurnEventBody {
    let item = |id: &i64| ItemOutcome { id: Some(TaskId(*id)), ok: true, task: None, next: None, error: None };
    let items = tasks.iter().map(item).collect();
    let result = ToolResult::Changed { items, operations: Vec::new(), already_done: false };
    TurnEventBody::ToolResult { id: id(call_id), status: CallStatus::Done, result }
}

fn result(call_id: &str, status: CallStatus) -> TurnEventBody {
    let result = ToolResult::Changed { items: Vec::new(), operations: Vec::new(), already_done: false };
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

fn ids<'a>(calls: impl Iterator<Item = &'a ProposedCall>) -> String {
    calls.map(|call| call.id.as_str()).collect::<Vec<_>>().join(" ")
}

/// What is to happen, with the ids of the calls concerned.
fn brief(step: &NextStep) -> String {
    match step {
        NextStep::Run(call, _) => format!("run {}", call.id),
        NextStep::Look(calls) => format!("look {}", ids(calls.iter())),
        NextStep::Ask(questions) => format!("ask {}", ids(questions.iter().map(|question| &question.call))),
        NextStep::Conclude { id, status, .. } => format!("conclude {id} {status:?}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_new_attempt_asks_the_planner_and_an_answer_ends_it() {
    assert_eq!(next(&[]), NextStep::CallModel);
    assert_eq!(finished(&[text()], StepFinish::Stop), NextStep::Done(None));
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
    let mut events = vec![delete("a", &[1]), done("a", &[1]), delete("b", &[2])];
    assert_eq!(brief(&next(&events)), "ask b");
    events.extend([confirmation("b", None), confirmation("b", Some(true)), done("b", &[2])]);
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
    let mut events = vec![add("a"), done("a", &[1]), add("b")];
    assert_eq!(brief(&next(&events)), "conclude b Done");
    events.push(done("b", &[1]));
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

/// Says how an undo was looked up: how many tasks it deletes, and whether they were made here.
fn look(progress: &mut Progress, call_id: &str, deletes: i64, own: bool) {
    let touch = Touch::taking_back((1..=deletes).map(TaskId), []);
    let summary = format!("Take back {deletes}.");
    let takes_back = Some(Ok(TakesBack { operation: OperationId(7), touch, own, summary }));
    progress.looked(&id(call_id), Look { named: false, takes_back });
}

fn undo(message: &str, deletes: i64, own: bool) -> String {
    let background = Background::of(&Wording::of(message), &[], &[]);
    let mut progress = Progress::after(background, &[call("u", "undo_last", json!({}))]);
    assert_eq!(brief(&progress.next_step(&Limits::default())), "look u");
    look(&mut progress, "u", deletes, own);
    brief(&progress.next_step(&Limits::default()))
}

#[test]
fn an_undo_that_nobody_asked_for_counts_like_what_it_does() {
    assert_eq!(undo("What is on my list?", 1, true), "run u");
    assert_eq!(undo("What is on my list?", 2, true), "ask u");
}

#[test]
fn an_undo_that_the_person_asks_for_asks_again_only_where_it_is_big_and_was_not_done_here() {
    assert_eq!(undo("Undo that", 40, true), "run u");
    assert_eq!(undo("Undo that", 1, false), "run u");
    assert_eq!(undo("Undo that", 40, false), "ask u");
}

#[test]
fn sixty_undos_are_no_repetition_and_still_a_big_change() {
    let again = |call_id: &str, task| {
        let tasks = serde_json::from_value(json!([{"id": task, "title": "T", "status": "open", "deleted": true}]));
        let result = ToolResult::Undone { tasks: tasks.unwrap(), operations: Vec::new(), job: None };
        let id = id(call_id);
        [call(call_id, "undo_last", json!({})), TurnEventBody::ToolResult { id, status: CallStatus::Done, result }]
    };
    let background = Background::of(&Wording::of("Undo that"), &[], &[]);
    let mut events = again("a", 1).to_vec();
    events.push(call("b", "undo_last", json!({})));
    let mut progress = Progress::after(background.clone(), &events);
    look(&mut progress, "b", 1, true);
    assert_eq!(brief(&progress.next_step(&Limits::default())), "run b", "the first was asked for and does not count");
    let mut events = [again("a", 1), again("b", 2)].concat();
    events.push(call("c", "undo_last", json!({})));
    let mut progress = Progress::after(background, &events);
    look(&mut progress, "c", 1, true);
    assert_eq!(brief(&progress.next_step(&Limits::default())), "ask c");
}

#[test]
fn an_undo_takes_back_what_the_person_said_yes_to_and_nothing_else() {
    let mut events = vec![call("u", "undo_last", json!({}))];
    let asked = |approved| TurnEventBody::Confirmation { call_id: id("u"), summary: "Take back 9.".into(), approved };
    events.extend([asked(None), asked(Some(true))]);
    let mut progress = Progress::of(&events);
    look(&mut progress, "u", 9, true);
    assert_eq!(brief(&progress.next_step(&Limits::default())), "run u");
    look(&mut progress, "u", 8, true);
    assert_eq!(brief(&progress.next_step(&Limits::default())), "conclude u Failed");
}

#[test]
fn what_cannot_be_taken_back_fails_with_the_reason() {
    let mut progress = Progress::of(&[call("u", "undo_last", json!({}))]);
    let error = ItemError { code: "nothing_to_undo".into(), detail: "Nothing.".into(), candidates: Vec::new() };
    progress.looked(&id("u"), Look { named: false, takes_back: Some(Err(error)) });
    assert_eq!(brief(&progress.next_step(&Limits::default())), "conclude u Failed");
}

#[test]
fn the_very_same_change_again_gets_the_earlier_result() {
    let mut events = vec![delete("a", &[1]), done("a", &[1]), delete("b", &[1, 1])];
    let NextStep::Conclude { result: ToolResult::Changed { already_done, items, .. }, .. } = next(&events) else {
        panic!("{:?}", next(&events))
    };
    assert_eq!((already_done, items.len()), (true, 1));
    events.truncate(2);
    events.extend([call("c", "update_tasks", json!({"changes": [{"id": 1, "title": "x"}]})), done("c", &[1])]);
    events.push(delete("d", &[1]));
    assert_eq!(brief(&next(&events)), "run d", "the task was changed since");
    let failed = [delete("a", &[1]), result("a", CallStatus::Failed), delete("b", &[1])];
    assert_eq!(brief(&next(&failed)), "run b");
}

#[test]
fn tasks_that_were_added_together_are_not_added_one_by_one() {
    let add = |call_id: &str, titles: &[&str]| {
        let tasks: Vec<_> = titles.iter().map(|title| json!({ "title": title })).collect();
        call(call_id, "add_tasks", json!({ "tasks": tasks }))
    };
    let mut events = vec![add("a", &["Milk", "Bread"]), done("a", &[1, 2]), add("b", &["Bread"])];
    let NextStep::Conclude { result: ToolResult::Changed { items, .. }, .. } = next(&events) else { panic!() };
    assert_eq!(items.first().and_then(|item| item.id), Some(TaskId(2)));
    events.truncate(2);
    events.push(add("c", &["Bread", "Bread"]));
    assert_eq!(brief(&next(&events)), "run c", "two more than there are");
    events.truncate(2);
    events.extend([delete("d", &[2]), done("d", &[2]), add("e", &["Bread"])]);
    assert_eq!(brief(&next(&events)), "run e", "it was deleted since");
}

#[test]
fn what_was_just_declined_is_refused_at_once() {
    let events = [
        delete("a", &[1, 2, 3]),
        confirmation("a", None),
        confirmation("a", Some(false)),
        result("a", CallStatus::Declined),
        delete("b", &[1]),
    ];
    assert_eq!(brief(&next(&events)), "conclude b Declined");
}

#[test]
fn a_turn_has_no_more_calls_than_it_may_have() {
    let limits = Limits { calls: 2, ..Limits::default() };
    let mut progress = Progress::of(&[delete("a", &[1]), delete("b", &[2])]);
    assert!(!progress.proposes_too_much(&limits));
    progress.apply(&delete("c", &[3]));
    assert!(progress.proposes_too_much(&limits));
    assert!(Progress::of(&[delete("a", &[1])]).proposes_too_much(&Limits { call_bytes: 5, ..Limits::default() }));
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
    assert_eq!(progress.next_step(&Limits { tokens: 1, steps: 1, ..Limits::default() }), NextStep::Done(None));
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
    assert_eq!(
        silent_after(&[delete("a", &[1]), result("a", CallStatus::Done)]),
        NextStep::Done(Some("Nothing was changed.".to_owned()))
    );
}

#[test]
fn it_survives_being_stored() {
    let progress = Progress::of(&[text(), delete("a", &[1, 2]), confirmation("a", None)]);
    let stored = serde_json::to_string(&progress).unwrap();
    let read: Progress = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, progress);
    assert_eq!(read.next_step(&Limits::default()), NextStep::Wait);
}

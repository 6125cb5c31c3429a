//! What a step looks like from outside.

use todo_builtin::{BuiltinStep, step};
use todo_contract::step::ProposedCall;
use todo_contract::{
    CallStatus, DateOrder, ItemError, ItemOutcome, Locale, Message, StepContext, StepFinish, TaskId, TimeZoneName,
    ToolCall, ToolResult, WeekStart,
};

fn at(now: &str, zone: &str, messages: &[Message]) -> BuiltinStep {
    let zone = TimeZoneName::try_from(zone.to_owned()).ok();
    let context = now.parse().ok().zip(zone).map(|(now, zone)| StepContext::new(now, zone, Locale::default()));
    context.map_or_else(
        || BuiltinStep { text: String::new(), calls: Vec::new(), finish: StepFinish::Stop },
        |c| step(&c, messages),
    )
}

fn said(text: &str) -> Message {
    Message::User { text: text.to_owned() }
}

fn answered(step: &BuiltinStep, status: CallStatus, result: ToolResult) -> Vec<Message> {
    let call_id = step.calls.first().map(|c| c.id.clone());
    let proposed = Message::Assistant { text: step.text.clone(), calls: step.calls.clone(), carry: None };
    [proposed].into_iter().chain(call_id.map(|call_id| Message::Tool { call_id, status, result })).collect()
}

#[test]
fn words_are_looked_up_before_anything_is_changed_and_calls_are_numbered() {
    let mut messages = vec![said("Delete the meeting task")];
    let first = at("2026-11-04T10:00:00Z", "UTC", &messages);
    assert!(
        matches!(first.calls.as_slice(), [ProposedCall { id, call: ToolCall::ListTasks(_) }] if id.as_str() == "b1")
    );
    messages.extend(answered(&first, CallStatus::Done, ToolResult::Listed { tasks: Vec::new(), total: 0 }));
    let second = at("2026-11-04T10:00:00Z", "UTC", &messages);
    assert!(
        matches!(second.calls.as_slice(), [ProposedCall { id, call: ToolCall::ListTasks(_) }] if id.as_str() == "b2")
    );
    messages.extend(answered(&second, CallStatus::Done, ToolResult::Listed { tasks: Vec::new(), total: 0 }));
    let third = at("2026-11-04T10:00:00Z", "UTC", &messages);
    assert_eq!(third.finish, StepFinish::Stop);
    assert!(third.text.contains("no task that matches"), "{}", third.text);
}

#[test]
fn today_is_the_users_day() {
    let due = |zone: &str| match at("2026-11-04T23:30:00Z", zone, &[said("add buy milk tomorrow")]).calls.as_slice() {
        [ProposedCall { call: ToolCall::AddTasks(add), .. }] => {
            add.tasks.first().and_then(|t| t.due.clone()).map(|d| d.date.to_string())
        }
        _ => None,
    };
    assert_eq!(due("UTC").as_deref(), Some("2026-11-05"));
    assert_eq!(due("Europe/Berlin").as_deref(), Some("2026-11-06"));
}

#[test]
fn dates_are_read_as_the_user_writes_them() {
    let first_call = |saying: &str, locale: Locale| {
        // Saturday 7 November 2026.
        let context = StepContext::new("2026-11-07T10:00:00Z".parse().ok()?, TimeZoneName::utc(), locale);
        step(&context, &[said(saying)]).calls.into_iter().next().map(|proposed| proposed.call)
    };
    let due = |date_order| match first_call("add pay rent 5/1", Locale { date_order, ..Locale::default() })? {
        ToolCall::AddTasks(add) => add.tasks.first()?.due.as_ref().map(|due| due.date.to_string()),
        _ => None,
    };
    assert_eq!(due(DateOrder::DayFirst).as_deref(), Some("2027-01-05"));
    assert_eq!(due(DateOrder::MonthFirst).as_deref(), Some("2027-05-01"));
    let week = |week_start| match first_call("what's due next week?", Locale { week_start, ..Locale::default() })? {
        ToolCall::ListTasks(list) => Some(format!("{}..{}", list.due_from?, list.due_to?)),
        _ => None,
    };
    assert_eq!(week(WeekStart::Monday).as_deref(), Some("2026-11-09..2026-11-15"));
    assert_eq!(week(WeekStart::Sunday).as_deref(), Some("2026-11-08..2026-11-14"));
    assert_eq!(week(WeekStart::Saturday).as_deref(), Some("2026-11-14..2026-11-20"));
}

#[test]
fn what_went_wrong_with_one_item_is_told() {
    let mut messages = vec![said("complete 3 and 42")];
    let first = at("2026-11-04T10:00:00Z", "UTC", &messages);
    let error = ItemError { code: "not_found".into(), detail: "There is no task 42.".into(), candidates: Vec::new() };
    let items = vec![
        ItemOutcome { id: Some(TaskId(3)), ok: true, task: None, next: None, error: None },
        ItemOutcome { id: Some(TaskId(42)), ok: false, task: None, next: None, error: Some(error) },
    ];
    messages.extend(answered(
        &first,
        CallStatus::Done,
        ToolResult::Changed { items, operations: Vec::new(), already_done: false },
    ));
    let text = at("2026-11-04T10:00:00Z", "UTC", &messages).text;
    assert!(text.contains("Completed #3") && text.contains("couldn't complete #42"), "{text}");
}

#[test]
fn a_call_that_failed_is_never_told_as_done() {
    let mut messages = vec![said("add buy milk")];
    let first = at("2026-11-04T10:00:00Z", "UTC", &messages);
    let error = ItemError { code: "storage_full".into(), detail: "The disk is full.".into(), candidates: Vec::new() };
    messages.extend(answered(&first, CallStatus::Failed, ToolResult::Failed { error }));
    let text = at("2026-11-04T10:00:00Z", "UTC", &messages).text;
    assert!(text.contains("The disk is full") && !text.contains("Added"), "{text}");
}

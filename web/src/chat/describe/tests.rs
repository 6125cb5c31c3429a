use super::*;
use jiff::civil::date;
use serde_json::{Value, json};
use todo_contract::{CallId, CallStatus};

fn call(name: &str, arguments: Value) -> CallView {
    CallView::new(CallId::new("c").unwrap(), name.into(), arguments)
}

fn ended(name: &str, arguments: Value, result: Value) -> CallView {
    let mut view = call(name, arguments);
    view.status = Some(CallStatus::Done);
    view.result = Some(serde_json::from_value(result).unwrap());
    view
}

fn card(view: &CallView, state: CallState) -> Card {
    let titles = |id: TaskId| (id.0 == 3).then(|| "Call the dentist".to_owned());
    describe(view, state, Context { today: date(2027, 3, 3), title_of: &titles })
}

fn done(id: i64, title: &str, more: Value) -> Value {
    let mut task = json!({ "id": id, "title": title, "status": "open" });
    if let (Some(task), Value::Object(more)) = (task.as_object_mut(), more) {
        task.extend(more);
    }
    json!({ "id": id, "ok": true, "task": task })
}

fn changed(items: Vec<Value>) -> Value {
    json!({ "kind": "changed", "items": items, "operations": [1] })
}

#[test]
fn an_added_task_is_told_with_its_date() {
    let items = vec![done(1, "Buy groceries", json!({ "due": { "date": "2027-03-04" }, "tags": ["home"] }))];
    let view = ended("add_tasks", json!({ "tasks": [{ "title": "Buy groceries" }] }), changed(items));
    let card = card(&view, CallState::Done);
    assert_eq!(card.line(), "Added Buy groceries · tomorrow · #home");
    assert_eq!(card.subject.and_then(|task| task.id), Some(TaskId(1)));
}

#[test]
fn several_tasks_are_counted_and_listed() {
    let items = vec![done(1, "A", json!({})), done(2, "B", json!({})), done(3, "C", json!({}))];
    let card = card(&ended("complete_tasks", json!({ "ids": [1, 2, 3] }), changed(items)), CallState::Done);
    assert_eq!(card.line(), "Completed 3 tasks");
    assert_eq!(card.tasks.iter().map(|task| task.title.as_str()).collect::<Vec<_>>(), ["A", "B", "C"]);
}

#[test]
fn moving_several_tasks_says_once_where_they_went() {
    let due = json!({ "date": "2027-03-05" });
    let arguments = json!({ "changes": [{ "id": 1, "due": due }, { "id": 2, "due": due }] });
    let items = vec![done(1, "A", json!({ "due": due })), done(2, "B", json!({ "due": due }))];
    let card = card(&ended("update_tasks", arguments, changed(items)), CallState::Done);
    assert_eq!(card.line(), "Moved 2 tasks · to Friday 5 March");
    assert!(card.tasks.iter().all(|task| task.detail.is_none()));
}

#[test]
fn a_change_says_what_it_changed() {
    let lines = [
        (json!({ "id": 3, "title": "Call mom" }), "Renamed task 3 · to “Call mom”"),
        (json!({ "id": 3, "add_tags": ["home"] }), "Tagged X · #home"),
        (
            json!({ "id": 3, "priority": "high", "due": { "date": "2027-03-03" } }),
            "Changed X · due today · high priority",
        ),
        (json!({ "id": 3, "clear": ["due"] }), "Changed X · no due date"),
        (json!({ "id": 3, "notes": "n", "remove_tags": ["a"] }), "Changed X · no longer #a · new notes"),
    ];
    for (change, line) in lines {
        let view = ended("update_tasks", json!({ "changes": [change] }), changed(vec![done(3, "X", json!({}))]));
        assert_eq!(card(&view, CallState::Done).line(), line);
    }
}

#[test]
fn completing_a_repeating_task_names_the_next_one() {
    let mut item = done(1, "Water plants", json!({}));
    item["next"] = json!({ "id": 2, "title": "Water plants", "status": "open", "due": { "date": "2027-03-10" } });
    let view = ended("complete_tasks", json!({ "ids": [1] }), changed(vec![item]));
    assert_eq!(card(&view, CallState::Done).line(), "Completed Water plants · next one Wednesday 10 March");
}

#[test]
fn a_look_up_says_what_was_sought_and_how_much_was_found() {
    let found =
        json!({ "kind": "listed", "tasks": [{ "id": 1, "title": "Team meeting", "status": "open" }], "total": 2 });
    let view = ended("list_tasks", json!({ "status": "open", "text": "meeting" }), found);
    assert_eq!(card(&view, CallState::Done).line(), "Looked up open tasks matching ‘meeting’ · 2 found");

    let week = json!({ "due_from": "2027-03-03", "due_to": "2027-03-07", "priority": "urgent", "tag": "home" });
    assert_eq!(
        card(&call("list_tasks", week), CallState::Running).line(),
        "Looking up tasks due from today to Sunday 7 March with urgent priority tagged #home"
    );
}

#[test]
fn what_failed_is_listed_with_what_may_have_been_meant() {
    let error = json!({ "code": "not_found", "detail": "There is no task 9.",
                        "candidates": [{ "id": 3, "title": "Call the dentist", "status": "open" }] });
    let failed = json!({ "id": 9, "ok": false, "error": error });
    let items = vec![done(1, "A", json!({})), failed.clone()];
    let some = card(&ended("delete_tasks", json!({ "ids": [1, 9] }), changed(items)), CallState::Done);
    assert_eq!((some.line().as_str(), some.failures[0].text.as_str()), ("Deleted A", "There is no task 9."));
    assert_eq!(some.failures[0].candidates[0].title, "Call the dentist");

    let none = card(&ended("delete_tasks", json!({ "ids": [9] }), changed(vec![failed])), CallState::Done);
    assert_eq!((none.line().as_str(), none.icon), ("Could not delete task 9", CardIcon::Problem));
}

#[test]
fn a_call_without_a_result_says_how_it_stands() {
    let view = call("delete_tasks", json!({ "ids": [3] }));
    let lines = [
        (CallState::Running, "Deleting Call the dentist"),
        (CallState::Waiting, "Wants to delete Call the dentist"),
        (CallState::Declined, "Did not delete Call the dentist"),
        (CallState::Stopped, "Stopped before it could delete Call the dentist"),
    ];
    for (state, line) in lines {
        assert_eq!(card(&view, state).line(), line);
    }
    assert_eq!(card(&call("undo_last", json!({})), CallState::Running).line(), "Taking back the last change");
    assert_eq!(card(&call("redo_last", json!({})), CallState::Running).line(), "Bringing back what was undone last");
    assert_eq!(card(&call("fly", json!({})), CallState::Failed).line(), "Could not run fly");
}

use super::*;
use crate::store::change::Change;
use crate::store::query::StatusFilter;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;
use todo_contract::{NewTask, OperationId, TaskId, TaskPatch, TaskStatus, Title};

const TODAY: Date = Date::constant(2026, 11, 22);

fn task(id: i64, title: &str, version: i64) -> Task {
    serde_json::from_value(json!({
        "id": id, "title": title, "notes": "", "status": "open", "priority": "none", "due": null, "repeat": null,
        "tags": [], "position": format!("a{id}"), "version": version, "created_at": "2026-11-22T10:00:00Z",
        "updated_at": "2026-11-22T10:00:00Z", "completed_at": null
    }))
    .unwrap()
}

fn operation(id: i64, before: Option<Task>, after: Option<Task>) -> Operation {
    let task_id = after.as_ref().or(before.as_ref()).unwrap().id;
    serde_json::from_value(json!({
        "id": id, "actor": {"kind": "user"}, "kind": "update", "task_id": task_id, "before": before, "after": after,
        "turn_id": null, "group": format!("g{id}"), "at": "2026-11-22T10:00:00Z", "undone_by": null
    }))
    .unwrap()
}

fn listing(tasks: Vec<Task>, next_cursor: Option<&str>) -> State {
    let mut state = State::new(TODAY);
    state.apply(Action::Show { generation: 1, query: TaskQuery::default() });
    let total = i64::try_from(tasks.len()).ok();
    let page = Page { items: tasks, next_cursor: next_cursor.map(str::to_owned), total };
    state.apply(Action::Listed { generation: state.listing.generation, page });
    state
}

fn titles(state: &State) -> Vec<String> {
    state.listed().map(|task| task.title.to_string()).collect()
}

fn rename(title: &str) -> Change {
    Change::Patch(TaskPatch { title: Some(Title::new(title).unwrap()), ..TaskPatch::default() })
}

#[test]
fn an_edit_shows_at_once_and_goes_when_it_is_refused() {
    let mut state = listing(vec![task(1, "Milk", 1)], None);
    state.apply(Action::Expect { key: 9, id: TaskId(1), change: rename("Oat milk") });
    assert_eq!(titles(&state), ["Oat milk"]);
    state.apply(Action::Refused { key: 9 });
    assert_eq!(titles(&state), ["Milk"]);
}

#[test]
fn a_refused_edit_leaves_the_later_one_in_place() {
    let mut state = listing(vec![task(1, "Milk", 1)], None);
    state.apply(Action::Expect { key: 1, id: TaskId(1), change: rename("Oat milk") });
    state.apply(Action::Expect { key: 2, id: TaskId(1), change: Change::Complete(Timestamp::UNIX_EPOCH) });
    state.apply(Action::Refused { key: 1 });
    let shown = state.task(TaskId(1)).unwrap();
    assert_eq!((shown.title.as_str(), shown.status), ("Milk", TaskStatus::Done));
}

#[test]
fn a_completed_task_stays_until_it_settles_and_comes_back_when_refused() {
    let mut state = listing(vec![task(1, "Milk", 1), task(2, "Bread", 1)], None);
    state.apply(Action::Expect { key: 1, id: TaskId(1), change: Change::Complete(Timestamp::UNIX_EPOCH) });
    assert_eq!(titles(&state), ["Milk", "Bread"]);
    state.apply(Action::Settle(vec![TaskId(1)]));
    assert_eq!((titles(&state), state.listing.total), (vec!["Bread".to_owned()], 1));
    state.apply(Action::Refused { key: 1 });
    assert_eq!((titles(&state), state.listing.total), (vec!["Milk".to_owned(), "Bread".to_owned()], 2));
}

#[test]
fn a_deleted_task_is_gone_at_once() {
    let mut state = listing(vec![task(1, "Milk", 1), task(2, "Bread", 1)], None);
    state.apply(Action::Expect { key: 1, id: TaskId(1), change: Change::Delete(Timestamp::UNIX_EPOCH) });
    assert_eq!(titles(&state), ["Bread"]);
    state.apply(Action::Confirmed { key: 1, task: None });
    assert_eq!(titles(&state), ["Bread"]);
}

#[test]
fn a_new_task_takes_its_number_without_showing_twice() {
    for journal_first in [true, false] {
        let mut state = listing(vec![task(1, "Milk", 1)], None);
        let new = NewTask::titled(Title::new("Bread").unwrap());
        state.apply(Action::ExpectNew { key: 5, new, now_ms: 0 });
        assert_eq!(titles(&state), ["Milk", "Bread"]);
        let made = task(2, "Bread", 1);
        let told = Action::Journal(Box::new(operation(1, None, Some(made.clone()))));
        let answered = Action::Confirmed { key: 5, task: Some(made) };
        let (first, second) = if journal_first { (told, answered) } else { (answered, told) };
        state.apply(first);
        state.apply(second);
        assert_eq!((titles(&state), state.listing.total), (vec!["Milk".to_owned(), "Bread".to_owned()], 2));
        assert!(state.pending.is_empty());
    }
}

#[test]
fn a_refused_new_task_goes() {
    let mut state = listing(Vec::new(), None);
    state.apply(Action::ExpectNew { key: 5, new: NewTask::titled(Title::new("Bread").unwrap()), now_ms: 0 });
    state.apply(Action::Refused { key: 5 });
    assert_eq!((titles(&state), state.listing.total), (Vec::new(), 0));
}

#[test]
fn an_operation_told_twice_changes_nothing_more() {
    let mut state = listing(vec![task(1, "Milk", 1)], None);
    let told = operation(7, Some(task(1, "Milk", 1)), Some(task(1, "Oat milk", 2)));
    state.apply(Action::Journal(Box::new(told.clone())));
    let once = state.clone();
    state.apply(Action::Journal(Box::new(told)));
    assert_eq!(state, once);
    assert_eq!((titles(&state), state.journal_head), (vec!["Oat milk".to_owned()], Some(OperationId(7))));
}

#[test]
fn what_is_older_than_known_is_ignored() {
    let mut state = listing(vec![task(1, "New", 3)], None);
    state.apply(Action::Fetched(task(1, "Old", 2)));
    assert_eq!(titles(&state), ["New"]);
}

#[test]
fn a_task_from_another_tab_takes_its_place_in_the_order() {
    let mut state = listing(vec![task(1, "One", 1), task(3, "Three", 1)], None);
    state.apply(Action::Journal(Box::new(operation(1, None, Some(task(2, "Two", 1))))));
    assert_eq!(titles(&state), ["One", "Two", "Three"]);
}

#[test]
fn a_task_beyond_the_loaded_pages_is_counted_but_not_shown() {
    let mut state = listing(vec![task(1, "One", 1)], Some("next"));
    state.apply(Action::Journal(Box::new(operation(1, None, Some(task(2, "Two", 1))))));
    assert_eq!((titles(&state), state.listing.total), (vec!["One".to_owned()], 2));
}

#[test]
fn a_late_page_of_an_earlier_query_is_dropped() {
    let mut state = listing(vec![task(1, "One", 1)], None);
    let earlier = state.listing.generation;
    state
        .apply(Action::Show { generation: 2, query: TaskQuery { status: StatusFilter::Done, ..TaskQuery::default() } });
    let page = Page { items: vec![task(9, "Late", 1)], next_cursor: None, total: Some(1) };
    state.apply(Action::Listed { generation: earlier, page });
    assert!(titles(&state).is_empty());
}

#[test]
fn a_task_removed_for_good_closes_its_details() {
    let mut state = listing(vec![task(1, "One", 1)], None);
    state.apply(Action::Open(Some(TaskId(1))));
    state.apply(Action::Journal(Box::new(operation(1, Some(task(1, "One", 1)), None))));
    assert_eq!((titles(&state), state.open), (Vec::new(), None));
}

#[test]
fn a_toast_of_a_refused_change_goes() {
    let mut state = listing(vec![task(1, "Milk", 1)], None);
    state.apply(Action::Expect { key: 3, id: TaskId(1), change: Change::Complete(Timestamp::UNIX_EPOCH) });
    state.apply(Action::Toast(Toast::info("Completed").about(3)));
    state.apply(Action::Toast(Toast::error("Something else")));
    state.apply(Action::Refused { key: 3 });
    assert_eq!(state.toasts.iter().map(|toast| toast.text.as_str()).collect::<Vec<_>>(), ["Something else"]);
}

#[test]
fn a_notice_takes_the_place_of_the_one_before_but_not_of_an_error() {
    let mut state = listing(Vec::new(), None);
    for toast in [Toast::info("Deleted A"), Toast::error("Refused"), Toast::info("Deleted B")] {
        state.apply(Action::Toast(toast));
    }
    assert_eq!(state.toasts.iter().map(|toast| toast.text.as_str()).collect::<Vec<_>>(), ["Refused", "Deleted B"]);
}

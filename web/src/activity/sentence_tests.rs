use super::*;
use crate::activity::testing::{operation, task};
use jiff::civil::{date, datetime};
use std::rc::Rc;
use todo_contract::{Due, OperationId, TaskStatus};

fn entry(rows: Vec<Operation>) -> Entry {
    let tip = rows[0].id;
    Entry {
        operations: rows.into_iter().map(Rc::new).collect(),
        at: datetime(2027, 1, 1, 12, 0, 0, 0),
        undone: false,
        tip,
    }
}

fn line(rows: Vec<Operation>) -> String {
    sentence(&entry(rows), date(2027, 1, 1), &|_| false).line()
}

fn due(mut task: Task, day: i8) -> Task {
    task.due = Some(Due::on(date(2027, 1, day)));
    task
}

fn done(mut task: Task) -> Task {
    task.status = TaskStatus::Done;
    task
}

fn trashed(mut task: Task) -> Task {
    task.deleted_at = Some(task.created_at);
    task
}

#[test]
fn single_changes_read_as_sentences() {
    let milk = || task(1, "Milk");
    let renamed = task(1, "Oat milk");
    let moved = Task { position: "b".into(), ..milk() };
    let cases = [
        (operation(1, "g", "create", None, Some(due(milk(), 2))), "Added Milk · tomorrow"),
        (operation(1, "g", "update", Some(milk()), Some(due(milk(), 3))), "Moved Milk · to Sunday 3 January"),
        (operation(1, "g", "update", Some(due(milk(), 3)), Some(milk())), "Moved Milk · no due date"),
        (operation(1, "g", "update", Some(milk()), Some(renamed)), "Renamed Oat milk"),
        (operation(1, "g", "update", Some(milk()), Some(moved)), "Reordered Milk"),
        (operation(1, "g", "complete", Some(milk()), Some(done(milk()))), "Completed Milk"),
        (operation(1, "g", "delete", Some(milk()), Some(trashed(milk()))), "Deleted Milk"),
        (operation(1, "g", "delete", Some(trashed(milk())), None), "Removed for good Milk"),
        (operation(1, "g", "restore", Some(trashed(milk())), Some(milk())), "Restored Milk"),
    ];
    for (row, expected) in cases {
        assert_eq!(line(vec![row]), expected);
    }
}

#[test]
fn an_undo_says_what_it_took_back() {
    let milk = || task(1, "Milk");
    let cases = [
        (milk(), trashed(milk()), "Undid adding Milk", "Redid deleting Milk"),
        (trashed(milk()), milk(), "Undid deleting Milk", "Redid adding Milk"),
        (done(milk()), milk(), "Undid completing Milk", "Redid reopening Milk"),
        (due(milk(), 2), milk(), "Undid changing Milk", "Redid changing Milk"),
    ];
    for (before, after, undid, redid) in cases {
        let row = || operation(2, "g", "undo", Some(before.clone()), Some(after.clone()));
        assert_eq!(line(vec![row()]), undid);
        assert_eq!(sentence(&entry(vec![row()]), date(2027, 1, 1), &|_| true).line(), redid);
    }
}

#[test]
fn several_rows_are_counted_and_a_next_occurrence_is_no_addition() {
    let rows = |kind: &str| {
        let both = [task(1, "A"), task(2, "B")];
        both.map(|t| operation(t.id.0, "g", kind, Some(t.clone()), Some(done(t)))).to_vec()
    };
    assert_eq!(line(rows("complete")), "Completed 2 tasks");

    let mut mixed = rows("complete");
    mixed[1] = operation(2, "g", "delete", Some(task(2, "B")), Some(trashed(task(2, "B"))));
    assert_eq!(line(mixed), "Changed 2 tasks");

    let plants = task(1, "Water plants");
    let completed = operation(1, "g", "complete", Some(plants.clone()), Some(done(plants)));
    let next = operation(2, "g", "create", None, Some(due(task(2, "Water plants"), 3)));
    assert_eq!(line(vec![completed, next]), "Completed Water plants · next one Sunday 3 January");
}

#[test]
fn changes_name_the_task_and_its_fields() {
    let rows = vec![
        operation(1, "g", "update", Some(task(1, "A")), Some(due(task(1, "A"), 2))),
        operation(2, "g", "update", Some(task(2, "B")), Some(Task { position: "z".into(), ..task(2, "B") })),
    ];
    let entry = Entry { tip: OperationId(1), ..entry(rows) };
    let changes = changes(&entry, date(2027, 1, 1));
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].0.title.as_str(), changes[0].1[0].after.as_deref()), ("A", Some("tomorrow")));
}

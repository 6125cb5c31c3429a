//! The rules as a whole, on a real file.

use super::service::{self, run_batch, run_call};
use crate::clock::Clock;
use crate::db::{self, Db, Scope, Tx};
use crate::error::{ApiError, Code};
use crate::identity::Author;
use crate::journal::undo;
use crate::schema::users;
use crate::signals::Signals;
use crate::tasks::store;
use diesel::prelude::*;
use jiff::SignedDuration;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;
use todo_contract::task::TaskMove;
use todo_contract::{
    Actor, ActorKind, Batch, OperationKind, Task, TaskId, TaskPatch, TimeZoneName, ToolCall, ToolResult,
};

struct Bench {
    db: Db,
    clock: Clock,
    user_id: i64,
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("todo.sqlite3");
        db::migrate(&file).unwrap();
        let user = (users::email.eq("a@example.org"), users::time_zone.eq("UTC"), users::password_hash.eq(""));
        let insert = diesel::insert_into(users::table).values((user, users::created_at.eq(0_i64)));
        let user_id = insert.returning(users::id).get_result(&mut db::connect(&file).unwrap()).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let db = Db::open(&file, &db::Options { readers: 1, ..db::Options::default() }, Arc::new(Signals::default()))
            .unwrap();
        let clock = Clock::fixed("2027-03-01T09:00:00Z".parse().unwrap());
        Self { db, clock, user_id, runtime, _folder: folder }
    }

    fn author(&self, key: Option<&str>) -> Author {
        self.clock.advance(SignedDuration::from_secs(1));
        Author {
            user_id: self.user_id,
            actor: Actor { kind: ActorKind::User, name: None },
            time_zone: TimeZoneName::utc(),
            now: self.clock.now(),
            turn_id: None,
            call_id: None,
            group: uuid::Uuid::now_v7().to_string(),
            idempotency_key: key.map(str::to_owned),
            request_hash: None,
        }
    }

    fn write<T: Send + 'static>(
        &self,
        key: Option<&str>,
        work: impl FnOnce(&mut Tx<'_>, &Author) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let author = self.author(key);
        self.runtime.block_on(self.db.write(Scope::Account(author.user_id), move |tx| work(tx, &author)))
    }

    /// All tasks outside the trash, without what counts the changes.
    fn state(&self) -> Vec<Value> {
        let user_id = self.user_id;
        let read = self.db.read(move |conn| store::after(conn, user_id, TaskId(0), 1_000));
        let mut tasks: Vec<Task> = self.runtime.block_on(read).unwrap();
        tasks.retain(|task| task.deleted_at.is_none());
        let shown = tasks.iter().map(|task| {
            let mut json = serde_json::to_value(task).unwrap();
            for field in ["version", "updated_at"] {
                json.as_object_mut().unwrap().remove(field);
            }
            json
        });
        shown.collect()
    }

    fn call(&self, key: Option<&str>, name: &str, arguments: Value) -> ToolResult {
        let call = ToolCall::parse(name, arguments).unwrap();
        self.write(key, move |tx, author| run_call(tx, author, &call)).unwrap()
    }
}

#[derive(Clone, Debug)]
enum Step {
    Add { repeats: bool },
    Patch(i64, u8),
    Complete(i64),
    Reopen(i64),
    Delete(i64),
    Restore(i64),
    Move(i64, Option<i64>),
    Batch(&'static str, Vec<i64>),
}

fn any_step() -> impl Strategy<Value = Step> {
    let id = || 1_i64..8;
    prop_oneof![
        3 => any::<bool>().prop_map(|repeats| Step::Add { repeats }),
        2 => (id(), any::<u8>()).prop_map(|(id, what)| Step::Patch(id, what)),
        2 => id().prop_map(Step::Complete),
        1 => id().prop_map(Step::Reopen),
        1 => id().prop_map(Step::Delete),
        1 => id().prop_map(Step::Restore),
        2 => (id(), prop::option::of(id())).prop_map(|(id, before)| Step::Move(id, before)),
        1 => (prop::sample::select(vec!["complete", "reopen", "delete"]), prop::collection::vec(id(), 1..4))
            .prop_map(|(action, ids)| Step::Batch(action, ids)),
    ]
}

fn take(tx: &mut Tx<'_>, author: &Author, step: &Step) -> Result<(), ApiError> {
    let patch = |json: Value| serde_json::from_value::<TaskPatch>(json).unwrap();
    match step {
        Step::Add { repeats } => {
            let repeat = repeats.then(|| json!({"rule": "FREQ=DAILY"}));
            let new = serde_json::from_value(json!({"title": "new", "repeat": repeat})).unwrap();
            service::create(tx, author, new, None).map(|_| ())
        }
        Step::Patch(id, what) => {
            let change = match what % 4 {
                0 => json!({"title": format!("title {what}")}),
                1 => json!({"due": {"date": format!("2027-03-{:02}", what % 28 + 1)}}),
                2 => json!({"due": null}),
                _ => json!({"tags": [format!("t{what}")], "priority": "high"}),
            };
            service::patch(tx, author, TaskId(*id), patch(change), None).map(|_| ())
        }
        Step::Complete(id) => service::set_status(tx, author, TaskId(*id), OperationKind::Complete, None).map(|_| ()),
        Step::Reopen(id) => service::set_status(tx, author, TaskId(*id), OperationKind::Reopen, None).map(|_| ()),
        Step::Delete(id) => service::delete(tx, author, TaskId(*id), None, None).map(|_| ()),
        Step::Restore(id) => service::restore(tx, author, TaskId(*id), None).map(|_| ()),
        Step::Move(id, before) => {
            let to = TaskMove { before: before.map(TaskId), after: None };
            service::move_to(tx, author, TaskId(*id), to, None).map(|_| ())
        }
        Step::Batch(action, ids) => {
            let batch: Batch = serde_json::from_value(json!({"action": action, "ids": ids})).unwrap();
            run_batch(tx, author, &batch).map(|_| ())
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_leads_through_every_state_back_to_nothing(steps in prop::collection::vec(any_step(), 1..25)) {
        let bench = Bench::new();
        let mut states = vec![bench.state()];
        for step in steps {
            // What makes no sense at the moment is refused, and changes nothing.
            let taken = bench.write(None, move |tx, author| take(tx, author, &step));
            if let Err(error) = &taken {
                prop_assert!(error.code.status() < 500, "{error}");
            }
            let state = bench.state();
            if states.last() != Some(&state) {
                states.push(state);
            }
        }
        let last = states.last().cloned();
        let mut undos = 0_usize;
        states.pop();
        loop {
            match bench.write(None, |tx, author| undo::undo_last(tx, author).map(|_| ())) {
                Ok(()) => {
                    undos += 1;
                    let state = bench.state();
                    // A change that leads back to where it came from is no state of its own.
                    while states.last().is_some_and(|wanted| *wanted != state) && states.len() > 1 {
                        states.pop();
                    }
                    prop_assert_eq!(states.last(), Some(&state));
                }
                Err(error) => {
                    prop_assert_eq!(error.code, Code::NothingToUndo, "{}", error.detail);
                    break;
                }
            }
        }
        prop_assert_eq!(bench.state(), Vec::<Value>::new());
        // Redone one by one, it is all there again; so it is once more after some steps back.
        let redo = |bench: &Bench| bench.write(None, |tx, author| undo::redo_last(tx, author).map(|_| ()));
        for _ in 0..undos {
            redo(&bench).unwrap();
        }
        prop_assert_eq!(Some(bench.state()), last.clone());
        let back = undos.min(3);
        for _ in 0..back {
            bench.write(None, |tx, author| undo::undo_last(tx, author).map(|_| ())).unwrap();
        }
        for _ in 0..back {
            redo(&bench).unwrap();
        }
        prop_assert_eq!(Some(bench.state()), last);
        prop_assert_eq!(redo(&bench).unwrap_err().code, Code::NothingToRedo);
    }
}

#[test]
fn a_tool_call_under_the_same_key_is_run_once() {
    let bench = Bench::new();
    let add = || bench.call(Some("c1"), "add_tasks", json!({"tasks": [{"title": "a"}, {"title": "b"}]}));
    assert_eq!(add(), add());
    assert_eq!(bench.state().len(), 2);
    let complete = || bench.call(Some("c2"), "complete_tasks", json!({"ids": [1]}));
    let first = complete();
    assert!(matches!(&first, ToolResult::Changed { operations, .. } if operations.len() == 1));
    assert_eq!(complete(), first);
    let undo = || bench.call(Some("c3"), "undo_last", json!({}));
    let first = undo();
    assert!(matches!(&first, ToolResult::Undone { tasks, .. } if tasks.len() == 1));
    assert_eq!(undo(), first);
    assert_eq!(bench.state().len(), 2);
    let redo = || bench.call(Some("c4"), "redo_last", json!({}));
    let again = redo();
    assert!(
        matches!(&again, ToolResult::Redone { tasks, operations, .. } if tasks.len() == 1 && operations.len() == 1)
    );
    assert_eq!(redo(), again);
    assert!(bench.state().iter().any(|task| task["status"] == "done"));
    for (key, tool) in [("c3", "redo_last"), ("c4", "undo_last")] {
        let ToolResult::Failed { error } = bench.call(Some(key), tool, json!({})) else { panic!("{key} was run") };
        assert_eq!(error.code, "idempotency_key_reused");
    }
}

#[test]
fn a_call_that_cannot_be_run_says_why() {
    let bench = Bench::new();
    let ToolResult::Failed { error } = bench.call(None, "undo_last", json!({})) else { panic!("not refused") };
    assert_eq!(error.code, "nothing_to_undo");
    let ToolResult::Failed { error } = bench.call(None, "redo_last", json!({})) else { panic!("not refused") };
    assert_eq!(error.code, "nothing_to_redo");
    bench.call(None, "add_tasks", json!({"tasks": [{"title": "Buy milk"}]}));
    let ToolResult::Changed { items, .. } = bench.call(None, "update_tasks", json!({"changes": [{"id": 11}]})) else {
        panic!("not run")
    };
    let error = items[0].error.as_ref().unwrap();
    assert_eq!((error.code.as_str(), error.candidates[0].title.as_str()), ("not_found", "Buy milk"));
}

#[test]
fn a_look_up_finds_by_words_days_and_status() {
    let bench = Bench::new();
    bench.call(
        None,
        "add_tasks",
        json!({"tasks": [{"title": "Team meeting", "due": {"date": "2027-03-02"}}, {"title": "Buy milk", "tags": ["shop"]}]}),
    );
    bench.call(None, "complete_tasks", json!({"ids": [2]}));
    for (arguments, wanted) in [
        (json!({}), vec!["Team meeting", "Buy milk"]),
        (json!({"status": "open"}), vec!["Team meeting"]),
        (json!({"text": "meet"}), vec!["Team meeting"]),
        (json!({"tag": "shop", "status": null}), vec!["Buy milk"]),
        (json!({"due_from": "2027-03-01", "due_to": "2027-03-02"}), vec!["Team meeting"]),
        (json!({"due_to": "2027-03-01"}), vec![]),
        (json!({"completed_from": "2027-03-01"}), vec!["Buy milk"]),
        (json!({"status": "done", "completed_from": "2027-02-01", "completed_to": "2027-03-01"}), vec!["Buy milk"]),
        (json!({"completed_to": "2027-02-28"}), vec![]),
        (json!({"status": "open", "completed_from": "2027-03-01"}), vec![]),
    ] {
        let ToolResult::Listed { tasks, total } = bench.call(None, "list_tasks", arguments.clone()) else {
            panic!("not listed")
        };
        let found: Vec<_> = tasks.iter().map(|task| task.title.as_str()).collect();
        assert_eq!((found.len(), total), (wanted.len(), i64::try_from(wanted.len()).unwrap()), "{arguments}");
        assert_eq!(found, wanted, "{arguments}");
    }
}

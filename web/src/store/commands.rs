//! What people do to tasks: it shows at once, the api is asked, and what it refuses is taken back.

mod many;
mod queue;
mod undo;

pub use many::ManyKind;

use super::action::Action;
use super::change::Change;
use super::provider::Store;
use super::toast::{Toast, ToastAction};
use crate::api::{self, ApiError, ApiResult};
use crate::time;
use crate::words::tasks as words;
use std::cell::Cell;
use std::future::Future;
use todo_contract::task::TaskMove;
use todo_contract::{NewTask, OperationKind, Task, TaskId, TaskPatch, TaskStatus};
use wasm_bindgen_futures::spawn_local;

thread_local! {
    static NEXT_KEY: Cell<u64> = const { Cell::new(1) };
}

fn next_key() -> u64 {
    NEXT_KEY.replace(NEXT_KEY.get().saturating_add(1))
}

impl Store {
    /// Makes a task.
    pub fn add(&self, new: NewTask) {
        let (store, key) = (self.clone(), next_key());
        self.dispatch(Action::ExpectNew { key, new: new.clone(), now_ms: time::now_ms() });
        spawn_local(async move {
            let idempotency = api::idempotency_key();
            let answer = queue::in_turn(|| api::tasks::create(&new, &idempotency)).await;
            store.settle(key, answer.map(Some));
        });
    }

    /// Marks a task done, or opens it again.
    pub fn toggle(&self, task: &Task) {
        if task.status == TaskStatus::Open { self.complete(task) } else { self.reopen(task) }
    }

    /// Marks a task done.
    pub fn complete(&self, task: &Task) {
        let id = task.id;
        let change = self.run(id, Change::Complete(time::now()), move || api::tasks::complete(id));
        let undo = ToastAction::UndoOf(id, OperationKind::Complete);
        self.toast(Toast::info(words::completed(&task.title)).with(undo).about(change));
    }

    /// Opens a task again.
    pub fn reopen(&self, task: &Task) {
        let id = task.id;
        self.run(id, Change::Reopen, move || api::tasks::reopen(id));
    }

    /// Changes fields of a task.
    pub fn edit(&self, task: &Task, patch: TaskPatch) {
        if patch == TaskPatch::default() {
            return;
        }
        let (store, id, key, seen) = (self.clone(), task.id, next_key(), task.version);
        self.dispatch(Action::Expect { key, id, change: Change::Patch(patch.clone()) });
        spawn_local(async move {
            let answer =
                queue::in_turn(|| async { api::tasks::update(id, &patch, Some(queue::newest_own(id, seen))).await })
                    .await;
            match answer {
                Err(error) if error.is_conflict() => store.edit_conflicted(key, id).await,
                answer => store.settle(key, answer.map(Some)),
            }
        });
    }

    async fn edit_conflicted(&self, key: u64, id: TaskId) {
        let newest = api::tasks::get(id).await;
        self.dispatch(Action::Refused { key });
        if let Ok(task) = newest {
            self.dispatch(Action::Fetched(task));
        }
        self.toast(Toast::error(words::EDIT_CONFLICT));
    }

    /// Moves a task in the manual order; `position` is where it shows until the api says so.
    pub fn move_to(&self, id: TaskId, place: TaskMove, position: String) {
        self.run(id, Change::Move(position), move || api::tasks::move_to(id, place));
    }

    /// Puts a task into the trash.
    pub fn delete(&self, task: &Task) {
        let id = task.id;
        let change = self.run_unanswered(id, Change::Delete(time::now()), move || api::tasks::delete(id));
        let undo = ToastAction::UndoOf(id, OperationKind::Delete);
        self.toast(Toast::info(words::deleted(&task.title)).with(undo).about(change));
    }

    /// Takes a task out of the trash.
    pub fn restore(&self, task: &Task) {
        let id = task.id;
        let change = self.run(id, Change::Restore, move || api::tasks::restore(id));
        self.toast(Toast::info(words::restored(&task.title)).about(change));
    }

    /// Removes a task of the trash for good.
    pub fn delete_for_good(&self, task: &Task) {
        let id = task.id;
        self.run_unanswered(id, Change::Purge, move || api::tasks::delete_for_good(id));
    }

    fn run<F: Future<Output = ApiResult<Task>>>(
        &self,
        id: TaskId,
        change: Change,
        ask: impl FnOnce() -> F + 'static,
    ) -> u64 {
        let (store, key) = (self.clone(), next_key());
        self.dispatch(Action::Expect { key, id, change });
        spawn_local(async move {
            let answer = queue::in_turn(ask).await;
            store.settle(key, answer.map(Some));
        });
        key
    }

    fn run_unanswered<F: Future<Output = ApiResult<()>>>(
        &self,
        id: TaskId,
        change: Change,
        ask: impl FnOnce() -> F + 'static,
    ) -> u64 {
        let (store, key) = (self.clone(), next_key());
        self.dispatch(Action::Expect { key, id, change });
        spawn_local(async move {
            let answer = queue::in_turn(ask).await;
            store.settle(key, answer.map(|()| None));
        });
        key
    }

    fn settle(&self, key: u64, answer: ApiResult<Option<Task>>) {
        match answer {
            Ok(task) => {
                if let Some(task) = &task {
                    queue::remember(task);
                }
                self.dispatch(Action::Confirmed { key, task });
            }
            Err(error) => {
                self.dispatch(Action::Refused { key });
                self.report(&error);
            }
        }
    }

    /// Tells why something failed.
    pub fn report(&self, error: &ApiError) {
        if !error.is_signed_out() {
            let field = error.fields.first().map(|field| field.message.clone());
            self.toast(Toast::error(field.unwrap_or_else(|| error.detail.clone())));
        }
    }
}

//! Taking back, and fetching anew.

use crate::api::jobs::Settled;
use crate::api::{self, ApiResult};
use crate::store::action::Action;
use crate::store::listing::Phase;
use crate::store::provider::Store;
use crate::store::query::TaskQuery;
use crate::store::toast::{Toast, ToastAction};
use crate::words::tasks as words;
use todo_contract::{OperationId, OperationKind, TaskId, UndoResponse, UndoScope};
use wasm_bindgen_futures::spawn_local;

/// Rows of a page of the list.
const PAGE_SIZE: u32 = 100;
/// How far back a change is looked for when the journal's stream has not told of it.
const LOOK_BACK: u32 = 50;

impl Store {
    /// Takes an operation back, with all of its group.
    pub fn undo(&self, id: OperationId) {
        let store = self.clone();
        spawn_local(async move { store.undone(api::journal::undo(id, UndoScope::Group).await) });
    }

    /// Takes an undo back, with all of its group.
    pub fn redo(&self, id: OperationId) {
        let store = self.clone();
        spawn_local(async move { store.redone(api::journal::undo(id, UndoScope::Group).await) });
    }

    /// Brings back what was taken back last, whoever did it.
    pub fn redo_last(&self) {
        let store = self.clone();
        spawn_local(async move { store.redone(super::queue::in_turn(api::journal::redo_last).await) });
    }

    fn redone(&self, answer: ApiResult<Settled<UndoResponse>>) {
        match answer {
            Ok(Settled::ByJob(result)) => self.settled(words::many_redone(result.undone.unwrap_or_default())),
            Ok(Settled::Now(response)) => {
                self.learn(response);
                self.toast(Toast::info(words::REDONE));
            }
            Err(error) => self.report(&error),
        }
    }

    /// Takes the latest change of this kind to this task back.
    pub fn undo_of(&self, id: TaskId, kind: OperationKind) {
        let store = self.clone();
        spawn_local(async move {
            let answer = async {
                let wanted = super::queue::in_turn(|| api::journal::operations(None, LOOK_BACK)).await?;
                let found = wanted.items.iter().find(|op| op.task_id == id && op.kind == kind);
                match found {
                    Some(operation) => api::journal::undo(operation.id, UndoScope::Operation).await.map(Some),
                    None => Ok(None),
                }
            };
            match answer.await {
                Ok(Some(settled)) => store.undone(Ok(settled)),
                Ok(None) => store.toast(Toast::error(words::UNDO_NOT_FOUND)),
                Err(error) => store.report(&error),
            }
        });
    }

    /// Takes the latest change back, whoever made it.
    pub fn undo_last(&self) {
        let store = self.clone();
        spawn_local(async move { store.undone(super::queue::in_turn(api::journal::undo_last).await) });
    }

    /// Many tasks have changed: the list is fetched anew.
    fn settled(&self, told: String) {
        self.reload();
        self.toast(Toast::info(told));
    }

    fn undone(&self, answer: ApiResult<Settled<UndoResponse>>) {
        match answer {
            Ok(Settled::ByJob(result)) => self.settled(words::many_undone(result.undone.unwrap_or_default())),
            Ok(Settled::Now(response)) => {
                let toast = Toast::info(words::undone(&response.operations));
                let last = response.operations.last().map(|operation| operation.id);
                self.learn(response);
                self.toast(match last {
                    Some(last) => toast.with(ToastAction::Redo(last)),
                    None => toast,
                });
            }
            Err(error) => self.report(&error),
        }
    }

    fn learn(&self, response: UndoResponse) {
        for task in response.operations.into_iter().filter_map(|operation| operation.after) {
            self.dispatch(Action::Fetched(task));
        }
    }

    /// Shows other tasks.
    pub fn show(&self, query: TaskQuery) {
        let generation = super::next_key();
        self.dispatch(Action::Show { generation, query: query.clone() });
        self.fetch_page(generation, query, None);
    }

    /// Fetches the list anew.
    pub fn reload(&self) {
        self.show(self.listing.query.clone());
    }

    /// Fetches the next page, if there is one and none is on its way.
    pub fn more(&self) {
        if let (Phase::Ready | Phase::Failed(_), Some(cursor)) = (&self.listing.phase, &self.listing.next_cursor) {
            self.dispatch(Action::MoreAsked);
            self.fetch_page(self.listing.generation, self.listing.query.clone(), Some(cursor.clone()));
        }
    }

    fn fetch_page(&self, generation: u64, query: TaskQuery, cursor: Option<String>) {
        let store = self.clone();
        spawn_local(async move {
            let params = query.params(cursor.as_deref(), PAGE_SIZE);
            match api::tasks::list(params).await {
                Ok(page) => store.dispatch(Action::Listed { generation, page }),
                Err(error) => store.dispatch(Action::ListFailed { generation, error }),
            }
        });
    }
}

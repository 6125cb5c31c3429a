//! One change to many tasks.

use super::{next_key, queue};
use crate::api;
use crate::store::action::Action;
use crate::store::change::Change;
use crate::store::provider::Store;
use crate::store::toast::{Toast, ToastAction};
use crate::time;
use crate::words::tasks as words;
use todo_contract::limits::BATCH_MAX;
use todo_contract::{Batch, TaskId, TaskIds, ToolResult};
use wasm_bindgen_futures::spawn_local;

/// What can be done to many tasks at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManyKind {
    /// Mark them done.
    Complete,
    /// Put them into the trash.
    Delete,
    /// Take them out of the trash.
    Restore,
}

impl ManyKind {
    fn batch(self, ids: Vec<TaskId>) -> Batch {
        let ids = TaskIds { ids };
        match self {
            Self::Complete => Batch::Complete(ids),
            Self::Delete => Batch::Delete(ids),
            Self::Restore => Batch::Restore(ids),
        }
    }

    fn change(self) -> Change {
        match self {
            Self::Complete => Change::Complete(time::now()),
            Self::Delete => Change::Delete(time::now()),
            Self::Restore => Change::Restore,
        }
    }
}

impl Store {
    /// Does one thing to many tasks; what cannot be done to one of them is told, and shows no more.
    pub fn many(&self, kind: ManyKind, ids: &[TaskId]) {
        for ids in ids.chunks(BATCH_MAX) {
            self.one_batch(kind, ids.to_vec());
        }
    }

    fn one_batch(&self, kind: ManyKind, ids: Vec<TaskId>) {
        let keys: Vec<_> = ids.iter().map(|id| (next_key(), *id)).collect();
        for (key, id) in &keys {
            self.dispatch(Action::Expect { key: *key, id: *id, change: kind.change() });
        }
        let store = self.clone();
        spawn_local(async move {
            let batch = kind.batch(ids);
            match queue::in_turn(|| api::tasks::batch(&batch)).await {
                Ok(ToolResult::Changed { items, operations, .. }) => {
                    let failed = |id: TaskId| items.iter().any(|item| !item.ok && item.id == Some(id));
                    for (key, id) in keys {
                        let refused = failed(id);
                        store.dispatch(if refused {
                            Action::Refused { key }
                        } else {
                            Action::Confirmed { key, task: None }
                        });
                    }
                    let toast = Toast::info(words::many_done(kind, items.iter().filter(|item| item.ok).count()));
                    store.toast(match operations.last() {
                        Some(last) => toast.with(ToastAction::Undo(*last)),
                        None => toast,
                    });
                    if let Some(error) = items.into_iter().find_map(|item| item.error) {
                        store.toast(Toast::error(error.detail));
                    }
                }
                Ok(_) => store.refuse_all(&keys),
                Err(error) => {
                    store.refuse_all(&keys);
                    store.report(&error);
                }
            }
        });
    }

    fn refuse_all(&self, keys: &[(u64, TaskId)]) {
        for (key, _) in keys {
            self.dispatch(Action::Refused { key: *key });
        }
    }
}

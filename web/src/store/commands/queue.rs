//! Changes reach the api one after the other, in the order in which they were made.

use futures_util::lock::Mutex;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::rc::Rc;
use todo_contract::{Task, TaskId};

thread_local! {
    static TURN: Rc<Mutex<()>> = Rc::new(Mutex::new(()));
    static OWN_VERSIONS: RefCell<BTreeMap<TaskId, i64>> = const { RefCell::new(BTreeMap::new()) };
}

/// Asks when all that was asked before is answered.
pub(super) async fn in_turn<T, F: Future<Output = T>>(ask: impl FnOnce() -> F) -> T {
    let turn = TURN.with(Rc::clone);
    let _mine = turn.lock().await;
    ask().await
}

/// The version that an edit is based on: the one that was seen, or a newer one of our own making.
pub(super) fn newest_own(id: TaskId, seen: i64) -> i64 {
    OWN_VERSIONS.with_borrow(|own| own.get(&id).copied().unwrap_or(seen).max(seen))
}

/// Keeps the version that a change of ours led to.
pub(super) fn remember(task: &Task) {
    OWN_VERSIONS.with_borrow_mut(|own| own.insert(task.id, task.version));
}

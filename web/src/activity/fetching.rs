//! The journal's pages and what comes live, for the components.

use super::news::use_journal_news;
use super::state::{ActivityAction, ActivityState};
use crate::api::journal;
use std::ops::Deref;
use std::rc::Rc;
use todo_contract::Operation;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

const PAGE: u32 = 50;

impl Reducible for ActivityState {
    type Action = ActivityAction;

    fn reduce(self: Rc<Self>, action: ActivityAction) -> Rc<Self> {
        Rc::new(Rc::unwrap_or_clone(self).after(action))
    }
}

/// The journal as components see it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Journal {
    state: UseReducerHandle<ActivityState>,
}

impl Deref for Journal {
    type Target = ActivityState;

    fn deref(&self) -> &ActivityState {
        &self.state
    }
}

impl Journal {
    /// Fetches the page at `cursor`, or the first one.
    pub(super) fn ask(&self, cursor: Option<String>) {
        let state = self.state.clone();
        state.dispatch(ActivityAction::Asked);
        spawn_local(async move {
            state.dispatch(match journal::operations(cursor.clone(), PAGE).await {
                Ok(page) => ActivityAction::Loaded(page),
                Err(error) => ActivityAction::Failed(error.detail, cursor),
            });
        });
    }

    /// Takes rows in that were written just now.
    pub(super) fn happened(&self, rows: Vec<Operation>) {
        self.state.dispatch(ActivityAction::Happened(rows));
    }
}

/// The journal, its first page asked for, and kept up to date.
#[hook]
pub(super) fn use_journal() -> Journal {
    let journal = Journal { state: use_reducer_eq(ActivityState::default) };
    use_effect_with((), {
        let journal = journal.clone();
        move |()| journal.ask(None)
    });
    use_journal_news({
        let journal = journal.clone();
        Callback::from(move |rows| journal.happened(rows))
    });
    journal
}

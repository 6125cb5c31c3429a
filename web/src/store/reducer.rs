//! The reducer: an action and a state give the next state.

mod tasks;

use super::action::Action;
use super::listing::{Listing, Phase};
use super::query::TaskQuery;
use super::state::{RECENT_MAX, State};
use super::toast::{Toast, ToastKind};
use crate::api::ApiError;
use std::collections::BTreeSet;
use std::rc::Rc;
use todo_contract::{Operation, Page, Task};
use yew::Reducible;

/// Toasts that show at once.
const TOASTS_MAX: usize = 3;

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let changes_nothing = match &action {
            Action::Online(online) => *online == self.online,
            Action::Today(today) => *today == self.today,
            Action::DropToast(key) => !self.toasts.iter().any(|toast| toast.key == *key),
            _ => false,
        };
        if changes_nothing {
            return self;
        }
        let mut state = Rc::unwrap_or_clone(self);
        state.apply(action);
        Rc::new(state)
    }
}

impl State {
    /// Applies an action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Show { generation, query } => self.show(generation, query),
            Action::MoreAsked => self.listing.phase = Phase::More,
            Action::Listed { generation, page } => self.listed_page(generation, page),
            Action::ListFailed { generation, error } => self.list_failed(generation, error),
            Action::Expect { key, id, change } => self.expect(key, id, change),
            Action::ExpectNew { key, new, now_ms } => self.expect_new(key, &new, now_ms),
            Action::Confirmed { key, task } => self.confirmed(key, task),
            Action::Refused { key } => self.refused(key),
            Action::Fetched(task) => self.learn(task),
            Action::Journal(operation) => self.journal(*operation),
            Action::JournalAt(id) => self.journal_head = self.journal_head.max(Some(id)),
            Action::Settle(ids) => self.settle(&ids),
            Action::Open(id) => self.open = id,
            Action::Toast(toast) => self.toast(toast),
            Action::DropToast(key) => self.toasts.retain(|toast| toast.key != key),
            Action::Online(online) => self.online = online,
            Action::Today(today) => self.today = today,
            Action::Reset => *self = Self::new(self.today),
        }
    }

    /// Tasks of another view go at once; those of the same view stay until the answer is there.
    fn show(&mut self, generation: u64, query: TaskQuery) {
        let previous = std::mem::take(&mut self.listing);
        let keep = !previous.ids.is_empty() && query.shown_status() == previous.query.shown_status();
        self.listing = Listing {
            query,
            generation,
            phase: if keep { Phase::Refreshing } else { Phase::Loading },
            ids: if keep { previous.ids } else { Vec::new() },
            next_cursor: None,
            total: if keep { previous.total } else { 0 },
        };
        self.leaving = BTreeSet::new();
    }

    fn listed_page(&mut self, generation: u64, page: Page<Task>) {
        if generation != self.listing.generation {
            return;
        }
        if self.listing.phase != Phase::More {
            self.listing.ids.retain(|id| id.0 < 0);
        }
        let drafts: Vec<_> = self.listing.ids.iter().copied().filter(|id| id.0 < 0).collect();
        self.listing.ids.retain(|id| id.0 >= 0);
        let ids: Vec<_> = page.items.iter().map(|task| task.id).collect();
        let mut known = BTreeSet::new();
        known.extend(self.listing.ids.iter().copied());
        self.listing.ids.extend(ids.into_iter().filter(|id| !known.contains(id)));
        self.listing.ids.extend(drafts);
        let loaded = i64::try_from(self.listing.ids.len()).unwrap_or(i64::MAX);
        self.listing.total = page.total.unwrap_or(loaded);
        self.listing.next_cursor = page.next_cursor;
        self.listing.phase = Phase::Ready;
        for task in page.items {
            self.learn_quietly(task);
        }
        self.drop_strangers();
    }

    fn list_failed(&mut self, generation: u64, error: ApiError) {
        if generation == self.listing.generation {
            self.listing.phase = Phase::Failed(error);
        }
    }

    fn journal(&mut self, operation: Operation) {
        if self.journal_head >= Some(operation.id) {
            return;
        }
        self.journal_head = Some(operation.id);
        if operation.before.is_none()
            && let Some(task) = &operation.after
        {
            self.adopt(task);
        }
        match &operation.after {
            Some(task) => self.learn(task.clone()),
            None => self.forget(operation.task_id),
        }
        if self.recent.len() >= RECENT_MAX {
            self.recent.remove(0);
        }
        self.recent.push(Rc::new(operation));
    }

    fn toast(&mut self, mut toast: Toast) {
        toast.key = self.next_key;
        self.next_key = self.next_key.saturating_add(1);
        // What was done last is what may be undone; what failed stays to be read.
        if toast.kind == ToastKind::Info {
            self.toasts.retain(|other| other.kind != ToastKind::Info);
        }
        if self.toasts.len() >= TOASTS_MAX {
            self.toasts.remove(0);
        }
        self.toasts.push(toast);
    }
}

#[cfg(test)]
mod tests;

//! What happens to single tasks: what the api says, and what shows before it says so.

use crate::store::change::{Change, draft};
use crate::store::state::{Known, Pending, State};
use jiff::Timestamp;
use std::rc::Rc;
use todo_contract::{NewTask, Task, TaskId};

/// Sorts behind every position that the api gives.
const LAST_POSITION: &str = "~";

impl State {
    pub(super) fn expect(&mut self, key: u64, id: TaskId, change: Change) {
        let leaves_by_animation = matches!(change, Change::Complete(_) | Change::Reopen);
        let was_listed = self.listing.ids.contains(&id);
        self.pending.push(Pending { key, id, change: Some(change) });
        let truth = self.tasks.get(&id).and_then(|known| known.truth.clone());
        let stays = truth
            .and_then(|truth| self.with_pending(&truth))
            .is_some_and(|task| self.listing.query.matches(&task, self.today));
        if leaves_by_animation && was_listed && !stays {
            self.leaving.insert(id);
        }
        self.show_anew(id);
    }

    pub(super) fn expect_new(&mut self, key: u64, new: &NewTask, now_ms: i64) {
        let id = TaskId(i64::try_from(key).unwrap_or(i64::MAX).saturating_neg());
        let now = Timestamp::from_millisecond(now_ms).unwrap_or(Timestamp::UNIX_EPOCH);
        let task = Rc::new(draft(id, new, LAST_POSITION.to_owned(), now));
        self.tasks.insert(id, Known { truth: None, shown: Some(Rc::clone(&task)) });
        self.pending.push(Pending { key, id, change: None });
        if self.listing.query.matches(&task, self.today) {
            self.listing.ids.push(id);
            self.listing.total = self.listing.total.saturating_add(1);
        }
    }

    pub(super) fn confirmed(&mut self, key: u64, task: Option<Task>) {
        let Some(pending) = self.take_pending(key) else {
            return task.into_iter().for_each(|task| self.learn(task));
        };
        match task {
            Some(task) if pending.id != task.id => self.replace_draft(pending.id, task),
            Some(task) => self.learn(task),
            None => self.settle_unanswered(&pending),
        }
    }

    /// A change whose answer holds no task is taken as done; the journal brings the task as it is.
    fn settle_unanswered(&mut self, pending: &Pending) {
        let Some(known) = self.tasks.get_mut(&pending.id) else { return };
        let after = known.truth.as_deref().zip(pending.change.as_ref()).map(|(task, change)| change.apply(task));
        match after {
            Some(Some(task)) => {
                known.truth = Some(Rc::new(task));
                self.show_anew(pending.id);
            }
            Some(None) => self.forget(pending.id),
            None => {}
        }
    }

    pub(super) fn refused(&mut self, key: u64) {
        self.toasts.retain(|toast| toast.change != Some(key));
        let Some(pending) = self.take_pending(key) else { return };
        self.leaving.remove(&pending.id);
        if pending.change.is_none() {
            self.forget(pending.id);
        } else {
            self.show_anew(pending.id);
        }
    }

    fn take_pending(&mut self, key: u64) -> Option<Pending> {
        let at = self.pending.iter().position(|pending| pending.key == key)?;
        Some(self.pending.remove(at))
    }

    /// The journal may tell of a new task before the request that made it is answered.
    pub(super) fn adopt(&mut self, task: &Task) {
        let same = |pending: &&Pending| {
            pending.change.is_none()
                && self.task(pending.id).is_some_and(|draft| draft.title == task.title && draft.tags == task.tags)
        };
        if let Some(Pending { key, .. }) = self.pending.iter().find(same).cloned() {
            self.confirmed(key, Some(task.clone()));
        }
    }

    fn replace_draft(&mut self, draft: TaskId, task: Task) {
        self.tasks.remove(&draft);
        let listed_already = self.listing.ids.contains(&task.id);
        match self.listing.ids.iter_mut().find(|id| **id == draft) {
            Some(place) if !listed_already => *place = task.id,
            Some(_) => self.listing.remove(draft),
            None => {}
        }
        self.learn(task);
    }

    /// Takes what the api says about a task, unless something newer is known.
    pub(super) fn learn(&mut self, task: Task) {
        let id = task.id;
        if self.learn_quietly(task) {
            self.place(id);
        }
    }

    pub(super) fn learn_quietly(&mut self, task: Task) -> bool {
        let id = task.id;
        let truth = self.tasks.get(&id).and_then(|known| known.truth.as_ref());
        if truth.is_some_and(|truth| truth.version > task.version) {
            return false;
        }
        let truth = Rc::new(task);
        let shown = self.with_pending(&truth);
        self.tasks.insert(id, Known { truth: Some(truth), shown });
        true
    }

    fn with_pending(&self, truth: &Rc<Task>) -> Option<Rc<Task>> {
        let mut shown = Rc::clone(truth);
        for change in self.pending.iter().filter(|p| p.id == truth.id).filter_map(|p| p.change.as_ref()) {
            shown = Rc::new(change.apply(&shown)?);
        }
        Some(shown)
    }

    fn show_anew(&mut self, id: TaskId) {
        let Some(truth) = self.tasks.get(&id).and_then(|known| known.truth.clone()) else { return };
        let shown = self.with_pending(&truth);
        self.tasks.insert(id, Known { truth: Some(truth), shown });
        self.place(id);
    }

    fn place(&mut self, id: TaskId) {
        let Some(task) = self.task(id) else {
            self.listing.remove(id);
            return;
        };
        let stays_for_now = self.leaving.contains(&id) && !self.listing.query.matches(&task, self.today);
        if !stays_for_now {
            let tasks = &self.tasks;
            self.listing.place(&task, self.today, |id| tasks.get(&id).and_then(|known| known.shown.as_deref()));
        }
    }

    pub(super) fn forget(&mut self, id: TaskId) {
        self.tasks.remove(&id);
        self.listing.remove(id);
        self.leaving.remove(&id);
        if self.open == Some(id) {
            self.open = None;
        }
    }

    pub(super) fn settle(&mut self, ids: &[TaskId]) {
        for id in ids {
            if self.leaving.remove(id) {
                self.place(*id);
            }
        }
    }

    /// Tasks under change that the page of the list no longer holds, such as one just completed here.
    pub(super) fn drop_strangers(&mut self) {
        let strangers: Vec<_> = self
            .listing
            .ids
            .iter()
            .copied()
            .filter(|id| self.task(*id).is_none_or(|task| !self.listing.query.matches(&task, self.today)))
            .filter(|id| !self.leaving.contains(id) && (self.is_pending(*id) || self.task(*id).is_none()))
            .collect();
        self.listing.ids.retain(|id| !strangers.contains(id));
    }
}

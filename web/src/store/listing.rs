//! The list that is shown: which tasks, in which order, and how much of it is loaded.

use super::query::TaskQuery;
use crate::api::ApiError;
use jiff::civil::Date;
use todo_contract::{Task, TaskId};

/// How far the list is loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// The first page is on its way and nothing is there to show.
    #[default]
    Loading,
    /// The first page is on its way; what was there before is still shown.
    Refreshing,
    /// There is something to show.
    Ready,
    /// Another page is on its way.
    More,
    /// A page could not be fetched.
    Failed(ApiError),
}

/// The list that is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// What it shows.
    pub query: TaskQuery,
    /// Counts the times that it was fetched anew, so that late answers are told apart.
    pub generation: u64,
    /// The tasks, in order.
    pub ids: Vec<TaskId>,
    /// Where the next page begins; `None` on the last.
    pub next_cursor: Option<String>,
    /// Tasks on all pages.
    pub total: i64,
    /// How far it is loaded.
    pub phase: Phase,
}

impl Listing {
    /// Puts a task where it belongs, or takes it out. `find` gives the other tasks.
    /// Answers whether the task is in the list now.
    pub fn place<'a>(&mut self, task: &'a Task, today: Date, find: impl Fn(TaskId) -> Option<&'a Task>) -> bool {
        let at = self.ids.iter().position(|id| *id == task.id);
        let found_by_words = self.query.text.is_empty() || at.is_some();
        if !found_by_words || !self.query.matches(task, today) {
            if at.is_some() {
                self.remove(task.id);
            }
            return false;
        }
        if at.is_some() && !self.query.text.is_empty() {
            return true;
        }
        self.ids.retain(|id| *id != task.id);
        let sort = self.query.sort;
        let place = self
            .ids
            .iter()
            .position(|id| find(*id).is_some_and(|other| sort.compare(task, other).is_lt()))
            .unwrap_or(self.ids.len());
        let beyond_what_is_loaded = place == self.ids.len() && self.next_cursor.is_some();
        if at.is_none() {
            self.total = self.total.saturating_add(1);
        }
        if !beyond_what_is_loaded {
            self.ids.insert(place, task.id);
        }
        !beyond_what_is_loaded
    }

    /// Takes a task out.
    pub fn remove(&mut self, id: TaskId) {
        let before = self.ids.len();
        self.ids.retain(|other| *other != id);
        if self.ids.len() < before {
            self.total = self.total.saturating_sub(1);
        }
    }
}

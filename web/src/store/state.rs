//! The state, and how it is read.

use super::change::Change;
use super::listing::Listing;
use super::toast::Toast;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use todo_contract::{Operation, OperationId, Task, TaskId};

/// A task as the api has it, and as it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// As the api has it; `None` for a task that the api has not confirmed yet.
    pub truth: Option<Rc<Task>>,
    /// With the changes under way; `None` if it is gone by them.
    pub shown: Option<Rc<Task>>,
}

/// A change under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Distinguishes changes.
    pub key: u64,
    /// Which task.
    pub id: TaskId,
    /// What changes; `None` for a new task.
    pub change: Option<Change>,
}

/// Operations kept in [`State::recent`].
pub const RECENT_MAX: usize = 300;

/// What the page knows.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Tasks by number. Numbers below 0 are new tasks that the api has not confirmed yet.
    pub tasks: BTreeMap<TaskId, Known>,
    /// Changes under way, oldest first.
    pub pending: Vec<Pending>,
    /// The list that is shown.
    pub listing: Listing,
    /// Tasks that left the list but show until their animation has ended.
    pub leaving: BTreeSet<TaskId>,
    /// The task whose details are open.
    pub open: Option<TaskId>,
    /// The newest operation seen.
    pub journal_head: Option<OperationId>,
    /// Operations that the journal told of since the page was opened, oldest first; the latest
    /// [`RECENT_MAX`] only.
    pub recent: Vec<Rc<Operation>>,
    /// Toasts, oldest first.
    pub toasts: Vec<Toast>,
    /// Whether the server can be reached.
    pub online: bool,
    /// The day, in the account's zone.
    pub today: Date,
    pub(super) next_key: u64,
}

impl State {
    /// Knowing nothing, on this day.
    #[must_use]
    pub fn new(today: Date) -> Self {
        Self {
            tasks: BTreeMap::new(),
            pending: Vec::new(),
            listing: Listing::default(),
            leaving: BTreeSet::new(),
            open: None,
            journal_head: None,
            recent: Vec::new(),
            toasts: Vec::new(),
            online: true,
            today,
            next_key: 1,
        }
    }

    /// A task as it shows.
    #[must_use]
    pub fn task(&self, id: TaskId) -> Option<Rc<Task>> {
        self.tasks.get(&id).and_then(|known| known.shown.clone())
    }

    /// The tasks of the list, in its order.
    pub fn listed(&self) -> impl Iterator<Item = Rc<Task>> + '_ {
        self.listing.ids.iter().filter_map(|id| self.task(*id))
    }

    /// Whether a change of this task is under way.
    #[must_use]
    pub fn is_pending(&self, id: TaskId) -> bool {
        self.pending.iter().any(|pending| pending.id == id)
    }
}

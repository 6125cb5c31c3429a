//! Everything that can happen to the state.

use super::change::Change;
use super::query::TaskQuery;
use super::toast::Toast;
use crate::api::ApiError;
use jiff::civil::Date;
use todo_contract::{NewTask, Operation, OperationId, Page, Task, TaskId};

/// Everything that can happen to the state.
#[derive(Clone, Debug)]
pub enum Action {
    /// The list shall show other tasks, or the same anew.
    Show {
        /// Distinguishes this listing from those before.
        generation: u64,
        /// Which tasks.
        query: TaskQuery,
    },
    /// More of the list is being fetched.
    MoreAsked,
    /// A page of the list came. `generation` is that of the listing which asked.
    Listed {
        /// The listing that asked.
        generation: u64,
        /// The page.
        page: Page<Task>,
    },
    /// The list could not be fetched.
    ListFailed {
        /// The listing that asked.
        generation: u64,
        /// Why.
        error: ApiError,
    },
    /// A change shows before the api has answered.
    Expect {
        /// Distinguishes changes.
        key: u64,
        /// Which task.
        id: TaskId,
        /// What changes.
        change: Change,
    },
    /// A new task shows before the api has answered.
    ExpectNew {
        /// Distinguishes changes.
        key: u64,
        /// The task.
        new: NewTask,
        /// Now, in milliseconds of Unix time.
        now_ms: i64,
    },
    /// The api confirmed a change; the task as it is now, or `None` if it is gone or not known.
    Confirmed {
        /// The change.
        key: u64,
        /// The task as it is now.
        task: Option<Task>,
    },
    /// The api refused a change: it shows no more.
    Refused {
        /// The change.
        key: u64,
    },
    /// A task as the api has it now.
    Fetched(Task),
    /// The journal told of an operation.
    Journal(Box<Operation>),
    /// The journal stands at this operation.
    JournalAt(OperationId),
    /// Tasks that no longer belong into the list, but were left for an animation, go now.
    Settle(Vec<TaskId>),
    /// The details of a task are opened, or closed.
    Open(Option<TaskId>),
    /// A toast is shown.
    Toast(Toast),
    /// A toast goes.
    DropToast(u64),
    /// The connection was lost or found.
    Online(bool),
    /// The day, in the account's zone.
    Today(Date),
    /// Another account, or none: everything is forgotten.
    Reset,
}

//! The journal: every change to a task is an operation.

use crate::chat::TurnId;
use crate::task::{Task, TaskId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An operation's number: counted per account from 1, never reused; the `id:` of `GET /events`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = i64))]
pub struct OperationId(pub i64);

impl fmt::Display for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Who made a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ActorKind {
    /// The person, in the page.
    User,
    /// The agent, in a turn.
    Agent,
    /// A script, with a personal API token.
    Token,
}

/// Who made a change, with the token's name if it was one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Actor {
    /// Which kind.
    pub kind: ActorKind,
    /// The token's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum OperationKind {
    /// Made.
    Create,
    /// Changed, moved included.
    Update,
    /// Completed.
    Complete,
    /// Opened again.
    Reopen,
    /// Put into the trash.
    Delete,
    /// Taken out of the trash.
    Restore,
    /// Another operation was taken back.
    Undo,
}

/// A row of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Operation {
    /// Its number.
    pub id: OperationId,
    /// Who.
    pub actor: Actor,
    /// What.
    pub kind: OperationKind,
    /// To which task.
    pub task_id: TaskId,
    /// The task before; `null` if it did not exist.
    pub before: Option<Task>,
    /// The task after; `null` if it was removed for good.
    pub after: Option<Task>,
    /// The turn in which the agent did it.
    pub turn_id: Option<TurnId>,
    /// The tool call that did it.
    #[serde(default)]
    pub call_id: Option<String>,
    /// Operations of one request, batch or tool call share their group.
    pub group: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::calendar::moment_text")]
    pub at: Timestamp,
    /// The operation that took it back.
    pub undone_by: Option<OperationId>,
    /// The operation that this one took back, if its kind is `undo`.
    #[serde(default)]
    pub undoes: Option<OperationId>,
    /// The operation that brought this one about: the completion that made a repeat's next occurrence, or the undo of
    /// that. The two count as one change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caused_by: Option<OperationId>,
}

/// How much `POST /operations/{id}/undo` takes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum UndoScope {
    /// That operation, and what it caused (a repeat's next occurrence).
    #[default]
    Operation,
    /// Every operation of its group.
    Group,
}

/// The optional body of an undo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UndoRequest {
    /// How much.
    #[serde(default)]
    pub scope: UndoScope,
}

/// What an undo did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UndoResponse {
    /// The new operations, of kind `undo`. To redo, undo them.
    pub operations: Vec<Operation>,
}

//! What must be known of a call before it is judged, and does not stand in it.

use serde::{Deserialize, Serialize};
use todo_contract::policy::Touch;
use todo_contract::{ItemError, OperationId};

/// What was looked up about a call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Whether the person's own words name what it touches.
    pub named: bool,
    /// For an undo or a redo: what it takes back, or why it cannot.
    pub takes_back: Option<Result<TakesBack, ItemError>>,
}

/// What an undo or a redo takes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakesBack {
    /// An operation of the group that is meant.
    pub operation: OperationId,
    /// What that does to tasks.
    pub touch: Touch,
    /// Whether it was done in this conversation.
    pub own: bool,
    /// The same in a sentence.
    pub summary: String,
}

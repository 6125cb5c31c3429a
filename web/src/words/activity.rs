//! What the activity view says.

use crate::activity::difference::Field;
use crate::activity::effect::{Effect, Reversible};
use todo_contract::{Actor, ActorKind, Priority};

pub use super::chat::{NO_DUE, next_occurrence, task_number, tasks, to_day};

pub fn lead(effect: Effect) -> String {
    let plain = match effect {
        Effect::Added => "Added",
        Effect::Renamed => "Renamed",
        Effect::Rescheduled => "Moved",
        Effect::Reordered => "Reordered",
        Effect::Changed => "Changed",
        Effect::Completed => "Completed",
        Effect::Reopened => "Reopened",
        Effect::Deleted => "Deleted",
        Effect::Purged => "Removed for good",
        Effect::Restored => "Restored",
        Effect::Undid(what) => return format!("Undid {}", reversible(what)),
        Effect::Redid(what) => return format!("Redid {}", reversible(what)),
    };
    plain.to_owned()
}

fn reversible(what: Reversible) -> &'static str {
    match what {
        Reversible::Adding => "adding",
        Reversible::Changing => "changing",
        Reversible::Completing => "completing",
        Reversible::Reopening => "reopening",
        Reversible::Deleting => "deleting",
    }
}

pub fn field(field: Field) -> &'static str {
    match field {
        Field::Title => "Title",
        Field::Due => "Due",
        Field::Repeat => "Repeats",
        Field::Priority => "Priority",
        Field::Tags => "Tags",
        Field::Notes => "Notes",
        Field::Position => "Place in the list",
    }
}

pub fn priority(priority: Priority) -> &'static str {
    match priority {
        Priority::None => "none",
        Priority::Low => "low",
        Priority::Medium => "medium",
        Priority::High => "high",
        Priority::Urgent => "urgent",
    }
}

pub const TITLE: &str = "Activity";
pub const INTRODUCTION: &str = "Every change to your list, whoever made it. What was done can be undone here.";
pub const FILTER_LABEL: &str = "Whose changes";
pub const EMPTY_TITLE: &str = "Nothing happened yet";
pub const EMPTY_DETAIL: &str = "Add a task, and the change shows here, with a way to take it back.";
pub const NARROWED_TITLE: &str = "Nothing by this one";
pub const NARROWED_DETAIL: &str = "Choose “All” to see every change.";
pub const LOAD_MORE: &str = "Load earlier changes";
pub const LOADING_MORE: &str = "Loading changes…";
pub const EMPTY_VALUE: &str = "none";
pub const UNDONE: &str = "Undone";
pub const REDO: &str = "Redo";
pub const UNDO_CONFLICT: &str = "Changed again since. Undo the later change first.";
pub const ALREADY_UNDONE: &str = "Already undone.";

pub fn undo_of(what: &str) -> String {
    format!("Undo: {what}")
}

pub fn redo_of(what: &str) -> String {
    format!("Redo: {what}")
}

pub fn filter(kind: Option<ActorKind>) -> &'static str {
    match kind {
        None => "All",
        Some(ActorKind::User) => YOU,
        Some(ActorKind::Agent) => ASSISTANT,
        Some(ActorKind::Token) => "Scripts",
    }
}

const YOU: &str = "You";
const ASSISTANT: &str = "Assistant";

pub fn actor(actor: &Actor) -> String {
    match (actor.kind, &actor.name) {
        (ActorKind::User, _) => YOU.to_owned(),
        (ActorKind::Agent, _) => ASSISTANT.to_owned(),
        (ActorKind::Token, Some(name)) => format!("Script “{name}”"),
        (ActorKind::Token, None) => "A script".to_owned(),
    }
}

pub fn before(value: &str) -> String {
    format!("was {value}")
}

pub fn after(value: &str) -> String {
    format!("is {value}")
}

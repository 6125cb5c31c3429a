//! What the activity view says.

use crate::activity::difference::Field;
use crate::activity::effect::{Effect, Reversible};
use todo_contract::Priority;

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

//! What the chat says.

use crate::chat::call::CallState;
use todo_contract::Priority;

pub const TODAY: &str = "today";
pub const TOMORROW: &str = "tomorrow";
pub const YESTERDAY: &str = "yesterday";
pub const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
pub const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub fn at_time(day: &str, time: &str) -> String {
    format!("{day} at {time}")
}

pub fn calendar_day(day: i8, month: &str, year: Option<i16>) -> String {
    match year {
        Some(year) => format!("{day} {month} {year}"),
        None => format!("{day} {month}"),
    }
}

fn unit(frequency: &str) -> &'static str {
    match frequency {
        "DAILY" => "day",
        "WEEKLY" => "week",
        "MONTHLY" => "month",
        _ => "year",
    }
}

pub fn repeat_after_completion(every: u32, frequency: &str) -> String {
    let unit = unit(frequency);
    if every == 1 { format!("a {unit} after it is done") } else { format!("{every} {unit}s after it is done") }
}

pub fn repeat_every(every: u32, frequency: &str, days: &[&str], month_day: Option<i8>) -> String {
    let unit = unit(frequency);
    let mut words = if every == 1 { format!("every {unit}") } else { format!("every {every} {unit}s") };
    if !days.is_empty() {
        words.push_str(&format!(" on {}", listed(days)));
    }
    match month_day {
        Some(-1) => words.push_str(" on the last day"),
        Some(day) => words.push_str(&format!(" on day {day}")),
        None => {}
    }
    words
}

/// "a", "a and b", "a, b and c".
pub fn listed<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [init @ .., last] => {
            let init: Vec<&str> = init.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", init.join(", "), last.as_ref())
        }
    }
}

/// What a call does, in the forms that a sentence needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb {
    base: &'static str,
    going_on: &'static str,
    past: &'static str,
}

pub const ADD: Verb = Verb { base: "add", going_on: "Adding", past: "Added" };
pub const CHANGE: Verb = Verb { base: "change", going_on: "Changing", past: "Changed" };
pub const MOVE: Verb = Verb { base: "move", going_on: "Moving", past: "Moved" };
pub const RENAME: Verb = Verb { base: "rename", going_on: "Renaming", past: "Renamed" };
pub const TAG: Verb = Verb { base: "tag", going_on: "Tagging", past: "Tagged" };
pub const COMPLETE: Verb = Verb { base: "complete", going_on: "Completing", past: "Completed" };
pub const REOPEN: Verb = Verb { base: "reopen", going_on: "Reopening", past: "Reopened" };
pub const DELETE: Verb = Verb { base: "delete", going_on: "Deleting", past: "Deleted" };
pub const LOOK_UP: Verb = Verb { base: "look up", going_on: "Looking up", past: "Looked up" };
pub const TAKE_BACK: Verb = Verb { base: "take back", going_on: "Taking back", past: "Took back" };
pub const RUN: Verb = Verb { base: "run", going_on: "Running", past: "Ran" };

pub const LAST_CHANGE: &str = "the last change";

impl Verb {
    /// The start of the sentence that says how a call stands.
    pub fn lead(self, state: CallState) -> String {
        let Self { base, going_on, past } = self;
        match state {
            CallState::Running => going_on.to_owned(),
            CallState::Waiting => format!("Wants to {base}"),
            CallState::Done => past.to_owned(),
            CallState::Failed => format!("Could not {base}"),
            CallState::Declined => format!("Did not {base}"),
            CallState::Stopped => format!("Stopped before it could {base}"),
        }
    }

    pub fn base(self) -> &'static str {
        self.base
    }
}

pub fn tasks(count: usize) -> String {
    if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") }
}

pub fn task_number(id: i64) -> String {
    format!("task {id}")
}

pub fn found(total: i64) -> String {
    if total == 0 { "nothing found".to_owned() } else { format!("{total} found") }
}

pub fn to_day(day: &str) -> String {
    format!("to {day}")
}

pub fn now_due(day: &str) -> String {
    format!("due {day}")
}

pub fn now_titled(title: &str) -> String {
    format!("to “{title}”")
}

pub fn tag(tag: &str) -> String {
    format!("#{tag}")
}

pub fn no_more_tag(tag: &str) -> String {
    format!("no longer #{tag}")
}

pub fn next_occurrence(day: &str) -> String {
    format!("next one {day}")
}

pub const NOTES_CHANGED: &str = "new notes";
pub const NO_NOTES: &str = "no notes";
pub const NO_DUE: &str = "no due date";
pub const NO_TAGS: &str = "no tags";
pub const NO_REPEAT: &str = "no longer repeats";
pub const NO_PRIORITY: &str = "no priority";

pub fn priority(priority: Priority) -> &'static str {
    match priority {
        Priority::None => NO_PRIORITY,
        Priority::Low => "low priority",
        Priority::Medium => "medium priority",
        Priority::High => "high priority",
        Priority::Urgent => "urgent",
    }
}

pub const OPEN_TASKS: &str = "open tasks";
pub const DONE_TASKS: &str = "completed tasks";
pub const ANY_TASKS: &str = "tasks";

pub fn due_on(day: &str) -> String {
    format!("due {day}")
}

pub fn due_between(from: &str, to: &str) -> String {
    format!("due from {from} to {to}")
}

pub fn due_from(day: &str) -> String {
    format!("due {day} or later")
}

pub fn due_until(day: &str) -> String {
    format!("due {day} or earlier")
}

pub fn with_priority(priority: Priority) -> String {
    format!("with {}", if priority == Priority::Urgent { "urgent priority" } else { self::priority(priority) })
}

pub fn tagged(tag: &str) -> String {
    format!("tagged #{tag}")
}

pub fn matching(text: &str) -> String {
    format!("matching ‘{text}’")
}

pub fn did_you_mean(title: &str) -> String {
    format!("Did you mean “{title}”?")
}

pub const NEW_CONVERSATION: &str = "New conversation";

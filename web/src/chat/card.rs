//! A line that says what was done to which tasks.

use todo_contract::TaskId;

/// The picture on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named for what was done")]
pub enum CardIcon {
    Add,
    Change,
    Complete,
    Reopen,
    Delete,
    LookUp,
    TakeBack,
    BringBack,
    Problem,
}

/// A task that a card names, with what matters of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskLink {
    /// Its number, if it has one yet.
    pub id: Option<TaskId>,
    /// Its title, or "task 3" if the title is not known.
    pub title: String,
    /// "tomorrow · high priority".
    pub detail: Option<String>,
}

/// Why one item was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Fit for a person.
    pub text: String,
    /// Tasks that may have been meant.
    pub candidates: Vec<TaskLink>,
}

/// What a card shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The picture.
    pub icon: CardIcon,
    /// "Added", or "Completed 3 tasks".
    pub lead: String,
    /// The one task that it is about.
    pub subject: Option<TaskLink>,
    /// What else belongs into the line.
    pub detail: Option<String>,
    /// The tasks, where there are several.
    pub tasks: Vec<TaskLink>,
    /// What could not be done.
    pub failures: Vec<Failure>,
}

impl Card {
    /// The card's line as plain text.
    #[must_use]
    pub fn line(&self) -> String {
        let subject = self.subject.as_ref();
        let mut line = self.lead.clone();
        if let Some(task) = subject {
            line.push(' ');
            line.push_str(&task.title);
        }
        for detail in [subject.and_then(|task| task.detail.as_ref()), self.detail.as_ref()].into_iter().flatten() {
            line.push_str(" · ");
            line.push_str(detail);
        }
        line
    }
}

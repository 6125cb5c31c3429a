//! Which tasks the list shows, and in which order.

use jiff::civil::{Date, Time};
use std::cmp::Ordering;
use todo_contract::{Priority, Tag, Task, TaskStatus};
use todo_language::{Context, DueRange, calendar, search_filter};

/// Which tasks, by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusFilter {
    /// To be done.
    #[default]
    Open,
    /// Completed.
    Done,
    /// Both.
    All,
    /// In the trash.
    Trash,
}

impl StatusFilter {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Open, Self::Done, Self::All, Self::Trash];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::All => "all",
            Self::Trash => "trash",
        }
    }
}

/// Which tasks, by due date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DueFilter {
    /// With or without.
    #[default]
    Any,
    /// Before today.
    Overdue,
    /// Today.
    Today,
    /// Tomorrow.
    Tomorrow,
    /// Today and the six days after.
    Week,
    /// Without a due date.
    None,
}

impl DueFilter {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 6] = [Self::Any, Self::Overdue, Self::Today, Self::Tomorrow, Self::Week, Self::None];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Overdue => "overdue",
            Self::Today => "today",
            Self::Tomorrow => "tomorrow",
            Self::Week => "week",
            Self::None => "none",
        }
    }

    fn matches(self, due: Option<Date>, today: Date) -> bool {
        match (self, due) {
            (Self::Any, _) | (Self::None, None) => true,
            (_, None) | (Self::None, Some(_)) => false,
            (Self::Overdue, Some(day)) => day < today,
            (Self::Today, Some(day)) => day == today,
            (Self::Tomorrow, Some(day)) => day == calendar::days(today, 1),
            (Self::Week, Some(day)) => (today..calendar::days(today, 7)).contains(&day),
        }
    }
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// As arranged by hand.
    #[default]
    Manual,
    /// The soonest first.
    Due,
    /// The most urgent first.
    Priority,
    /// The newest first.
    Created,
    /// By title.
    Title,
    /// The latest completed first.
    Completed,
}

impl Sort {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 6] = [Self::Manual, Self::Due, Self::Priority, Self::Created, Self::Title, Self::Completed];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Manual => "position",
            Self::Due => "due",
            Self::Priority => "-priority",
            Self::Created => "-created",
            Self::Title => "title",
            Self::Completed => "-completed",
        }
    }

    /// How two tasks stand to each other.
    #[must_use]
    pub fn compare(self, a: &Task, b: &Task) -> Ordering {
        let by = match self {
            Self::Manual => a.position.as_bytes().cmp(b.position.as_bytes()),
            Self::Due => none_last(due_key(a), due_key(b)),
            Self::Priority => b.priority.cmp(&a.priority),
            Self::Created => b.created_at.cmp(&a.created_at),
            Self::Title => a.title.as_str().to_ascii_lowercase().cmp(&b.title.as_str().to_ascii_lowercase()),
            Self::Completed => b.completed_at.cmp(&a.completed_at),
        };
        let by_number = if self.as_str().starts_with('-') { b.id.cmp(&a.id) } else { a.id.cmp(&b.id) };
        by.then(by_number)
    }
}

fn due_key(task: &Task) -> Option<(Date, Option<String>)> {
    task.due.as_ref().map(|due| (due.date, due.time.map(|time| time.to_string())))
}

fn none_last<T: Ord>(a: Option<T>, b: Option<T>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// Which tasks the list shows, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskQuery {
    /// By state.
    pub status: StatusFilter,
    /// By due date.
    pub due: DueFilter,
    /// By priority.
    pub priority: Option<Priority>,
    /// By tag.
    pub tag: Option<Tag>,
    /// By words; empty for all.
    pub text: String,
    /// The order.
    pub sort: Sort,
}

impl TaskQuery {
    /// Whether anything but the state narrows the list.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        self.due != DueFilter::Any || self.priority.is_some() || self.tag.is_some() || !self.text.is_empty()
    }

    /// The state of the tasks that are shown: the words' ("done", "deleted", "overdue"), or else the one chosen.
    #[must_use]
    pub fn shown_status(&self) -> StatusFilter {
        self.said_status().unwrap_or(self.status)
    }

    /// Read as the api reads it. No word for a state depends on the day.
    fn said_status(&self) -> Option<StatusFilter> {
        if self.text.is_empty() {
            return None;
        }
        let search = search_filter(&self.text, &Context::new(Date::default(), Time::midnight()));
        match search.filter.status {
            _ if search.trashed => Some(StatusFilter::Trash),
            Some(TaskStatus::Done) => Some(StatusFilter::Done),
            Some(TaskStatus::Open) => Some(StatusFilter::Open),
            None => matches!(search.filter.due, Some(DueRange::Overdue)).then_some(StatusFilter::Open),
        }
    }

    /// The same state and order, and nothing else.
    #[must_use]
    pub fn widened(&self) -> Self {
        Self { status: self.status, sort: self.sort, ..Self::default() }
    }

    /// As parameters of `GET /tasks`.
    #[must_use]
    pub fn params(&self, cursor: Option<&str>, limit: u32) -> Vec<(&'static str, String)> {
        let mut params = vec![("limit", limit.to_string())];
        // The api lets a parameter go before what the words say.
        if self.said_status().is_none() {
            params.push(("status", self.status.as_str().to_owned()));
        }
        // Found by words and not sorted by choice: what fits best comes first.
        if self.text.is_empty() || self.sort != Sort::Manual {
            params.push(("sort", self.sort.as_str().to_owned()));
        }
        if self.due != DueFilter::Any {
            params.push(("due", self.due.as_str().to_owned()));
        }
        if let Some(priority) = self.priority {
            params.push(("priority", priority.as_str().to_owned()));
        }
        if let Some(tag) = &self.tag {
            params.push(("tag", tag.to_string()));
        }
        if !self.text.is_empty() {
            params.push(("q", self.text.clone()));
        }
        if let Some(cursor) = cursor {
            params.push(("cursor", cursor.to_owned()));
        }
        params
    }

    /// Whether the task belongs into the list. Words are the api's to find: with words, every task that the api
    /// has not listed is left out.
    #[must_use]
    pub fn matches(&self, task: &Task, today: Date) -> bool {
        let in_trash = task.deleted_at.is_some();
        let by_status = match self.shown_status() {
            StatusFilter::Open => !in_trash && task.status == TaskStatus::Open,
            StatusFilter::Done => !in_trash && task.status == TaskStatus::Done,
            StatusFilter::All => !in_trash,
            StatusFilter::Trash => in_trash,
        };
        by_status
            && self.due.matches(task.due.as_ref().map(|due| due.date), today)
            && self.priority.is_none_or(|priority| task.priority == priority)
            && self.tag.as_ref().is_none_or(|tag| task.tags.contains(tag))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TODAY: Date = Date::constant(2026, 11, 22);

    fn task(id: i64, with: &serde_json::Value) -> Task {
        let mut task = json!({
            "id": id, "title": format!("T{id}"), "notes": "", "status": "open", "priority": "none", "due": null,
            "repeat": null, "tags": [], "position": format!("a{id}"), "version": 1, "completed_at": null,
            "created_at": "2026-11-22T10:00:00Z", "updated_at": "2026-11-22T10:00:00Z"
        });
        for (key, value) in with.as_object().unwrap() {
            task[key] = value.clone();
        }
        serde_json::from_value(task).unwrap()
    }

    fn sorted(sort: Sort, mut tasks: Vec<Task>) -> Vec<i64> {
        tasks.sort_by(|a, b| sort.compare(a, b));
        tasks.into_iter().map(|task| task.id.0).collect()
    }

    #[test]
    fn tasks_without_a_date_come_last_by_date() {
        let dated = |id, date: &str| task(id, &json!({ "due": { "date": date } }));
        let tasks = vec![task(1, &json!({})), dated(2, "2026-12-01"), dated(3, "2026-11-30")];
        assert_eq!(sorted(Sort::Due, tasks), [3, 2, 1]);
    }

    #[test]
    fn of_the_same_priority_the_newest_comes_first_as_the_api_has_it() {
        let high = |id| task(id, &json!({ "priority": "high" }));
        assert_eq!(sorted(Sort::Priority, vec![task(1, &json!({})), high(2), high(3)]), [3, 2, 1]);
    }

    #[test]
    fn a_week_is_today_and_the_six_days_after() {
        let within = |date: &str| {
            let query = TaskQuery { due: DueFilter::Week, ..TaskQuery::default() };
            query.matches(&task(1, &json!({ "due": { "date": date } })), TODAY)
        };
        assert_eq!(["2026-11-21", "2026-11-22", "2026-11-28", "2026-11-29"].map(within), [false, true, true, false]);
    }

    #[test]
    fn the_trash_holds_what_was_deleted_and_nothing_else() {
        let trash = TaskQuery { status: StatusFilter::Trash, ..TaskQuery::default() };
        let deleted = task(1, &json!({ "deleted_at": "2026-11-22T10:00:00Z" }));
        assert!(trash.matches(&deleted, TODAY) && !trash.matches(&task(2, &json!({})), TODAY));
        assert!(!TaskQuery::default().matches(&deleted, TODAY));
    }

    #[test]
    fn words_for_a_state_go_before_the_state_chosen_in_the_request_and_in_the_list() {
        let state = |text: &str, status| {
            let query = TaskQuery { text: text.into(), status, ..TaskQuery::default() };
            let asked = query.params(None, 100).into_iter().find(|(name, _)| *name == "status").map(|(_, value)| value);
            (query.shown_status(), asked)
        };
        for (text, chosen, shown) in [
            ("done", StatusFilter::Open, StatusFilter::Done),
            ("completed dentist", StatusFilter::Trash, StatusFilter::Done),
            ("deleted", StatusFilter::Open, StatusFilter::Trash),
            ("milk in the trash", StatusFilter::Done, StatusFilter::Trash),
            ("open", StatusFilter::Done, StatusFilter::Open),
            ("overdue #work", StatusFilter::Done, StatusFilter::Open),
        ] {
            assert_eq!(state(text, chosen), (shown, None), "{text}");
        }
        for text in ["", "milk", "#work tomorrow", "\"done\""] {
            assert_eq!(state(text, StatusFilter::Done), (StatusFilter::Done, Some("done".to_owned())), "{text}");
        }
    }

    #[test]
    fn a_task_that_the_words_found_stays_whatever_state_is_chosen() {
        let done = task(1, &json!({ "status": "done" }));
        let query = TaskQuery { text: "done".into(), ..TaskQuery::default() };
        assert!(query.matches(&done, TODAY) && !query.matches(&task(2, &json!({})), TODAY));
    }

    #[test]
    fn a_search_is_sorted_by_relevance_unless_a_sort_is_chosen() {
        let named = |query: &TaskQuery| query.params(None, 100).iter().any(|(name, _)| *name == "sort");
        let search = TaskQuery { text: "milk".into(), ..TaskQuery::default() };
        assert!(!named(&search) && named(&TaskQuery::default()));
        assert!(named(&TaskQuery { sort: Sort::Due, ..search }));
    }
}

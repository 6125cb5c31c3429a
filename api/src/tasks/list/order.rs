//! The orders that a list can have.

use crate::text;
use todo_contract::{Task, TaskStatus};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::tasks) enum Sort {
    Position,
    Due,
    Priority,
    Created,
    Updated,
    Title,
    Completed,
    /// Best match first; for a search alone.
    Relevance,
}

/// A sort and its direction. Equal tasks follow each other by number, in the same direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::tasks) struct Order {
    pub(in crate::tasks) sort: Sort,
    pub(in crate::tasks) descending: bool,
}

/// A part of the key that a list is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub(in crate::tasks) enum Key {
    Number(i64),
    Text(String),
}

const WORDS: [(Sort, &str); 8] = [
    (Sort::Position, "position"),
    (Sort::Due, "due"),
    (Sort::Priority, "priority"),
    (Sort::Created, "created"),
    (Sort::Updated, "updated"),
    (Sort::Title, "title"),
    (Sort::Completed, "completed"),
    (Sort::Relevance, "relevance"),
];

/// Sorts after every date.
pub(in crate::tasks) const UNDATED_LAST: &str = "9999-99-99";

impl Order {
    pub(in crate::tasks) const MANUAL: Self = Self { sort: Sort::Position, descending: false };
    pub(in crate::tasks) const RELEVANCE: Self = Self { sort: Sort::Relevance, descending: false };
    pub(in crate::tasks) const LATEST_CHANGE: Self = Self { sort: Sort::Updated, descending: true };
    pub(in crate::tasks) const LATEST_COMPLETION: Self = Self { sort: Sort::Completed, descending: true };

    /// From the query: a word, with `-` in front for descending.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (descending, word) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let sort = WORDS.iter().find(|row| row.1 == word)?.0;
        (sort != Sort::Relevance).then_some(Self { sort, descending })
    }

    /// As [`Order::read`] takes it.
    pub(super) fn word(self) -> String {
        let word = WORDS.iter().find(|row| row.0 == self.sort).map_or("", |row| row.1);
        format!("{}{word}", if self.descending { "-" } else { "" })
    }

    /// The SQL expressions of the key, most significant first; the number comes last.
    pub(in crate::tasks) fn columns(self) -> &'static [&'static str] {
        match (self.sort, self.descending) {
            (Sort::Position, _) => &["position", "id"],
            // Undated tasks come last in both directions.
            (Sort::Due, false) => &["coalesce(due_date, '9999-99-99')", "coalesce(due_time, '')", "id"],
            (Sort::Due, true) => &["coalesce(due_date, '')", "coalesce(due_time, '')", "id"],
            (Sort::Priority, _) => &["priority", "id"],
            (Sort::Created, _) => &["created_at", "id"],
            (Sort::Updated, _) => &["updated_at", "id"],
            (Sort::Title, _) => &["title_key", "id"],
            (Sort::Completed, false) => &["coalesce(completed_at, 9223372036854775807)", "id"],
            (Sort::Completed, true) => &["coalesce(completed_at, 0)", "id"],
            (Sort::Relevance, _) => &[],
        }
    }

    /// The SQL of a value to compare a part of the key with.
    pub(in crate::tasks) fn placeholder(self, part: usize) -> &'static str {
        match (self.sort, part) {
            (Sort::Title, 0) => "unhex(?)",
            _ => "?",
        }
    }

    /// Whether a value, which may come from anywhere, can be this part of a key.
    pub(super) fn fits(self, part: usize, key: &Key) -> bool {
        match (self.sort, part, key) {
            (Sort::Title, 0, Key::Text(hex)) => hex.len() % 2 == 0 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
            (Sort::Title, 0, Key::Number(_)) => false,
            _ => true,
        }
    }

    /// The key of `task`, part for part as [`Order::columns`].
    pub(super) fn key_of(self, task: &Task) -> Vec<Key> {
        let id = Key::Number(task.id.0);
        let micros = |at: jiff::Timestamp| Key::Number(at.as_microsecond());
        let due = task.due.as_ref();
        match self.sort {
            Sort::Position => vec![Key::Text(task.position.clone()), id],
            Sort::Due => {
                let undated = if self.descending { "" } else { UNDATED_LAST };
                let date = due.map_or_else(|| undated.to_owned(), |due| due.date.to_string());
                let time = due.and_then(|due| due.time).map(String::from).unwrap_or_default();
                vec![Key::Text(date), Key::Text(time), id]
            }
            Sort::Priority => vec![Key::Number(task.priority as i64), id],
            Sort::Created => vec![micros(task.created_at), id],
            Sort::Updated => vec![micros(task.updated_at), id],
            Sort::Title => vec![Key::Text(hex(&text::sort_key(task.title.as_str()))), id],
            Sort::Completed => {
                let open = Key::Number(if self.descending { 0 } else { i64::MAX });
                let done = task.completed_at.filter(|_| task.status == TaskStatus::Done);
                vec![done.map_or(open, micros), id]
            }
            Sort::Relevance => Vec::new(),
        }
    }
}

/// Bytes as a cursor, which is text, holds them.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

//! Which tasks of a document are there already: one's own by number and time, others by title and time. What lies in
//! the trash is known as that alone, so that an import brings back what was deleted since.

use super::document::Checked;
use crate::error::ApiError;
use crate::state::AppState;
use crate::tasks;
use jiff::Timestamp;
use std::collections::HashMap;
use todo_contract::TaskId;

/// Tasks read at once.
const PAGE: i64 = 1_000;

/// A title, when it was made, and whether it lies in the trash.
type Mark = (String, Timestamp, bool);

/// The tasks that are there, each to be found once.
#[derive(Default)]
pub(super) struct Known {
    by_number: HashMap<(i64, Timestamp, bool), Mark>,
    counts: HashMap<Mark, usize>,
}

impl Known {
    /// # Errors
    /// The database's.
    pub(super) async fn read(state: &AppState, user_id: i64) -> Result<Self, ApiError> {
        let (mut known, mut last) = (Self::default(), TaskId(0));
        loop {
            let page = state.db.read(move |conn| tasks::marks_after(conn, user_id, last, PAGE)).await?;
            let Some(end) = page.last() else { return Ok(known) };
            last = end.0;
            for (id, title, made_at, in_trash) in page {
                let mark = (title, made_at, in_trash);
                *known.counts.entry(mark.clone()).or_default() += 1;
                known.by_number.insert((id.0, made_at, in_trash), mark);
            }
        }
    }

    /// Whether the account's own task of this number is there; it is not there a second time.
    pub(super) fn takes_number(&mut self, task: &Checked) -> bool {
        let (Some(id), Some(made_at)) = (task.id, task.made_at) else { return false };
        let found = self.by_number.remove(&(id, made_at, task.deleted_at.is_some()));
        found.is_some_and(|mark| {
            self.use_up(&mark);
            true
        })
    }

    /// Whether a task of this title and time is there; it is not there a second time.
    pub(super) fn takes_title(&mut self, task: &Checked) -> bool {
        let Some(made_at) = task.made_at else { return false };
        self.use_up(&(task.new.title.to_string(), made_at, task.deleted_at.is_some()))
    }

    fn use_up(&mut self, mark: &Mark) -> bool {
        match self.counts.get_mut(mark).filter(|count| **count > 0) {
            Some(count) => {
                *count -= 1;
                true
            }
            None => false,
        }
    }
}

//! The pages of the journal that were fetched, and what came live.

use super::ledger::Ledger;
use std::rc::Rc;
use todo_contract::{Operation, OperationKind, Page};

/// How far the journal has been fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The next page is on its way.
    Loading,
    /// There is more, from this cursor.
    More(String),
    /// All of it is here.
    End,
    /// The next page did not come; the reason is fit for a person.
    Failed {
        /// Why.
        reason: String,
        /// Where to go on; `None` for the first page.
        cursor: Option<String>,
    },
}

/// The journal as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityState {
    /// Newest first.
    pub rows: Vec<Rc<Operation>>,
    /// What was undone.
    pub ledger: Ledger,
    /// How far it has been fetched.
    pub progress: Progress,
}

impl Default for ActivityState {
    fn default() -> Self {
        Self { rows: Vec::new(), ledger: Ledger::default(), progress: Progress::Loading }
    }
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub enum ActivityAction {
    /// A page is asked for.
    Asked,
    /// A page came.
    Loaded(Page<Operation>),
    /// It did not; the cursor that was asked for.
    Failed(String, Option<String>),
    /// Rows were written just now.
    Happened(Vec<Operation>),
}

impl ActivityState {
    /// The state after `action`.
    #[must_use]
    pub fn after(mut self, action: ActivityAction) -> Self {
        match action {
            ActivityAction::Asked => self.progress = Progress::Loading,
            ActivityAction::Loaded(page) => {
                self.take_in(page.items);
                self.progress = page.next_cursor.map_or(Progress::End, Progress::More);
            }
            ActivityAction::Failed(reason, cursor) => self.progress = Progress::Failed { reason, cursor },
            ActivityAction::Happened(rows) => self.take_in(rows),
        }
        self
    }

    /// Whether `row` took back an undo.
    #[must_use]
    pub fn redoes(&self, row: &Operation) -> bool {
        let undone = row.undoes.and_then(|id| self.find(id));
        undone.is_some_and(|undone| undone.kind == OperationKind::Undo)
    }

    fn find(&self, id: todo_contract::OperationId) -> Option<&Operation> {
        let place = self.rows.binary_search_by(|row| id.cmp(&row.id)).ok()?;
        self.rows.get(place).map(AsRef::as_ref)
    }

    fn take_in(&mut self, rows: Vec<Operation>) {
        for row in rows {
            self.ledger.record(&row);
            if let Err(place) = self.rows.binary_search_by(|known| row.id.cmp(&known.id)) {
                self.rows.insert(place, Rc::new(row));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::testing::operation;
    use todo_contract::OperationId;

    fn page(ids: &[i64], next: Option<&str>) -> Page<Operation> {
        let items = ids.iter().map(|id| operation(*id, "g", "create", None, None)).collect();
        Page { items, next_cursor: next.map(Into::into), total: None }
    }

    fn ids(state: &ActivityState) -> Vec<i64> {
        state.rows.iter().map(|row| row.id.0).collect()
    }

    #[test]
    fn pages_and_live_rows_join_without_doubles() {
        let state = ActivityState::default().after(ActivityAction::Loaded(page(&[4, 3], Some("c"))));
        assert_eq!(state.progress, Progress::More("c".into()));
        let state = state.after(ActivityAction::Happened(page(&[5, 4], None).items));
        assert_eq!(state.progress, Progress::More("c".into()));
        let state = state.after(ActivityAction::Asked).after(ActivityAction::Loaded(page(&[2, 1], None)));
        assert_eq!((ids(&state), &state.progress), (vec![5, 4, 3, 2, 1], &Progress::End));
    }

    #[test]
    fn a_page_that_fails_keeps_what_is_there_and_where_to_go_on() {
        let state = ActivityState::default().after(ActivityAction::Loaded(page(&[2], Some("c"))));
        let state = state.after(ActivityAction::Failed("offline".into(), Some("c".into())));
        assert_eq!(ids(&state), [2]);
        assert!(matches!(state.progress, Progress::Failed { cursor: Some(c), .. } if c == "c"));
    }

    #[test]
    fn an_undo_of_an_undo_is_a_redo() {
        let undo =
            |id, undoes| Operation { undoes: Some(OperationId(undoes)), ..operation(id, "g", "undo", None, None) };
        let rows = vec![operation(1, "g", "create", None, None), undo(2, 1), undo(3, 2)];
        let state = ActivityState::default().after(ActivityAction::Happened(rows.clone()));
        assert_eq!(rows.iter().map(|row| state.redoes(row)).collect::<Vec<_>>(), [false, false, true]);
    }
}

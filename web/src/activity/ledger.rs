//! Which operations are in force: an undo can itself be undone, which is a redo.

use std::collections::HashMap;
use todo_contract::{Operation, OperationId};

/// What is known of who took back what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    undone_by: HashMap<OperationId, OperationId>,
}

impl Ledger {
    /// Notes what an operation says of itself and of the one that it took back.
    pub fn record(&mut self, operation: &Operation) {
        if let Some(by) = operation.undone_by {
            self.take_back(operation.id, by);
        }
        if let Some(undone) = operation.undoes {
            self.take_back(undone, operation.id);
        }
    }

    /// Whether the operation was taken back, and that was not taken back in turn.
    #[must_use]
    pub fn is_undone(&self, id: OperationId) -> bool {
        self.chain(id).count() % 2 == 1
    }

    /// The operation to be undone in order to turn the effect of `id` over: `id` itself, the undo
    /// of it, the undo of that, and so on.
    #[must_use]
    pub fn tip(&self, id: OperationId) -> OperationId {
        self.chain(id).last().unwrap_or(id)
    }

    fn chain(&self, id: OperationId) -> impl Iterator<Item = OperationId> + '_ {
        std::iter::successors(self.undone_by.get(&id).copied(), |by| self.undone_by.get(by).copied())
    }

    /// The later undo counts. An undo comes after what it takes back, so chains end.
    fn take_back(&mut self, id: OperationId, by: OperationId) {
        let known = self.undone_by.get(&id).is_some_and(|known| *known >= by);
        if by > id && !known {
            self.undone_by.insert(id, by);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::testing::operation;

    fn undo(id: i64, undoes: i64) -> Operation {
        Operation { undoes: Some(OperationId(undoes)), ..operation(id, "g", "undo", None, None) }
    }

    #[test]
    fn an_undo_of_an_undo_brings_the_change_back() {
        let mut ledger = Ledger::default();
        let change = OperationId(1);
        assert_eq!((ledger.is_undone(change), ledger.tip(change)), (false, change));

        ledger.record(&undo(2, 1));
        assert_eq!((ledger.is_undone(change), ledger.tip(change)), (true, OperationId(2)));

        ledger.record(&undo(3, 2));
        assert_eq!((ledger.is_undone(change), ledger.tip(change)), (false, OperationId(3)));
    }

    #[test]
    fn what_an_operation_says_of_itself_counts_in_any_order() {
        let mut ledger = Ledger::default();
        ledger.record(&undo(5, 1));
        ledger.record(&Operation { undone_by: Some(OperationId(2)), ..operation(1, "g", "create", None, None) });
        assert_eq!(ledger.tip(OperationId(1)), OperationId(5));
    }

    #[test]
    fn a_row_that_names_itself_does_not_loop() {
        let mut ledger = Ledger::default();
        ledger.record(&undo(2, 2));
        assert_eq!(ledger.tip(OperationId(2)), OperationId(2));
    }
}

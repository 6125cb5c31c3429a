//! The journal as a person reads it: rows of one request together, by day.

use super::ledger::Ledger;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use std::rc::Rc;
use todo_contract::{Actor, ActorKind, Operation, OperationId};

/// The rows of one request, batch or tool call, oldest first; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The rows.
    pub operations: Vec<Rc<Operation>>,
    /// When, on the clock of the person.
    pub at: DateTime,
    /// Whether it was taken back.
    pub undone: bool,
    /// What is to be undone in order to take it back, or to bring it back.
    pub tip: OperationId,
}

impl Entry {
    /// Who did it.
    #[must_use]
    pub fn actor(&self) -> Option<&Actor> {
        self.operations.first().map(|row| &row.actor)
    }
}

/// The entries of a day, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Which day.
    pub date: Date,
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// Groups rows, which are newest first, into entries and days. `local` reads a time on the clock of
/// the person; `actor` narrows to what one kind of actor did.
#[must_use]
pub fn days(
    rows: &[Rc<Operation>],
    ledger: &Ledger,
    actor: Option<ActorKind>,
    local: &dyn Fn(Timestamp) -> DateTime,
) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    let wanted: Vec<&Rc<Operation>> =
        rows.iter().filter(|row| actor.is_none_or(|kind| row.actor.kind == kind)).collect();
    for group in wanted.chunk_by(|a, b| a.group == b.group) {
        let [newest, ..] = group else { continue };
        let at = local(newest.at);
        let first = group.last().map_or(newest.id, |row| row.id);
        let entry = Entry {
            operations: group.iter().rev().map(|row| Rc::clone(row)).collect(),
            at,
            undone: ledger.is_undone(first),
            tip: ledger.tip(first),
        };
        match days.last_mut() {
            Some(day) if day.date == at.date() => day.entries.push(entry),
            _ => days.push(Day { date: at.date(), entries: vec![entry] }),
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::testing::{operation, task};
    use jiff::ToSpan;
    use jiff::civil::date;

    fn row(id: i64, group: &str, hours_later: i64) -> Rc<Operation> {
        let mut row = operation(id, group, "create", None, Some(task(id, "Milk")));
        row.at += hours_later.hours();
        Rc::new(row)
    }

    /// A clock without a zone database: an hour ahead of UTC.
    fn local(at: Timestamp) -> DateTime {
        jiff::tz::Offset::constant(1).to_datetime(at)
    }

    #[test]
    fn rows_of_a_group_are_one_entry_and_days_are_those_of_the_person() {
        let rows = [row(4, "c", 11), row(3, "b", 10), row(2, "a", 0), row(1, "a", 0)];
        let days = days(&rows, &Ledger::default(), None, &local);
        assert_eq!(days.iter().map(|day| day.date).collect::<Vec<_>>(), [date(2027, 1, 2), date(2027, 1, 1)]);
        let ids = |entry: &Entry| entry.operations.iter().map(|row| row.id.0).collect::<Vec<_>>();
        assert_eq!(days[1].entries.iter().map(ids).collect::<Vec<_>>(), [vec![3], vec![1, 2]]);
    }

    #[test]
    fn an_entry_knows_that_it_was_taken_back() {
        let rows = [row(2, "b", 0), row(1, "a", 0)];
        let mut ledger = Ledger::default();
        ledger.record(&Operation { undoes: Some(OperationId(1)), ..(*rows[0]).clone() });
        let days = days(&rows, &ledger, None, &local);
        let states: Vec<_> = days[0].entries.iter().map(|entry| (entry.undone, entry.tip.0)).collect();
        assert_eq!(states, [(false, 2), (true, 2)]);
    }

    #[test]
    fn the_journal_narrows_to_one_kind_of_actor() {
        let mut by_agent = (*row(2, "b", 0)).clone();
        by_agent.actor.kind = ActorKind::Agent;
        let rows = [Rc::new(by_agent), row(1, "a", 0)];
        let days = days(&rows, &Ledger::default(), Some(ActorKind::Agent), &local);
        assert_eq!(days[0].entries.len(), 1);
        assert_eq!(days[0].entries[0].actor().map(|actor| actor.kind), Some(ActorKind::Agent));
    }
}

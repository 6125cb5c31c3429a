//! When a task is due, as people say it.

use crate::words::common::capitalised;
use jiff::civil::Date;
use todo_contract::{Due, Task, TaskStatus};
use todo_language::describe;

/// How near the due date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nearness {
    Overdue,
    Today,
    Tomorrow,
    Later,
}

impl Nearness {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Overdue => "due due-overdue",
            Self::Today => "due due-today",
            Self::Tomorrow => "due due-tomorrow",
            Self::Later => "due",
        }
    }
}

/// How near the due date of a task is; what is done is never overdue.
pub(super) fn nearness(task: &Task, due: &Due, today: Date) -> Nearness {
    match due.date.cmp(&today) {
        std::cmp::Ordering::Less if task.status == TaskStatus::Open => Nearness::Overdue,
        std::cmp::Ordering::Equal => Nearness::Today,
        _ if today.tomorrow().is_ok_and(|tomorrow| tomorrow == due.date) => Nearness::Tomorrow,
        _ => Nearness::Later,
    }
}

/// "Tomorrow at 15:00".
pub(super) fn label(due: &Due, today: Date) -> String {
    capitalised(&describe::due(due, today))
}

#[cfg(test)]
mod tests {
    use super::*;
    use todo_contract::ClockTime;

    const TODAY: Date = Date::constant(2026, 11, 22);

    #[test]
    fn a_due_date_reads_as_people_say_it() {
        assert_eq!(label(&Due::on(TODAY), TODAY), "Today");
        let time = ClockTime::try_from("15:00".to_owned()).unwrap();
        let due = Due { date: Date::constant(2026, 11, 23), time: Some(time), zone: None };
        assert_eq!(label(&due, TODAY), "Tomorrow at 15:00");
    }
}

//! Which row the keyboard is at.

use todo_contract::TaskId;

/// The row `by` rows from `current`, or the first one if there is no such row.
pub(super) fn step(ids: &[TaskId], current: Option<TaskId>, by: isize) -> Option<TaskId> {
    let at = current.and_then(|current| ids.iter().position(|id| *id == current));
    let next = match at {
        Some(at) => at.saturating_add_signed(by).min(ids.len().saturating_sub(1)),
        None => 0,
    };
    ids.get(next).copied()
}

/// The row to stand at when `gone` leaves the list.
pub(super) fn neighbour(ids: &[TaskId], gone: TaskId) -> Option<TaskId> {
    let at = ids.iter().position(|id| *id == gone)?;
    ids.get(at.saturating_add(1)).or_else(|| ids.get(at.checked_sub(1)?)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDS: [TaskId; 3] = [TaskId(5), TaskId(6), TaskId(7)];

    #[test]
    fn stepping_stays_within_the_list() {
        assert_eq!(step(&IDS, None, 1), Some(TaskId(5)));
        assert_eq!(step(&IDS, Some(TaskId(5)), 1), Some(TaskId(6)));
        assert_eq!(step(&IDS, Some(TaskId(7)), 1), Some(TaskId(7)));
        assert_eq!(step(&IDS, Some(TaskId(5)), -1), Some(TaskId(5)));
        assert_eq!(step(&[], None, 1), None);
    }

    #[test]
    fn the_next_row_takes_over_from_one_that_goes() {
        assert_eq!(neighbour(&IDS, TaskId(5)), Some(TaskId(6)));
        assert_eq!(neighbour(&IDS, TaskId(7)), Some(TaskId(6)));
        assert_eq!(neighbour(&[TaskId(1)], TaskId(1)), None);
    }
}

//! Moving a task in the manual order.

use std::rc::Rc;
use todo_contract::task::TaskMove;
use todo_contract::{Task, TaskId};

/// A move, and where the task shows until the api has answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) place: TaskMove,
    pub(super) position: String,
    /// Counted from 1, for the announcement.
    pub(super) rank: usize,
}

/// The step that puts `id` to index `to` of `tasks` without it; `None` if it is there already or has not been
/// confirmed yet.
pub(super) fn step_to(tasks: &[Rc<Task>], id: TaskId, to: usize) -> Option<Step> {
    let from = tasks.iter().position(|task| task.id == id)?;
    if from == to || id.0 < 0 {
        return None;
    }
    let others: Vec<&Rc<Task>> = tasks.iter().filter(|task| task.id != id && task.id.0 >= 0).collect();
    let to = to.min(others.len());
    let before = others.get(to).map(|task| task.id);
    let previous = to.checked_sub(1).and_then(|at| others.get(at));
    let place = match (previous, before) {
        (Some(previous), _) => TaskMove { before: None, after: Some(previous.id) },
        (None, before) => TaskMove { before, after: None },
    };
    let position = position_after(previous.map(|task| task.position.as_str()));
    Some(Step { place, position, rank: to.saturating_add(1) })
}

/// Right behind `previous`: `!` is less than every byte in the api's positions.
fn position_after(previous: Option<&str>) -> String {
    format!("{}!", previous.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn tasks() -> Vec<Rc<Task>> {
        let task = |id: i64| {
            serde_json::from_value(json!({
                "id": id, "title": "x", "notes": "", "status": "open", "priority": "none", "due": null,
                "repeat": null, "tags": [], "position": format!("a{id}i"), "version": 1, "completed_at": null,
                "created_at": "2026-11-22T10:00:00Z", "updated_at": "2026-11-22T10:00:00Z"
            }))
            .unwrap()
        };
        (1..=4).map(|id| Rc::new(task(id))).collect()
    }

    fn order_after(id: i64, to: usize) -> Vec<i64> {
        let step = step_to(&tasks(), TaskId(id), to).unwrap();
        let mut placed: Vec<(String, i64)> = tasks().iter().map(|task| (task.position.clone(), task.id.0)).collect();
        placed.iter_mut().filter(|(_, other)| *other == id).for_each(|place| place.0.clone_from(&step.position));
        placed.sort();
        placed.into_iter().map(|(_, id)| id).collect()
    }

    #[test]
    fn a_move_shows_where_it_is_dropped() {
        assert_eq!(order_after(3, 0), [3, 1, 2, 4]);
        assert_eq!(order_after(1, 3), [2, 3, 4, 1]);
        assert_eq!(order_after(2, 2), [1, 3, 2, 4]);
    }

    #[test]
    fn a_move_names_its_neighbour() {
        let place = |id, to| step_to(&tasks(), TaskId(id), to).unwrap().place;
        assert_eq!(place(3, 0), TaskMove { before: Some(TaskId(1)), after: None });
        assert_eq!(place(1, 1), TaskMove { before: None, after: Some(TaskId(2)) });
    }

    #[test]
    fn staying_in_place_is_no_move() {
        assert_eq!(step_to(&tasks(), TaskId(2), 1), None);
    }
}

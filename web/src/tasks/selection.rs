//! What is being done in the list: the row at hand, the title being edited, the rows selected.

use std::collections::BTreeSet;
use std::rc::Rc;
use todo_contract::TaskId;
use yew::Reducible;

/// A question before something is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// Put these into the trash?
    Delete(Vec<TaskId>),
    /// Remove this one for good?
    DeleteForGood(TaskId),
}

/// Where a dragged row would go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Drop {
    pub(super) dragged: TaskId,
    pub(super) over: TaskId,
    pub(super) after: bool,
}

/// What is being done in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Doing {
    pub(super) cursor: Option<TaskId>,
    pub(super) editing: Option<TaskId>,
    pub(super) selecting: bool,
    pub(super) selected: BTreeSet<TaskId>,
    pub(super) anchor: Option<TaskId>,
    pub(super) question: Option<Question>,
    pub(super) help: bool,
    pub(super) drop: Option<Drop>,
    pub(super) announcement: String,
}

/// What can happen in the list.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    At(TaskId),
    Edit(Option<TaskId>),
    Selecting(bool),
    Select(TaskId),
    /// Selects all between the one selected before and this one, in the order of the list.
    SelectTo(TaskId, Vec<TaskId>),
    SelectAll(Vec<TaskId>),
    Ask(Option<Question>),
    Help(bool),
    Drag(Option<Drop>),
    Announce(String),
}

impl Reducible for Doing {
    type Action = Deed;

    fn reduce(self: Rc<Self>, deed: Deed) -> Rc<Self> {
        if matches!(&deed, Deed::At(id) if self.cursor == Some(*id))
            || matches!(&deed, Deed::Drag(to) if *to == self.drop)
        {
            return self;
        }
        let mut doing = Rc::unwrap_or_clone(self);
        doing.apply(deed);
        Rc::new(doing)
    }
}

impl Doing {
    fn apply(&mut self, deed: Deed) {
        match deed {
            Deed::At(id) => self.cursor = Some(id),
            Deed::Edit(id) => {
                self.editing = id;
                self.cursor = id.or(self.cursor);
            }
            Deed::Selecting(on) => {
                self.selecting = on;
                self.selected = BTreeSet::new();
                self.anchor = None;
                self.editing = None;
            }
            Deed::Select(id) => self.toggle(id),
            Deed::SelectTo(id, order) => self.select_to(id, &order),
            Deed::SelectAll(ids) => {
                self.selecting = true;
                self.selected.extend(ids);
            }
            Deed::Ask(question) => self.question = question,
            Deed::Help(on) => self.help = on,
            Deed::Drag(drop) => self.drop = drop,
            Deed::Announce(text) => self.announcement = text,
        }
    }

    fn toggle(&mut self, id: TaskId) {
        self.selecting = true;
        self.anchor = Some(id);
        if !self.selected.remove(&id) {
            self.selected.insert(id);
        }
    }

    fn select_to(&mut self, id: TaskId, order: &[TaskId]) {
        let place = |wanted: TaskId| order.iter().position(|id| *id == wanted);
        match self.anchor.and_then(place).zip(place(id)) {
            Some((a, b)) => {
                let (from, to) = (a.min(b), a.max(b));
                self.selected.extend(order.iter().skip(from).take(to.saturating_sub(from).saturating_add(1)));
            }
            None => self.toggle(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: [TaskId; 4] = [TaskId(9), TaskId(3), TaskId(7), TaskId(1)];

    #[test]
    fn a_range_follows_the_order_of_the_list() {
        let mut doing = Doing::default();
        doing.apply(Deed::Select(TaskId(3)));
        doing.apply(Deed::SelectTo(TaskId(1), ORDER.to_vec()));
        assert_eq!(doing.selected, BTreeSet::from([TaskId(3), TaskId(7), TaskId(1)]));
    }

    #[test]
    fn leaving_the_selection_forgets_it() {
        let mut doing = Doing::default();
        doing.apply(Deed::Select(TaskId(3)));
        doing.apply(Deed::Selecting(false));
        assert_eq!(doing, Doing::default());
    }
}

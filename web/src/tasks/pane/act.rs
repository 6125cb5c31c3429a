//! What rows, keys and drops do.

use crate::store::query::{Sort, StatusFilter};
use crate::store::{Action, Store, TaskQuery, Toast};
use crate::tasks::keys::Command;
use crate::tasks::order::step_to;
use crate::tasks::row::RowEvent;
use crate::tasks::selection::{Deed, Doing, Question};
use crate::tasks::{cursor, drag, quick_add, search, shortcuts};
use crate::words::tasks as words;
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use todo_contract::{Task, TaskId, TaskPatch, Title};
use yew::prelude::*;

/// The store and what is being done in the list.
#[derive(Clone, PartialEq)]
pub(super) struct Hand {
    pub(super) store: Store,
    pub(super) doing: UseReducerHandle<Doing>,
}

impl Hand {
    fn tasks(&self) -> Vec<Rc<Task>> {
        self.store.listed().collect()
    }

    fn cursor(&self) -> Option<Rc<Task>> {
        let ids = &self.store.listing.ids;
        let id = self.doing.cursor.filter(|id| ids.contains(id)).or(ids.first().copied())?;
        self.store.task(id)
    }

    fn in_trash(&self) -> bool {
        self.store.listing.query.shown_status() == StatusFilter::Trash
    }

    /// Something happened on a row.
    pub(super) fn row(&self, id: TaskId, event: RowEvent) {
        let Some(task) = self.store.task(id) else { return };
        match event {
            RowEvent::Focused => self.doing.dispatch(Deed::At(id)),
            RowEvent::Toggled => self.store.toggle(&task),
            RowEvent::EditTitle => self.doing.dispatch(Deed::Edit(Some(id))),
            RowEvent::Renamed(text) => self.renamed(&task, text),
            RowEvent::EditLeft => self.edit_left(id),
            RowEvent::Details => self.store.dispatch(Action::Open(Some(id))),
            RowEvent::Deleted => self.delete(&task),
            RowEvent::Restored => self.store.restore(&task),
            RowEvent::DeletedForGood => self.doing.dispatch(Deed::Ask(Some(Question::DeleteForGood(id)))),
            RowEvent::Selected { range: true } => {
                self.doing.dispatch(Deed::SelectTo(id, self.store.listing.ids.clone()));
            }
            RowEvent::Selected { range: false } => self.doing.dispatch(Deed::Select(id)),
            RowEvent::Tag(tag) => self.store.show(TaskQuery { tag: Some(tag), ..self.store.listing.query.clone() }),
            RowEvent::Grabbed(event) => self.doing.dispatch(Deed::Drag(drag::grab(&event, id))),
        }
    }

    fn renamed(&self, task: &Task, text: String) {
        match Title::new(text) {
            Ok(title) => self.store.edit(task, TaskPatch { title: Some(title), ..TaskPatch::default() }),
            Err(error) => self.store.toast(Toast::error(error.0)),
        }
        self.edit_left(task.id);
    }

    /// The focus goes back to the row, unless it went elsewhere by a click.
    fn edit_left(&self, id: TaskId) {
        self.doing.dispatch(Deed::Edit(None));
        let name = format!("task-{id}");
        Timeout::new(0, move || {
            let document = web_sys::window().and_then(|window| window.document());
            let lost = document.and_then(|document| document.active_element()).is_none_or(|e| e.tag_name() == "BODY");
            if lost {
                shortcuts::focus(&name);
            }
        })
        .forget();
    }

    fn delete(&self, task: &Task) {
        let next = cursor::neighbour(&self.store.listing.ids, task.id);
        self.store.delete(task);
        self.go_to(next);
    }

    fn go_to(&self, id: Option<TaskId>) {
        let Some(id) = id else { return shortcuts::focus(quick_add::FIELD) };
        self.doing.dispatch(Deed::At(id));
        let place = self.store.listing.ids.iter().position(|other| *other == id).unwrap_or_default();
        Timeout::new(0, move || shortcuts::focus_row(id, place)).forget();
    }

    /// A shortcut was pressed.
    pub(super) fn command(&self, command: Command, event: &KeyboardEvent) {
        event.prevent_default();
        let ids = &self.store.listing.ids;
        let here = self.cursor();
        let at = self.doing.cursor.filter(|id| ids.contains(id));
        match (command, here) {
            (Command::Search, _) => shortcuts::focus(search::FIELD),
            (Command::New, _) => shortcuts::focus(quick_add::FIELD),
            (Command::Next, _) => self.walk(cursor::step(ids, at, 1)),
            (Command::Previous, _) => self.walk(cursor::step(ids, at, -1)),
            (Command::First, _) => self.walk(ids.first().copied()),
            (Command::Last, _) => self.walk(ids.last().copied()),
            (Command::Undo, _) => self.store.undo_last(),
            (Command::Redo, _) => self.store.redo_last(),
            (Command::Help, _) => self.doing.dispatch(Deed::Help(true)),
            (Command::Leave, _) if self.doing.selecting => self.doing.dispatch(Deed::Selecting(false)),
            (Command::Delete, Some(_)) if self.doing.selecting => self.delete_selected(),
            (Command::Check, Some(task)) if self.doing.selecting => self.doing.dispatch(Deed::Select(task.id)),
            (Command::Check, Some(task)) if !self.in_trash() => self.store.toggle(&task),
            (Command::Edit, Some(task)) if !self.in_trash() => self.doing.dispatch(Deed::Edit(Some(task.id))),
            (Command::Details, Some(task)) => self.store.dispatch(Action::Open(Some(task.id))),
            (Command::Select, Some(task)) => self.doing.dispatch(Deed::Select(task.id)),
            (Command::Delete, Some(task)) if self.in_trash() => {
                self.doing.dispatch(Deed::Ask(Some(Question::DeleteForGood(task.id))));
            }
            (Command::Delete, Some(task)) => self.delete(&task),
            (Command::MoveUp, Some(task)) => self.move_by(&task, -1),
            (Command::MoveDown, Some(task)) => self.move_by(&task, 1),
            (Command::Leave, _) | (_, None) | (Command::Check | Command::Edit, Some(_)) => {}
        }
    }

    fn walk(&self, to: Option<TaskId>) {
        if let Some(id) = to {
            let place = self.store.listing.ids.iter().position(|other| *other == id).unwrap_or_default();
            shortcuts::focus_row(id, place);
        }
    }

    /// Puts the selected tasks into the trash; asks if there are several.
    pub(super) fn delete_selected(&self) {
        let ids: Vec<_> = self.doing.selected.iter().copied().collect();
        match ids.as_slice() {
            [] => {}
            [id] => {
                if let Some(task) = self.store.task(*id) {
                    self.store.delete(&task);
                }
                self.doing.dispatch(Deed::Selecting(false));
            }
            _ => self.doing.dispatch(Deed::Ask(Some(Question::Delete(ids)))),
        }
    }

    fn move_by(&self, task: &Task, by: isize) {
        let tasks = self.tasks();
        let from = tasks.iter().position(|other| other.id == task.id).unwrap_or_default();
        let to = from.saturating_add_signed(by);
        if to < tasks.len() {
            self.move_to(&tasks, task.id, to);
            self.go_to(Some(task.id));
        }
    }

    fn move_to(&self, tasks: &[Rc<Task>], id: TaskId, to: usize) {
        if self.store.listing.query.sort != Sort::Manual || self.in_trash() {
            return self.store.toast(Toast::info(words::ONLY_MANUAL));
        }
        if let Some(step) = step_to(tasks, id, to) {
            self.store.move_to(id, step.place, step.position);
            self.doing.dispatch(Deed::Announce(words::moved(step.rank, self.store.listing.total)));
        }
    }

    /// The dragged row was let go.
    pub(super) fn dropped(&self) {
        let Some(drop) = self.doing.drop else { return };
        self.doing.dispatch(Deed::Drag(None));
        let tasks = self.tasks();
        let others = tasks.iter().filter(|task| task.id != drop.dragged);
        let over = others.clone().position(|task| task.id == drop.over);
        if let Some(over) = over {
            self.move_to(&tasks, drop.dragged, if drop.after { over.saturating_add(1) } else { over });
        }
    }
}

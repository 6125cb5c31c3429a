//! A list in memory that runs tool calls as the api does, as far as the planner can tell.

use std::collections::BTreeSet;
use todo_contract::limits::{CONFIRM_CHANGES_ABOVE, CONFIRM_DELETES_FROM, PAGE_DEFAULT};
use todo_contract::tool::Clearable;
use todo_contract::{
    CallStatus, ItemError, ItemOutcome, ListTasks, NewTask, Priority, TaskBrief, TaskChange, TaskId, TaskStatus,
    ToolCall, ToolResult,
};

#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) task: TaskBrief,
    pub(crate) notes: String,
}

/// A list of tasks, with what it takes to undo.
#[derive(Clone)]
pub struct List {
    pub(crate) entries: Vec<Entry>,
    before: Vec<Vec<Entry>>,
    last_id: i64,
}

/// What the calls of a turn touched, for the policy of the api: big changes ask first, also in small pieces.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    deleted: BTreeSet<TaskId>,
    changed: BTreeSet<TaskId>,
}

impl Touched {
    /// Counts `call`, and tells whether a yes is needed before it runs.
    pub fn asks(&mut self, call: &ToolCall) -> bool {
        match call {
            ToolCall::AddTasks(_) | ToolCall::ListTasks(_) | ToolCall::UndoLast(_) => return false,
            ToolCall::UpdateTasks(update) => self.changed.extend(update.changes.iter().map(|change| change.id)),
            ToolCall::CompleteTasks(tasks) | ToolCall::ReopenTasks(tasks) => self.changed.extend(&tasks.ids),
            ToolCall::DeleteTasks(tasks) => {
                self.deleted.extend(&tasks.ids);
                self.changed.extend(&tasks.ids);
            }
        }
        let deletes = matches!(call, ToolCall::DeleteTasks(_)) && self.deleted.len() >= CONFIRM_DELETES_FROM;
        deletes || self.changed.len() > CONFIRM_CHANGES_ABOVE
    }
}

impl List {
    /// A list of these tasks; the next one gets the number after the highest.
    #[must_use]
    pub fn new(tasks: Vec<TaskBrief>) -> Self {
        let last_id = tasks.iter().map(|t| t.id.0).max().unwrap_or(0);
        let entries = tasks.into_iter().map(|task| Entry { task, notes: String::new() }).collect();
        Self { entries, before: Vec::new(), last_id }
    }

    /// Runs a call, and tells how it ended.
    pub fn run(&mut self, call: &ToolCall) -> (CallStatus, ToolResult) {
        let result = match call {
            ToolCall::ListTasks(list) => self.list(list),
            ToolCall::UndoLast(_) => self.undo(),
            ToolCall::AddTasks(add) => self.each(&add.tasks, |list, task| Ok(list.add(task))),
            ToolCall::UpdateTasks(update) => self.each(&update.changes, Self::update),
            ToolCall::CompleteTasks(t) => {
                self.each(&t.ids, |list, id| list.set(*id, |e| e.task.status = TaskStatus::Done))
            }
            ToolCall::ReopenTasks(t) => {
                self.each(&t.ids, |list, id| list.set(*id, |e| e.task.status = TaskStatus::Open))
            }
            ToolCall::DeleteTasks(t) => self.each(&t.ids, |list, id| list.set(*id, |e| e.task.deleted = true)),
        };
        let status = if matches!(result, ToolResult::Failed { .. }) { CallStatus::Failed } else { CallStatus::Done };
        (status, result)
    }

    fn each<T>(&mut self, items: &[T], act: impl Fn(&mut Self, &T) -> Result<TaskBrief, TaskId>) -> ToolResult {
        self.before.push(self.entries.clone());
        let items: Vec<ItemOutcome> = items
            .iter()
            .map(|item| match act(self, item) {
                Ok(task) => ItemOutcome { id: Some(task.id), ok: true, task: Some(task), next: None, error: None },
                Err(id) => {
                    let error = ItemError {
                        code: "not_found".into(),
                        detail: format!("There is no task {id}."),
                        candidates: Vec::new(),
                    };
                    ItemOutcome { id: Some(id), ok: false, task: None, next: None, error: Some(error) }
                }
            })
            .collect();
        if items.iter().all(|i| !i.ok) {
            self.before.pop();
        }
        ToolResult::Changed { items, operations: Vec::new() }
    }

    fn add(&mut self, new: &NewTask) -> TaskBrief {
        self.last_id += 1;
        let task = TaskBrief {
            id: TaskId(self.last_id),
            title: new.title.clone(),
            status: TaskStatus::Open,
            due: new.due.clone(),
            priority: new.priority,
            tags: new.tags.clone(),
            repeat: new.repeat.clone(),
            deleted: false,
        };
        self.entries.push(Entry { task: task.clone(), notes: new.notes.as_str().to_owned() });
        task
    }

    fn set(&mut self, id: TaskId, change: impl Fn(&mut Entry)) -> Result<TaskBrief, TaskId> {
        let entry = self.entries.iter_mut().find(|e| e.task.id == id && !e.task.deleted).ok_or(id)?;
        change(entry);
        Ok(entry.task.clone())
    }

    fn update(&mut self, change: &TaskChange) -> Result<TaskBrief, TaskId> {
        self.set(change.id, |entry| {
            let task = &mut entry.task;
            for field in &change.clear {
                match field {
                    Clearable::Notes => entry.notes.clear(),
                    Clearable::Due => (task.due, task.repeat) = (None, None),
                    Clearable::Priority => task.priority = Priority::None,
                    Clearable::Tags => task.tags.clear(),
                    Clearable::Repeat => task.repeat = None,
                }
            }
            if let Some(title) = &change.title {
                task.title = title.clone();
            }
            if let Some(notes) = &change.notes {
                entry.notes = notes.as_str().to_owned();
            }
            if let Some(more) = &change.add_notes {
                if !entry.notes.is_empty() {
                    entry.notes.push('\n');
                }
                entry.notes.push_str(more.as_str());
            }
            task.due = change.due.clone().or(task.due.take());
            task.repeat = change.repeat.clone().or(task.repeat.take());
            task.priority = change.priority.unwrap_or(task.priority);
            task.tags.retain(|tag| !change.remove_tags.contains(tag));
            for tag in &change.add_tags {
                if !task.tags.contains(tag) {
                    task.tags.push(tag.clone());
                }
            }
        })
    }

    fn undo(&mut self) -> ToolResult {
        let Some(before) = self.before.pop() else {
            let error = ItemError {
                code: "nothing_to_undo".into(),
                detail: "There is nothing to undo.".into(),
                candidates: Vec::new(),
            };
            return ToolResult::Failed { error };
        };
        let now = std::mem::replace(&mut self.entries, before);
        let mut tasks = Vec::new();
        for entry in now {
            match self.entries.iter().find(|e| e.task.id == entry.task.id) {
                Some(old) if old.task == entry.task && old.notes == entry.notes => {}
                Some(old) => tasks.push(old.task.clone()),
                None => tasks.push(TaskBrief { deleted: true, ..entry.task }),
            }
        }
        ToolResult::Undone { tasks, operations: Vec::new() }
    }

    fn list(&self, list: &ListTasks) -> ToolResult {
        let passes = |entry: &&Entry| {
            let task = &entry.task;
            let due = task.due.as_ref().map(|d| d.date);
            let words = list.text.as_deref().unwrap_or("").to_lowercase();
            let have = format!(
                "{} {} {}",
                task.title,
                entry.notes,
                task.tags.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
            )
            .to_lowercase();
            let have: Vec<&str> = have.split(|c: char| !c.is_alphanumeric()).collect();
            !task.deleted
                && list.status.is_none_or(|s| s == task.status)
                && list.priority.is_none_or(|p| p == task.priority)
                && list.tag.as_ref().is_none_or(|t| task.tags.contains(t))
                && list.due_from.is_none_or(|from| due.is_some_and(|d| d >= from))
                && list.due_to.is_none_or(|to| due.is_some_and(|d| d <= to))
                && words.split(|c: char| !c.is_alphanumeric()).all(|word| have.iter().any(|h| h.starts_with(word)))
        };
        let found: Vec<TaskBrief> = self.entries.iter().filter(passes).map(|e| e.task.clone()).collect();
        let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
        let limit = list.limit.unwrap_or(PAGE_DEFAULT) as usize;
        ToolResult::Listed { tasks: found.into_iter().take(limit).collect(), total }
    }
}

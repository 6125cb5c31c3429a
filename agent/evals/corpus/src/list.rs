//! A list in memory that runs tool calls as the api does, as far as the planner can tell.

use jiff::civil::Date;
use todo_contract::limits::PAGE_DEFAULT;
use todo_contract::policy::{Ledger, Touch, Verdict};
use todo_contract::tool::Clearable;
use todo_contract::{
    CallStatus, ItemError, ItemOutcome, ListTasks, NewTask, Priority, TaskBrief, TaskChange, TaskId, TaskStatus,
    ToolCall, ToolResult,
};

/// The day of all sayings: a Wednesday.
const TODAY: Date = Date::constant(2026, 11, 4);

/// A task as the list keeps it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What a planner sees of it.
    pub task: TaskBrief,
    /// On which day it was completed, if that is known.
    pub completed: Option<Date>,
    pub(crate) notes: String,
}

impl Entry {
    /// A task without notes.
    #[must_use]
    pub fn new(task: TaskBrief, completed: Option<Date>) -> Self {
        Self { task, completed, notes: String::new() }
    }

    fn differs(&self, other: &Self) -> bool {
        self.task != other.task || self.notes != other.notes
    }
}

/// A list of tasks, with what it takes to undo and to redo.
#[derive(Clone)]
pub struct List {
    pub(crate) entries: Vec<Entry>,
    before: Vec<Vec<Entry>>,
    after: Vec<Vec<Entry>>,
    last_id: i64,
}

/// What the calls of a turn touched, for the policy that the api holds them to.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    ledger: Ledger,
    took_back: bool,
}

impl Touched {
    /// Whether a yes is needed before `call` runs on `list`. What runs without one is counted.
    pub fn asks(&mut self, list: &List, call: &ToolCall) -> bool {
        let touch = list.touch(call);
        // The first undo is what the saying asks for.
        if touch.takes_back && !std::mem::replace(&mut self.took_back, true) {
            return false;
        }
        let mut counted = self.ledger.clone();
        counted.runs(&touch);
        let asks = counted.judge(&touch, false) == Verdict::Ask;
        if !asks {
            self.ledger = counted;
        }
        asks
    }
}

impl List {
    /// A list of these tasks; the next one gets the number after the highest.
    #[must_use]
    pub fn new(entries: Vec<Entry>) -> Self {
        let last_id = entries.iter().map(|e| e.task.id.0).max().unwrap_or(0);
        Self { entries, before: Vec::new(), after: Vec::new(), last_id }
    }

    /// What `call` would touch.
    fn touch(&self, call: &ToolCall) -> Touch {
        match call {
            ToolCall::UndoLast(_) | ToolCall::RedoLast(_) => Touch::done(call, &self.clone().run(call).1),
            _ => Touch::of(call),
        }
    }

    /// Runs a call, and tells how it ended.
    pub fn run(&mut self, call: &ToolCall) -> (CallStatus, ToolResult) {
        let result = match call {
            ToolCall::ListTasks(list) => self.list(list),
            ToolCall::UndoLast(_) => self.undo(),
            ToolCall::RedoLast(_) => self.redo(),
            ToolCall::AddTasks(add) => self.each(&add.tasks, |list, task| Ok(list.add(task))),
            ToolCall::UpdateTasks(update) => self.each(&update.changes, Self::update),
            ToolCall::CompleteTasks(t) => self.each(&t.ids, |list, id| {
                list.set(*id, |e| {
                    let known = e.completed.filter(|_| e.task.status == TaskStatus::Done);
                    (e.task.status, e.completed) = (TaskStatus::Done, known.or(Some(TODAY)));
                })
            }),
            ToolCall::ReopenTasks(t) => {
                self.each(&t.ids, |list, id| list.set(*id, |e| (e.task.status, e.completed) = (TaskStatus::Open, None)))
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
        if items.iter().any(|i| i.ok) {
            self.after.clear();
        } else {
            self.before.pop();
        }
        ToolResult::Changed { items, operations: Vec::new(), already_done: false }
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
        self.entries.push(Entry { notes: new.notes.as_str().to_owned(), ..Entry::new(task.clone(), None) });
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
            return refused("nothing_to_undo", "There is nothing to undo.");
        };
        self.after.push(self.entries.clone());
        ToolResult::Undone { tasks: self.turn_to(before), operations: Vec::new(), job: None }
    }

    fn redo(&mut self) -> ToolResult {
        let Some(after) = self.after.pop() else {
            return refused("nothing_to_redo", "There is nothing to redo.");
        };
        self.before.push(self.entries.clone());
        ToolResult::Redone { tasks: self.turn_to(after), operations: Vec::new(), job: None }
    }

    /// Makes the list what it was. A task that was not there goes into the trash; the answer is what changed.
    fn turn_to(&mut self, mut then: Vec<Entry>) -> Vec<TaskBrief> {
        for entry in &self.entries {
            if !then.iter().any(|e| e.task.id == entry.task.id) {
                let task = TaskBrief { deleted: true, ..entry.task.clone() };
                then.push(Entry { task, ..entry.clone() });
            }
        }
        let now = std::mem::replace(&mut self.entries, then);
        let changed = |entry: &&Entry| now.iter().any(|e| e.task.id == entry.task.id && e.differs(entry));
        self.entries.iter().filter(changed).map(|entry| entry.task.clone()).collect()
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
                && list.completed_from.is_none_or(|from| entry.completed.is_some_and(|day| day >= from))
                && list.completed_to.is_none_or(|to| entry.completed.is_some_and(|day| day <= to))
                && words.split(|c: char| !c.is_alphanumeric()).all(|word| have.iter().any(|h| h.starts_with(word)))
        };
        let found: Vec<TaskBrief> = self.entries.iter().filter(passes).map(|e| e.task.clone()).collect();
        let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
        let limit = list.limit.unwrap_or(PAGE_DEFAULT) as usize;
        ToolResult::Listed { tasks: found.into_iter().take(limit).collect(), total }
    }
}

fn refused(code: &str, detail: &str) -> ToolResult {
    ToolResult::Failed { error: ItemError { code: code.into(), detail: detail.into(), candidates: Vec::new() } }
}

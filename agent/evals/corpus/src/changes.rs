//! What differs between two states of a list, in the notation.

use crate::list::{Entry, List};
use todo_contract::{Due, Priority, Repeat, RepeatFrom, TaskBrief, TaskStatus};

impl List {
    /// What differs in `after`, in the notation, in the order of the numbers.
    #[must_use]
    pub fn changes_to(&self, after: &Self) -> Vec<String> {
        let mut changes = Vec::new();
        for new in &after.entries {
            let id = new.task.id;
            let Some(old) = self.entries.iter().find(|e| e.task.id == id) else {
                changes.push(format!("+ {}", whole(&new.task)));
                continue;
            };
            if old.task.deleted != new.task.deleted {
                changes.push(format!("{} {id}", if new.task.deleted { "gone" } else { "back" }));
                continue;
            }
            differences(old, new, &mut changes);
        }
        for old in
            self.entries.iter().filter(|o| !o.task.deleted && !after.entries.iter().any(|n| n.task.id == o.task.id))
        {
            changes.push(format!("gone {}", old.task.id));
        }
        changes
    }
}

fn differences(old: &Entry, new: &Entry, changes: &mut Vec<String>) {
    let id = new.task.id;
    let (was, is) = (&old.task, &new.task);
    if was.status != is.status {
        changes.push(format!("{} {id}", if is.status == TaskStatus::Done { "done" } else { "open" }));
    }
    if was.title != is.title {
        changes.push(format!("{id} is {}", is.title));
    }
    if was.due != is.due {
        changes.push(format!("{id} {}", due(is.due.as_ref())));
    }
    if was.priority != is.priority {
        changes.push(format!("{id} {}", is.priority.as_str()));
    }
    if was.tags != is.tags {
        let tags: Vec<_> = is.tags.iter().map(|t| format!("#{t}")).collect();
        changes.push(format!("{id} tags {}", tags.join(" ")).trim_end().to_owned());
    }
    if was.repeat != is.repeat {
        changes.push(format!("{id} {}", repeat(is.repeat.as_ref())));
    }
    if old.notes != new.notes {
        changes.push(format!("{id} notes {}", new.notes).trim_end().to_owned());
    }
}

fn whole(task: &TaskBrief) -> String {
    let mut parts = vec![task.title.to_string()];
    parts.extend(task.due.as_ref().map(|d| due(Some(d))));
    if task.priority != Priority::None {
        parts.push(task.priority.as_str().to_owned());
    }
    parts.extend(task.tags.iter().map(|t| format!("#{t}")));
    parts.extend(task.repeat.as_ref().map(|r| repeat(Some(r))));
    parts.join("; ")
}

fn due(due: Option<&Due>) -> String {
    match due {
        None => "no due".to_owned(),
        Some(Due { date, time: None, .. }) => format!("due {date}"),
        Some(Due { date, time: Some(time), .. }) => format!("due {date} {time}"),
    }
}

fn repeat(repeat: Option<&Repeat>) -> String {
    match repeat {
        None => "no repeat".to_owned(),
        Some(r) if r.from == RepeatFrom::Completion => format!("every {} after", r.rule),
        Some(r) => format!("every {}", r.rule),
    }
}

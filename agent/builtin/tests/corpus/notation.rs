//! The notation of the corpus, which `docs/language.md` explains.

use jiff::civil::Date;
use todo_contract::{ClockTime, Due, Priority, Repeat, RepeatFrom, Rule, Tag, TaskBrief, TaskId, TaskStatus, Title};

/// A saying and what it ought to do.
pub(crate) struct Line {
    pub saying: String,
    pub expected: Vec<Expected>,
    /// Goes on with the conversation and the list of the line before.
    pub goes_on: bool,
}

#[derive(PartialEq, Eq)]
pub(crate) enum Expected {
    Change(String),
    Says(String),
    /// Asks for a yes, which it gets.
    Asks,
    /// Asks for a yes, and gets a no.
    AsksNo,
}

/// Reads tasks and sayings.
pub(crate) fn read(source: &str) -> (Vec<TaskBrief>, Vec<Line>) {
    let mut tasks = Vec::new();
    let mut lines = Vec::new();
    for line in source.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("//")) {
        if let Some(rest) = line.strip_prefix("@ ") {
            tasks.push(task(rest));
        } else {
            lines.push(saying(line));
        }
    }
    (tasks, lines)
}

fn saying(line: &str) -> Line {
    let goes_on = line.starts_with("& ");
    let line = line.strip_prefix("& ").unwrap_or(line);
    let (saying, expected) = line.split_once(" => ").unwrap_or_else(|| panic!("no => in: {line}"));
    let expected = expected.split(" / ").map(str::trim).filter(|e| *e != "same").map(item).collect();
    Line { saying: saying.trim().replace("\\n", "\n"), expected, goes_on }
}

fn item(text: &str) -> Expected {
    match text {
        "asks" => Expected::Asks,
        "asks no" => Expected::AsksNo,
        _ => match text.strip_prefix("says ") {
            Some(words) => Expected::Says(words.to_owned()),
            None => Expected::Change(text.to_owned()),
        },
    }
}

fn task(text: &str) -> TaskBrief {
    let (id, rest) = text.split_once(": ").unwrap();
    let mut parts = rest.split("; ");
    let mut task = TaskBrief {
        id: TaskId(id.parse().unwrap()),
        title: Title::new(parts.next().unwrap()).unwrap(),
        status: TaskStatus::Open,
        due: None,
        priority: Priority::None,
        tags: Vec::new(),
        repeat: None,
        deleted: false,
    };
    for part in parts {
        if let Some(due) = part.strip_prefix("due ") {
            let (date, time) = due.split_once(' ').map_or((due, None), |(d, t)| (d, Some(t)));
            let time = time.map(|t| ClockTime::try_from(t.to_owned()).unwrap());
            task.due = Some(Due { date: date.parse::<Date>().unwrap(), time, zone: None });
        } else if let Some(rule) = part.strip_prefix("every ") {
            task.repeat = Some(Repeat { rule: Rule::new(rule).unwrap(), from: RepeatFrom::Due });
        } else if part == "done" {
            task.status = TaskStatus::Done;
        } else if let Some(priority) = Priority::ALL.into_iter().find(|p| p.as_str() == part) {
            task.priority = priority;
        } else {
            task.tags.push(Tag::new(part).unwrap());
        }
    }
    task
}

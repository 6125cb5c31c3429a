//! The notation, which `docs/language.md` explains.

use crate::list::Entry;
use jiff::civil::Date;
use thiserror::Error;
use todo_contract::{ClockTime, Due, Priority, Repeat, RepeatFrom, Rule, Tag, TaskBrief, TaskId, TaskStatus, Title};

/// A saying and what it ought to do.
#[derive(Clone, Debug)]
pub struct Line {
    /// The words.
    pub saying: String,
    /// All that should come of it; nothing changes if no change is in it.
    pub expected: Vec<Expected>,
    /// Goes on with the conversation and the list of the line before.
    pub goes_on: bool,
}

/// One thing that should come of a saying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The list changes so.
    Change(String),
    /// The answer has these words.
    Says(String),
    /// Asks for a yes, which it gets.
    Asks,
    /// Asks for a yes, and gets a no.
    AsksNo,
}

/// A line that is not in the notation.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("not in the notation: {0}")]
pub struct Malformed(String);

/// Reads tasks and sayings.
///
/// # Errors
/// The first line that is not in the notation.
pub fn read(source: &str) -> Result<(Vec<Entry>, Vec<Line>), Malformed> {
    let mut tasks = Vec::new();
    let mut lines = Vec::new();
    for line in source.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("//")) {
        let malformed = || Malformed(line.to_owned());
        if let Some(rest) = line.strip_prefix("@ ") {
            tasks.push(task(rest).ok_or_else(malformed)?);
        } else {
            lines.push(saying(line).ok_or_else(malformed)?);
        }
    }
    Ok((tasks, lines))
}

fn saying(line: &str) -> Option<Line> {
    let goes_on = line.starts_with("& ");
    let line = line.strip_prefix("& ").unwrap_or(line);
    let (saying, expected) = line.split_once(" => ")?;
    let expected = expected.split(" / ").map(str::trim).filter(|e| *e != "same").map(item).collect();
    Some(Line { saying: saying.trim().replace("\\n", "\n"), expected, goes_on })
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

fn task(text: &str) -> Option<Entry> {
    let (id, rest) = text.split_once(": ")?;
    let mut parts = rest.split("; ");
    let mut task = TaskBrief {
        id: TaskId(id.parse().ok()?),
        title: Title::new(parts.next()?).ok()?,
        status: TaskStatus::Open,
        due: None,
        priority: Priority::None,
        tags: Vec::new(),
        repeat: None,
        deleted: false,
    };
    let mut completed = None;
    for part in parts {
        if let Some(text) = part.strip_prefix("due ") {
            task.due = Some(due(text)?);
        } else if let Some(rule) = part.strip_prefix("every ") {
            task.repeat = Some(Repeat { rule: Rule::new(rule).ok()?, from: RepeatFrom::Due });
        } else if let Some(day) = part.strip_prefix("done") {
            task.status = TaskStatus::Done;
            completed = if day.is_empty() { None } else { Some(day.strip_prefix(' ')?.parse::<Date>().ok()?) };
        } else if let Some(priority) = Priority::ALL.into_iter().find(|p| p.as_str() == part) {
            task.priority = priority;
        } else {
            task.tags.push(Tag::new(part).ok()?);
        }
    }
    Some(Entry::new(task, completed))
}

fn due(text: &str) -> Option<Due> {
    let (date, time) = text.split_once(' ').map_or((text, None), |(date, time)| (date, Some(time)));
    let time = match time {
        Some(time) => Some(ClockTime::try_from(time.to_owned()).ok()?),
        None => None,
    };
    Some(Due { date: date.parse::<Date>().ok()?, time, zone: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_should_come_of_it() {
        let (tasks, lines) = read(
            "// a note\n@ 1: One; due 2026-11-05 09:00; #home\n@ 2: Two; done 2026-11-03\n& a\\nb => gone 1 / asks",
        )
        .unwrap();
        assert_eq!(tasks.first().unwrap().task.tags.len(), 1);
        assert_eq!(tasks.last().unwrap().completed, Some(Date::constant(2026, 11, 3)));
        let line = lines.first().unwrap();
        assert_eq!((line.saying.as_str(), line.goes_on), ("a\nb", true));
        assert_eq!(line.expected, [Expected::Change("gone 1".into()), Expected::Asks]);
    }

    #[test]
    fn what_is_not_in_the_notation_is_named() {
        for bad in ["no arrow", "@ one: Title", "@ 1: Title; due never", "@ 1: Title; done never"] {
            assert_eq!(read(bad).unwrap_err().to_string(), format!("not in the notation: {bad}"));
        }
    }
}

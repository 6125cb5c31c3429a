//! Tasks told by what they are like: "the overdue one", "the task with no date", "the one that's due today",
//! "the repeating task", "the work ones".

use super::model::{Described, Reference};
use super::target;
use crate::Context;
use crate::Filter;
use crate::read::filter;
use crate::token::Text;

const ONE: &[&str] = &["one", "one's", "task", "item", "todo", "thing", "reminder", "chore", "job"];
const MANY: &[&str] = &["ones", "tasks", "items", "todos", "things", "reminders", "chores", "jobs"];

/// Words for repeats, and their frequency in a rule.
const REPEATS: &[(&str, &str)] = &[
    ("repeating", ""),
    ("recurring", ""),
    ("daily", "DAILY"),
    ("weekly", "WEEKLY"),
    ("monthly", "MONTHLY"),
    ("yearly", "YEARLY"),
    ("annual", "YEARLY"),
];

/// What joins a noun and what is told of it.
const JOINTS: &[&str] = &["due", "that's", "thats", "that", "which", "with", "without", "tagged", "for", "from", "on"];

/// The reference from `from` to before `end`, if it tells of a task by a day, a priority, a tag or a repeat.
pub(super) fn read(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Reference> {
    let noun = (from..end).find(|&i| text.is_one_of(i, ONE) || text.is_one_of(i, MANY));
    // "the second one" is a place.
    let place = |noun: usize| {
        (from..noun).any(|at| {
            target::points(text, at, end, context)
                .is_some_and(|(stop, pointed)| stop >= noun && matches!(pointed, Reference::Nth(_) | Reference::Other))
        })
    };
    if noun.is_some_and(place) {
        return None;
    }
    let due = (from + 2..end).any(|i| text.is_one_of(i, &["due"]));
    let leads = REPEATS.iter().any(|(word, _)| text.word(from) == *word)
        || filter::reads(text, from, end, context).is_some_and(|stop| stop > from);
    let closes = leads && noun.is_some_and(|i| i + 1 == end && text.is_one_of(i, &["one", "one's"]));
    let definite = closes
        || text.is_one_of(from.wrapping_sub(1), &["the", "my", "our"])
        || text.is_one_of(from, &["the", "my", "that", "our", "any"])
        || text.word(from).ends_with("'s");
    let every = (from..end).any(|i| text.is_one_of(i, &["all", "everything", "every", "each", "any", "both"]));
    let joined = noun.is_none_or(|i| i + 1 == end || text.is_one_of(i + 1, JOINTS));
    if !(definite && joined && !every && (noun.is_some() || due)) {
        return None;
    }
    let many = noun.is_some_and(|i| text.is_one_of(i, MANY));
    let repeats =
        (from..end).find_map(|i| REPEATS.iter().find(|(word, _)| text.word(i) == *word)).map(|(_, rule)| *rule);
    let mut filter = filter::read_besides(text, from, end, context, &mut |at| {
        let known = REPEATS.iter().any(|(word, _)| text.word(at) == *word)
            || text.is_one_of(at, ONE)
            || text.is_one_of(at, MANY);
        known.then_some(at + 1)
    });
    if !filter.about.is_empty() {
        filter.words = format!("{} {}", filter.words, filter.about).trim().to_owned();
        filter.about.clear();
    }
    let words = filter.words.split_whitespace().count();
    let told = narrows(&filter) || repeats.is_some();
    // "the milk and bread tasks" names titles; "the uni ones" may name a tag.
    let tag = many && words == 1 && noun.is_some_and(|i| i + 1 == end);
    if !told && !tag || told && many {
        return None;
    }
    let said = text.slice(from, end).to_owned();
    Some(Reference::Described(Box::new(Described { filter, repeats, many, said })))
}

fn narrows(filter: &Filter) -> bool {
    filter.status.is_some() || filter.due.is_some() || filter.priority.is_some() || filter.tag.is_some()
}

/// Where what is told of "the one" ends, if more follows: "the one due today | high priority".
pub(super) fn ends(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<usize> {
    let noun = from + 1;
    let bare =
        text.is_one_of(from, &["the", "that"]) && text.is_one_of(noun, &["one", "task", "thing", "ones", "tasks"]);
    if !bare || !text.is_one_of(noun + 1, JOINTS) {
        return None;
    }
    let mut at = noun + 1;
    while at + 1 < end && text.is_one_of(at, &["that's", "thats", "that", "which", "is"]) {
        at += 1;
    }
    filter::reads(text, at, end, context).filter(|stop| *stop < end)
}

//! References: "task 3", "#3", "tasks 1, 2 and 4 to 6", "it", "the second one", "the milk one",
//! "everything due today".

use super::clause::Clause;
use super::model::{Reference, Target};
use super::{described, polite};
use crate::Context;
use crate::grammar::{Phrases, words};
use crate::read::filter;
use crate::token::{Kind, Text};
use std::sync::LazyLock;
use todo_contract::TaskStatus;
use todo_contract::limits::BATCH_MAX;

#[derive(Clone, Copy)]
enum Pointer {
    It,
    Them,
    Nth(i64),
    Ordinal,
    LastOfAll,
    Other,
}

/// What points at tasks that were spoken of. It must be the whole reference.
static POINTERS: LazyLock<Phrases<Pointer>> = LazyLock::new(|| {
    use Pointer::{It, LastOfAll, Nth, Ordinal, Other, Them};
    Phrases::new(&[
        ("it|that|this|itself", It),
        ("that|this [same] one|task|item|todo|thing|reminder", It),
        ("the same one|task|item", It),
        ("the task|item|todo|one", It),
        ("the|my task|one|item|todo|reminder [that|which] [i|you|we] [just] added|created|made|mentioned", It),
        ("the|my new|newest|latest [task|one|item]", It),
        ("what i just added|created", It),
        ("[the] other one|task|item|two", Other),
        ("[the] other", Other),
        ("them|those|these|they|both", Them),
        ("all|both of them|those|these", Them),
        ("them|those all|both", Them),
        ("all|both [the] two|three|four|five [of] [them|those|these]", Them),
        ("those|these|both tasks|items|ones|two|three", Them),
        ("[the|my] last|final [one|task|item|todo] [on|in|of] [the|my] [list]", LastOfAll),
        ("the [very] last [one|task|item|todo]", LastOfAll),
        ("[the] second [to|-] last [-] [one|task]", Nth(-2)),
        ("[the] top [one|task|item]", Nth(1)),
        ("[the] bottom [one|task|item]", Nth(-1)),
        ("[the] former [one]", Nth(1)),
        ("[the] latter [one]", Nth(-1)),
        ("[the] {ord} [one|task|item|todo|option|entry] [on|in|of|from] [the|my] [list]", Ordinal),
        ("[the] {ord} of them|those|these [two|three]", Ordinal),
        ("number|option|no {n} [on|in|from] [the] [list]", Ordinal),
    ])
});

const TASK_WORDS: &[&str] = &[
    "task", "tasks", "todo", "todos", "item", "items", "job", "jobs", "number", "numbers", "no", "nos", "nr", "nrs",
    "id", "ids", "reminder", "#",
];

/// Reads a reference from text.
#[must_use]
pub fn read_target(text: &str, context: &Context) -> Target {
    let text = Text::new(text);
    let stripped = polite::strip(&text, Clause { from: 0, end: text.len() }, context);
    read(&text, stripped.from, stripped.end, context)
}

/// Reads a reference from the tokens from `from` to before `end`.
pub(crate) fn read(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Target {
    let (from, end) = bare(text, from, end);
    let spared = (from..end).find(|&i| {
        text.is_one_of(i, &["except", "excluding", "besides"])
            || (text.is_one_of(i, &["but", "apart", "save"]) && i > from)
            || (text.is_one_of(i, &["other"]) && text.is_one_of(i + 1, &["than"]))
    });
    if let Some(at) = spared {
        let rest = at + 1 + usize::from(text.is_one_of(at + 1, &["than", "from", "for", "not"]));
        let mut target = read(text, from, at, context);
        target.except = read(text, rest, end, context).references;
        return target;
    }
    if let Some(numbers) = numbers(text, from, end) {
        return Target { references: numbers.into_iter().map(Reference::Number).collect(), except: Vec::new() };
    }
    if let Some(pointer) = pointer(text, from, end, context) {
        return Target::one(pointer);
    }
    if let Some(described) = described::read(text, from, end, context) {
        return Target::one(described);
    }
    if let Some(few) = few(text, from, end, context) {
        return few;
    }
    if let Some(both) = open_and_done(text, from, end, context) {
        return both;
    }
    if let Some(filter) = all(text, from, end, context) {
        return Target::one(filter);
    }
    if let Some(several) = several(text, from, end, context) {
        return several;
    }
    let (from, end) = title_words(text, from, end);
    let words = text.slice(from, end).trim_matches(|c: char| "\"“”„'‘’`.,;:!?".contains(c)).trim();
    if words.is_empty() { Target::default() } else { Target::one(Reference::Words(words.to_owned())) }
}

/// Without signs and small words at the ends.
fn bare(text: &Text<'_>, mut from: usize, mut end: usize) -> (usize, usize) {
    while from < end
        && text.get(from).is_some_and(|t| {
            t.kind == Kind::Line
                || (!t.literal
                    && matches!(
                        t.text.as_str(),
                        "," | "." | ":" | ";" | "!" | "-" | "of" | "with" | "on" | "for" | "to" | "from"
                    ))
        })
    {
        from += 1;
    }
    while end > from
        && text.get(end - 1).is_some_and(|t| {
            t.kind == Kind::Line
                || t.text == "well" && text.is_one_of(end.wrapping_sub(2), &["as"])
                || t.text == "as" && text.is_one_of(end, &["well"])
                || (!t.literal
                    && matches!(
                        t.text.as_str(),
                        "," | "."
                            | ":"
                            | ";"
                            | "!"
                            | "?"
                            | "please"
                            | "too"
                            | "instead"
                            | "now"
                            | "already"
                            | "also"
                            | "yet"
                            | "again"
                            | "and"
                            | "then"
                    ))
        })
    {
        end -= 1;
    }
    (from, end)
}

/// "3", "#3", "task 3", "tasks 1, 2 and 4", "1-3", "task three", "task number 3".
pub(super) fn numbers(text: &Text<'_>, from: usize, end: usize) -> Option<Vec<i64>> {
    let mut found: Vec<i64> = Vec::new();
    let (mut at, mut named, mut joined) = (from, false, true);
    while at < end {
        if text.is_one_of(at, TASK_WORDS) || text.is_one_of(at, &["the", "my", "both"]) {
            named |= !text.is_one_of(at, &["the", "my"]);
            at += 1;
            continue;
        }
        if text.is_one_of(at, &[",", "and", "&", "+", "also", "plus", "."]) {
            joined = true;
            at += 1;
            continue;
        }
        if text.is_one_of(at, &["to", "-", "–", "through", "until", "thru"]) && !found.is_empty() {
            let next = at + 1 + usize::from(text.is_one_of(at + 1, &["#", "task"]));
            let (first, last) = (*found.last()?, number(text, next, true)?);
            if last <= first || last - first >= i64::try_from(BATCH_MAX).ok()? {
                return None;
            }
            found.extend(first + 1..=last);
            at = next + 1;
            continue;
        }
        // "1 2 and 3"
        let digits = at > from && (at - 1..=at).all(|i| text.get(i).is_some_and(|t| t.kind == Kind::Number));
        let n = number(text, at, named).filter(|_| joined || named || digits)?;
        found.push(n);
        joined = false;
        at += 1;
    }
    let digits_or_named = named
        || (from..end)
            .all(|i| text.get(i).is_some_and(|t| t.kind != Kind::Word || text.is_one_of(i, &["and", "to", "through"])));
    let mut seen = Vec::new();
    found.retain(|n| {
        !seen.contains(n) && {
            seen.push(*n);
            true
        }
    });
    (!found.is_empty() && digits_or_named).then_some(found)
}

fn number(text: &Text<'_>, at: usize, words_too: bool) -> Option<i64> {
    let token = text.get(at).filter(|t| !t.literal)?;
    if token.kind == Kind::Number && token.text.len() <= 9 {
        return token.text.parse().ok();
    }
    words::find(words::NUMBERS, &token.text)
        .filter(|_| words_too && !matches!(token.text.as_str(), "a" | "an" | "another" | "couple" | "few"))
}

fn pointer(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Reference> {
    points(text, from, end, context).filter(|(stop, _)| *stop == end).map(|(_, reference)| reference)
}

/// What points from `from`, and where that ends.
pub(super) fn points(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<(usize, Reference)> {
    let (stop, pointer, captures) = POINTERS.longest(text, from, end, context)?;
    let reference = match pointer {
        Pointer::It => Reference::It,
        Pointer::Them => Reference::Them,
        Pointer::Other => Reference::Other,
        Pointer::Nth(n) => Reference::Nth(n),
        Pointer::LastOfAll => Reference::Nth(-1),
        Pointer::Ordinal => Reference::Nth(captures.number(0)?),
    };
    Some((stop, reference))
}

/// Where "the second one" ends.
pub(super) fn place_ends(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<usize> {
    let (mut stop, pointed) = points(text, from, end, context)?;
    stop -= usize::from(text.is_one_of(stop - 1, &["on", "in", "of", "from"]));
    let noun = text.is_one_of(stop - 1, &["one", "task", "item", "todo", "list", "option", "entry"]);
    (noun && stop < end && matches!(pointed, Reference::Nth(_))).then_some(stop)
}

/// "everything, including the done ones": without those words, open tasks are meant.
fn open_and_done(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Target> {
    let at = (from + 1..end).find(|&i| text.is_one_of(i, &["including", "even", "incl", "plus", "open"]))?;
    let Reference::All(filter) = all(text, from, at, context)? else { return None };
    let done = filter::read(text, at, end, context).status == Some(TaskStatus::Done);
    let with = |status| Reference::All(crate::Filter { status: Some(status), ..filter.clone() });
    (done && filter.status.is_none())
        .then(|| Target { references: vec![with(TaskStatus::Open), with(TaskStatus::Done)], except: Vec::new() })
}

/// "the first two", "the last 3 tasks".
fn few(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Target> {
    static FEW: LazyLock<Phrases<bool>> = LazyLock::new(|| {
        Phrases::new(&[
            ("[the|my] first|top {n} [of] [them|those|these] [tasks|ones|items|todos] [on|in] [my|the] [list]", true),
            (
                "[the|my] last|bottom {n} [of] [them|those|these] [tasks|ones|items|todos] [on|in] [my|the] [list]",
                false,
            ),
        ])
    });
    let (_, first, captures) = FEW.longest(text, from, end, context).filter(|(stop, ..)| *stop == end)?;
    let n = captures.number(0).filter(|n| (2..=20).contains(n))?;
    let places = if first { 1..=n } else { -n..=-1 };
    Some(Target { references: places.map(Reference::Nth).collect(), except: Vec::new() })
}

/// "everything", "all my tasks", "all overdue tasks", "the tasks due today", "my completed todos".
fn all(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Reference> {
    let every = (from..end)
        .find(|&i| text.is_one_of(i, &["all", "everything", "every", "each", "any", "anything"]))
        .filter(|&i| i <= from + 1);
    let plural = (from..end).any(|i| {
        text.is_one_of(i, &["tasks", "todos", "items", "things", "ones", "reminders", "jobs", "stuff", "chores"])
    });
    // "both of the work tasks"
    let pair = plural
        && text.is_one_of(from, &["both", "those", "these"])
        && !(from..end).any(|i| text.is_one_of(i, &["and", ","]));
    let every = every.or(pair.then_some(from));
    let whole_list = (from..end).any(|i| text.is_one_of(i, &["list"]))
        && (from..end).all(|i| {
            text.is_one_of(
                i,
                &["the", "my", "whole", "entire", "full", "todo", "to", "do", "-", "task", "list", "complete"],
            )
        });
    if whole_list {
        return Some(Reference::All(crate::Filter::default()));
    }
    let filter = filter::read(text, from, end, context);
    // "delete completed"
    let state = filter.words.is_empty() && (filter.status.is_some() || filter.due == Some(crate::DueRange::Overdue));
    if every.is_none() && !plural && !state {
        return None;
    }
    let narrows = filter.status.is_some() || filter.due.is_some() || filter.priority.is_some() || filter.tag.is_some();
    // "the milk and bread tasks" names titles; "all my tasks" and "overdue tasks" do not.
    if !narrows && every.is_none() && !filter.words.is_empty() {
        return None;
    }
    // "everything that was due": what narrows it was not understood, and must not be lost.
    let lost = every.is_some()
        && !narrows
        && filter.words.is_empty()
        && (from..end).any(|i| text.is_one_of(i, &["due", "tagged", "with", "without", "before", "after", "until"]));
    if lost {
        return None;
    }
    let mine = (from..end).any(|i| text.is_one_of(i, &["my", "the", "our"]));
    (narrows || every.is_some() || (plural && mine)).then_some(Reference::All(filter))
}

/// "the milk task and the bread one", "the milk and bread tasks", "task 3 and the milk one".
fn several(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Target> {
    let plural = end > from && text.is_one_of(end - 1, &["tasks", "todos", "items", "ones"]);
    let stop = if plural { end - 1 } else { end };
    let mut parts = Vec::new();
    let mut start = from + usize::from(text.is_one_of(from, &["both"]));
    for at in from..=stop {
        let joint = at == stop || text.is_one_of(at, &["and", ",", "&", "plus"]);
        if joint {
            if at > start {
                parts.push((start, at));
            }
            start = at + 1;
        }
    }
    if parts.len() < 2 {
        return None;
    }
    let marked = |&(a, b): &(usize, usize)| {
        numbers(text, a, b).is_some()
            || pointer(text, a, b, context).is_some()
            || text.get(a).is_some_and(|t| t.text == "\"" || t.text == "'" || t.text == "“")
            || (text.is_one_of(a, &["the", "my"])
                && (text.is_one_of(b - 1, &["one", "task", "item", "todo", "reminder"]) || text.is_one_of(a, &["the"])))
    };
    if !plural && !parts.iter().all(marked) {
        return None;
    }
    let references: Vec<_> = parts.into_iter().flat_map(|(a, b)| read(text, a, b, context).references).collect();
    Some(Target { references, except: Vec::new() })
}

/// Without "the", "my", "task called" before and "task", "one" after a title's words.
fn title_words(text: &Text<'_>, mut from: usize, mut end: usize) -> (usize, usize) {
    while from + 1 < end
        && text.is_one_of(
            from,
            &[
                "the", "my", "our", "a", "an", "that", "this", "task", "item", "todo", "reminder", "called", "named",
                "titled", "about", "to", "for", "of", ":", "one", "-", "saying", "entry", "labelled",
            ],
        )
    {
        from += 1;
    }
    while end > from + 1
        && text.is_one_of(
            end - 1,
            &[
                "task", "one", "one's", "ones", "job", "item", "todo", "reminder", "entry", "off", "from", "list",
                "my", "the",
            ],
        )
    {
        end -= 1;
    }
    (from, end)
}

/// Whether a task is plainly named in the next few words: by number, as "task", or by a pronoun.
pub(super) fn is_named_soon(text: &Text<'_>, from: usize, end: usize) -> bool {
    let stop = (from..end)
        .find(|&i| {
            i > from && text.get(i).is_some_and(|t| t.kind == Kind::Line || matches!(t.text.as_str(), "." | ";" | "!"))
        })
        .unwrap_or(end);
    let numbered = |i: usize| {
        text.get(i).is_some_and(|t| t.kind == Kind::Number) && (i == from || text.is_one_of(i - 1, TASK_WORDS))
    };
    text.is_one_of(from, &["it", "them", "that", "those", "these", "everything", "all", "this", "#", "both"])
        || (from..stop.min(from + 8))
            .any(|i| text.is_one_of(i, &["task", "tasks", "todo", "todos", "#", "one", "ones", "item"]) || numbered(i))
}

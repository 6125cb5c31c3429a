//! Takes a saying apart, from its first word to its last.

use super::super::change;
use super::super::clause::Clause;
use super::super::model::{Changes, Reference, Target};
use super::super::{described, target};
use super::parts::Parts;
use super::rows::{ROWS, Role};
use crate::Context;
use crate::read::{mark, names};
use crate::token::{Kind, Text};

/// How a word that may begin a title as well as a command is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Plain,
    /// "finish the slides is due Friday"
    VerbInTitle,
}

/// Takes the clause apart, unless something in it throws doubt on the whole.
pub(super) fn read(text: &Text<'_>, clause: Clause, reading: Reading, context: &Context) -> Option<Parts> {
    let mut parts = Parts::default();
    let mut verb_in_title = reading == Reading::VerbInTitle;
    let mut at = clause.from;
    while at < clause.end {
        at = step(text, at, clause, &mut parts, &mut verb_in_title, context)?;
    }
    parts.settle(context)?;
    (reading == Reading::Plain || !verb_in_title).then_some(parts)
}

/// Reads what stands at `at`, and gives where the next part begins.
fn step(
    text: &Text<'_>,
    at: usize,
    clause: Clause,
    parts: &mut Parts,
    verb_in_title: &mut bool,
    context: &Context,
) -> Option<usize> {
    let end = clause.end;
    if text.get(at)?.literal {
        return None;
    }
    if let Some((stop, target)) = numbered(text, at, end) {
        parts.point(target);
        return Some(stop);
    }
    let row = ROWS.longest(text, at, end, context).map(|(stop, role, _)| (stop, role));
    let row_stop = row.map_or(at, |(stop, _)| stop);
    let mut found = Changes::default();
    let valued = value(text, at, clause, &mut found, context).filter(|stop| *stop >= row_stop);
    let least = row_stop.max(valued.map_or(at, |stop| stop + 1));
    if let Some((stop, target)) = pointer(text, at, end, context).filter(|(stop, _)| *stop >= least) {
        parts.definite = true;
        parts.point(target);
        return Some(stop);
    }
    if let Some(stop) = valued {
        parts.merge(found)?;
        parts.is |= (at..stop).any(|i| text.is_one_of(i, &["now"]) && text.is_one_of(i - 1, &["from"]));
        return Some(stop);
    }
    match row {
        Some((stop, Role::Does(_) | Role::Off(_))) if *verb_in_title => {
            *verb_in_title = false;
            parts.word(text, at, clause);
            (at + 1..stop).for_each(|i| parts.word(text, i, clause));
            Some(stop)
        }
        Some((stop, role)) => parts.play(text, role, (at, stop), clause, context),
        None => {
            plain(text, at, clause, parts)?;
            Some(at + 1)
        }
    }
}

/// A word of a title, or a sign.
fn plain(text: &Text<'_>, at: usize, clause: Clause, parts: &mut Parts) -> Option<()> {
    let token = text.get(at)?;
    match token.kind {
        Kind::Word | Kind::Number => parts.word(text, at, clause),
        Kind::Line => {}
        Kind::Sign => match token.text.as_str() {
            ":" | "→" | "-" | "–" | "—" | "=" | ">" => {
                parts.arrow |= !token.glued || matches!(token.text.as_str(), ":" | ">");
            }
            "." | "!" | "…" | "'" | "/" | ";" => {}
            _ => return None,
        },
    }
    Some(())
}

/// "number 4", "#4", "task seven", "tasks 2 and 3".
fn numbered(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Target)> {
    if !text
        .is_one_of(at, &["task", "tasks", "number", "numbers", "item", "items", "#", "no", "nr", "todo", "reminder"])
    {
        return None;
    }
    let last = (at + 1..end.min(at + 12))
        .find(|&i| text.is_one_of(i, &["to", "until", "till", "is", "are", "on", "at", "due", "by", "from", "as"]))
        .unwrap_or(end.min(at + 12));
    (at + 2..=last).rev().find_map(|stop| {
        let whole =
            !text.is_one_of(stop - 1, &["and", ",", "&", "+", ".", "also", "plus", "the", "my", "both", "task"]);
        let numbers = target::numbers(text, at, stop).filter(|_| whole)?;
        let references = numbers.into_iter().map(Reference::Number).collect();
        Some((stop, Target { references, except: Vec::new() }))
    })
}

/// "it", "the second one", "both": without a word of a title behind it.
fn pointer(text: &Text<'_>, at: usize, end: usize, context: &Context) -> Option<(usize, Target)> {
    // "the overdue one"
    let noun = (at + 1..end.min(at + 6)).find(|&i| text.is_one_of(i, &["one", "task", "item", "thing"]));
    if let Some(stop) = noun.map(|i| i + 1)
        && let Some(reference) = described::read(text, at, stop, context)
        && matches!(&reference, Reference::Described(told) if told.filter.words.is_empty())
    {
        return Some((stop, Target::one(reference)));
    }
    let (mut stop, reference) = target::points(text, at, end, context)?;
    // "the last one's done"
    stop += usize::from(stop < end && text.is_one_of(stop, &["one's", "ones"]));
    let noun = text.is_one_of(
        stop - 1,
        &["one", "ones", "task", "tasks", "item", "todo", "two", "it", "them", "those", "these", "list", "one's"],
    );
    let title_goes_on = !noun
        && text.get(stop).is_some_and(|t| stop < end && t.kind == Kind::Word)
        && ROWS.longest(text, stop, end, context).is_none();
    // "the last bill", "that water bill"
    (!title_goes_on).then(|| (stop, Target::one(reference)))
}

/// A date, a priority, a tag or a repeat that is no part of a title.
fn value(text: &Text<'_>, at: usize, clause: Clause, found: &mut Changes, context: &Context) -> Option<usize> {
    let end = clause.end;
    let stop = change::value(text, at, clause, found, context).or_else(|| {
        let (stop, priority) = mark::bare_priority(text, at, end)
            .filter(|_| text.is_one_of(at, &["urgent", "important", "high", "low", "medium"]))?;
        found.priority = Some(priority);
        Some(stop)
    })?;
    if found.repeat.is_some() {
        found.due = None;
    }
    // "the weekly report", "the Monday meeting"
    let dated = found.due.is_some() || found.repeat.is_some();
    let owned = text.is_one_of(at.wrapping_sub(1), &["the", "my", "our"]) && at > clause.from;
    let noun = stop < end
        && text.get(stop).is_some_and(|t| t.kind == Kind::Word)
        && ROWS.longest(text, stop, end, context).is_none();
    (!(owned && noun || dated && names::covers(text, at, stop, end))).then_some(stop)
}

/// "not 6.30", "instead of Friday": what no longer holds says nothing; "not" before anything else denies.
pub(super) fn old(text: &Text<'_>, at: usize, clause: Clause, context: &Context) -> Option<usize> {
    let at = at + usize::from(text.is_one_of(at, &["on", "at", "the"]));
    let number = text.get(at).is_some_and(|t| t.kind == Kind::Number) && at + 1 == clause.end;
    change::value(text, at, clause, &mut Changes::default(), context).or(number.then_some(at + 1))
}

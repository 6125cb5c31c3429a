//! Lists: with commas and "and", over several lines, with bullets.

use super::super::clause::Clause;
use super::super::model::Intent;
use super::super::{guard, listing};
use super::leads::LEADS;
use super::title::{tail, tasks};
use super::{goods, header};
use crate::Context;
use crate::quick;
use crate::read::names;
use crate::token::{Kind, Text};

/// Lists over several lines, or with bullets, below a lead or alone.
pub(in crate::intent) fn several(text: &Text<'_>, whole: Clause, context: &Context) -> Option<Intent> {
    let lines = lines(text, whole);
    if lines.len() < 2 {
        return None;
    }
    let first = *lines.first()?;
    let lead = LEADS.longest(text, first.from, first.end, context);
    let bulleted = |line: &Clause| bullet(text, *line) > line.from;
    let listed = lines.iter().skip(1).all(bulleted);
    // "for tomorrow:" above a list says something of all its items.
    let heads = lead.is_none()
        && !bulleted(&first)
        && (text.is_one_of(first.end - 1, &[":"]) || listed && header::announces(text, first, context))
        && guard::untouched(text, first, context).is_none()
        && !guard::is_question(text, first)
        && !super::super::change::leads(text, first, context);
    if lead.is_none() && !((bulleted(&first) || heads) && listed) {
        return None;
    }
    if !listed
        && lines.iter().skip(1).any(|l| {
            guard::is_question(text, *l)
                || listing::leads(text, *l, context)
                || super::super::change::leads(text, *l, context)
        })
    {
        return None;
    }
    let mut parts = Vec::new();
    let mut heading = Clause { from: first.from, end: first.from };
    for (index, line) in lines.iter().enumerate() {
        if index == 0 && (heads || !bulleted(line) && header::announces(text, *line, context)) {
            heading = *line;
            continue;
        }
        let mut from = bullet(text, *line);
        if index == 0
            && let Some((stop, ..)) = lead
        {
            from = bullet(text, Clause { from: stop, end: line.end });
            if !rest_has_words(text, from, line.end) || text.is_one_of(line.end - 1, &[":"]) {
                heading = *line;
                continue;
            }
        }
        parts.push(Clause { from, end: line.end });
    }
    let tasks = tasks(text, parts, heading, context);
    (!tasks.is_empty()).then_some(Intent::Add(tasks))
}

pub(super) fn rest_has_words(text: &Text<'_>, from: usize, end: usize) -> bool {
    (from..end).any(|i| text.get(i).is_some_and(|t| t.kind == Kind::Word || t.kind == Kind::Number))
}

fn lines(text: &Text<'_>, whole: Clause) -> Vec<Clause> {
    let mut found = Vec::new();
    let mut from = whole.from;
    let inline = inline_numbers(text, whole);
    for at in whole.from..=whole.end {
        let line = text.get(at).is_some_and(|t| t.kind == Kind::Line);
        if at == whole.end || line || inline.contains(&at) {
            if at > from {
                found.push(Clause { from, end: at });
            }
            from = if line { at + 1 } else { at };
        }
    }
    found
}

/// "1) wash car 2) mow lawn": where the numbers stand, if they count up from one on a single line.
fn inline_numbers(text: &Text<'_>, whole: Clause) -> Vec<usize> {
    let mut places = Vec::new();
    for at in whole.from..whole.end {
        if text.get(at).is_some_and(|t| t.kind == Kind::Line) {
            return Vec::new();
        }
        let next = places.len() + 1;
        let letter = u8::try_from(next).ok().map(|n| char::from(b'a' + (n - 1).min(25)).to_string());
        let counts = text.get(at).is_some_and(|t| {
            !t.literal
                && (t.kind == Kind::Number && t.text == next.to_string()
                    || Some(&t.text) == letter.as_ref() && text.is_one_of(at + 1, &[")"]))
        });
        if counts
            && text.is_one_of(at + 1, &[")", "."])
            && text.get(at + 1).is_some_and(|t| t.glued)
            && text.get(at + 2).is_some_and(|t| !t.glued)
        {
            places.push(at);
        }
    }
    if places.len() < 2 { Vec::new() } else { places }
}

/// Past "-", "*", "•", "1.", "2)", "[ ]".
pub(super) fn bullet(text: &Text<'_>, line: Clause) -> usize {
    let mut at = line.from;
    if text.is_one_of(at, &["-", "*", "•", "–", "+", "·"]) {
        at += 1;
    } else if text
        .get(at)
        .is_some_and(|t| t.kind == Kind::Number || t.text.len() == 1 && text.is_one_of(at + 1, &[")"]))
        && text.is_one_of(at + 1, &[".", ")"])
        && text.get(at + 2).is_some_and(|t| !t.glued)
    {
        at += 2;
    }
    if text.is_one_of(at, &["["]) {
        at += 1 + usize::from(text.is_one_of(at + 1, &["x"]));
        at += usize::from(text.is_one_of(at, &["]"]));
    }
    at.min(line.end)
}

/// "groceries: milk, eggs, cheese": one task with its parts.
pub(super) fn is_labelled_list(text: &Text<'_>, clause: Clause) -> bool {
    let Some(colon) = (clause.from + 1..clause.end.min(clause.from + 4)).find(|&i| text.is_one_of(i, &[":"])) else {
        return false;
    };
    let parts = split(text, Clause { from: colon + 1, end: clause.end });
    let words = (clause.from..colon).all(|i| text.get(i).is_some_and(|t| t.kind == Kind::Word));
    words && parts.len() > 1 && parts.iter().all(|p| p.end - p.from <= 4)
}

/// A list with commas and "and", if it is one.
pub(super) fn items(text: &Text<'_>, rest: Clause, many: bool, context: &Context) -> Vec<Clause> {
    let end =
        tail(text, rest.from, rest.end, context).filter(|(_, stop)| *stop == rest.end).map_or(rest.end, |(at, _)| at);
    let mut parts = chores_apart(text, Clause { from: rest.from, end });
    let commas = (rest.from..end).filter(|&i| text.is_one_of(i, &[",", ";"])).count();
    let short = parts.iter().all(|p| p.end - p.from <= 6)
        && commas > 0
        && parts.len() > 2
        && parts.iter().all(|p| stands_alone(text, *p, context));
    // "buy apples, pears and plums" is one chore.
    let one_verb = parts.first().is_some_and(|p| begins_with_verb(text, *p))
        && parts.len() > 1
        && !parts.iter().skip(1).any(|p| begins_with_verb(text, *p));
    // "pick up the book and return it" is one.
    let verbs = parts.len() > 1
        && parts.iter().all(|p| begins_with_verb(text, *p))
        && (parts.len() > 2 || !parts.iter().skip(1).any(|p| leans(text, *p)));
    let short = short
        || parts.len() > 1
            && parts.iter().all(|p| p.end - p.from <= 5 && stands_alone(text, *p, context))
            && (rest.from..end).any(|i| {
                text.is_one_of(i, &["also", "plus"]) && text.is_one_of(i - 1, &["and", ",", "&"])
                    || text.is_one_of(i, &["plus"])
            });
    let listed = text.is_one_of(rest.end - 1, &["list"]) && end < rest.end;
    let run_on: Vec<Clause> = parts.iter().flat_map(|part| goods::run_on(text, *part)).collect();
    if run_on.len() > 2 {
        parts = run_on;
    }
    let goods = goods::are_several(text, &parts, listed) && parts.iter().all(|p| stands_alone(text, *p, context));
    if parts.len() < 2 || (one_verb && !many && !goods) || !(many || short || verbs || goods) {
        return vec![rest];
    }
    if let Some(last) = parts.last_mut() {
        last.end = last.end.max(end);
    }
    parts
}

/// "buy milk, call mom and pay rent": several chores, each with a verb of its own.
pub(super) fn chores(text: &Text<'_>, rest: Clause, context: &Context) -> Option<Vec<Clause>> {
    let parts = chores_apart(text, rest);
    let dictated = parts.len() > 2;
    let commas = (rest.from..rest.end).any(|i| text.is_one_of(i, &[",", "then"]));
    let verbs = parts.iter().filter(|p| begins_with_verb(text, **p)).count();
    let led = parts.first().is_some_and(|p| begins_with_verb(text, *p));
    let several =
        parts.len() > 2 && (commas || dictated && verbs == parts.len()) && led && verbs * 3 >= parts.len() * 2;
    let pair = parts.len() == 2 && verbs == 2 && parts.iter().all(|p| is_whole(text, *p));
    if several || pair { Some(parts) } else { dated(text, rest, context) }
}

fn chores_apart(text: &Text<'_>, rest: Clause) -> Vec<Clause> {
    let parts = split(text, rest);
    if parts.len() > 1 && parts.iter().all(|p| begins_with_verb(text, *p)) {
        return parts.into_iter().flat_map(|p| run_on(text, p)).collect();
    }
    parts
}

/// "hoover the stairs iron the shirts": a verb with its article begins the next chore.
fn run_on(text: &Text<'_>, part: Clause) -> Vec<Clause> {
    const GOES_ON: &[&str] = &[
        "to", "the", "a", "an", "my", "our", "and", "of", "for", "in", "on", "at", "with", "by", "from", "help", "go",
        "come", "let", "make", "some", "her", "his", "their", "your", "this", "that", "not", "about", "into", "or",
        "who", "which",
    ];
    let mut parts = Vec::new();
    let mut from = part.from;
    for at in part.from + 2..part.end {
        let next = names::is_task_verb(text, at)
            && text.is_one_of(at + 1, &["the", "my", "our", "some", "a", "an"])
            && at + 2 < part.end
            && !text.is_one_of(at - 1, GOES_ON)
            && at >= from + 2;
        if next {
            parts.push(Clause { from, end: at });
            from = at;
        }
    }
    parts.push(Clause { from, end: part.end });
    parts
}

/// "Monday dentist, Tuesday haircut": each day, and what is behind it.
pub(super) fn day_by_day(text: &Text<'_>, rest: Clause, context: &Context) -> Option<Vec<(Clause, Clause)>> {
    let parts = split(text, rest);
    let day = |part: &Clause| {
        let (stop, when) = crate::read::when::read(text, part.from, part.end, context)?;
        when.day?;
        let named = Clause { from: stop + usize::from(text.is_one_of(stop, &[":", "-"])), end: part.end };
        (!named.is_empty()).then_some((Clause { from: part.from, end: stop }, named))
    };
    let days: Option<Vec<_>> = parts.iter().map(day).collect();
    days.filter(|days| days.len() > 1)
}

/// "call Jo tomorrow and email Max on Friday": each with a day of its own.
pub(super) fn dated(text: &Text<'_>, rest: Clause, context: &Context) -> Option<Vec<Clause>> {
    let parts = split(text, rest);
    if parts.len() < 2 {
        return None;
    }
    let each = parts.iter().all(|p| {
        let read = quick::read(text, p.from, p.end, context);
        read.due.is_some() && !read.spans.is_empty() && stands_alone(text, *p, context)
    });
    each.then_some(parts)
}

/// Whether a chore is about what was said before it.
fn leans(text: &Text<'_>, part: Clause) -> bool {
    const BACK: &[&str] = &[
        "it", "them", "him", "her", "his", "their", "its", "there", "that", "those", "this", "one", "me", "us", "then",
    ];
    (part.from..part.end).any(|i| text.is_one_of(i, BACK))
}

/// Whether a chore says what it is about by itself: not "ask her", and not "go" before another verb.
fn is_whole(text: &Text<'_>, part: Clause) -> bool {
    let opens = text
        .is_one_of(part.from, &["go", "come", "try", "run", "head", "sit", "stop", "drive", "visit", "take", "open"]);
    !leans(text, part) && !opens && part.end - part.from >= 2
}

/// "to charge the car and to put the bins out".
pub(super) fn infinitives(text: &Text<'_>, rest: Clause) -> Option<Vec<Clause>> {
    let mut parts = Vec::new();
    let mut from = rest.from;
    for at in rest.from + 1..rest.end {
        let joint = text.is_one_of(at, &["and", ",", "then", "plus", "also", "&"]);
        let another = usize::from(text.is_one_of(at + 1, &["another", "one"]) && text.is_one_of(at + 2, &["to"]));
        if joint && text.is_one_of(at + 1 + another, &["to"]) && names::is_task_verb(text, at + 2 + another) {
            let signs = usize::from(text.is_one_of(at - 1, &[",", "and"]));
            parts.push(Clause { from, end: at - signs });
            from = at + 2 + another;
        }
    }
    parts.push(Clause { from, end: rest.end });
    (parts.len() > 1 && parts.iter().all(|p| !p.is_empty())).then_some(parts)
}

fn begins_with_verb(text: &Text<'_>, part: Clause) -> bool {
    names::is_task_verb(text, part.from) && part.end > part.from + 1
}

/// A part that is nothing but a date or a priority belongs to its neighbour.
fn stands_alone(text: &Text<'_>, part: Clause, context: &Context) -> bool {
    let inner = quick::read(text, part.from, part.end, context);
    let date = crate::read::when::read(text, part.from, part.end, context).is_some_and(|(stop, _)| stop >= part.end);
    let mark = crate::read::mark::priority(text, part.from, part.from, part.end, context)
        .is_some_and(|(stop, _)| stop >= part.end);
    !date && !mark && !inner.title.is_empty()
}

fn split(text: &Text<'_>, rest: Clause) -> Vec<Clause> {
    let mut parts = Vec::new();
    let mut from = rest.from;
    for at in rest.from..=rest.end {
        // "November 20th, 2026"
        let year = text.is_one_of(at, &[","])
            && text.get(at + 1).is_some_and(|t| t.kind == Kind::Number && t.text.len() == 4)
            && text.is_one_of(at.wrapping_sub(1), &["st", "nd", "rd", "th"]);
        if year {
            continue;
        }
        if at == rest.end
            || text.is_one_of(at, &[",", ";", "and", "&", "plus"])
            || text.is_one_of(at, &["then"]) && names::is_task_verb(text, at + 1)
            || text.get(at).is_some_and(|t| t.kind == Kind::Line)
        {
            let start = (from..at).find(|&i| !text.is_one_of(i, &["and", "also", "then"])).unwrap_or(at);
            if at > start {
                parts.push(Clause { from: start, end: at });
            }
            from = at + 1;
        }
    }
    parts
}

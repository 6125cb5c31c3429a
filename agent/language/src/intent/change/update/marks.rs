//! What stands after a reference: dates, priorities, tags and repeats, and nothing else.

use super::super::super::clause::Clause;
use super::super::super::model::{Changes, Move};
use crate::Context;
use crate::read::time::Clock;
use crate::read::{mark, repeat, when};
use crate::token::{Kind, Text};
use todo_contract::Priority;

/// "… as important", "… to low", "… urgent" at the end.
pub(super) fn closing_priority(text: &Text<'_>, from: usize, end: usize) -> Option<(usize, Priority)> {
    // "make the tap a priority"
    if text.is_one_of(end - 1, &["priority"]) && text.is_one_of(end.wrapping_sub(2), &["a", "my"]) && end > from + 2 {
        return Some((end - 2, Priority::High));
    }
    let at = (from + 1..end).find(|&i| mark::bare_priority(text, i, end).is_some_and(|(stop, _)| stop == end))?;
    let (_, priority) = mark::bare_priority(text, at, end)?;
    let mut stop = at;
    while stop > from + 1
        && text.is_one_of(
            stop - 1,
            &["as", "to", "a", "an", "the", "with", "at", "on", "be", "very", "really", "=", ":", "of"],
        )
    {
        stop -= 1;
    }
    Some((stop, priority))
}

/// Whether the first of two days is part of the reference: "everything due today | to Friday".
pub(super) fn leaves_a_day(text: &Text<'_>, from: usize, end: usize, context: &Context) -> bool {
    (from..end).any(|at| {
        when::read(text, at, end, context).is_some_and(|(stop, _)| {
            text.is_one_of(stop, &["to", "until", "till", "on", "onto"])
                && when::read(text, stop + 1, end, context).is_some_and(|(_, w)| w.day.is_some())
        })
    })
}

/// The marks from `from` to `end`, and whether words remain that say something else.
pub(in crate::intent) fn marks(text: &Text<'_>, from: usize, end: usize, context: &Context) -> (Changes, bool) {
    let mut changes = Changes::default();
    let (mut at, mut rest) = (from, false);
    while at < end {
        if let Some(stop) = same_time(text, at) {
            at = stop;
            continue;
        }
        if let Some(stop) = value(text, at, Clause { from, end }, &mut changes, context) {
            at = stop;
        } else if text.is_one_of(
            at,
            &[
                ",",
                "and",
                "to",
                "as",
                "on",
                "for",
                "with",
                "a",
                "an",
                "the",
                "be",
                "repeat",
                "repeating",
                "recurring",
                "now",
                "instead",
                "priority",
                "due",
                "back",
                "until",
                "till",
                "is",
                "of",
                "date",
                "deadline",
                "task",
                "one",
                "by",
                "recur",
                "happen",
                "tag",
                "forward",
                "please",
                "out",
                "into",
                "up",
                "also",
                "repeats",
                "recurs",
                "happens",
                "only",
                "event",
                "habit",
                "routine",
                "just",
                "really",
                "actually",
                "time",
                "day",
                "level",
                "thing",
                "tagged",
                "very",
                "more",
                "super",
                "become",
                "becomes",
                "from",
                "starting",
            ],
        ) {
            at += 1;
        } else {
            rest = true;
            break;
        }
    }
    (changes, rest)
}

/// Reads one date, priority, tag or repeat from `at` into `changes`, and gives where it ends.
pub(in crate::intent) fn value(
    text: &Text<'_>,
    at: usize,
    clause: Clause,
    changes: &mut Changes,
    context: &Context,
) -> Option<usize> {
    let Clause { from, end } = clause;
    if let Some((stop, tag)) = mark::tag(text, at, end) {
        changes.add_tags.push(tag);
        return Some(stop);
    }
    if let Some((stop, tags)) = mark::tags_in_words(text, at, end).or_else(|| tag_noun(text, at, end, at == from)) {
        changes.add_tags.extend(tags);
        return Some(stop);
    }
    let bare = || {
        mark::bare_priority(text, at, end)
            .filter(|(stop, _)| *stop == end || text.is_one_of(*stop, &[",", "and", "priority", "now"]))
    };
    if let Some((stop, priority)) = mark::priority(text, at, from, end, context).or_else(bare) {
        changes.priority = Some(priority);
        return Some(stop);
    }
    if let Some((stop, read)) = repeat::read(text, at, end, context) {
        let (date, time) = read.first(None, None, context);
        changes.repeat = read.repeat(date).map(|r| (r, date, time));
        return Some(stop);
    }
    let (stop, when) = when::read(text, at, end, context).or_else(|| bare_hour(text, at, end, context))?;
    changes.due = Some(moved(&when, context));
    Some(stop)
}

fn moved(when: &when::When, context: &Context) -> Move {
    let (date, time) = when.resolve(context);
    match (when.day, time) {
        (None, Some(time)) => match when.clock.and_then(|clock| Some((clock.time()?, clock.loose))) {
            Some((usual, loose)) => Move::AtTime(usual, loose),
            None => Move::AtTime(time, false),
        },
        _ => Move::To(date, time),
    }
}

/// "at the same time": nothing changes about it.
fn same_time(text: &Text<'_>, at: usize) -> Option<usize> {
    let same = (at..at + 4).find(|&i| text.is_one_of(i, &["same"]))?;
    let led = (at..same).all(|i| text.is_one_of(i, &["at", "the", ",", "but"]));
    (led && text.is_one_of(same + 1, &["time", "hour"])).then_some(same + 2)
}

/// "the tag home".
fn tag_noun(text: &Text<'_>, at: usize, end: usize, first: bool) -> Option<(usize, Vec<todo_contract::Tag>)> {
    let article = usize::from(text.is_one_of(at, &["the", "a"]));
    let noun = (first || article > 0) && text.is_one_of(at + article, &["tag", "tags", "label"]);
    let pronoun = text.is_one_of(at + article + 1, &["it", "them", "that", "this", "those", "these"]);
    (noun && !pronoun).then(|| mark::tag_list(text, at + article + 1, end)).flatten()
}

/// "to 5", "not 6.30", "to 11 tomorrow": an hour after a word that says that one follows.
fn bare_hour(text: &Text<'_>, at: usize, end: usize, context: &Context) -> Option<(usize, when::When)> {
    const LED_BY: &[&str] = &["to", "at", "until", "till", "not", "of", "sorry", "meant", "oops", "wait", "it"];
    if !text.is_one_of(at.wrapping_sub(1), LED_BY) {
        return None;
    }
    // "raise the price to 6.50"
    let counts =
        (0..at).any(|i| text.is_one_of(i, &["raise", "upgrade", "increase", "lower", "downgrade", "reduce", "price"]));
    if counts {
        return None;
    }
    let (stop, clock) = dotted(text, at).or_else(|| crate::read::time::read(text, at, end))?;
    if stop == end {
        let (strength, day, time) = (crate::read::date::Strength::Weak, None, None);
        return Some((stop, when::When { day, time, clock: Some(clock), strength, led: true }));
    }
    let (after, day) = when::read(text, stop, end, context)?;
    let only_a_day = day.day.is_some() && day.time.is_none() && day.clock.is_none();
    (only_a_day && after == end).then_some((after, when::When { clock: Some(clock), ..day }))
}

/// "6.30"
fn dotted(text: &Text<'_>, at: usize) -> Option<(usize, Clock)> {
    let number = |i: usize| text.get(i).filter(|t| t.kind == Kind::Number && t.text.len() <= 2);
    let glued = (at + 1..at + 3).all(|i| text.get(i).is_some_and(|t| t.glued));
    let minutes = number(at + 2).filter(|t| t.text.len() == 2 && glued && text.is_one_of(at + 1, &["."]))?;
    let (hour, minute): (i8, i8) = (number(at)?.text.parse().ok()?, minutes.text.parse().ok()?);
    let fits = (0..=23).contains(&hour) && (0..=59).contains(&minute) && text.ends_clean(at + 3);
    fits.then_some((at + 3, Clock { hour, minute, loose: (1..12).contains(&hour), bare: false }))
}

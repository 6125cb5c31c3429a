//! Corrections of oneself: "on Friday no wait Thursday", "at 5, sorry, 6", "buy two, no three lemons".

use crate::Context;
use crate::grammar::{Phrases, words};
use crate::read::{date, time};
use crate::token::{Kind, Text};
use std::sync::LazyLock;

static CORRECTORS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(&[
        ("[,] no|sorry|wait|oops|actually|nope|whoops|rather [,] [no|wait|sorry|actually|make] [,] [it|that] [,]", ()),
        ("[,] no|sorry|wait|oops|actually [,] i mean|meant [,]", ()),
        ("[,] or|no|oh|ah|hang [,] rather|sorry|wait|no|actually|on [,] [no|wait|sorry] [,]", ()),
        ("[,] i mean|meant [,]", ()),
        ("[,] make|scratch|strike that [,]", ()),
        ("[,] or [,] actually|rather|no [,]", ()),
        ("[,] scratch that|sorry [,]", ()),
        ("[,] not", ()),
        ("– no|sorry|wait|actually [,] [wait|no]", ()),
        ("- no|sorry|wait|actually [,] [wait|no]", ()),
        ("… no|sorry|wait|actually [,] [wait|no]", ()),
    ])
});

/// A stretch of a time or a day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kindred {
    Day,
    Time,
    Number,
}

/// Puts what was meant in the place of what was said first.
pub(super) fn settle(text: &mut Text<'_>, context: &Context) {
    let mut at = 1;
    while at + 1 < text.len() {
        // "not tomorrow but Friday"
        if let Some(stop) = contrasted(text, at, context) {
            text.tokens.drain(at..stop);
        }
        match corrected(text, at, context) {
            // "7pm, not 6.30": what was said first holds.
            Some((_, new)) if denies(text, at) => {
                text.tokens.drain(at..new.1);
            }
            Some((old, new)) => {
                let meant = text.tokens.get(new.0..new.1).map(<[_]>::to_vec).unwrap_or_default();
                text.tokens.drain(at..new.1);
                text.tokens.splice(old.0..old.1, meant);
            }
            None => at += 1,
        }
    }
}

type Stretch = (usize, usize);

fn denies(text: &Text<'_>, at: usize) -> bool {
    let first = at + usize::from(text.is_one_of(at, &[","]));
    text.is_one_of(first, &["not"])
}

/// What is corrected by the words from `at` on, and what is meant.
fn corrected(text: &Text<'_>, at: usize, context: &Context) -> Option<(Stretch, Stretch)> {
    let (mut start, ..) = CORRECTORS.longest(text, at, text.len(), context)?;
    while text.is_one_of(start, &["on", "at", "by", "for", "the", "to", "it's", "make", "it", ","])
        && !text.is_one_of(start + 1, &["day", "end"])
    {
        start += 1;
    }
    let new = |kind: Kindred| read(text, start, kind, context).map(|stop| (start, stop));
    let old = |kind: Kindred| {
        let first = at.saturating_sub(10);
        (first..at).filter(|i| !text.is_one_of(*i, &["on", "at", "by", "the"])).find_map(|from| {
            let stop = read(text, from, kind, context).filter(|stop| *stop <= at)?;
            // What lies between belongs to the other kind: "on Friday at 5, no, Thursday".
            let close = (stop..at).all(|i| {
                text.is_one_of(i, &["at", "on", "in", "the", "by", "morning", "evening", "afternoon", "night"])
                    || text
                        .get(i)
                        .is_some_and(|t| t.kind == Kind::Number || matches!(t.text.as_str(), "am" | "pm" | ":"))
            });
            close.then_some((from, stop))
        })
    };
    let found =
        [Kindred::Day, Kindred::Time, Kindred::Number].into_iter().find_map(|kind| Some((old(kind)?, new(kind)?)));
    found.filter(|(_, new)| !denies(text, at) || !text.is_one_of(new.1, &["or", "and", ",", "but"]))
}

/// Where "not tomorrow but" ends.
fn contrasted(text: &Text<'_>, at: usize, context: &Context) -> Option<usize> {
    let skip = |at: usize| at + usize::from(text.is_one_of(at, &["on", "at", "by"]));
    let first = skip(at + 1);
    text.is_one_of(at, &["not"]).then_some(())?;
    [Kindred::Day, Kindred::Time].into_iter().find_map(|kind| {
        let stop = read(text, first, kind, context).filter(|stop| text.is_one_of(*stop, &["but"]))?;
        read(text, skip(stop + 1), kind, context).map(|_| stop + 1)
    })
}

fn read(text: &Text<'_>, at: usize, kind: Kindred, context: &Context) -> Option<usize> {
    let end = text.len();
    match kind {
        Kindred::Day => date::read(text, at, end, context).map(|(stop, _)| stop),
        Kindred::Time => time::read(text, at, end).map(|(stop, _)| stop + dotted(text, stop)),
        Kindred::Number => {
            let token = text.get(at).filter(|t| !t.literal)?;
            let spelt = words::find(words::NUMBERS, &token.text).is_some_and(|n| n > 1);
            (token.kind == Kind::Number || spelt).then_some(at + 1)
        }
    }
}

/// The minutes of "6.30", which is a time beside another.
fn dotted(text: &Text<'_>, at: usize) -> usize {
    let glued = |i: usize| text.get(i).filter(|t| t.glued);
    let minutes = glued(at + 1).is_some_and(|t| t.kind == Kind::Number && t.text.len() == 2);
    if minutes && glued(at).is_some_and(|t| t.text == ".") { 2 } else { 0 }
}

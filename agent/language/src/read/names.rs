//! What looks like a date and is none: names, and the company that words keep.

use super::verbs::VERBS;
use crate::grammar::words;
use crate::token::{Kind, Text};

/// Titles and names with dates in them. To protect another, add a row.
const NAMES: &[&[&str]] = &[
    &["monday", "night", "football"],
    &["sunday", "night", "football"],
    &["thursday", "night", "football"],
    &["monday", "night", "raw"],
    &["saturday", "night", "live"],
    &["saturday", "night", "fever"],
    &["friday", "night", "lights"],
    &["friday", "night", "dinner"],
    &["friday", "the", "13", "th"],
    &["friday", "the", "thirteenth"],
    &["black", "friday"],
    &["good", "friday"],
    &["freaky", "friday"],
    &["casual", "friday"],
    &["cyber", "monday"],
    &["easter", "monday"],
    &["easter", "sunday"],
    &["palm", "sunday"],
    &["ash", "wednesday"],
    &["shrove", "tuesday"],
    &["fat", "tuesday"],
    &["taco", "tuesday"],
    &["giving", "tuesday"],
    &["ruby", "tuesday"],
    &["super", "sunday"],
    &["bloody", "sunday"],
    &["sunday", "times"],
    &["sunday", "roast"],
    &["sunday", "school"],
    &["wednesday", "addams"],
    &["usa", "today"],
    &["psychology", "today"],
    &["tomorrow", "never", "dies"],
    &["tomorrow", "land"],
    &["edge", "of", "tomorrow"],
    &["tomorrow", "x"],
    &["yesterday", "by", "the", "beatles"],
    &["24", "/", "7"],
    &["9", "/", "11"],
    &["50", "/", "50"],
    &["christmas", "carol"],
    &["tonight", "show"],
    &["last", "week", "tonight"],
    &["today", "show"],
    &["manic", "monday"],
    &["blue", "monday"],
    &["stormy", "monday"],
    &["4", "th", "of", "july", "party"],
    &["may", "day"],
    &["fourth", "of", "july"],
];

/// Whether the words from `start` to `stop` are part of a name.
pub(crate) fn covers(text: &Text<'_>, start: usize, stop: usize, end: usize) -> bool {
    if is_person(text, start) || is_a_work(text, start, stop) {
        return true;
    }
    let first = start.saturating_sub(3);
    (first..stop).any(|at| {
        NAMES.iter().any(|name| {
            let last = at + name.len();
            last <= end && last > start && name.iter().enumerate().all(|(i, word)| text.word(at + i) == *word)
        })
    })
}

/// "watch The Day After Tomorrow": in mid-sentence, with capitals from its article on.
fn is_a_work(text: &Text<'_>, start: usize, stop: usize) -> bool {
    const INNER: &[&str] = &["the", "day", "night", "week", "after", "before", "last", "next", "first"];
    let capital = |i: usize| text.get(i).is_some_and(|t| t.kind == Kind::Word && t.capital);
    let mut from = start;
    while from > 0 && text.word(from) != "the" && capital(from - 1) && text.is_one_of(from - 1, INNER) {
        from -= 1;
    }
    let before = from.checked_sub(1).and_then(|i| text.get(i));
    text.word(from) == "the"
        && stop > from + 2
        && before.is_some_and(|t| t.kind == Kind::Word && !t.capital)
        && (from..stop).all(capital)
}

/// "Tom", and "tom" after a word that a person follows: not tomorrow.
fn is_person(text: &Text<'_>, at: usize) -> bool {
    const BEFORE: &[&str] = &[
        "call", "email", "text", "meet", "ask", "tell", "with", "for", "to", "see", "phone", "ring", "message", "pay",
        "help", "from", "remind", "invite", "uncle", "thank", "visit", "w", "/",
    ];
    text.word(at) == "tom"
        && (text.get(at).is_some_and(|t| t.capital) || at.checked_sub(1).is_some_and(|i| text.is_one_of(i, BEFORE)))
}

/// Words after which a new part of a sentence begins.
const BOUNDARIES: &[&str] = &[
    "at",
    "on",
    "by",
    "before",
    "after",
    "with",
    "about",
    "for",
    "from",
    "to",
    "in",
    "and",
    "then",
    "but",
    "or",
    "until",
    "till",
    "every",
    "each",
    "please",
    "so",
    "because",
    "if",
    "as",
    "is",
    "are",
    "due",
    "tagged",
    "tag",
    "high",
    "low",
    "medium",
    "top",
    "urgent",
    "urgently",
    "asap",
    "important",
    "repeat",
    "repeating",
    "instead",
    "too",
    "also",
    "of",
    "regarding",
    "re",
    "task",
    "todo",
    "reminder",
    "via",
    "w",
    "starting",
    "thanks",
];

pub(crate) fn boundary(text: &Text<'_>, at: usize) -> bool {
    text.is_one_of(at, BOUNDARIES)
        || text.get(at).is_some_and(|t| t.kind == Kind::Word && super::mark::is_mark_word(&t.text))
}

/// Words that make the next one part of a noun: "the Monday meeting", "every sun".
const OWNERS: &[&str] = &[
    "the", "a", "an", "my", "our", "your", "his", "her", "their", "its", "was", "is", "called", "named", "of",
    "titled", "watch", "read", "listen", "that", "happy", "good", "for",
];

pub(crate) fn leads_a_noun(text: &Text<'_>, at: usize) -> bool {
    text.is_one_of(at, OWNERS)
}

/// Whether `word` is a verb that to-dos begin with.
pub(crate) fn is_verb(word: &str) -> bool {
    VERBS.contains(word)
}

pub(crate) fn is_task_verb(text: &Text<'_>, at: usize) -> bool {
    text.get(at).is_some_and(|token| !token.literal && VERBS.contains(token.text.as_str()))
}

/// Whether `word` is written like a weekday or month but has another everyday meaning.
pub(crate) fn is_weekday(word: &str) -> bool {
    words::find_near(words::WEEKDAYS, word).is_some()
}

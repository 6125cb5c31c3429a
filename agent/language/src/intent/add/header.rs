//! What stands before a list and holds for all of it: "3 things to do today: …", "add for tomorrow: …".

use super::super::clause::Clause;
use crate::grammar::words;
use crate::token::{Kind, Text};
use crate::{Context, Parsed, quick};

/// Words that say no more than that a list follows.
const WORDS: &[&str] = &[
    "add",
    "create",
    "put",
    "make",
    "note",
    "jot",
    "down",
    "need",
    "to",
    "do",
    "get",
    "buy",
    "remind",
    "me",
    "us",
    "i",
    "we",
    "have",
    "got",
    "gotta",
    "must",
    "should",
    "want",
    "remember",
    "things",
    "thing",
    "tasks",
    "task",
    "todo",
    "todos",
    "to-do",
    "to-dos",
    "list",
    "lists",
    "items",
    "item",
    "jobs",
    "chores",
    "errands",
    "reminders",
    "stuff",
    "bits",
    "for",
    "on",
    "in",
    "at",
    "the",
    "my",
    "our",
    "a",
    "an",
    "some",
    "of",
    "these",
    "those",
    "this",
    "following",
    "few",
    "couple",
    "here",
    "here's",
    "heres",
    "is",
    "are",
    "what",
    "what's",
    "that",
    "please",
    "new",
    "next",
    "and",
    "also",
    "by",
    "before",
    "due",
    "all",
    "as",
    "it",
    "plan",
    "agenda",
    "go",
    "goes",
    "there",
    "more",
    "i've",
    "we've",
    "still",
    "something",
    "anything",
    "one",
    "it's",
    "finish",
    "done",
    "sort",
    "can",
    "you",
    "up",
    "with",
    "-",
    ",",
    "(",
    ")",
];

/// One of these must stand there: "dentist: ask about the tooth" is no list.
const TELLING: &[&str] = &[
    "add",
    "create",
    "put",
    "note",
    "remind",
    "need",
    "have",
    "must",
    "should",
    "want",
    "things",
    "tasks",
    "todo",
    "todos",
    "to-do",
    "to-dos",
    "list",
    "lists",
    "items",
    "jobs",
    "chores",
    "errands",
    "reminders",
    "stuff",
    "bits",
    "these",
    "following",
    "do",
    "plan",
    "agenda",
    "gotta",
];

/// Most tokens of a header.
const LONGEST: usize = 16;

/// The items behind a header, and what it says of them.
pub(super) fn read(text: &Text<'_>, clause: Clause, context: &Context) -> Option<(Clause, Clause)> {
    let last = clause.end.min(clause.from + LONGEST);
    let colon = (clause.from + 1..last).find(|&at| parts(text, at))?;
    if colon + 1 >= clause.end {
        return None;
    }
    let said = quick::heading(text, clause.from, colon, context);
    let silent = is_silent(text, Clause { from: clause.from, end: colon }, &said);
    let telling = (clause.from..colon).any(|at| text.is_one_of(at, TELLING))
        || colon == clause.from + 1 && !said.spans.is_empty();
    // "add a task: …" has one, whatever commas it has; "for tomorrow: call Bob" is a list of one.
    let single = (clause.from..colon)
        .any(|at| text.is_one_of(at, &["task", "todo", "to-do", "reminder", "item", "note"]))
        && !(clause.from..colon).any(|at| {
            text.get(at).is_some_and(|t| t.kind == Kind::Number) || text.is_one_of(at, &["list", "tasks", "things"])
        })
        || text.is_one_of(colon - 1, &["add"]);
    let dated = !said.spans.is_empty();
    let (heading, rest) = (Clause { from: clause.from, end: colon }, Clause { from: colon + 1, end: clause.end });
    (silent && (telling || dated) && !(single && !dated)).then_some((rest, heading))
}

/// Whether a line says no more than that a list follows: "add these please", "some things for tomorrow".
pub(super) fn announces(text: &Text<'_>, line: Clause, context: &Context) -> bool {
    let said = quick::marks(text, line.from, line.end, context);
    let telling = (line.from..line.end).any(|at| text.is_one_of(at, TELLING));
    telling && line.end - line.from <= LONGEST && is_silent(text, line, &said)
}

fn is_silent(text: &Text<'_>, heading: Clause, said: &Parsed) -> bool {
    (heading.from..heading.end).all(|at| {
        text.get(at).is_some_and(|token| {
            token.kind == Kind::Number
                || token.kind == Kind::Line
                || WORDS.contains(&token.text.as_str())
                || words::find(words::NUMBERS, &token.text).is_some()
                || said.spans.iter().any(|s| s.range.start <= token.start && token.end <= s.range.end)
        })
    })
}

/// A colon, or a dash with blanks around it; "6:30" has neither.
fn parts(text: &Text<'_>, at: usize) -> bool {
    let spaced = text.get(at + 1).is_some_and(|next| !next.glued);
    match text.word(at) {
        // "add 2 tasks, first …"
        "," => text.is_one_of(at - 1, &["tasks", "things", "items", "todos", "jobs"]),
        ":" if !text.get(at).is_some_and(|t| t.literal) => spaced,
        "-" | "–" | "—" => spaced && text.get(at).is_some_and(|t| !t.glued && !t.literal),
        _ => false,
    }
}

//! What was done, in the past tense: "I paid the bills", "the bill has been paid", "bill paid".

use super::super::clause::Clause;
use super::super::model::{Intent, Reference, Target};
use crate::Context;
use crate::token::{Kind, Text};

/// Words that look like a verb's past, or are one, and do not say that anything is done.
const NOT_DONE: &[&str] = &[
    "added",
    "advanced",
    "annoyed",
    "bed",
    "bored",
    "broken",
    "canceled",
    "cancelled",
    "changed",
    "confused",
    "created",
    "cut",
    "delayed",
    "deleted",
    "excited",
    "expected",
    "failed",
    "feed",
    "forgot",
    "forgotten",
    "hundred",
    "interested",
    "left",
    "let",
    "limited",
    "lost",
    "missed",
    "mixed",
    "moved",
    "need",
    "needed",
    "overdue",
    "planned",
    "postponed",
    "put",
    "read",
    "red",
    "removed",
    "renamed",
    "required",
    "rescheduled",
    "scheduled",
    "seed",
    "set",
    "shed",
    "skipped",
    "speed",
    "stressed",
    "tired",
    "united",
    "used",
    "wanted",
    "weed",
    "worried",
];

/// Whether a verb's past says that something is done; "orderd" is one as well.
pub(in super::super) fn is_done(word: &str) -> bool {
    let slip = word.strip_suffix('d').is_some_and(crate::read::names::is_verb);
    (crate::matching::is_past(word) || slip) && !NOT_DONE.contains(&word)
}

/// "the bill has been paid": the words and the verb together must fit a task.
pub(super) fn passive(text: &Text<'_>, clause: Clause) -> Option<Intent> {
    let last = clause.end.checked_sub(1)?;
    let Some(verb) =
        (clause.from + 1..=last).find(|&i| text.is_one_of(i, &["been", "is", "are", "was", "were", "got"]))
    else {
        return participle(text, clause);
    };
    let been = verb + usize::from(text.is_one_of(verb + 1, &["been", "now", "already"]));
    let done = crate::matching::is_past(text.word(last))
        && !NOT_DONE.contains(&text.word(last))
        && been + 1 == last
        && last - clause.from <= 8
        && !(clause.from..last).any(|i| text.is_one_of(i, &["whether", "if", "that", "when", "once"]));
    let mut subject_end = verb;
    while subject_end > clause.from + 1
        && text.is_one_of(subject_end - 1, &["has", "have", "now", "already", "finally", "all", "just", "also", "had"])
    {
        subject_end -= 1;
    }
    let subject = text.slice(clause.from, subject_end);
    let words = format!("{subject} {}", text.word(last));
    (done && !subject.is_empty()).then(|| Intent::Complete(Target::one(Reference::Words(words))))
}

/// "the library books have not been returned yet": to be opened again, if that is done on the list.
pub(in super::super) fn not_yet(text: &Text<'_>, clause: Clause) -> Option<Intent> {
    let yet = clause.end.checked_sub(1).filter(|&at| text.is_one_of(at, &["yet"]) && at < clause.from + 12)?;
    let verb = yet.checked_sub(1).filter(|&at| crate::matching::is_past(text.word(at)))?;
    let mut stop = verb;
    while stop > clause.from && text.is_one_of(stop - 1, &["been", "not", "actually", "really"]) {
        stop -= 1;
    }
    let denied = |i: usize| {
        text.is_one_of(i, &["isn't", "isnt", "aren't", "arent", "hasn't", "hasnt", "haven't", "havent"])
            || text.is_one_of(i, &["is", "are", "has", "have"]) && (stop..verb).any(|i| text.is_one_of(i, &["not"]))
    };
    let subject = stop.checked_sub(1).filter(|&at| at > clause.from && denied(at))?;
    let told = (clause.from..subject).any(|i| {
        text.is_one_of(i, &["i", "we", "you", "he", "she", "they", "it", "if", "why", "don't", "dont", "that", "when"])
    });
    let words = format!("{} {}", text.slice(clause.from, subject), text.word(verb));
    (!told && !NOT_DONE.contains(&text.word(verb))).then(|| Intent::Reopen(Target::one(Reference::Words(words))))
}

/// Verbs that are nouns as well: "invoice sent".
const NOUNS: &[&str] = &[
    "invoice",
    "email",
    "mail",
    "text",
    "order",
    "plan",
    "paint",
    "water",
    "phone",
    "call",
    "file",
    "book",
    "plant",
    "shop",
    "post",
    "work",
    "print",
    "record",
    "test",
    "review",
    "rent",
    "walk",
    "wash",
    "draft",
    "copy",
    "budget",
    "design",
    "code",
    "telephone",
    "message",
    "study",
    "visit",
];

/// "bill paid", "plants all watered".
fn participle(text: &Text<'_>, clause: Clause) -> Option<Intent> {
    let from = clause.from + usize::from(text.is_one_of(clause.from, &["consider", "count", "mark"]));
    let clause = Clause { from, end: clause.end };
    let last = clause.end.checked_sub(1)?;
    let word = text.word(last);
    let done = (2..=5).contains(&(clause.end - clause.from))
        && crate::matching::is_past(word)
        && !NOT_DONE.contains(&word)
        && !text.word(last - 1).ends_with("'s")
        && (!crate::read::names::is_task_verb(text, clause.from) || text.is_one_of(clause.from, NOUNS))
        && !text.is_one_of(
            clause.from,
            &["i", "i'm", "im", "we", "you", "he", "she", "they", "it", "so", "very", "add", "todo"],
        )
        && (clause.from..last).all(|i| text.get(i).is_some_and(|t| t.kind == Kind::Word && !t.literal));
    done.then(|| Intent::Complete(Target::one(Reference::Words(text.slice(clause.from, clause.end).to_owned()))))
}

/// "I bought the milk", "I've paid the bills": what was done, if there is such a task.
pub(super) fn past(text: &Text<'_>, clause: Clause, _context: &Context) -> Option<Intent> {
    let mut at = clause.from;
    while text.is_one_of(at, &["i", "we", "i've", "ive", "we've", "have", "just", "already", "finally", "also", "now"])
        && at < clause.end
    {
        at += 1;
    }
    let word = text.word(at);
    let past = crate::matching::is_past(word) && at + 1 < clause.end;
    if word == "got"
        && text.is_one_of(at + 1, &["a", "an", "to", "it", "that", "no", "some", "any", "anything", "something"])
    {
        return None;
    }
    let words_from = at + usize::from(word == "got");
    let known = !matches!(
        word,
        "need"
            | "deleted"
            | "removed"
            | "added"
            | "created"
            | "renamed"
            | "changed"
            | "moved"
            | "wanted"
            | "needed"
            | "liked"
            | "loved"
            | "used"
            | "tried"
            | "decided"
            | "noticed"
            | "asked"
            | "told"
            | "had"
            | "found"
            | "left"
            | "thought"
            | "started"
            | "planned"
            | "failed"
            | "missed"
            | "hated"
            | "heard"
            | "gave"
            | "lost"
    );
    let end = (at..clause.end)
        .find(|&i| {
            text.is_one_of(
                i,
                &[
                    ",",
                    "and",
                    "today",
                    "yesterday",
                    "this",
                    "already",
                    "just",
                    "last",
                    "finally",
                    "earlier",
                    "too",
                    "now",
                ],
            ) && i > at + 1
        })
        .unwrap_or(clause.end);
    let words = text.slice(words_from, end);
    (past && known && !words.is_empty()).then(|| Intent::Complete(Target::one(Reference::Words(words.to_owned()))))
}

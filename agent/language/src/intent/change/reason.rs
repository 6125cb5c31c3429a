//! What stands behind a command and only says why: ", the landlord's doing it".

use super::super::clause::Clause;
use crate::token::{Kind, Text};

/// Without ", it's no longer needed" and "because …" behind a command.
pub(super) fn without_reason(text: &Text<'_>, clause: Clause) -> Clause {
    let reason = (clause.from + 2..clause.end).find(|&i| {
        let numbered = text.is_one_of(i, &[","])
            && text.get(i - 1).is_some_and(|t| t.kind == Kind::Number)
            && text.get(i + 1).is_some_and(|t| {
                t.kind == Kind::Word && (t.text.len() > 2 || matches!(t.text.as_str(), "i" | "we" | "he"))
            })
            && !text.is_one_of(i + 1, &["and", "task", "tasks", "then", "also", "number", "item", "plus", "the"])
            && clause.from + 5 > i;
        numbered
            || text.is_one_of(i, &["because", "cause", "cos", "cuz", "coz"])
            || text.is_one_of(i, &[",", "-", "–", "—"]) && tells_why(text, clause, i + 1)
            || text.is_one_of(i, &[","])
                && text.is_one_of(
                    i + 1,
                    &["it's", "its", "it", "they're", "since", "as", "that's", "i'm", "he's", "she's"],
                )
                && !text.is_one_of(i + 2, &["urgent", "important", "high", "due"])
    });
    Clause { from: clause.from, end: reason.unwrap_or(clause.end) }
}

/// "…, the landlord's doing it", "…, I ticked it by mistake": a sentence behind a command, and no part of it.
fn tells_why(text: &Text<'_>, clause: Clause, at: usize) -> bool {
    const SUBJECTS: &[&str] = &[
        "i", "i'm", "im", "i've", "ive", "i'll", "we", "we're", "we've", "we'll", "he", "she", "they", "he'll", "you",
        "there", "there's", "theres", "nobody", "somebody", "someone", "everyone", "no",
    ];
    const OWNERS: &[&str] = &["the", "my", "our", "his", "her", "their", "your"];
    const VERBS: &[&str] = &[
        "is", "are", "was", "were", "has", "had", "have", "can", "can't", "cant", "won't", "wont", "isn't", "aren't",
        "doesn't", "didn't", "will", "wants", "got", "went", "came", "said", "says", "does", "did", "broke", "keeps",
    ];
    let writes = text.is_one_of(clause.from, &["rename", "retitle", "call", "note", "add", "write", "set", "change"])
        && (clause.from..at).any(|i| text.is_one_of(i, &["to", ":", "saying", "note", "notes"]));
    let verb = (at + 1..clause.end.min(at + 6))
        .any(|i| text.is_one_of(i, VERBS) || text.word(i).ends_with("'s") && text.word(i + 1).ends_with("ing"));
    let named = text.is_one_of(at, OWNERS) || text.get(at).is_some_and(|t| t.capital);
    !writes && at + 1 < clause.end && (text.is_one_of(at, SUBJECTS) || named && verb)
}

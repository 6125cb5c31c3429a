//! Titles in quotation marks, wherever they stand: "put "A" on my list for Monday", "add "A" and "B"".

use super::super::clause::Clause;
use super::title::capitalised;
use crate::token::{Kind, Text};
use crate::{Context, Parsed, quick};

/// Words around a quoted title that are none of it.
const AROUND: &[&str] = &[
    "a", "an", "the", "task", "tasks", "todo", "to-do", "item", "items", "reminder", "called", "named", "titled",
    "saying", "labelled", "to", "on", "onto", "in", "my", "our", "list", "lists", "todos", "for", "with", "as", "and",
    "please", "new", "me", "that", "says", "which", "is", "be", "it", "due", "add", "of", "do", "one", "another",
    "also", "plus", "entry", "now", "at", "by", "thanks", "set", "mark", "make", "there", "should", "repeat", "down",
    "put", "note", "remind", "about", "up",
];

/// The quotations from `from` to `end`: where each opens and closes.
fn quotations(text: &Text<'_>, from: usize, end: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = from;
    while at < end {
        match text.closing_quote(at).filter(|close| *close < end) {
            Some(close) => {
                found.push((at, close));
                at = close + 1;
            }
            None => at += 1,
        }
    }
    found
}

/// One task for each quotation, if nothing else in the clause may be part of a title.
pub(super) fn tasks(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Vec<Parsed>> {
    let quoted = quotations(text, clause.from, clause.end);
    if quoted.is_empty() {
        return None;
    }
    let outside = |at: usize| !quoted.iter().any(|(open, close)| (*open..=*close).contains(&at));
    let said = quick::marks(text, clause.from, clause.end, context);
    let silent = (clause.from..clause.end).filter(|at| outside(*at)).all(|at| {
        text.get(at).is_some_and(|token| {
            matches!(token.kind, Kind::Sign | Kind::Line)
                || AROUND.contains(&token.text.as_str())
                || said.spans.iter().any(|s| s.range.start <= token.start && token.end <= s.range.end)
        })
    });
    let task = |(open, close): &(usize, usize)| Parsed {
        title: capitalised(text.slice(open + 1, *close).trim_end_matches([',', '.']).trim()),
        spans: Vec::new(),
        ..said.clone()
    };
    silent.then(|| quoted.iter().map(task).filter(|t| !t.title.is_empty()).collect())
}

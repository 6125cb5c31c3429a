//! More of the same after something was added: "and bread too please", "oh, and also olives and grapes".

use super::super::clause::Clause;
use super::super::model::Intent;
use super::super::{guard, polite, spoken, talk};
use super::items::items;
use super::title::{only_marks, task};
use crate::Context;
use crate::token::Text;

/// Most tokens of such a saying.
const LONGEST: usize = 24;

/// What speaks of a task, or of nothing that can be added.
const POINTS: &[&str] = &[
    "it",
    "that",
    "them",
    "those",
    "this",
    "one",
    "ones",
    "task",
    "tasks",
    "number",
    "#",
    "is",
    "are",
    "was",
    "i",
    "you",
    "he",
    "she",
    "they",
    "we",
    "what",
    "which",
    "how",
    "when",
    "who",
    "?",
    "done",
    "same",
    "everything",
    "all",
    "others",
];

/// The tasks that the saying adds to those that were added just before.
#[must_use]
pub fn more(saying: &str, context: &Context) -> Option<Intent> {
    let text = spoken::heard(saying, context);
    let joined = (0..text.len().min(4)).find(|&i| text.is_one_of(i, &["and", "also", "plus", "&", "+"]));
    let whole = polite::strip(&text, Clause { from: 0, end: text.len() }, context);
    let end = trailing(&text, whole);
    let softly = joined.is_some_and(|at| (0..at).all(|i| text.is_one_of(i, &["oh", ",", "and", "ok", "okay", "yes"])));
    let from = joined.filter(|_| softly).map_or(whole.from, |at| whole.from.max(at + 1));
    let from = (from..end).find(|&i| !text.is_one_of(i, &["also", "and", ",", "plus"])).unwrap_or(end);
    let rest = Clause { from, end };
    let told = softly || end < whole.end;
    let points =
        (from..end).any(|i| text.is_one_of(i, POINTS)) || text.is_one_of(from, &["the", "to", "for", "on", "at"]);
    if !told || rest.is_empty() || text.len() > LONGEST || points || only_marks(&text, from, end, context) {
        return None;
    }
    if guard::untouched(&text, rest, context).is_some() || talk::read(&text, rest, context).is_some() {
        return None;
    }
    let tasks = items(&text, rest, true, context).into_iter().filter_map(|part| task(&text, part, context));
    Some(Intent::Add(tasks.collect())).filter(|intent| *intent != Intent::Add(Vec::new()))
}

/// Without "too" and "as well" at the end.
fn trailing(text: &Text<'_>, Clause { from, end }: Clause) -> usize {
    let well = text.is_one_of(end.wrapping_sub(1), &["well"]) && text.is_one_of(end.wrapping_sub(2), &["as"]);
    let too = text.is_one_of(end.wrapping_sub(1), &["too", "also"]);
    end.saturating_sub(usize::from(too) + 2 * usize::from(well)).max(from)
}

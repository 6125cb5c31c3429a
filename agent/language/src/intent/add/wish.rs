//! Wishes that are commands after all: "I want to delete task 3".

use super::super::clause::Clause;
use super::super::model::{Intent, Listing};
use super::super::{listing, polite};
use super::read;
use crate::Context;
use crate::token::Text;

/// "I want to delete task 3", "I need to see my tasks": a command after all.
pub(super) fn wished(text: &Text<'_>, stop: usize, clause: Clause, context: &Context) -> Option<Intent> {
    let rest = polite::strip(text, Clause { from: stop, end: clause.end }, context);
    // "I need to get my nails done" is a chore.
    let chore = text.is_one_of(rest.from, &["get", "have", "find", "check", "look", "give", "read", "print"])
        && !(rest.from..rest.end.min(rest.from + 5)).any(|i| {
            text.is_one_of(i, &["task", "tasks", "todo", "todos", "list", "agenda", "to-do", "to-dos", "reminders"])
        });
    if !chore
        && let Some(listing) = listing::read(text, rest, false, context).filter(|l| !matches!(l, Listing::About(_)))
    {
        return Some(Intent::List(listing));
    }
    let adding = text.is_one_of(rest.from, &["add", "create"]);
    if adding {
        return read(text, rest, context);
    }
    if let Some(intent) = super::super::change::wanted_to_be(text, stop, clause.end, context) {
        return Some(intent);
    }
    let named = super::super::target::is_named_soon(text, rest.from + 1, rest.end);
    if let Some(intent) = wanted_done(text, rest, context) {
        return Some(intent);
    }
    let moves = text.is_one_of(rest.from, &["move", "reschedule", "postpone", "push", "delay", "defer"])
        && (rest.from..rest.end).any(|i| text.is_one_of(i, &["to", "until", "till"]));
    let removes = (text.is_one_of(rest.from, &["delete", "remove", "erase", "clear", "wipe", "scrap", "bin", "purge"])
        || text.is_one_of(rest.from, &["get"]) && text.is_one_of(rest.from + 1, &["rid"]))
        && text.is_one_of(clause.from, &["i", "i'd", "we"])
        && (clause.from..stop).any(|i| text.is_one_of(i, &["want", "like", "love"]));
    let changed = super::super::change::read(text, rest, context)
        .filter(|i| named || removes || (moves && matches!(i, Intent::Update(..))))?;
    // "I need to finish task 3" says that it is to be done, not that it is.
    match changed {
        Intent::Complete(target)
            if text.is_one_of(clause.from, &["i", "we", "must", "need", "have", "should", "gotta"])
                && !text.is_one_of(rest.from, &["mark", "check", "tick", "cross", "complete"]) =>
        {
            Some(Intent::List(Listing::About(target)))
        }
        other => Some(other),
    }
}

/// "I want the report task deleted".
fn wanted_done(text: &Text<'_>, rest: Clause, context: &Context) -> Option<Intent> {
    let last = rest.end.checked_sub(1).filter(|i| *i > rest.from)?;
    let named =
        (rest.from..last).any(|i| text.is_one_of(i, &["task", "tasks", "#", "todo", "it", "them", "everything"]));
    let target = || super::super::target::read(text, rest.from, last, context);
    match text.word(last) {
        "deleted" | "removed" | "gone" if named => Some(Intent::Delete(target())),
        _ => None,
    }
}

//! Changes without a verb that changes: "task 3 is due Friday", "dentist -> Friday", "lunch at 12:30 instead".

use super::super::super::clause::Clause;
use super::super::super::model::{Changes, Intent, Move, Reference};
use super::super::super::target;
use super::marks::marks;
use super::{leads, title, update};
use crate::Context;
use crate::grammar::Phrases;
use crate::read::when;
use crate::token::{Kind, Text};
use std::sync::LazyLock;

/// "task 3 is due Friday", "the report is urgent", "task 2 should be called …".
pub(in super::super) fn statement(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let at = (clause.from + 1..clause.end.min(clause.from + 8)).find(|&i| {
        text.is_one_of(
            i,
            &[
                "is", "are", "should", "needs", "must", "has", "will", "repeats", "got", ":", "becomes", "become",
                "gets", "go", "goes",
            ],
        ) || (text.is_one_of(i, &["can", "could"]) && text.is_one_of(i + 1, &["wait", "move", "go", "be"]))
    })?;
    // "the due date of the report should be Monday"
    let field = clause.from + usize::from(text.is_one_of(clause.from, &["the"]));
    let of = (field..at)
        .find(|&i| text.is_one_of(i, &["of", "for"]))
        .filter(|_| text.is_one_of(field, &["due", "deadline", "priority"]));
    let from = of.map_or(clause.from, |i| i + 1);
    let target = target::read(text, from, at, context);
    let told = text.is_one_of(at + 1, &["now", "due", "be", "moved", "postponed", "rescheduled", "wait", "been", "to"])
        || text.is_one_of(clause.end - 1, &["now"]);
    if !target.is_explicit() && of.is_none() && !text.is_one_of(clause.from, &["the", "my"]) && !told {
        return None;
    }
    let mut next = at + 1;
    while text.is_one_of(
        next,
        &[
            "be",
            "now",
            "to",
            "called",
            "named",
            "read",
            "say",
            "actually",
            "really",
            "a",
            "renamed",
            "titled",
            "have",
            "moved",
            "been",
            "postponed",
            "rescheduled",
            "pushed",
            "wait",
            "move",
            "go",
            "repeat",
            "done",
            "doing",
            "finished",
            "completed",
            "ready",
            "happen",
        ],
    ) && next < clause.end
    {
        next += 1;
    }
    // "has to be called by Friday" says no name.
    let named = (at + 1..next).any(|i| text.is_one_of(i, &["called", "named", "read", "say", "renamed", "titled"]));
    if named && marks(text, next, clause.end, context).1 {
        return title(target, text, next, clause.end);
    }
    let changes = marks(text, next, clause.end, context);
    let whole = !changes.1;
    (!changes.0.is_empty()
        && whole
        && (target.is_explicit()
            || told
            || text.is_one_of(at, &["is", "are", "should", "becomes", "become", "gets", "go", "goes"])
            || text.is_one_of(at, &["has"]) && changes.0.priority.is_some()))
    .then(|| Intent::Update(target, Box::new(changes.0)))
}

/// "I want the dentist to be due on Friday".
pub(in super::super::super) fn wanted_to_be(
    text: &Text<'_>,
    from: usize,
    end: usize,
    context: &Context,
) -> Option<Intent> {
    let at = (from + 1..end).find(|&i| text.is_one_of(i, &["to"]) && text.is_one_of(i + 1, &["be"]))?;
    let named = text.is_one_of(from, &["the", "my", "task", "#", "it", "that", "this", "them"]);
    let (changes, rest) = marks(text, at + 2, end, context);
    (named && !rest).then(|| update(target::read(text, from, at, context), changes)).flatten()
}

/// A day or a time and nothing else.
pub(in super::super::super) fn only_due(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Move> {
    let (changes, rest) = marks(text, from, end, context);
    let only = Changes { due: changes.due, ..Changes::default() };
    changes.due.filter(|_| !rest && changes == only)
}

/// "dentist -> Friday", "3 -> high": a task and what it gets.
pub(in super::super) fn arrow(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let numbered = |i: usize| {
        (text.is_one_of(i, &["to", "due", "at", "on"])
            || text.get(i).is_some_and(|t| t.kind == Kind::Word) && i == clause.from + 1)
            && matches!(target::read(text, clause.from, i, context).references.as_slice(), [Reference::Number(_)])
    };
    let at = (clause.from + 1..clause.end).find(|&i| {
        text.is_one_of(i, &["→", "⇒"])
            || numbered(i)
            || (text.is_one_of(i, &["-", "="])
                && text.is_one_of(i + 1, &[">"])
                && text.get(i + 1).is_some_and(|t| t.glued))
    })?;
    let joined = !text.is_one_of(at, &["due", "at", "on"]) && !numbered(at) || text.is_one_of(at, &["to"]);
    let start = if joined { at + 1 + usize::from(text.is_one_of(at + 1, &[">"])) } else { at };
    let target = target::read(text, clause.from, at, context);
    let (changes, rest) = marks(text, start, clause.end, context);
    if !rest && !changes.is_empty() {
        return update(target, changes);
    }
    if text.is_one_of(start, &["done", "complete", "completed", "finished"]) && start + 1 == clause.end {
        return Some(Intent::Complete(target));
    }
    if text.is_one_of(start, &["open", "todo", "undone", "reopen", "pending"]) && start + 1 == clause.end {
        return Some(Intent::Reopen(target));
    }
    let named = target.is_explicit() && joined && !text.is_one_of(at, &["to"]);
    named.then(|| title(target, text, start, clause.end)).flatten()
}

/// "lunch with Bob at 12:30 instead", "the report on Monday instead of Friday": a task's words, and another day or time.
pub(in super::super) fn instead(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    switched(text, clause, false, context)
}

/// As [`instead`]; `weakly` also for what may be a new task, if the list has no such one.
pub(super) fn switched(text: &Text<'_>, clause: Clause, weakly: bool, context: &Context) -> Option<Intent> {
    let last = (clause.from + 1..clause.end).rev().find(|&i| text.is_one_of(i, &["instead"]))?;
    let of = text.is_one_of(last + 1, &["of"]);
    let rest_is_day = of && when::read(text, last + 2, clause.end, context).is_some_and(|(stop, _)| stop == clause.end);
    if !(last + 1 == clause.end || rest_is_day) {
        return None;
    }
    let from = clause.from + usize::from(text.is_one_of(clause.from, &["do", "have"]));
    if !weakly
        && (crate::read::names::is_task_verb(text, from) || leads(text, Clause { from, end: clause.end }, context))
    {
        return None;
    }
    // "the second one" is a place, and no day.
    let place = target::place_ends(text, from, last, context).unwrap_or(from + 1);
    let at = (place..last).find(|&at| {
        let (changes, rest) = marks(text, at, last, context);
        (changes.due.is_some() || changes.repeat.is_some()) && !rest
    })?;
    update(target::read(text, from, at, context), marks(text, at, last, context).0)
}

/// Words that say that a day or time is another now; `true` if they say it by themselves.
static LINKS: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    Phrases::new(&[
        (
            "has|have|got|is|was|'s [been|now|just] moved|pushed|postponed|rescheduled|delayed|changed|shifted|brought [back|forward|up|out] [to|until|till|by]",
            true,
        ),
        ("moved|pushed|postponed|rescheduled|delayed|shifted [back|forward|up|out] to|until|till", true),
        ("is|are|'s|now [actually|really|now|only]", true),
        ("will|shall be|repeat|happen|go|move|become", true),
        ("isn't|aren't until|till|due [until|till]", true),
        (
            "should|must|needs|has|can|could|will|wants [to] be|repeat|happen|go|move|wait|become|get|moved [moved|pushed|done|finished|due|until|till|to]",
            true,
        ),
        ("becomes|become|gets|goes|get [to]", true),
        ("starts|begins [now]", true),
        ("repeats|recurs|happens [on]", true),
        ("due [on|by|at|in]", false),
        ("to", false),
        ("->|→|=>|:", false),
    ])
});

/// "report due Monday", "lunch with Bob moved to Tuesday": if the list has such a task.
pub(super) fn weak(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let end = without_the_old(text, clause, context);
    let last = end.min(clause.from + 10);
    (clause.from + 1..last).find_map(|at| {
        let (stop, plain, _) = LINKS.longest(text, at, end, context)?;
        let start = if text.is_one_of(at, &["due"]) { at } else { stop };
        let (changes, rest) = marks(text, start, end, context);
        if rest || changes.is_empty() {
            return None;
        }
        let target = target::read(text, clause.from, at, context);
        let target = if plain { target } else { super::super::weak::as_title(target)? };
        super::super::weak::updated(target, changes)
    })
}

/// Where the clause ends without "…, not 4:30" and "instead of Friday".
fn without_the_old(text: &Text<'_>, clause: Clause, context: &Context) -> usize {
    let at = (clause.from + 2..clause.end).find(|&i| {
        let rest = i + 1 + usize::from(text.is_one_of(i, &["instead", "rather"]));
        text.is_one_of(i, &["not", "instead", "rather"])
            && rest < clause.end
            && (!marks(text, rest, clause.end, context).1
                || rest + 1 == clause.end && text.get(rest).is_some_and(|t| t.kind == Kind::Number))
    });
    at.map_or(clause.end, |i| i - usize::from(text.is_one_of(i - 1, &[",", "and"])))
}

//! "add wrapping paper for tomorrow and delete the shelf": a second command, or the rest of a title. Where only the
//! list can tell, both are handed on.

use super::clause::{self, Clause};
use super::model::{Intent, Target};
use super::{polite, read_clause};
use crate::Context;
use crate::token::Text;

/// The adding part and the changing one, with the one task that the whole may be.
pub(super) fn undecided(text: &Text<'_>, whole: Clause, context: &Context) -> Option<(Intent, Intent)> {
    let (at, next) = (whole.from + 2..whole.end)
        .filter(|&at| text.is_one_of(at, &["and", "then", ",", "&"]))
        .find_map(|at| Some((at, clause::undecided(text, at, whole.end, context)?)))?;
    // "add buy bolts and finish the shed" is two chores.
    if text.is_one_of(next, &["finish", "complete", "get", "check", "close"]) {
        return None;
    }
    let first = read_clause(text, polite::strip(text, Clause { from: whole.from, end: at }, context), context);
    let second = read_clause(text, polite::strip(text, Clause { from: next, end: whole.end }, context), context);
    let changes = match &second {
        Intent::Either(readings, otherwise) => readings.iter().chain([&**otherwise]).any(changes),
        other => changes(other),
    };
    (matches!(first, Intent::Add(_)) && changes).then_some((first, second))
}

fn changes(intent: &Intent) -> bool {
    intent.is_change() && intent.target().is_some_and(|target| !Target::is_explicit(target))
}

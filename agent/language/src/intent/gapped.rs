//! "move the dentist to tomorrow and the comparison to Monday": the verb is said once.

use super::clause::Clause;
use super::model::Intent;
use super::{change, gist, target};
use crate::Context;
use crate::token::Text;

/// Most tokens of such a saying.
const LONGEST: usize = 40;

/// The changes, if each of them names a task and what it gets.
pub(super) fn read(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Vec<Intent>> {
    if clause.end - clause.from > LONGEST || text.len() > gist::WHOLE || !change::leads(text, clause, context) {
        return None;
    }
    let mut found = Vec::new();
    let mut from = clause.from;
    for at in clause.from + 2..clause.end {
        if !text.is_one_of(at, &["and", ","]) || at <= from {
            continue;
        }
        let next = at + 1 + usize::from(text.is_one_of(at + 1, &["and"]));
        let told = if from == clause.from {
            change::read(text, Clause { from, end: at }, context).filter(|i| matches!(i, Intent::Update(..)))
        } else {
            rest(text, from, at, context)
        };
        // Behind this joint another task has to follow.
        if let Some(told) = told.filter(|_| rest(text, next, clause.end, context).is_some() || next >= clause.end) {
            found.push(told);
            from = next;
        }
    }
    found.extend(rest(text, from, clause.end, context).filter(|_| from > clause.from));
    (found.len() > 1).then_some(found)
}

/// "the comparison to Monday"
fn rest(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Intent> {
    const JOINTS: &[&str] = &["to", "until", "till", "for", "on", "at", "by"];
    let stop = (from..end).find(|&i| text.is_one_of(i, &["and", ","])).unwrap_or(end);
    let at =
        (from + 1..stop).find(|&at| text.is_one_of(at, JOINTS) && change::marks(text, at, stop, context).is_some())?;
    let command =
        change::leads(text, Clause { from, end }, context) || text.is_one_of(from, &["add", "it", "remind", "then"]);
    let target = target::read(text, from, at, context);
    let changes = change::marks(text, at, stop, context)?;
    (!command && !target.references.is_empty()).then(|| Intent::Update(target, Box::new(changes)))
}

//! Changes that are meant only if the list has such a task: "make lunch with Bob weekly".

use super::super::super::clause::Clause;
use super::super::super::model::{Changes, Intent, Reference};
use super::super::super::target;
use super::super::weak::{as_title, updated};
use super::marked;
use super::statements;
use super::verbs::{VERBS, Verb};
use crate::Context;
use crate::read::mark;
use crate::token::{Kind, Text};

/// The readings of a clause as a change of a task that its title's words name.
pub(in super::super) fn weak(text: &Text<'_>, clause: Clause, context: &Context) -> Vec<Intent> {
    let mut found = Vec::new();
    found.extend(by_verb(text, clause, context));
    found.extend(tagged(text, clause, context));
    found.extend(called(text, clause, context));
    found.extend(statements::weak(text, clause, context));
    found.extend(statements::switched(text, clause, true, context));
    found
}

/// "make lunch with Bob weekly", "put dentist on Friday". A priority or tag suits no new task so well,
/// so that fewer words of the title do.
fn by_verb(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let (stop, verb, _) = VERBS.longest(text, clause.from, clause.end, context)?;
    // "schedule dentist for Friday" and "set a reminder for …" make tasks.
    let makes = text.is_one_of(clause.from, &["schedule", "add", "have", "get", "need"])
        || (clause.from..stop).any(|i| text.is_one_of(i, &["reminder", "time"]));
    if makes || !matches!(verb, Verb::Make | Verb::Move | Verb::Repeat) {
        return None;
    }
    let marked::Marked { target, changes, new, .. } = marked::parts(text, clause.from, stop, clause.end, context)?;
    if new {
        return None;
    }
    let only_marked = changes.due.is_none() && changes.repeat.is_none();
    let by_words = matches!(target.references.as_slice(), [Reference::Words(_)]);
    let target = if only_marked && by_words { target } else { as_title(target)? };
    updated(target, changes)
}

/// "call the oil change "Van service"": a new name in quotation marks.
fn called(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let open =
        (clause.from + 2..clause.end).find(|&i| text.closing_quote(i).is_some_and(|close| close + 2 >= clause.end))?;
    let close = text.closing_quote(open)?;
    let named = text.is_one_of(clause.from, &["call", "name"]);
    let title = text.slice(open + 1, close).to_owned();
    let target = target::read(text, clause.from + 1, open, context);
    named.then(|| updated(target, Changes { title: Some(title), ..Changes::default() })).flatten()
}

/// "tag the library books kids": the last word.
fn tagged(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let clause = Clause { from: clause.from, end: super::without_too(text, clause) };
    let last = clause.end.checked_sub(1).filter(|last| *last > clause.from + 1)?;
    let verb = text.is_one_of(clause.from, &["tag", "label"]);
    let last = if text.get(last).is_some_and(|t| t.kind == Kind::Number && t.glued) { last - 1 } else { last };
    let word = last > clause.from + 1 && text.get(last).is_some_and(|t| t.kind == Kind::Word);
    let (stop, tags) = mark::tag_list(text, last, clause.end)?;
    (verb && word && stop == clause.end)
        .then(|| {
            updated(
                target::read(text, clause.from + 1, last, context),
                Changes { add_tags: tags, ..Changes::default() },
            )
        })
        .flatten()
}

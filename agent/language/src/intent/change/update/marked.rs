//! A reference and the marks behind it: "the report | to Friday", "task 3 | urgent".

use super::super::super::model::{Changes, Intent, Target};
use super::super::super::{described, target};
use super::marks::{leaves_a_day, marks};
use super::{position, update};
use crate::Context;
use crate::read::when;
use crate::token::Text;

/// What the marks after a reference say, and the reference before them. With `plain` the reference
/// must not be words of a title that may be a new task.
pub(super) fn marked(
    text: &Text<'_>,
    verb: usize,
    from: usize,
    end: usize,
    plain: bool,
    context: &Context,
) -> Option<Intent> {
    let found = parts(text, verb, from, end, context)?;
    let dated = found.changes.due.is_some() || found.changes.repeat.is_some();
    let change = update(found.target.clone(), found.changes)?;
    if !plain || found.target.is_explicit() && !found.new {
        return Some(change);
    }
    match found.sure {
        // "set a task to feed the cat at 7" makes one.
        _ if found.new => None,
        // "set the table for seven" may be a new task.
        Sure::ByArticle if dated => Some(Intent::Either(vec![change], Box::new(Intent::Unclear))),
        Sure::Plainly | Sure::ByArticle => Some(change),
        Sure::Not => None,
    }
}

/// Whether the words say plainly that a task is meant that is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sure {
    Plainly,
    /// "the" and "my" say so as well, and may begin a new one.
    ByArticle,
    Not,
}

pub(super) struct Marked {
    pub(super) target: Target,
    pub(super) changes: Changes,
    pub(super) sure: Sure,
    /// "a" stands before it.
    pub(super) new: bool,
}

/// A reference, the marks after it, and whether the words say plainly that a task is meant.
pub(super) fn parts(text: &Text<'_>, verb: usize, from: usize, end: usize, context: &Context) -> Option<Marked> {
    let from = if from == verb { from + 1 } else { from };
    let (mut target_from, mut target_end) = (from, end);
    let mut best: Option<(usize, Changes)> = None;
    let told = described::ends(text, from, end, context)
        .or_else(|| target::place_ends(text, from, end, context))
        .unwrap_or(from);
    for at in told..end {
        // "everything tagged uni | to Friday"
        let tagged = text.is_one_of(at, &["tagged", "labelled", "labeled"])
            && text.is_one_of(
                at.wrapping_sub(1),
                &["everything", "all", "tasks", "task", "ones", "one", "things", "stuff", "anything"],
            )
            && (at + 2..end).any(|i| text.is_one_of(i, &["to", "until", "till", "as", "by", "for", "on"]));
        // "the overdue one | to Friday"
        let noun = at > told && text.is_one_of(at, &["one", "ones", "task", "tasks", "thing"]);
        if tagged || noun {
            continue;
        }
        let (changes, rest) = marks(text, at, end, context);
        if !changes.is_empty() && !rest && !leaves_a_day(text, at, end, context) {
            best = Some((at, changes));
            break;
        }
    }
    let mut changes = match best {
        Some((at, changes)) => {
            target_end = at;
            changes
        }
        // "set a deadline of Friday for task 3"
        None => {
            let joint = position(text, from, end, &["for", "to", "on"], true)?;
            let (changes, rest) = marks(text, from, joint, context);
            if changes.is_empty() || rest {
                return None;
            }
            target_from = joint + 1;
            changes
        }
    };
    while target_end > target_from
        && text.is_one_of(
            target_end - 1,
            &[
                "to",
                "until",
                "till",
                "as",
                "for",
                "on",
                "by",
                "be",
                "back",
                "forward",
                "out",
                "up",
                "a",
                "an",
                "with",
                "due",
                "the",
                "at",
                "is",
                "off",
                "from",
                "over",
                "and",
                "of",
                "date",
                "recur",
                "happen",
                "of",
                "recurring",
                "deadline",
                "in",
                "it's",
                "under",
            ],
        )
    {
        if text.is_one_of(target_end - 1, &["it's"]) {
            break;
        }
        target_end -= 1;
    }
    // "from Monday to Tuesday": the day that it leaves says nothing.
    let bulk = text.is_one_of(target_from, &["everything", "all", "every"]);
    if !bulk
        && let Some(left) = position(text, target_from, target_end, &["from"], true)
        && when::read(text, left, target_end, context).is_some_and(|(stop, _)| stop == target_end)
    {
        target_end = left;
    }
    let target = target::read(text, target_from, target_end, context);
    let sent = text.is_one_of(verb, &["set"]) && text.is_one_of(target_end, &["to"]);
    // "put up the shelves" is an errand.
    let up = text.is_one_of(verb, &["put"]) && text.is_one_of(verb + 1, &["up", "on", "out"]);
    let shifted = !up
        && (verb..end).any(|i| text.is_one_of(i, &["forward", "back", "up", "off"]))
        && text.is_one_of(verb, &["bring", "pull", "put"]);
    // "make groceries due on Saturday"
    let due = text.is_one_of(verb, &["make", "set", "mark"]) && text.is_one_of(target_end, &["due"]);
    let article = ((text.is_one_of(target_from, &["the", "my"])
        || text.is_one_of(target_from.wrapping_sub(1), &["the", "my"]))
        || changes.priority.is_some() && text.is_one_of(target_from.wrapping_sub(1), &["the", "my"]))
        && (text.is_one_of(verb, &["make", "set", "put", "move", "mark", "give"])
            || text.is_one_of(verb, &["have"]) && changes.repeat.is_some());
    let noun = (target_from..target_end).any(|i| text.is_one_of(i, &["task", "one", "item", "tasks"]));
    let sure = match () {
        () if shifted || sent || due || noun => Sure::Plainly,
        () if article => Sure::ByArticle,
        () => Sure::Not,
    };
    if changes.repeat.is_some() {
        changes.due = None;
    }
    let new = text.is_one_of(target_from, &["a", "an", "another"]);
    Some(Marked { target, changes, sure, new })
}

//! What "it" means when the same saying named it before: "I don't need the dentist task anymore, delete it".

use super::clause::Clause;
use super::model::{Intent, Listing, Reference, Target};
use super::{change, target};
use crate::Context;
use crate::grammar::Phrases;
use crate::token::Text;
use std::sync::LazyLock;

/// What stands before and after the thing in a remark about it.
static BEFORE: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(&[
        ("i|we [really] don't|dont [really] need|want|care [about] [to] [do|have|see|attend]", ()),
        (
            "i|we [actually] didn't|didnt|haven't|havent|hadn't [actually|really] finish|finished|do|done|complete|completed|did",
            (),
        ),
        ("i|we never [actually|really|quite] finish|finished|did|done|completed|do|complete|made|make", ()),
        ("i|we do not need|want [to] [do]", ()),
        ("don't need|want [to] [do|have]", ()),
        ("i|we no longer need|want [to] [do]", ()),
        ("i|we won't|wont|can't|cant [be] [able] [to] make|do|finish|attend", ()),
    ])
});
static AFTER: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(&[
        ("anymore|now|today", ()),
        ("any more|longer", ()),
        (
            "is|are|was|were|got|has|have|'s [been] [now|already|all] cancelled|canceled|postponed|delayed|off|done|finished|over|moved|urgent|important|rescheduled",
            (),
        ),
        ("is|are [no] [longer] [not] [happening|needed|necessary|important|relevant]", ()),
        ("isn't|aren't|isnt|arent happening|needed|necessary|important|relevant [anymore]", ()),
        ("fell through", ()),
        ("off|cancelled|over|done", ()),
    ])
});

const VERBS: &[&str] = &[
    "is", "are", "was", "were", "isn't", "isnt", "aren't", "wasn't", "went", "got", "has", "needs", "fell", "can",
    "will", "doesn't", "hasn't", "turned", "looks", "took", "should", "must", "won't",
];

/// The thing that a remark is about.
pub(super) fn of(text: &Text<'_>, remark: Clause, context: &Context) -> Option<Target> {
    let Clause { from, end } = remark;
    // "the judo one, make it 17:30"
    let reference = text.is_one_of(from, &["the", "my", "that"])
        && text.is_one_of(end.wrapping_sub(1), &["one", "task", "reminder"])
        && (3..=6).contains(&(end - from));
    if reference {
        return Some(target::read(text, from, end, context));
    }
    // "don't delete the ink task, | just mark it as done"
    if text.is_one_of(from, &["don't", "dont", "never"])
        && let Some(denied) = change::read(text, Clause { from: from + 1, end }, context)
    {
        return denied.target().cloned();
    }
    let start = BEFORE.longest(text, from, end, context).map(|(stop, ..)| stop);
    let stop =
        (from + 1..end).find(|&at| AFTER.longest(text, at, end, context).is_some_and(|(after, ..)| after == end));
    // "the meeting went well": what a remark is about stands before its verb.
    let named = text.is_one_of(from, &["the", "my", "our", "task", "#"]);
    let verb = (from + 1..end).find(|&i| named && text.is_one_of(i, VERBS));
    let stop = stop.or(verb);
    if start.is_none() && stop.is_none() || end - from > 16 {
        return None;
    }
    let (start, stop) = (start.unwrap_or(from), stop.unwrap_or(end));
    let target = target::read(text, start, stop, context);
    // Words that are no title are left to the list.
    (!target.references.is_empty()
        && (target.is_explicit() || named && end - from <= 6)
        && target != Target::one(Reference::It))
    .then_some(target)
}

/// The sentence itself: the list tells which of its tasks it speaks of.
pub(super) fn spoken(text: &Text<'_>, remark: Clause) -> Target {
    let numbered = (remark.from..remark.end).find(|&i| text.is_one_of(i, &["task", "#", "number"]));
    let number = numbered.and_then(|i| text.word(i + 1).parse().ok());
    Target::one(match number {
        Some(number) => Reference::Number(number),
        None => Reference::Spoken(text.slice(remark.from, remark.end).to_owned()),
    })
}

/// "it", "that", "them": whatever was spoken of.
pub(super) fn points(target: &Target) -> bool {
    matches!(target.references.as_slice(), [Reference::It | Reference::Them]) && target.except.is_empty()
}

/// Puts the thing in the place of "it".
pub(super) fn put(intent: &mut Intent, thing: &Target, backwards: bool) {
    // "…, put it back"
    if *intent == Intent::Undo && backwards {
        *intent = Intent::Reopen(thing.clone());
        return;
    }
    let target = match intent {
        Intent::Complete(target) | Intent::Reopen(target) | Intent::Delete(target) | Intent::Update(target, _) => {
            target
        }
        Intent::List(Listing::About(target)) => target,
        _ => return,
    };
    if points(target) {
        *target = thing.clone();
    }
}

//! What a task has no longer: "judo isn't weekly anymore", "no deadline for the tulips".

use super::super::super::clause::Clause;
use super::super::super::model::{Changes, Intent, Reference};
use super::super::super::target;
use super::fields::clear;
use super::update;
use super::verbs::Field;
use crate::Context;
use crate::grammar::Phrases;
use crate::read::repeat;
use crate::token::{Kind, Text};
use std::sync::LazyLock;

/// What denies; `true` if it says by itself that it was otherwise before, or ought to be.
static DENIALS: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    Phrases::new(&[
        ("isn't|isnt|aren't|arent|doesn't|doesnt|don't|dont [need|have] [to] [be]", false),
        ("is|are|does|do not [need|have] [to] [be]", false),
        ("is|are|need|needs [to] no longer [needs|need|has] [to] [be]", true),
        ("no longer needs|need|has|have [to] [be]", true),
        ("no longer", true),
        ("shouldn't|shouldnt|needn't|mustn't", true),
        ("should|must not|never", true),
        ("should|must no longer [be]", true),
    ])
});

/// What begins a wish that a task should not repeat; `true` as in [`DENIALS`].
static WISHES: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    Phrases::new(&[
        ("i|we don't|dont [really] need|want|have", false),
        ("i|we do not [really] need|want|have", false),
        ("i|we no longer need|want|have", true),
        ("no longer need|want", true),
    ])
});

static OVER: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::new(&[("anymore|nomore", ()), ("any more|longer", ()), ("from now on", ())]));

/// What has ended: a repeat, or that it is urgent.
pub(in super::super::super) fn ended(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    repeat(text, clause, context).or_else(|| urgency(text, clause, context))
}

/// "the insurance is not urgent anymore"
fn urgency(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    static CALM: LazyLock<Phrases<()>> = LazyLock::new(|| {
        Phrases::new(&[
            ("isn't|isnt|aren't|arent [so|that|as] urgent|important anymore|nomore", ()),
            ("isn't|isnt|aren't|arent [so|that|as] urgent|important any more|longer", ()),
            ("is|are not [so|that|as] urgent|important anymore|nomore", ()),
            ("is|are not [so|that|as] urgent|important any more|longer", ()),
            ("is|are no longer [so|that|as] urgent|important", ()),
            ("no longer urgent|important", ()),
        ])
    });
    let at = (clause.from + 1..clause.end.min(clause.from + 9))
        .find(|&at| CALM.longest(text, at, clause.end, context).is_some_and(|(stop, ..)| stop == clause.end))?;
    let told =
        (clause.from..at).any(|i| text.is_one_of(i, &["i", "he", "she", "they", "if", "says", "said", "that's"]));
    let target = target::read(text, clause.from, at, context);
    let changes = Changes { priority: Some(todo_contract::Priority::None), ..Changes::default() };
    (!told).then(|| update(target, changes)).flatten()
}

/// "judo isn't weekly anymore", "I no longer need the tablets to repeat".
fn repeat(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let over = (clause.from + 2..clause.end)
        .rev()
        .take(3)
        .find(|&at| OVER.longest(text, at, clause.end, context).is_some_and(|(stop, ..)| stop == clause.end));
    let end = over.unwrap_or(clause.end);
    let (from, to, sure) = match WISHES.longest(text, clause.from, end, context) {
        Some((from, sure, _)) => {
            let at = (from + 1..end).find(|&i| text.is_one_of(i, &["to"]))?;
            (from, (at, at + 1 + usize::from(text.is_one_of(at + 1, &["be"]))), sure)
        }
        None => {
            let (at, stop, sure) = (clause.from + 1..end.min(clause.from + 9))
                .find_map(|at| DENIALS.longest(text, at, end, context).map(|(stop, sure, _)| (at, stop, sure)))?;
            (clause.from, (at, stop), sure)
        }
    };
    let words = (from..to.0).all(|i| {
        text.get(i).is_some_and(|t| matches!(t.kind, Kind::Word | Kind::Number) || t.text == "#" || t.text == "'")
            && !text.is_one_of(i, &["i", "we", "you", "he", "she", "they", "if", "when", "that's", "but", "why"])
    });
    let told =
        text.is_one_of(clause.from, &["tell", "remind", "inform", "let", "ask", "email", "text", "message", "make"]);
    if told || !(sure || over.is_some()) || !words || !repeats(text, to.1, end, context) {
        return None;
    }
    let target = target::read(text, from, to.0, context);
    update(target, Changes { clear_repeat: true, ..Changes::default() })
}

/// "repeat", "a weekly thing", "every Friday", and nothing else.
fn repeats(text: &Text<'_>, from: usize, end: usize, context: &Context) -> bool {
    let from = from + usize::from(text.is_one_of(from, &["a", "an"]));
    if from >= end {
        return false;
    }
    // "doesn't repeat on Fridays" leaves out a day.
    let plain = text.is_one_of(from, &["repeat", "repeated", "repeating", "recur", "recurring"]);
    let read = || repeat::read(text, from, end, context).filter(|_| !text.is_one_of(from, &["on"]));
    let Some(stop) = plain.then_some(from + 1).or_else(|| read().map(|(stop, _)| stop)) else { return false };
    (stop..end).all(|i| text.is_one_of(i, &["thing", "task", "event", "one", "reminder"]))
}

/// "no deadline for the tulips", "no priority on task 3".
pub(super) fn field(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    static NONE: LazyLock<Phrases<Field>> = LazyLock::new(|| {
        Phrases::new(&[
            ("no [more] [due] date|deadline [needed] for|on", Field::Due),
            ("no [more] priority [needed] for|on", Field::Priority),
            ("no [more] tag|tags for|on", Field::Tags),
            ("no [more] repeat|repeats|repetition for|on|of", Field::Repeat),
        ])
    });
    let (stop, field, _) = NONE.longest(text, clause.from, clause.end, context)?;
    // "no deadline for anything yet" tells of nothing in particular.
    let all =
        |intent: &Intent| intent.target().is_some_and(|t| t.references.iter().any(|r| matches!(r, Reference::All(_))));
    clear(text, stop, clause.end, field, context).filter(|intent| !all(intent))
}

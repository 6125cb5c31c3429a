//! What may be meant if the list has such a task: "cancel lunch with Bob", "report due Monday", "dentist?".
//! The same words may be a new task, so each reading asks for nearly the whole title.

use super::super::clause::Clause;
use super::super::model::{Changes, Intent, Listing, Reference, Target};
use super::super::target;
use super::update;
use crate::Context;
use crate::grammar::Phrases;
use crate::read::when;
use crate::token::{Kind, Text};
use std::sync::LazyLock;

/// Most tokens of a saying that is weighed against the list.
const LONGEST: usize = 24;

#[derive(Clone, Copy)]
enum Verb {
    Delete,
    Complete,
    /// As a tracker says it: fewer words of the title do.
    Close,
}

/// Verbs that begin titles as well.
static VERBS: LazyLock<Phrases<Verb>> = LazyLock::new(|| {
    use Verb::{Close, Complete, Delete};
    Phrases::new(&[
        ("cancel|drop|kill|forget|scrap|scratch|ditch|abandon|nix|axe|nuke|lose|toss|unadd [about] [the|my]", Delete),
        ("call off", Delete),
        ("take away", Delete),
        ("archive|accomplish [the|my]", Complete),
        ("close|resolve|tick|check [off|out] [the|my]", Close),
        ("wrap up", Complete),
    ])
});

/// What tells that something is off.
static OFF: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(&[
        ("is|was|has|got|been|'s [been|now|all] cancelled|off|scrapped|dropped", ()),
        ("is|was|has|got [been] called off", ()),
        ("is|isn't [no] [longer] needed|happening|necessary|relevant [anymore]", ()),
        ("is|are no longer needed|happening|necessary|relevant", ()),
        ("isn't|aren't|not happening|needed|necessary [anymore|now]", ()),
        ("fell through", ()),
        ("cancelled", ()),
    ])
});

/// What tells that something is done, beside the words that always do.
static OVER: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(&[
        ("✓|✔|✅|☑", ()),
        ("is|are|was|were|'s|all [all|now] sorted|over|handled|dealt|ready|complete|done [with]", ()),
        ("sorted|✓|over|ticked [off|now]", ()),
        ("has|have|had happened|gone|finished", ()),
        ("is|are out of the way", ()),
        ("[-|:|–|,|?|.] done|finished|completed|complete [!|.]", ()),
    ])
});

/// The readings that stand or fall with the list, the likeliest first.
pub(in super::super) fn readings(text: &Text<'_>, clause: Clause, context: &Context) -> Vec<Intent> {
    if clause.end - clause.from > LONGEST || text.is_one_of(clause.from, &["a", "an"]) {
        return Vec::new();
    }
    let mut found = Vec::new();
    found.extend(verb(text, clause, context));
    found.extend(offered(text, clause, context));
    found.extend(update::weak(text, clause, context));
    found.extend(state(text, clause, context));
    found.extend(past(text, clause));
    found
}

fn title(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Target> {
    as_title(target::read(text, from, end, context))
}

/// Words of a title must be nearly all of it.
pub(super) fn as_title(target: Target) -> Option<Target> {
    match target.references.as_slice() {
        [Reference::Words(words)] if target.except.is_empty() => Some(Target::one(Reference::Title(words.clone()))),
        _ => None,
    }
}

/// "cancel lunch with Bob", with or without the day on which it is.
fn verb(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let (stop, verb, _) = VERBS.longest(text, clause.from, clause.end, context)?;
    let day = (stop + 1..clause.end)
        .find(|&at| when::read(text, at, clause.end, context).is_some_and(|(after, _)| after == clause.end))
        .or_else(|| (stop + 1..clause.end).find(|&at| text.is_one_of(at, &["anymore", "any"])));
    let named = target::read(text, stop, day.unwrap_or(clause.end), context);
    if matches!(verb, Verb::Close) {
        let check = text.is_one_of(clause.from, &["check"]) && !text.is_one_of(stop - 1, &["off"]);
        return (!check && !named.references.is_empty() && !named.is_explicit()).then_some(Intent::Complete(named));
    }
    let never_a_task =
        text.is_one_of(clause.from, &["kill", "scrap", "scratch", "ditch", "nix", "axe", "nuke", "lose", "forget"]);
    if never_a_task && by_words(&named) {
        return Some(Intent::Delete(named));
    }
    let target = as_title(named)?;
    Some(match verb {
        Verb::Delete => Intent::Delete(target),
        Verb::Complete | Verb::Close => Intent::Complete(target),
    })
}

fn by_words(target: &Target) -> bool {
    matches!(target.references.as_slice(), [Reference::Words(_)]) && target.except.is_empty()
}

/// "cancel the handover": with fewer words of a title it is asked first.
fn offered(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let (stop, verb, _) = VERBS.longest(text, clause.from, clause.end, context)?;
    let article = text.is_one_of(stop, &["the", "my"]) || text.is_one_of(stop - 1, &["the", "my"]);
    let target = target::read(text, stop, clause.end, context);
    (matches!(verb, Verb::Delete) && article && by_words(&target))
        .then(|| Intent::Offer(Box::new(Intent::Delete(target))))
}

/// "groceries ✓", "lunch with Bob is cancelled".
fn state(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let ends = |table: &Phrases<()>, at: usize| {
        table.longest(text, at, clause.end, context).is_some_and(|(stop, ..)| {
            (stop..clause.end).all(|i| text.get(i).is_some_and(|t| matches!(t.kind, Kind::Sign | Kind::Line)))
        })
    };
    let first = clause.from + 1;
    let last = clause.end - 1;
    let short = last > clause.from
        && text.word(last - 1).ends_with("'s")
        && crate::matching::is_past(text.word(last))
        && !text.is_one_of(last, &["cancelled", "postponed", "delayed", "moved", "missed", "needed"]);
    let over = (first..clause.end).find(|&at| ends(&OVER, at)).or(short.then_some(last));
    if let Some(at) = over {
        let target = target::read(text, clause.from, at, context);
        return (!target.references.is_empty() && !target.is_explicit()).then_some(Intent::Complete(target));
    }
    let at = (first..clause.end).find(|&at| ends(&OFF, at))?;
    Some(Intent::Offer(Box::new(Intent::Delete(title(text, clause.from, at, context)?))))
}

/// "had lunch with Bob", "went to the team meeting", "picked up the groceries": what was done is the title without its verb.
pub(in super::super) fn past(text: &Text<'_>, clause: Clause) -> Option<Intent> {
    const BEFORE: &[&str] =
        &["i", "we", "i've", "we've", "have", "just", "already", "finally", "also", "now", "been", "and", "so", "had"];
    let mut at = clause.from;
    while at + 1 < clause.end && text.is_one_of(at, BEFORE) && !(text.is_one_of(at, &["had"]) && !is_past(text, at + 1))
    {
        at += 1;
    }
    let been = text.is_one_of(at.wrapping_sub(1), &["been"]) && text.is_one_of(at, &["to", "at"]);
    if !been && !is_past(text, at) {
        return None;
    }
    let mut from = at + 1;
    while from < clause.end
        && text.is_one_of(
            from,
            &["up", "off", "out", "to", "from", "with", "at", "in", "on", "through", "for", "over", "by"],
        )
    {
        from += 1;
    }
    let end = (from..clause.end)
        .find(|&i| {
            i > from
                && text.is_one_of(
                    i,
                    &[
                        ",",
                        "today",
                        "yesterday",
                        "this",
                        "already",
                        "just",
                        "last",
                        "earlier",
                        "too",
                        "now",
                        "on",
                        "so",
                        "at",
                        "after",
                        "before",
                        "finally",
                        "!",
                        ".",
                    ],
                )
        })
        .unwrap_or(clause.end);
    let words = text.slice(from, end);
    (!words.is_empty()).then(|| Intent::Complete(Target::one(Reference::Title(words.to_owned()))))
}

/// Verbs that do not say that what they speak of is done.
fn is_past(text: &Text<'_>, at: usize) -> bool {
    const NOT_DONE: &[&str] = &[
        "deleted",
        "removed",
        "added",
        "created",
        "renamed",
        "changed",
        "moved",
        "wanted",
        "needed",
        "liked",
        "loved",
        "used",
        "tried",
        "decided",
        "noticed",
        "asked",
        "started",
        "planned",
        "failed",
        "missed",
        "hated",
        "forgotten",
        "forgot",
        "need",
        "cancelled",
        "postponed",
        "delayed",
        "skipped",
        "opened",
        "reopened",
        "scheduled",
        "lost",
        "rescheduled",
        "remembered",
        "realised",
        "realized",
        "found",
        "heard",
        "thought",
        "enjoyed",
        "left",
        "mentioned",
        "discussed",
        "wondered",
        "worked",
        "checked",
        "tagged",
        "marked",
        "ticked",
        "hundred",
        "told",
    ];
    let word = text.word(at);
    !NOT_DONE.contains(&word) && (crate::matching::is_past(word) || matches!(word, "had" | "saw" | "came" | "returned"))
}

/// "I still need to book the train": what is on the list already is shown.
pub(in super::super) fn still(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let last = clause.end.min(clause.from + 6);
    let says = (clause.from..last).any(|i| text.is_one_of(i, &["still"]))
        && text.is_one_of(clause.from, &["i", "we", "still"]);
    let to = (clause.from..last).find(|&i| text.is_one_of(i, &["to"]))?;
    says.then(|| Some(Intent::List(Listing::About(title(text, to + 1, clause.end, context)?)))).flatten()
}

/// A name alone: "dentist?", "the report".
pub(in super::super) fn named(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let words = (clause.from..clause.end).filter(|&i| text.get(i).is_some_and(|t| t.kind == Kind::Word)).count();
    if !(1..=6).contains(&words) || text.is_one_of(clause.from, &["i", "you", "we", "what", "who", "why", "how"]) {
        return None;
    }
    Some(Intent::List(Listing::About(title(text, clause.from, clause.end, context)?)))
}

/// An update of the task that the words before it name.
pub(in super::super) fn updated(target: Target, changes: Changes) -> Option<Intent> {
    (!changes.is_empty()).then(|| Intent::Update(target, Box::new(changes)))
}

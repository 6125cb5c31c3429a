//! Sayings that go on from the one before: "actually Friday", "high priority please", "and the dentist too",
//! "no, the other one". What they mean hangs on what was done last, so that they are read beside the rest.

use super::change;
use super::clause::Clause;
use super::model::{Changes, Reference, Target};
use super::{polite, spoken, target, undo};
use crate::Context;
use crate::grammar::Phrases;
use crate::token::{Kind, Text};
use std::sync::LazyLock;

/// How a saying goes on from the one before.
#[derive(Clone, Debug, PartialEq)]
pub enum Follow {
    /// Dates, priorities, tags and repeats alone, for what was changed last; and whether words such as
    /// "it's" and "actually" tell that they are meant so.
    Marks(Box<Changes>, bool),
    /// The same with another task as well; and whether words tell that it is meant so.
    Also(Target, bool),
    /// The same with another task instead.
    Instead(Target),
    /// The same with the other of two.
    Other,
    /// What was done is to be taken back.
    TakeBack,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// "actually", "it's": marks follow.
    Set,
    /// "what about": marks follow, or what is asked for.
    Ask,
    /// "no", "I meant": marks or a reference follow.
    Correct,
    /// "and": more of the same follows.
    And,
    /// "same for": more of the same follows for sure.
    Same,
}

static LEADS: LazyLock<Phrases<Lead>> = LazyLock::new(|| {
    use Lead::{And, Ask, Correct, Same, Set};
    Phrases::new(&[
        ("actually|rather|better|hmm|hm|oh|ok|okay|well|um|uh|right|erm", Set),
        ("it's|its|it|that's|that|they're|this [is|should|must|needs|has|will] [to] [be] [due|for|on]", Set),
        ("make|have|set|put|do|schedule it|that|this|them [for|to|on|at|in]", Set),
        ("let's|lets say|do|make [it|that]", Set),
        ("should|must|needs|has [to] be [due] [on|by|at|for]", Set),
        ("can|could|may i|we [please] have|make|move|do|put it|that|this|them [for|to|on|at]", Set),
        ("with|as|for|on|at|by|in|to|until|due", Set),
        ("how|what about", Ask),
        ("and|also|plus|, [also|it's|it|make] [is|should|it|that|for] [be]", And),
        ("no|nope|nah|sorry|oops|whoops|wait|argh|ugh|damn [,|wait|sorry|no|actually]", Correct),
        ("i mean|meant|mean't [to] [say|for]", Correct),
        ("not that|this [one] [,|-|.]", Correct),
        ("wrong one|task [,|-|.|!]", Correct),
        ("that's the wrong one|task [,|-|.|!]", Correct),
        ("i said|wanted", Correct),
        ("same|ditto|likewise [for|with|goes] [for|with]", Same),
        ("the same for|with|goes|to [for]", Same),
        ("do the same for|with|to", Same),
        ("and the same for|with", Same),
    ])
});

static TAILS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(&[
        ("please|instead|actually|rather|then|too|though|sorry|ok|okay|thanks|also|now", ()),
        ("as well", ()),
        ("i mean|meant", ()),
        ("if possible", ()),
        (".|!|,", ()),
        ("sometime|somewhen", ()),
    ])
});

static CLEARS: LazyLock<Phrases<Clear>> = LazyLock::new(|| {
    Phrases::new(&[
        ("no|without [a|any] [due] date|deadline", Clear::Due),
        ("no|without [a|any] due", Clear::Due),
        ("no|without [a|any] repeat|repeats|repeating|repetition", Clear::Repeat),
        ("not repeating|recurring", Clear::Repeat),
        ("don't|doesn't repeat", Clear::Repeat),
        ("no|without [a|any] tags|tag", Clear::Tags),
        ("no|without [a|any] priority", Clear::Priority),
        ("not urgent|important [anymore]", Clear::Priority),
    ])
});

#[derive(Clone, Copy)]
enum Clear {
    Due,
    Repeat,
    Tags,
    Priority,
}

static OTHER: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::new(&[("[the] other [one|task|two] [instead]", ()), ("not that one", ())]));

/// Most tokens of such a saying.
const LONGEST: usize = 24;

/// How the saying goes on from the one before, if it may.
#[must_use]
pub fn follow(saying: &str, context: &Context) -> Option<Follow> {
    let text = spoken::heard(saying, context);
    if undo::read(&text, context).is_some() {
        return Some(Follow::TakeBack);
    }
    if text.len() == 0 || text.len() > LONGEST || (0..text.len()).any(|i| text.is_one_of(i, &["?"])) {
        return None;
    }
    let (from, end, leads) = inner(&text, context);
    if from >= end {
        return None;
    }
    if OTHER.longest(&text, from, end, context).is_some_and(|(stop, ..)| stop == end) {
        return Some(if leads.iter().any(|lead| matches!(lead, Lead::And | Lead::Same)) {
            Follow::Also(Target::one(Reference::Other), true)
        } else {
            Follow::Other
        });
    }
    let told = leads.iter().any(|lead| *lead != Lead::Ask);
    if let Some(changes) = marks(&text, from, end, context) {
        return Some(Follow::Marks(Box::new(changes), told));
    }
    let target = target::read(&text, from, end, context);
    let names = (1..=8).contains(&(end - from)) && !target.references.is_empty() && target.except.is_empty();
    let article = text.is_one_of(from, &["the", "my", "#", "task", "number", "tasks"]);
    let titled = |target: Target| match target.references.as_slice() {
        [Reference::Words(words)] if !article => Target::one(Reference::Title(words.clone())),
        _ => target,
    };
    let covered = |target: Target| match target.references.as_slice() {
        [Reference::Words(words)] if !article => Target::one(Reference::Covered(words.clone())),
        _ => target,
    };
    let points = target.references.iter().any(|r| matches!(r, Reference::It | Reference::Them));
    if !names || points {
        return None;
    }
    if leads.contains(&Lead::Same) {
        Some(Follow::Also(target, true))
    } else if leads.contains(&Lead::Correct) {
        Some(Follow::Instead(titled(target)))
    } else if leads.contains(&Lead::And) {
        Some(Follow::Also(covered(target), false))
    } else {
        None
    }
}

/// What stands between the words that lead and those that trail.
fn inner(text: &Text<'_>, context: &Context) -> (usize, usize, Vec<Lead>) {
    let (mut from, mut end, mut leads) = (0, text.len(), Vec::new());
    loop {
        // "no due date" is no correction.
        if CLEARS.longest(text, from, end, context).is_some() {
            break;
        }
        if text
            .get(from)
            .is_some_and(|t| matches!(t.kind, Kind::Sign | Kind::Line) && !matches!(t.text.as_str(), "#" | "\"" | "!"))
        {
            from += 1;
        } else if let Some((stop, lead, _)) = LEADS.longest(text, from, end, context).filter(|(stop, ..)| *stop < end) {
            // "on Friday" is read with its preposition.
            let preposed = lead == Lead::Set && stop == from + 1 && marks(text, from, end, context).is_some();
            if preposed {
                break;
            }
            leads.push(lead);
            from = stop;
        } else {
            break;
        }
    }
    let stripped = polite::strip(text, Clause { from, end }, context);
    (from, end) = (stripped.from, stripped.end);
    while let Some(at) = (end.saturating_sub(2).max(from + 1)..end)
        .find(|&at| TAILS.longest(text, at, end, context).is_some_and(|(stop, ..)| stop == end))
    {
        if text.is_one_of(at, &["i"]) {
            leads.push(Lead::Correct);
        } else if text.is_one_of(at, &["too", "also", "as"]) {
            leads.push(Lead::And);
        } else if text.is_one_of(at, &["instead", "actually", "rather", "then", "sorry"]) {
            leads.push(Lead::Set);
        }
        end = at;
    }
    (from, end, leads)
}

fn marks(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Changes> {
    // "the second one is urgent" names a place, and no day.
    if target::place_ends(text, from, end, context).is_some() {
        return None;
    }
    if let Some((stop, clear, _)) = CLEARS.longest(text, from, end, context)
        && stop == end
    {
        let mut changes = Changes::default();
        match clear {
            Clear::Due => changes.clear_due = true,
            Clear::Repeat => changes.clear_repeat = true,
            Clear::Tags => changes.clear_tags = true,
            Clear::Priority => changes.priority = Some(todo_contract::Priority::None),
        }
        return Some(changes);
    }
    change::marks(text, from, end, context)
}

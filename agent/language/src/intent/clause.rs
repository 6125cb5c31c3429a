//! Parts of a saying: "finish the milk one and move the report to Monday".

use super::{add, polite, target};
use crate::Context;
use crate::grammar::Phrases;
use crate::token::{Kind, Text};
use std::sync::LazyLock;

/// A stretch of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    pub(super) from: usize,
    pub(super) end: usize,
}

impl Clause {
    pub(super) fn is_empty(self) -> bool {
        self.from >= self.end
    }
}

/// Words that a command begins with; `true` for those that nothing but a command to the list begins with.
static COMMANDS: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    Phrases::new(&[
        ("add|create", true),
        ("remind me|us", true),
        ("read|show me|us|out [out] what|what's|my|everything|all|the", true),
        ("tell me what|what's|which|how", true),
        ("remember to", true),
        (
            "i|i've|we|i'm [also|have|just|already] need|have|must|should|want|finished|completed|done|did|got|bought|paid|called|sent|picked|went|took|made|had",
            true,
        ),
        ("don't|dont|never", true),
        ("do not", true),
        ("make a|another|new task|todo|reminder|note|item", true),
        ("new task", true),
        (
            "delete|remove|erase|trash|complete|finish|uncomplete|reopen|rename|mark|untag|unmark|postpone|reschedule|prioritize|prioritise|snooze|uncheck|untick|bin|scrap|scratch|bring|remember|repeat|stop|un",
            false,
        ),
        (
            "move|push|change|edit|update|set|make|tag|label|cancel|close|clear|bump|delay|defer|drop|put|give|call|restore|cross|tick|check|shift|get",
            false,
        ),
        ("show|list|display|what's|what|whats|how", false),
        ("tell me", false),
        ("the {ord} [one|task|item] is|should|needs|can|has", false),
        ("task|number|item [#] {digits} is|should|needs|can|has", false),
        ("task|number|item {n} is|should|needs|can|has", false),
        ("it's|that's|it|that [is|are|was] [all|now|already] done|finished|complete|sorted|over", true),
        ("that|this|the one is|was [all|now|already] done|finished|complete|sorted", true),
        ("that|this one's|ones [all|now|already] done|finished|complete|sorted", true),
        ("open|put|bring|take it|that|them again|back|off|out", true),
        ("tick|cross|check|scratch|strike off", true),
        ("undo", false),
        ("redo", false),
    ])
});

/// Splits at "and", "then", commas and ends of sentences where a command follows.
pub(super) fn split(text: &Text<'_>, whole: Clause, context: &Context) -> Vec<Clause> {
    let mut parts = Vec::new();
    let mut from = whole.from;
    let mut at = whole.from + 1;
    while at < whole.end {
        let Some((next, firm)) = joint(text, at, whole.end) else {
            at += 1;
            continue;
        };
        // "don't delete 2 and complete 3" denies both; only "but", or a new sentence, ends it.
        let denied = text.is_one_of(from, &["don't", "dont", "never"])
            || (text.is_one_of(from, &["do"]) && text.is_one_of(from + 1, &["not"]));
        // "I don't need it any more, please take it off": a remark and a request.
        let denied = denied
            && !(from..at).any(|i| {
                text.is_one_of(i, &["anymore"])
                    || text.is_one_of(i, &["any"]) && text.is_one_of(i + 1, &["more", "longer"])
            });
        // "don't move it to Tuesday, move it to Thursday"
        let instead = {
            let verb = next + usize::from(text.is_one_of(next, &["just", "only", "rather", "please"]));
            text.is_one_of(at, &[","])
                && text.is_one_of(verb, &["mark", "move", "make", "push", "tick", "set", "change", "put", "postpone"])
                && text.is_one_of(verb + 1, &["it", "them", "that"])
        };
        if denied
            && !instead
            && !firm
            && !text.is_one_of(at, &["but"])
            && !text.is_one_of(from + 1, &["forget", "let", "need", "want", "care", "think"])
            && !text.is_one_of(from + 2, &["forget", "let"])
        {
            at += 1;
            continue;
        }
        let next = polite::strip(text, Clause { from: next, end: whole.end }, context).from;
        // "every Monday and Thursday, remind me to …"
        let repeat = crate::read::repeat::read(text, from, at, context).map(|(stop, _)| stop);
        let day = || crate::read::when::read(text, from, at, context).map(|(stop, _)| stop);
        if !firm && repeat.or_else(day) == Some(at) {
            at += 1;
            continue;
        }
        let said = Clause { from, end: at };
        let adding = add::leads(text, said, context) && !add::tells(text, said, context)
            || add::is_headed(text, Clause { from, end: whole.end }, at, context)
            || add::is_dated(text, said, context);
        if next < whole.end
            && (two_states(text, from, at, next, whole.end)
                || begins(text, next, whole.end, firm, adding, context)
                || goes_on_in_the_past(text, from, next))
        {
            parts.push(Clause { from, end: at });
            from = next;
            at = next + 1;
        } else {
            at += 1;
        }
    }
    parts.push(Clause { from, end: whole.end });
    parts
}

/// "the package is sent | and the rent is paid": both sides say that something is done.
fn two_states(text: &Text<'_>, from: usize, at: usize, next: usize, end: usize) -> bool {
    let state = |from: usize, end: usize| {
        let last = end.checked_sub(1).filter(|last| *last > from && end - from <= 9)?;
        let done = text.is_one_of(last, &["done", "finished", "complete", "completed", "sorted"])
            || crate::matching::is_past(text.word(last));
        let named = !text.is_one_of(from, &["i", "i've", "we", "we've", "it", "it's", "mark", "set", "add"])
            && !text.is_one_of(from, &["get", "have", "make", "keep", "set", "to"]);
        (done && named).then_some(())
    };
    if !text.is_one_of(at, &["and", "&", ",", "+"]) {
        return false;
    }
    let close = (next..end).find(|&i| joint(text, i, end).is_some()).unwrap_or(end);
    let told = || {
        (next + 1..close.min(next + 7))
            .any(|i| text.is_one_of(i, &["can", "should", "needs", "is", "are", "must", "has"]))
            && !crate::read::names::is_task_verb(text, next)
    };
    state(from, at).is_some() && (state(next, close).is_some() || text.is_one_of(at, &[","]) && told())
}

/// "I've called the dentist | and paid the bill", "watered plants, | wrote report".
fn goes_on_in_the_past(text: &Text<'_>, from: usize, at: usize) -> bool {
    let past = |i: usize| crate::matching::is_past(text.word(i));
    let told = text.is_one_of(from, &["i", "i've", "ive", "we", "we've"]) && (from + 1..from + 3).any(past);
    let object =
        at + 1 + usize::from(text.is_one_of(at + 1, &["up", "off", "out", "in", "back", "away", "down", "on"]));
    past(at) && (told && text.is_one_of(object, &["the", "my", "#", "task"]) || past(from))
}

/// Where the next part begins after a joint at `at`, and whether a sentence ended there.
fn joint(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, bool)> {
    let token = text.get(at).filter(|t| !t.literal)?;
    let stops = |i: usize| {
        text.get(i).is_some_and(|t| {
            t.kind == Kind::Line
                || (matches!(t.text.as_str(), "." | ";" | "!" | "?")
                    && text.get(i + 1).is_none_or(|n| !n.glued)
                    && !abbreviates(text, i))
        })
    };
    // "I don't need the laundry anymore delete it"
    if text.is_one_of(at - 1, &["anymore", "done", "cancelled"])
        && text.is_one_of(at, &["delete", "remove", "scrap", "bin", "tick", "mark", "reopen"])
        && text.is_one_of(at + 1, &["it", "that", "them", "this"])
    {
        return Some((at, true));
    }
    let dash = token.text == "-" && !token.glued && text.get(at + 1).is_some_and(|t| !t.glued);
    let mut firm = stops(at);
    if !firm
        && !dash
        && !matches!(token.text.as_str(), "and" | "then" | "," | "but" | "also" | "plus" | "so" | "&" | "–" | "—" | "…")
    {
        return None;
    }
    let mut next = at + 1;
    while next < end
        && (stops(next)
            || text.is_one_of(
                next,
                &[
                    "and",
                    "then",
                    ",",
                    "also",
                    "but",
                    "afterwards",
                    "after",
                    "that",
                    "finally",
                    "next",
                    "so",
                    "therefore",
                    "hence",
                    "thus",
                    "therefor",
                    "this",
                    "oh",
                    ".",
                ],
            ))
    {
        if text.is_one_of(next, &["this"]) && !text.is_one_of(next - 1, &["after"]) {
            break;
        }
        if text.is_one_of(next, &["after", "that", "next"])
            && !text.is_one_of(next + 1, &["that", ",", "then", "this"])
            && !text.is_one_of(next - 1, &["after"])
        {
            break;
        }
        firm |= stops(next);
        next += 1;
    }
    Some((next, firm))
}

/// Whether a sentence or a line ends between two parts.
pub(super) fn is_firm(text: &Text<'_>, from: usize, to: usize) -> bool {
    (from..to)
        .any(|i| text.get(i).is_some_and(|t| t.kind == Kind::Line || matches!(t.text.as_str(), "." | ";" | "!" | "?")))
}

/// Whether the dot at `at` belongs to an abbreviation: "Nov. 20", "Dr. Smith".
fn abbreviates(text: &Text<'_>, at: usize) -> bool {
    text.is_one_of(at, &["."])
        && text.get(at).is_some_and(|t| t.glued)
        && at > 0
        && text.is_one_of(
            at - 1,
            &[
                "dr", "mr", "mrs", "ms", "st", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct",
                "nov", "dec", "no", "vs", "prof", "mon", "tue", "wed", "thu", "fri", "approx", "m", "nos", "nr", "nrs",
            ],
        )
        && text.get(at + 1).is_some_and(|t| t.kind != Kind::Line)
}

/// "Priya swapped with me, so | the shift one's done"
fn concludes(text: &Text<'_>, at: usize, end: usize, context: &Context) -> bool {
    text.is_one_of(at - 1, &["so", "hence", "therefore"])
        && end - at <= 9
        && matches!(super::change::read(text, Clause { from: at, end }, context), Some(super::Intent::Complete(_)))
}

/// Where a command about "the …" begins after the joint at `at`: it may as well be the rest of a title.
pub(super) fn undecided(text: &Text<'_>, at: usize, end: usize, context: &Context) -> Option<usize> {
    let (next, firm) = joint(text, at, end)?;
    let next = polite::strip(text, Clause { from: next, end }, context).from;
    let (stop, sure, _) = COMMANDS.longest(text, next, end, context)?;
    let names = (next + 1..stop + 2).any(|i| text.is_one_of(i, &["the", "my", "our"]));
    (!firm && !sure && names && stop < end).then_some(next)
}

/// Whether a part begins at `at`. While a task is being added, only what can be no part of its title does.
fn begins(text: &Text<'_>, at: usize, end: usize, firm: bool, adding: bool, context: &Context) -> bool {
    let Some((stop, sure, _)) = COMMANDS.longest(text, at, end, context) else {
        return firm || concludes(text, at, end, context);
    };
    // "so that it repeats" goes on; "it's done, so that's that" does not begin a command either.
    if text.is_one_of(at - 1, &["so"]) && text.is_one_of(at, &["that"]) && text.is_one_of(at + 1, &["it", "they"]) {
        return false;
    }
    if sure || firm {
        return true;
    }
    if !adding {
        return true;
    }
    // "… and mark the plants as done"
    let marks = text.is_one_of(at, &["mark"])
        && (at..end).any(|i| {
            text.is_one_of(i, &["as"])
                && text.is_one_of(i + 1, &["done", "complete", "completed", "finished", "urgent"])
        });
    if marks {
        return true;
    }
    // "… and move the report to Monday"
    let close = (stop..end).find(|&i| text.is_one_of(i, &["and", ",", "."])).unwrap_or(end);
    let moves = text.is_one_of(at, &["move", "push", "postpone", "reschedule", "shift", "bump"])
        && (stop..close).any(|i| {
            text.is_one_of(i, &["to", "until", "till"]) && super::change::only_marks(text, i + 1, close, context)
        });
    // "… and make the guitar urgent"
    let makes = text.is_one_of(at, &["make", "set", "mark"])
        && text.is_one_of(at + 1, &["the", "my", "#", "task", "number"])
        && (stop + 1..close).any(|i| super::change::only_priority(text, i, close, context));
    if moves || makes {
        return true;
    }
    // "… and make the guitar urgent"
    let ranks = text.is_one_of(at, &["make", "set"])
        && text.is_one_of(stop, &["the", "my"])
        && close > stop + 2
        && super::change::only_marks(text, close - 1, close, context);
    if ranks {
        return true;
    }
    if text.is_one_of(at, &["show", "list", "display", "what's", "what", "tell"]) {
        return text.is_one_of(stop, &["me", "my", "all", "the", "everything", "is", "i"]);
    }
    target::is_named_soon(text, stop, end)
}

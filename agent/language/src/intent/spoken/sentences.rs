//! Sentences that dictation ran together: "I got the prescription mark it as done". Where a command plainly
//! begins, the stop is put that a writer would have put; a remark behind a command is taken off.

use super::super::clause::Clause;
use super::super::{add, change};
use crate::Context;
use crate::grammar::Phrases;
use crate::token::{Kind, Text, Token};
use std::sync::LazyLock;

/// Commands that are never the middle of a sentence; `true` where they may end an adding saying as well.
static ORDERS: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    Phrases::new(&[
        (
            "mark|flag|tick|untick|check|uncheck|cross|scratch|strike it|that|them|this|those|both off|as|done|complete|completed|finished|urgent|high|again|back",
            true,
        ),
        (
            "delete|remove|scrap|bin|reopen|cancel|uncheck|untick|unmark|reschedule|postpone|snooze|erase|undo it|that|them|those|this",
            false,
        ),
        ("delete|remove|erase it|that|them|those|this", true),
        ("move|push|shift|bump|bring it|that|them to|back|forward|forwards|until|till|on|by", true),
        ("change|switch it|that|them to|back|from", false),
        ("make it|that|them|this urgent|high|low|medium|important|due|weekly|daily|monthly|yearly|every|top", true),
        ("make it|that|them|this {date}", true),
        ("make it|that|them|this a|the high|low|medium|top|priority", true),
        ("set it|that|them to|for|as", true),
        ("tag|label it|that|them", true),
        ("put it|that|them|this back|off|down|on|in", false),
        ("put it|that|them|this on|in my|the|our", true),
        ("take it|that|them|this back|off|out|away", false),
        ("get rid|shot of it|that|them|this", false),
        ("give it a|high|low|top", true),
        ("bring it|that|them back", false),
        ("open it|that|them again|back", false),
        (
            "you|u can [just|now|also|probably] tick|mark|delete|remove|cross|check|take|scrap|bin|reopen|strike|drop|clear|forget|close|get",
            false,
        ),
        (
            "can|could|would|will you|u [please|just|also] tick|mark|delete|remove|cross|check|take|scrap|bin|reopen|strike|add|put|move|push|change|remind|set|make|tag|undo",
            true,
        ),
        ("delete|remove|complete|finish|mark|reopen|move|tick|check|untick|uncheck [off] task|number|item {n}", true),
        (
            "delete|remove|complete|finish|mark|reopen|move|tick|check|untick|uncheck [off] task|number|item|# {digits}",
            true,
        ),
        ("remind me to|about|that|on|at|in|tomorrow", true),
    ])
});

/// Words that begin no sentence and end none: what follows them is theirs.
const HOLD: &[&str] = &[
    "to", "and", "or", "then", "but", "if", "that", "when", "what", "how", "why", "whether", "who", "which", "i",
    "you", "u", "we", "they", "he", "she", "it", "can", "could", "will", "would", "should", "may", "might", "must",
    "shall", "do", "did", "does", "don't", "not", "never", "ever", "let", "let's", "lets", "help", "helps", "go",
    "come", "said", "says", "say", "told", "tell", "ask", "asked", "about", "almost", "nearly", "the", "a", "an", "my",
    "our", "your", "of", "for", "with", "by", "as", "is", "are", "was", "called", "titled", "named", "saying",
    "you'll", "i'll", "we'll", "always", "only", "try", "trying", "me", "him", "them", "us", "plus", "&", "because",
    "than", "like", "in", "on", "at", "from", "into", "n't", "before", "after", "until", "gonna", "gotta", "need",
    "want", "have", "better",
];

/// What may stand before a command and goes with it.
const SOFT: &[&str] =
    &["please", "just", "now", "oh", "ok", "okay", "well", "actually", "sorry", "right", "yes", "yeah"];

/// Puts the stops.
pub(super) fn stop(text: &mut Text<'_>, context: &Context) {
    drop_remark(text, context);
    let (mut from, mut at) = (0, 1);
    while at < text.len() {
        if text.get(at - 1).is_some_and(ends) {
            from = at;
        } else if let Some(place) = begins(text, from, at, context) {
            insert(text, place);
            from = place + 1;
            at = from;
        }
        at += 1;
    }
}

fn ends(token: &Token) -> bool {
    token.kind == Kind::Line || matches!(token.text.as_str(), "." | "!" | "?" | ";")
}

/// Where the sentence begins that the command at `at` is in, if one begins there.
fn begins(text: &Text<'_>, from: usize, at: usize, context: &Context) -> Option<usize> {
    let (.., closes, _) = ORDERS.longest(text, at, text.len(), context)?;
    let mut place = at;
    while place > from && text.is_one_of(place - 1, SOFT) {
        place -= 1;
    }
    let before = place.checked_sub(1).filter(|i| *i > from)?;
    let word = text.get(before).filter(|t| !t.literal)?;
    if !matches!(word.kind, Kind::Word | Kind::Number)
        || HOLD.contains(&word.text.as_str())
        || word.text.ends_with("n't")
    {
        return None;
    }
    let said = Clause { from, end: place };
    if forbids(text, said, context)
        || text.is_one_of(from, &["rename", "call", "retitle", "when", "if", "once", "after"])
    {
        return None;
    }
    let dated = add::only_marks(text, said.from, said.end, context);
    (!dated && (closes || !add::leads(text, said, context))).then_some(place)
}

/// "don't under any circumstances delete it": what is forbidden stays so to the end.
fn forbids(text: &Text<'_>, said: Clause, context: &Context) -> bool {
    // "oh no wait it isn't paid" forbids nothing.
    let said = super::super::polite::strip(text, said, context);
    let from =
        (said.from..said.end).find(|&i| !text.is_one_of(i, SOFT) && !text.is_one_of(i, &[","])).unwrap_or(said.from);
    text.is_one_of(from, &["don't", "dont", "never", "not", "no", "under", "avoid", "stop", "should", "shall"])
        || text.is_one_of(from, &["do"]) && text.is_one_of(from + 1, &["not"])
}

fn insert(text: &mut Text<'_>, place: usize) {
    let Some(end) = place.checked_sub(1).and_then(|i| text.get(i)).map(|t| t.end) else { return };
    let stop =
        Token { start: end, end, kind: Kind::Sign, text: ".".to_owned(), glued: true, capital: false, literal: false };
    text.tokens.insert(place, stop);
}

/// Who a remark speaks of.
const SUBJECTS: &[&str] = &["i", "i've", "i'll", "we", "we've", "he", "she", "they", "they've", "it"];

/// The same with their verb.
const STATES: &[&str] = &["it's", "they're", "he's", "she's", "i'm", "we're", "its"];

/// Why something is to be got, behind an adding saying; `true` where anything may follow.
static WHY: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    Phrases::new(&[
        (
            "[,] [cause|because|cos|as|since] we're|were|i'm|we|im [are|am] [nearly|almost|all|completely|running] [all] out [of] [it|them|that|some] [again]",
            false,
        ),
        (
            "[,] [cause|because|cos|as|since] we've|i've|we|i [have] [nearly|almost|just] run|ran out [of] [it|them] [again]",
            false,
        ),
        ("[,] [cause|because|cos|as|since] we've|i've [got] none|nothing [left]", false),
        ("[,] [cause|because|cos|as|since] there's none|no [more] [left]", false),
        ("[,] the old|last|other one|ones is|are|was|has|have|broke|died|ran|got", true),
        ("[,] i keep|always forget|forgetting [it|about|to] [it|do] [it]", false),
        ("[,] i|we|i'll always|never|usually|otherwise forget|remember", false),
        ("[,] it's|its nearly|almost|all|getting low|empty|gone|out", false),
    ])
});

/// Takes "we're out of it" and the like off the end of an adding saying.
fn drop_why(text: &mut Text<'_>, whole: Clause, context: &Context) {
    let why = (whole.from + 2..whole.end).find(|&at| {
        let found = WHY.longest(text, at, whole.end, context);
        found.is_some_and(|(stop, open, _)| stop == whole.end || open && whole.end - stop <= 6)
    });
    if let Some(at) = why {
        text.tokens.drain(at..whole.end);
    }
}

/// "delete number ten I don't need it anymore": why it is wanted does not matter.
fn drop_remark(text: &mut Text<'_>, context: &Context) {
    let whole = super::super::polite::strip(text, Clause { from: 0, end: text.len() }, context);
    let plain = text.is_one_of(whole.from, &["rename", "call", "retitle", "change", "don't", "never", "show", "list"]);
    let adds = add::leads_surely(text, whole, context);
    if adds {
        drop_why(text, whole, context);
    }
    if plain || whole.is_empty() || adds || !change::leads(text, whole, context) {
        return;
    }
    let remark = (whole.from + 2..whole.end)
        .find(|&at| remarks(text, whole.from, at, whole.end, context) || reasons(text, at, whole.end, context));
    if let Some(at) = remark {
        text.tokens.drain(at..whole.end);
    }
}

/// ", the landlord's doing it": a sentence of its own behind a comma, which asks for nothing.
fn reasons(text: &Text<'_>, at: usize, end: usize, context: &Context) -> bool {
    const MORE: &[&str] = &[
        "and",
        "then",
        "but",
        "also",
        "done",
        "finished",
        "complete",
        "completed",
        "urgent",
        "important",
        "due",
        "priority",
        "deleted",
        "?",
        ";",
        ".",
        "\n",
        "to",
        "sorted",
        "paid",
        "high",
        "low",
        "plus",
        "instead",
        "tag",
        "tagged",
        "so",
    ];
    let free = |at: usize| text.get(at).is_some_and(|t| !t.literal);
    if !text.is_one_of(at, &[",", "-", "–", "—"]) || !free(at) || end < at + 4 {
        return false;
    }
    let rest = Clause { from: at + 1, end };
    let says = |i: usize| {
        let word = text.word(i);
        text.is_one_of(
            i,
            &["is", "are", "was", "were", "has", "have", "had", "did", "does", "will", "can", "got", "needs"],
        ) || ["n't", "'re", "'ve", "'m", "'ll"].iter().any(|ending| word.ends_with(ending))
            || word.ends_with("'s")
                && text.get(i + 1).is_some_and(|t| t.text.ends_with("ing") || crate::matching::is_past(&t.text))
            || i > at + 1 && crate::matching::is_past(word)
    };
    // "…, I need to do it again"
    let again = text.is_one_of(rest.from, &["i", "we", "i've", "we've"])
        && (rest.from + 2..end).any(|i| text.is_one_of(i, &["it", "them", "that"]));
    (again || (rest.from..end).any(says) && !(rest.from..end).any(|i| text.is_one_of(i, MORE)))
        && !change::leads(text, rest, context)
        && (!add::leads(text, rest, context) || again)
        && !super::super::listing::leads(text, rest, context)
}

fn remarks(text: &Text<'_>, from: usize, at: usize, end: usize, context: &Context) -> bool {
    let before = text.get(at - 1).filter(|t| !t.literal && matches!(t.kind, Kind::Word | Kind::Number));
    let free = before.is_some_and(|t| !HOLD.contains(&t.text.as_str()) || t.text == "it" || t.text == "them");
    // What goes on behind the remark would be lost.
    let last =
        (at..end).all(|i| text.get(i).is_some_and(|t| !ends(t) && !text.is_one_of(i, &["and", "then", ",", "but"])));
    if !free || !last || end < at + 2 || !text.get(at).is_some_and(|t| !t.literal) {
        return false;
    }
    if text.is_one_of(at, STATES) {
        return !change::only_marks(text, at + 1, end, context) && !(from..at).any(|i| text.is_one_of(i, &["until"]));
    }
    // "the one I added" names a task; "I don't need it" has an object of its own.
    text.is_one_of(at, SUBJECTS)
        && (at + 2..end)
            .any(|i| text.is_one_of(i, &["it", "them", "one", "that", "my", "our", "plenty", "enough", "loads"]))
        && !(at + 1..end).any(|i| text.is_one_of(i, &["said", "told", "asked"]))
}

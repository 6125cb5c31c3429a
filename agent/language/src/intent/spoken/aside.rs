//! Words on the side: "while you're at it", and the request that follows what is wanted: "…, can you add that".

use super::super::clause::Clause;
use super::super::{add, change, guard, listing};
use super::keep;
use crate::Context;
use crate::grammar::Phrases;
use crate::token::{Kind, Text, Token};
use std::sync::LazyLock;

static ASIDES: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(&[
        ("[,] while|whilst you're|youre|your|you|we're at it|that [,]", ()),
        ("[,] while you are at it [,]", ()),
        ("[,] while i think|remember [of|about] [it] [,]", ()),
        ("[,] while i'm|im at it [,]", ()),
        ("[,] before i forget [,]", ()),
        ("[,] if you don't|dont|wouldn't|wouldnt mind [,]", ()),
        ("[,] if that's|thats ok|okay|alright|possible|fine [,]", ()),
        ("[,] if it's|its|it is ok|okay|alright|possible [,]", ()),
    ])
});

/// Takes the words on the side out.
pub(super) fn drop(text: &mut Text<'_>, context: &Context) {
    let mut kept = vec![true; text.len()];
    let mut at = 0;
    while at < text.len() {
        let aside = ASIDES.longest(text, at, text.len(), context).filter(|(stop, ..)| stop - at < text.len());
        match aside {
            Some((stop, ..)) => {
                for flag in kept.iter_mut().take(stop).skip(at) {
                    *flag = false;
                }
                at = stop;
            }
            None => at += 1,
        }
    }
    if kept.contains(&true) && kept.contains(&false) {
        keep(text, &kept);
    }
}

/// What asks, at the end, for what was said to be added; `true` where dates may follow.
static REQUESTS: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    Phrases::new(&[
        ("add|put|pop|stick|note|write|jot|save|log that|it|this|them|those [down|in]", false),
        (
            "add|put|pop|stick|note|write|jot|save|log that|it|this|them|those [down|in] to|on|onto|in my|the|our [shopping|todo|to-do|task] list|todos|tasks",
            false,
        ),
        ("add|put|pop|stick|note|write|jot that|it|this|them|those to|on|onto|in my|the|our to do list", false),
        ("make a note [of] [it|that|this]", false),
        ("remind me [about|of] [it|that|this]", true),
        ("set a reminder [for] [it|that|this]", true),
    ])
});

const SOFT: &[&str] = &["please", "can", "could", "would", "will", "you", "u", "so", "just", "and", ",", "."];

/// "tablets every night at 9, can you add that": the request is put first, where it is looked for.
pub(super) fn lead(text: &mut Text<'_>, context: &Context) {
    let Some((at, stop)) = request(text, context) else { return };
    let mut from = at;
    while from > 1 && text.is_one_of(from - 1, SOFT) {
        from -= 1;
    }
    let said = Clause { from: 0, end: from };
    let plain = add::leads(text, said, context) && !text.is_one_of(0, &["i", "we"])
        || change::leads(text, said, context)
        || listing::leads(text, said, context)
        || guard::is_question(text, said)
        || guard::untouched(text, said, context).is_some()
        || (0..from).any(|i| text.is_one_of(i, &["done", "finished", "paid", "if", "when", "not"]));
    let Some(start) = text.get(0).filter(|_| from >= 2 && !plain).map(|t| t.start) else { return };
    text.tokens.drain(from..stop);
    if text.is_one_of(0, &["i", "we"]) && crate::read::names::is_task_verb(text, 1) {
        text.tokens.remove(0);
    }
    let add = Token {
        start,
        end: start,
        kind: Kind::Word,
        text: "add".to_owned(),
        glued: false,
        capital: false,
        literal: false,
    };
    text.tokens.insert(0, add);
}

/// Where the request stands, if nothing but dates follows it.
fn request(text: &Text<'_>, context: &Context) -> Option<(usize, usize)> {
    let last =
        (0..text.len()).rev().find(|&i| !text.is_one_of(i, &[".", "!", "?", "please", "thanks", ",", "cheers"]))? + 1;
    (last.saturating_sub(12).max(2)..last).find_map(|at| {
        let (stop, dated, _) = REQUESTS.longest(text, at, last, context)?;
        let set_apart = text.is_one_of(at - 1, SOFT);
        let rest = stop == last || dated && add::only_marks(text, stop, last, context);
        (set_apart && rest).then_some((at, if stop == last { text.len() } else { stop }))
    })
}

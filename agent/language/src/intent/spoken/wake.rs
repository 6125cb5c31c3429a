//! Names by which people call a device: "Hey Siri, …", "Alexa …", "OK Google …".

use super::super::clause::Clause;
use super::super::{add, change, guard, listing};
use crate::Context;
use crate::grammar::Phrases;
use crate::token::{Kind, Text};
use std::sync::LazyLock;

/// `true` for those that call a device whatever follows.
static CALLS: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    Phrases::new(&[
        ("hey|hi|ok|okay|hello|yo|oi|oh|so|right|um [,] siri|alexa|cortana|bixby|jarvis|google", true),
        (
            "hey|hi|ok|okay|hello|yo|oi [,] computer|assistant|echo|chat|bot|gemini|claude|copilot|meta|todo|gpt|chatgpt|list|planner|app",
            true,
        ),
        ("hey|hi|ok|okay [,] google assistant", true),
        ("siri|alexa|cortana|bixby|jarvis|chatgpt", true),
        ("google|computer|assistant|echo|bot|chat ,", true),
        ("google assistant", false),
        ("computer|assistant|echo|bot|gemini|claude|copilot", false),
    ])
});

/// What may stand before the name and goes with it.
const BEFORE: &[&str] = &["um", "uh", "so", "oh", "right", "please", "okay", "ok", "well", "and", "yeah", "now"];

/// Takes the name off the beginning, and off the end where it is set apart.
pub(super) fn drop(text: &mut Text<'_>, context: &Context) {
    for _ in 0..3 {
        let Some(stop) = called(text, context) else { break };
        text.tokens.drain(..stop);
    }
    let last = text.len().saturating_sub(1);
    let end = last + usize::from(!text.get(last).is_some_and(|t| t.kind == Kind::Sign));
    let apart = end > 2
        && text.is_one_of(end - 1, &["siri", "alexa", "google", "cortana"])
        && text.is_one_of(end - 2, &[",", "please", "thanks", "hey", "ok", "okay", "cheers", "you"]);
    if apart {
        text.tokens.remove(end - 1);
    }
}

fn called(text: &Text<'_>, context: &Context) -> Option<usize> {
    let start = (0..text.len().min(4)).find(|&i| !text.is_one_of(i, BEFORE) && !text.is_one_of(i, &[","]))?;
    let (mut stop, sure, _) =
        CALLS.longest(text, 0, text.len(), context).or_else(|| CALLS.longest(text, start, text.len(), context))?;
    while text.is_one_of(stop, &[",", ".", "!", ":", "-", "…"]) {
        stop += 1;
    }
    // "call Alexa" and "Alexa?" name somebody; "Google flights" is a chore.
    let rest = Clause { from: stop, end: text.len() };
    let owned = text.is_one_of(stop, &["and", "'", "is", "said", "says", "told", "wants"]);
    (!rest.is_empty() && !owned && (sure || commands(text, rest, context))).then_some(stop)
}

fn commands(text: &Text<'_>, rest: Clause, context: &Context) -> bool {
    add::leads(text, rest, context)
        || change::leads(text, rest, context)
        || listing::leads(text, rest, context)
        || guard::is_question(text, rest)
}

//! Reads sayings: what a person wants done with the list.

mod add;
mod antecedent;
mod change;
mod clause;
mod guard;
mod listing;
mod model;
mod polite;
mod spell;
mod talk;
mod target;

pub use model::{Changes, Intent, Listing, Move, Reference, Talk, Target, Untouched};
pub use target::read_target;

use crate::Context;
use crate::token::Text;
use clause::Clause;

/// Reads a saying. There is always at least one intent; a saying of several parts has several, in order.
#[must_use]
pub fn read(saying: &str, context: &Context) -> Vec<Intent> {
    let mut text = Text::new(saying);
    spell::correct(&mut text);
    let text = text;
    let whole = polite::strip(&text, Clause { from: 0, end: text.len() }, context);
    if whole.is_empty() {
        return vec![if text.len() == 0 { Intent::Unclear } else { Intent::Talk(Talk::Thanks) }];
    }
    if let Some(intent) = correction(&text, whole, context) {
        return vec![intent];
    }
    if let Some(intent) = read_whole(&text, whole, context) {
        return vec![intent];
    }
    let mut intents = read_parts(&text, whole, context);
    // A greeting, or a remark that nothing follows from, says nothing beside a command.
    let commands = intents.iter().filter(|i| i.is_command()).count();
    if commands > 0
        && intents
            .iter()
            .all(|i| i.is_command() || !matches!(i, Intent::Untouched(Untouched::Reported | Untouched::Musing)))
    {
        intents.retain(|i| i.is_command() || matches!(i, Intent::Unclear));
        if intents.iter().any(Intent::is_change) {
            intents.retain(Intent::is_command);
        }
    } else {
        // Reported speech and musings put everything said along with them in doubt.
        let untouched = intents.iter().find(|i| matches!(i, Intent::Untouched(_))).cloned();
        if let Some(untouched) = untouched {
            return vec![untouched];
        }
    }
    intents.dedup_by(|a, b| !a.is_command() && a == b);
    if intents.is_empty() { vec![Intent::Unclear] } else { intents }
}

/// "no, 8am", "I meant Friday": another day or time for what was spoken of.
fn correction(text: &Text<'_>, whole: Clause, context: &Context) -> Option<Intent> {
    let meant = text.is_one_of(whole.from, &["i"]) && text.is_one_of(whole.from + 1, &["meant", "mean"]);
    let corrects = (0..whole.from).any(|i| text.is_one_of(i, &["no", "actually", "sorry", "wait", "oops"]));
    let from = whole.from + if meant { 2 } else { 0 };
    if !(meant || corrects) || from >= whole.end {
        return None;
    }
    let to = change::only_due(text, from, whole.end, context)?;
    Some(Intent::Update(Target::one(Reference::It), Box::new(Changes { due: Some(to), ..Changes::default() })))
}

fn read_parts(text: &Text<'_>, whole: Clause, context: &Context) -> Vec<Intent> {
    let mut intents: Vec<Intent> = Vec::new();
    let mut before: Option<Clause> = None;
    for part in clause::split(text, whole, context) {
        let part = polite::strip(text, part, context);
        if part.is_empty() {
            continue;
        }
        let mut intent = read_clause(text, part, context);
        if let Some(last) = before {
            // "…, tag work" may be no command, but go on with the task before.
            let joined = Clause { from: last.from, end: part.end };
            let goes_on = intent == Intent::Unclear
                && (add::only_marks(text, part.from, part.end, context)
                    || matches!(intents.last(), Some(Intent::Add(_))) && !clause::is_firm(text, last.end, part.from))
                && matches!(intents.last(), Some(Intent::Add(_) | Intent::Unclear));
            if goes_on && let whole @ Intent::Add(_) = read_clause(text, joined, context) {
                intents.pop();
                intents.push(whole);
                before = Some(joined);
                continue;
            }
            if intents.last().is_some_and(|i| !i.is_command())
                && let Some(thing) = antecedent::of(text, last, context)
            {
                antecedent::put(&mut intent, &thing);
            }
        }
        intents.push(intent);
        before = Some(part);
    }
    intents
}

/// What is read from the whole saying, before it is split.
fn read_whole(text: &Text<'_>, whole: Clause, context: &Context) -> Option<Intent> {
    if let Some(untouched) = guard::doubt(text, whole, context) {
        return Some(Intent::Untouched(untouched));
    }
    talk::read(text, whole, context).or_else(|| add::several(text, whole, context))
}

fn read_clause(text: &Text<'_>, clause: Clause, context: &Context) -> Intent {
    if let Some(intent) = talk::read(text, clause, context) {
        return intent;
    }
    if let Some(untouched) = guard::untouched(text, clause, context) {
        return Intent::Untouched(untouched);
    }
    let question = guard::is_question(text, clause);
    if let Some(listing) = listing::read(text, clause, question, context) {
        return Intent::List(listing);
    }
    if question {
        return Intent::Untouched(guard::kind_of_question(text, clause));
    }
    change::read(text, clause, context)
        .or_else(|| add::read(text, clause, context))
        .or_else(|| change::statement(text, clause, context))
        .or_else(|| add::bare(text, clause, context))
        .unwrap_or(Intent::Unclear)
}

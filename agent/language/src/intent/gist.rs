//! The reading of last resort: what a saying does, whatever the order of its words. It is taken apart into values,
//! phrases that do something (see [`rows`]), words that point and words that say nothing. All that is left must be
//! explained by the title of a task, or else nothing is understood.

mod apart;
mod parts;
mod rows;

use super::change::updated;
use super::clause::Clause;
use super::model::{Intent, Reference, Target};
use crate::Context;
use crate::token::Text;
use apart::Reading;
use parts::Parts;
use rows::Act;

/// Most tokens of a saying that is taken apart.
const LONGEST: usize = 24;

/// Most tokens of a text whose parts are taken apart.
pub(super) const WHOLE: usize = 160;

/// What the clause may do, the likeliest first. With `new`, the same words may as well be a new task.
pub(super) fn readings(text: &Text<'_>, clause: Clause, new: bool, context: &Context) -> Vec<Intent> {
    if clause.is_empty() || clause.end - clause.from > LONGEST || text.len() > WHOLE {
        return Vec::new();
    }
    let mut found: Vec<Intent> = Vec::new();
    for reading in [Reading::Plain, Reading::VerbInTitle] {
        let Some(parts) = apart::read(text, clause, reading, context) else { continue };
        let nouns = parts.nouns(text);
        let meant = meant(text, parts, new);
        // "the report is done and submitted": the second verb says it once more.
        let again = matches!(&meant, Some(Intent::Complete(target)) if !nouns.is_empty() && !target.is_explicit());
        let again = again.then(|| Intent::Complete(Target::one(Reference::Covered(nouns))));
        for intent in meant.into_iter().chain(again.filter(|_| !new && completes(text, clause))) {
            if !found.contains(&intent) {
                found.push(intent);
            }
        }
    }
    found
}

/// Whether the words say by themselves that something is done, beside a verb that does.
fn completes(text: &Text<'_>, clause: Clause) -> bool {
    const WORDS: &[&str] = &["done", "finished", "completed", "complete", "tick", "sorted", "ticked"];
    (clause.from..clause.end).any(|i| text.is_one_of(i, WORDS))
}

/// "can the shoes be urgent", put as a question: what it asks to be changed.
pub(super) fn requested(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let asks =
        text.is_one_of(clause.from, &["can", "could", "would"]) && !text.is_one_of(clause.from + 1, &["i", "you"]);
    let be = (clause.from + 2..clause.end).any(|i| text.is_one_of(i, &["be", "go", "wait"]));
    let end = clause.end - usize::from(text.is_one_of(clause.end - 1, &["?"]));
    let inner = Clause { from: clause.from + 1, end };
    (asks && be)
        .then(|| {
            readings(text, inner, false, context)
                .into_iter()
                .find(|i| matches!(i, Intent::Update(..) | Intent::Reopen(_)))
        })
        .flatten()
}

/// What the parts mean together, if they make sense.
fn meant(text: &Text<'_>, mut parts: Parts, new: bool) -> Option<Intent> {
    let target = target(text, &parts)?;
    let mut acts = parts.acts.clone();
    // "mark the report as done", "put the bins back on the list"
    if acts.len() > 1 {
        acts.retain(|act| *act != Act::Change);
    }
    let mut changes = std::mem::take(&mut parts.changes);
    let valued = !changes.is_empty();
    // "the landlord emailed me yesterday" tells what was.
    if acts.is_empty() && valued && parts.told && !(parts.past && parts.gone) {
        return None;
    }
    match acts.as_slice() {
        [Act::Delete] if !parts.fields.is_empty() => {
            // "drop the priority to low"
            if !valued {
                parts.fields.iter().for_each(|field| field.empty(&mut changes));
            }
            updated(target, changes)
        }
        [Act::Delete] if !valued => Some(Intent::Delete(target)),
        [Act::Reopen] if !valued => Some(Intent::Reopen(target)),
        [Act::Complete] if !valued || parts.gone => Some(Intent::Complete(target)),
        [] if !valued && parts.back => None,
        [] if parts.past => (!valued || parts.gone).then_some(Intent::Complete(target)),
        [Act::Change] if !valued && parts.back => Some(Intent::Reopen(target)),
        [Act::Change] if valued => updated(target, changes),
        [] if valued && says_so(&parts, &target, new) => updated(target, changes),
        _ => None,
    }
}

/// Whether values without a verb are meant for a task that is there.
fn says_so(parts: &Parts, target: &Target, new: bool) -> bool {
    let known = parts.definite || parts.emptied || target.is_explicit();
    parts.is || parts.arrow || parts.definite && parts.meant_for || known && !new
}

fn target(text: &Text<'_>, parts: &Parts) -> Option<Target> {
    let words = parts.words(text);
    if words.is_empty() {
        // "and drop the priority to low"
        let field = || (!parts.fields.is_empty() && !parts.acts.is_empty()).then(|| Target::one(Reference::It));
        return parts.pointed.clone().or_else(field);
    }
    if parts.weak && !parts.is && !parts.new {
        return Some(Target::one(Reference::Title(words)));
    }
    // "a cake for grandpa" is a new one.
    (!parts.new && !parts.points_firmly()).then(|| Target::one(Reference::Covered(words)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn first(saying: &str) -> Option<Intent> {
        let context = Context::new(date(2026, 11, 4), time(10, 0, 0, 0));
        let text = Text::new(saying);
        readings(&text, Clause { from: 0, end: text.len() }, false, &context).into_iter().next()
    }

    fn words(saying: &str) -> String {
        match first(saying).and_then(|i| i.target().map(|t| t.references.clone())).as_deref() {
            Some([Reference::Covered(words)]) => words.clone(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_order_of_the_parts_does_not_matter() {
        for saying in [
            "the judo one make it 17:30",
            "make the judo one 17:30",
            "17:30 for the judo one",
            "the judo should be at 17:30 not 17:00",
            "change from 17:00 to 17:30 the judo",
        ] {
            assert!(matches!(first(saying), Some(Intent::Update(..))), "{saying}");
            assert_eq!(words(saying), "judo", "{saying}");
        }
        for saying in ["the rent and the gym are both done", "tick rent and gym off", "rent and gym, done"] {
            assert!(matches!(first(saying), Some(Intent::Complete(_))), "{saying}");
            assert_eq!(words(saying), "rent and gym", "{saying}");
        }
        for saying in ["the water bill can go too", "get rid of the water bill", "the water bill, take it off the list"]
        {
            assert!(matches!(first(saying), Some(Intent::Delete(_))), "{saying}");
        }
        for saying in ["put the leaves back on my to do list", "the leaves have to go back on the list"] {
            assert!(matches!(first(saying), Some(Intent::Reopen(_))), "{saying}");
        }
    }

    #[test]
    fn a_past_verb_belongs_to_the_words() {
        assert_eq!(words("flour orderd"), "flour orderd");
        assert!(matches!(first("this I paid already"), Some(Intent::Complete(_))));
    }

    #[test]
    fn what_throws_doubt_is_not_explained() {
        for saying in [
            "the rent isn't urgent",
            "the rent is not urgent",
            "if the rent is done",
            "tim said the rent is done",
            "when the rent is done",
            "I want the rent done",
            "should the rent be urgent",
            "the rent was due friday",
            "the rent might be friday",
            "the rent has no due date",
            "rehearsal tomorrow is at 8",
            "make a cake for friday",
        ] {
            let words = words(saying);
            // Words that no title has explain nothing either.
            assert!(
                first(saying).is_none() || ["isn't", "not", "tim", "might", "want"].iter().any(|w| words.contains(w)),
                "{saying}: {words}"
            );
        }
    }
}

//! What is asked for, where the list is to decide between readings.

use super::clause::Clause;
use super::model::{Intent, Reference, Target};
use super::{add, change, gist, listing};
use crate::Context;
use crate::token::Text;

/// What is asked for. Where the forms of commands do not tell, or tell of no task on the list, all that the
/// words may do is tried.
pub(super) fn read(text: &Text<'_>, clause: Clause, context: &Context) -> Intent {
    let meant = read_any(text, clause, context);
    if !is_of_ones_own(text, clause) {
        return meant;
    }
    match meant {
        Intent::Either(readings, otherwise) => {
            Intent::Either(readings.into_iter().map(nearly_whole).collect(), Box::new(unless_named(*otherwise)))
        }
        ref change @ Intent::Update(..) if by_words(change) => {
            Intent::Either(vec![nearly_whole(meant)], Box::new(Intent::Unclear))
        }
        other => other,
    }
}

/// "my birthday is on Friday" tells of a day, whatever the list has on birthdays.
fn is_of_ones_own(text: &Text<'_>, clause: Clause) -> bool {
    let said = |words: &[&str]| (clause.from..clause.end).any(|i| text.is_one_of(i, words));
    text.is_one_of(clause.from, &["my", "our", "his", "her"])
        && (clause.from + 2..clause.end.min(clause.from + 5)).any(|i| text.is_one_of(i, &["is", "are"]))
        && !said(&["now", "actually", "one", "task", "due", "moved", "done", "be", "instead", "urgent", "priority"])
}

fn nearly_whole(mut change: Intent) -> Intent {
    if let Intent::Update(target, _) = &mut change
        && let [Reference::Words(words) | Reference::Covered(words)] = target.references.as_slice()
    {
        *target = Target::one(Reference::Title(words.clone()));
    }
    change
}

fn unless_named(otherwise: Intent) -> Intent {
    if matches!(otherwise, Intent::Update(..)) && by_words(&otherwise) { Intent::Unclear } else { otherwise }
}

fn read_any(text: &Text<'_>, clause: Clause, context: &Context) -> Intent {
    if let Some(added) = add::ahead(text, clause, context) {
        return added;
    }
    if add::has_heading(text, clause, context)
        && let Some(added) = add::read(text, clause, context)
    {
        return added;
    }
    // "kick-off with Delta", "check-in for the flight": a noun, and no command.
    if is_compound(text, clause.from)
        && let Some(added) = add::bare(text, clause, context)
    {
        return added;
    }
    let usual = by_form(text, clause, context);
    let (mut readings, otherwise) = match usual {
        Intent::Either(readings, otherwise) => (readings, *otherwise),
        Intent::Add(_) | Intent::Unclear => (Vec::new(), usual),
        ref change if by_words(change) => (vec![change.clone()], usual),
        _ => return usual,
    };
    let new = matches!(otherwise, Intent::Add(_));
    if new && add::leads_surely(text, clause, context) {
        return either(readings, otherwise);
    }
    let known = readings.len();
    let listed = readings.iter().position(|reading| !reading.is_change()).unwrap_or(known);
    let (explicit, gists): (Vec<Intent>, Vec<Intent>) = gist::readings(text, clause, new, context)
        .into_iter()
        .partition(|gist| gist.target().is_some_and(Target::is_explicit));
    // What points at a task says more than words that no task has.
    let otherwise = explicit.into_iter().next().filter(|_| !new).unwrap_or(otherwise);
    if listed == 0 && otherwise.target().is_some_and(Target::is_explicit) {
        return otherwise;
    }
    let gists: Vec<Intent> =
        gists.into_iter().filter(|gist| !readings.iter().any(|reading| says_the_same(reading, gist))).collect();
    readings.splice(listed..listed, gists);
    if readings.len() == 1 && readings.first() == Some(&otherwise) { otherwise } else { either(readings, otherwise) }
}

/// Whether the word is the first part of a compound: "kick-off", but not "re-open".
fn is_compound(text: &Text<'_>, at: usize) -> bool {
    let glued = |i: usize| text.get(i).is_some_and(|t| t.glued && !t.literal);
    glued(at + 1) && text.is_one_of(at + 1, &["-"]) && glued(at + 2) && !text.is_one_of(at, &["re", "un", "de", "to"])
}

/// Whether two readings ask for the same of tasks that the same words name.
fn says_the_same(a: &Intent, b: &Intent) -> bool {
    let words = |intent: &Intent| match intent.target().map(|target| target.references.as_slice()) {
        // "rent and gym" may be covered by two.
        Some([Reference::Covered(words)]) if words.contains(" and ") => None,
        Some([Reference::Words(words) | Reference::Covered(words)]) => Some(crate::matching::content_words(words)),
        _ => None,
    };
    let same = match (a, b) {
        (Intent::Update(_, a), Intent::Update(_, b)) => a == b,
        _ => std::mem::discriminant(a) == std::mem::discriminant(b),
    };
    same && words(a).is_some() && words(a) == words(b)
}

fn either(readings: Vec<Intent>, otherwise: Intent) -> Intent {
    if readings.is_empty() { otherwise } else { Intent::Either(readings, Box::new(otherwise)) }
}

/// As [`read`], by the forms that commands have.
fn by_form(text: &Text<'_>, clause: Clause, context: &Context) -> Intent {
    let firm = change::read(text, clause, context);
    let mut readings = match &firm {
        Some(Intent::Either(readings, _)) => readings.clone(),
        Some(change) if !by_words(change) => return change.clone(),
        _ => Vec::new(),
    };
    let added = || {
        add::read(text, clause, context)
            .or_else(|| change::statement(text, clause, context))
            .or_else(|| add::bare(text, clause, context))
            .or_else(|| add::stated(text, clause, context))
    };
    if firm.is_none() {
        readings.extend(listing::mentioning(text, clause, false, context));
    }
    let firm = firm.filter(|i| !matches!(i, Intent::Either(..)));
    match &firm {
        // "went to the team meeting" may say the title without its verb.
        Some(change @ Intent::Complete(_)) => {
            let told = change::told(text, clause);
            readings.extend(told.is_some().then(|| change.clone()).into_iter().chain(told));
        }
        Some(change) => return change.clone(),
        None if add::leads_surely(text, clause, context) => readings.extend(change::still(text, clause, context)),
        None => readings.extend(change::readings(text, clause, context)),
    }
    let otherwise = firm.or_else(added).or_else(|| readings.first().filter(|_| is_told(text, clause)).cloned());
    let otherwise = otherwise.unwrap_or(Intent::Unclear);
    if otherwise == Intent::Unclear {
        readings.extend(change::named(text, clause, context));
    }
    either(readings, otherwise)
}

/// Whether a change is of a task that words of its title name.
fn by_words(change: &Intent) -> bool {
    change.target().is_some_and(|target| target.references.iter().any(|r| matches!(r, Reference::Words(_))))
}

/// "make the budget urgent": if there is no such task, that is to be said.
fn is_told(text: &Text<'_>, clause: Clause) -> bool {
    text.is_one_of(clause.from, &["make", "set", "mark", "give", "tag", "label", "cancel", "drop", "forget", "scrap"])
}

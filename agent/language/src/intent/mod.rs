//! Reads sayings: what a person wants done with the list.

mod add;
mod antecedent;
mod change;
mod clause;
mod described;
mod elsewhere;
mod follow;
mod gapped;
mod gist;
mod guard;
mod listing;
mod model;
mod parts;
mod polite;
mod spell;
mod spoken;
mod talk;
mod target;
mod undo;
mod weighed;

pub use add::more;
pub use follow::{Follow, follow};
pub use listing::{GoOn, go_on};
pub use model::{Changes, Described, Intent, Listing, Move, Reference, Talk, Target, Untouched};
pub use target::read_target;

use crate::Context;
use crate::grammar::Phrases;
use crate::token::{Kind, Text};
use clause::Clause;
use std::sync::LazyLock;

/// Reads a saying. There is always at least one intent; a saying of several parts has several, in order.
#[must_use]
pub fn read(saying: &str, context: &Context) -> Vec<Intent> {
    let text = spoken::heard(saying, context);
    let whole = polite::strip(&text, Clause { from: 0, end: text.len() }, context);
    if whole.is_empty() {
        return vec![if text.len() == 0 { Intent::Unclear } else { Intent::Talk(Talk::Thanks) }];
    }
    if undo::read(&text, context) == Some(undo::Undo::Surely) {
        return vec![Intent::Undo];
    }
    if let Some(intent) = correction(&text, whole, context) {
        return vec![intent];
    }
    if let Some(intent) = read_whole(&text, whole, context) {
        return vec![intent];
    }
    let mut intents = read_parts(&text, whole, context);
    if let [single] = intents.as_slice()
        && adds(single)
        && let Some((first, second)) = parts::undecided(&text, whole, context)
    {
        return vec![Intent::Parts(vec![first, second], Box::new(single.clone()))];
    }
    // A greeting, or a remark that nothing follows from, says nothing beside a command.
    let commands = intents.iter().filter(|i| i.is_command()).count();
    if commands > 0
        && intents
            .iter()
            .all(|i| i.is_command() || !matches!(i, Intent::Untouched(Untouched::Reported | Untouched::Musing)))
    {
        intents.retain(|i| i.is_command() || matches!(i, Intent::Unclear));
        if intents.iter().any(|i| i.is_change() && !adds(i)) {
            intents.retain(|i| !is_remark(i));
        }
        if intents.iter().any(|i| i.is_change() && !is_unclear(i)) {
            intents.retain(|i| i.is_command() && !(is_unclear(i) && !i.is_change()));
        }
    } else {
        // Reported speech and musings put everything said along with them in doubt.
        let untouched = intents.iter().find(|i| matches!(i, Intent::Untouched(_))).cloned();
        if let Some(untouched) = untouched {
            return vec![untouched];
        }
    }
    // "whoops, that was wrong, take it back" takes back once.
    intents.dedup_by(|a, b| (!a.is_command() || *a == Intent::Undo) && a == b);
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
    let mut remarks = Vec::new();
    let mut before: Option<Clause> = None;
    for part in clause::split(text, whole, context) {
        let part = polite::strip(text, part, context);
        if part.is_empty() {
            continue;
        }
        if let Some(changes) = gapped::read(text, part, context) {
            intents.extend(changes);
            before = Some(part);
            continue;
        }
        let mut intent = read_clause(text, part, context);
        if let Some(last) = before {
            // "…, tag work" may be no command, but go on with the task before.
            let joined = Clause { from: last.from, end: part.end };
            let only_marks = add::only_marks(text, part.from, part.end, context);
            let goes_on = (is_unclear(&intent) || only_marks)
                && (add::only_marks(text, part.from, part.end, context)
                    || intents.last().is_some_and(adds) && !clause::is_firm(text, last.end, part.from))
                && intents.last().is_some_and(|i| adds(i) || is_unclear(i));
            // "add fix css; fix a11y; ship"
            let listed = text.is_one_of(part.from.wrapping_sub(1), &[";", "•", "*"]) && is_unclear(&intent);
            if listed
                && let Some(Intent::Add(tasks)) = intents.last_mut()
                && let Some(Intent::Add(more)) = add::item(text, part, context)
            {
                tasks.extend(more);
                before = Some(part);
                continue;
            }
            let whole = goes_on.then(|| read_clause(text, joined, context)).filter(adds);
            if let Some(whole) = whole {
                intents.pop();
                intents.push(whole);
                before = Some(joined);
                continue;
            }
            spoken_of(text, (last, part), context, &mut intents, &mut intent);
        }
        remarks.push(adds(&intent) && add::is_remark(text, part, context));
        if !repeated(intents.last(), &intent) {
            intents.push(intent);
        }
        before = Some(part);
    }
    // "Swimming ends at six. Change the pick-up to 6pm": the first says why.
    if remarks.len() == intents.len() && intents.iter().any(|i| i.is_change() && !adds(i)) {
        let mut remarks = remarks.iter();
        intents.retain(|_| !remarks.next().copied().unwrap_or(false));
    }
    intents
}

/// "I got the prescription, mark it as done": said twice, done once.
fn repeated(last: Option<&Intent>, intent: &Intent) -> bool {
    let completes = |last: &Intent| match last {
        Intent::Either(readings, otherwise) => {
            matches!(readings.first(), Some(Intent::Complete(_))) && matches!(**otherwise, Intent::Complete(_))
        }
        _ => matches!(last, Intent::Complete(_)),
    };
    let again = matches!(intent, Intent::Complete(target) if antecedent::points(target));
    again && last.is_some_and(completes)
}

/// "I ticked the permission slip by mistake, reopen it": what "it" means was said just before.
fn spoken_of(
    text: &Text<'_>,
    (remark, part): (Clause, Clause),
    context: &Context,
    intents: &mut Vec<Intent>,
    intent: &mut Intent,
) {
    // "put it back" may open a task again; "undo it" only undoes.
    let backwards = (part.from..part.end).any(|i| text.is_one_of(i, &["back"]));
    let points = *intent == Intent::Undo && backwards || intent.target().is_some_and(antecedent::points);
    let back = matches!(intent, Intent::Undo | Intent::Reopen(_));
    let remarked = match intents.last() {
        None => false,
        // What is to be opened again was not added or completed just now.
        Some(Intent::Add(_) | Intent::Complete(_)) => back && !text.is_one_of(remark.from, &["add", "remind"]),
        Some(Intent::Either(_, otherwise)) => back || !otherwise.is_change(),
        Some(last) => !last.is_command() && !matches!(last, Intent::Talk(_)),
    };
    // "the fence, | you can cross it off": together they may say it.
    let joined = Clause { from: remark.from, end: part.end };
    let loose = intents.last().is_some_and(|last| is_unclear(last) && !last.is_change());
    let together =
        if loose && (points || is_unclear(intent)) { gist::readings(text, joined, false, context) } else { Vec::new() };
    let together: Vec<Intent> = together.into_iter().filter(|i| !i.target().is_some_and(Target::is_explicit)).collect();
    if points && remarked {
        let precise = antecedent::of(text, remark, context);
        antecedent::put(intent, &precise.unwrap_or_else(|| antecedent::spoken(text, remark)), backwards);
        intents.pop();
    } else if !together.is_empty() {
        intents.pop();
    }
    if !together.is_empty() {
        *intent = Intent::Either(together, Box::new(intent.clone()));
    }
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
    if let Some(intent) = elsewhere::read(text, clause, context) {
        return intent;
    }
    if let Some(untouched) = guard::untouched(text, clause, context) {
        let untouched = Intent::Untouched(untouched);
        return match change::not_yet(text, clause) {
            Some(reopened) => Intent::Either(vec![reopened], Box::new(untouched)),
            None => untouched,
        };
    }
    let question = guard::is_question(text, clause);
    // "number 4 is finished" asks for no number, and "give the tap a date" for no list.
    let numbered = text.is_one_of(clause.from, &["number", "task", "#"])
        && (text.get(clause.from + 1).is_some_and(|t| t.kind == Kind::Number)
            || target::numbers(text, clause.from, clause.from + 2).is_some())
        || text.is_one_of(clause.from, &["give"])
            && !text.is_one_of(clause.from + 1, &["me", "us"])
            && !text.slice(clause.from, clause.from + 1).eq_ignore_ascii_case("gimme")
        || text.is_one_of(clause.from, &["do"]) && text.is_one_of(clause.from + 1, &["the", "it", "that", "task", "#"]);
    if (question || !numbered)
        && let Some(listing) = listing::read(text, clause, question, context)
    {
        return Intent::List(listing);
    }
    if question {
        return asked(text, clause, context);
    }
    let clause = wished(text, clause, context);
    weighed::read(text, clause, context)
}

/// "I'd like to get rid of everything that's done": what is wished, if it plainly changes what is on the list.
fn wished(text: &Text<'_>, clause: Clause, context: &Context) -> Clause {
    static WISHES: LazyLock<Phrases<()>> = LazyLock::new(|| {
        Phrases::new(&[
            ("i|we would|want|need [now|also] [like] to", ()),
            ("i'd|id|we'd [also] like|love to", ()),
            ("i|we think|guess i|we can", ()),
        ])
    });
    let inner = WISHES.longest(text, clause.from, clause.end, context).map(|(from, ..)| Clause { from, ..clause });
    let plain = |inner: &Clause| match change::read(text, *inner, context) {
        Some(Intent::Delete(target) | Intent::Reopen(target) | Intent::Update(target, _)) => target.is_explicit(),
        _ => false,
    };
    inner.filter(plain).unwrap_or(clause)
}

/// A question that asks for no tasks in words that are known may speak of one; its state is the best answer.
fn asked(text: &Text<'_>, clause: Clause, context: &Context) -> Intent {
    let question = Intent::Untouched(guard::kind_of_question(text, clause));
    if let Some(request) = requested(text, clause, context).or_else(|| gist::requested(text, clause, context)) {
        let explicit = request.target().is_some_and(Target::is_explicit);
        return if explicit { request } else { Intent::Either(vec![request], Box::new(question)) };
    }
    if clause.end - clause.from > 16 || text.is_one_of(clause.from, &["why", "should", "shall"]) {
        return question;
    }
    let spoken = Intent::List(Listing::About(antecedent::spoken(text, clause)));
    let mentioning = listing::mentioning(text, clause, true, context);
    let readings = change::named(text, clause, context).into_iter().chain([spoken]).chain(mentioning).collect();
    Intent::Either(readings, Box::new(question))
}

/// "can the shoes be urgent please": a request, for "please" stands with it.
fn requested(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    const PLEASE: &[&str] = &["please", "pls", "plz"];
    let asks = text.is_one_of(clause.from, &["can", "could"]) && !text.is_one_of(clause.from + 1, &["i", "you", "we"]);
    let pleads = (clause.from..text.len()).any(|i| text.is_one_of(i, PLEASE));
    let end = (clause.from..clause.end)
        .find(|&i| i > clause.from && (text.is_one_of(i, PLEASE) || text.is_one_of(i, &["?"])))
        .unwrap_or(clause.end);
    let be = (clause.from + 2..end).find(|&i| text.is_one_of(i, &["be"])).filter(|_| asks && pleads)?;
    let changes = change::marks(text, be + 1, end, context)?;
    Some(Intent::Update(target::read(text, clause.from + 1, be, context), Box::new(changes)))
}

/// "Lily's swimming finishes at six": told beside what is asked for, that is no task.
fn is_remark(intent: &Intent) -> bool {
    const VERBS: &[&str] = &[
        "finishes", "ends", "starts", "begins", "closes", "opens", "arrives", "leaves", "comes", "lands", "gets",
        "goes", "runs", "happens", "moved", "is",
    ];
    match intent {
        Intent::Either(_, otherwise) => is_remark(otherwise),
        Intent::Add(tasks) => {
            let told = |title: &str| {
                title.split(' ').next_back().is_some_and(|word| VERBS.contains(&word)) || title.starts_with("Do it")
            };
            matches!(tasks.as_slice(), [task] if told(&task.title))
        }
        _ => false,
    }
}

/// Adds, unless the list tells more.
fn adds(intent: &Intent) -> bool {
    match intent {
        Intent::Either(_, otherwise) => matches!(**otherwise, Intent::Add(_)),
        _ => matches!(intent, Intent::Add(_)),
    }
}

/// Not understood, unless the list tells more.
fn is_unclear(intent: &Intent) -> bool {
    match intent {
        Intent::Either(_, otherwise) => **otherwise == Intent::Unclear,
        _ => *intent == Intent::Unclear,
    }
}

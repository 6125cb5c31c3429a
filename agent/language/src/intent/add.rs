//! Sayings that make tasks.

mod bare;
mod header;
mod items;
mod leads;
mod quoted;
mod title;

pub(super) use bare::bare;
pub(super) use items::several;
use title::{is_mark, merge, tail, task};
pub(super) use title::{item, only_marks};

use super::clause::Clause;
use super::model::{Intent, Listing};
use super::{listing, polite};
use crate::quick;
use crate::read::names;
use crate::token::Text;
use crate::{Context, Parsed};
use items::{chores, items, rest_has_words};
use leads::{LEADS, Lead};

/// Whether the clause begins as an adding one.
pub(super) fn leads(text: &Text<'_>, clause: Clause, context: &Context) -> bool {
    LEADS.longest(text, clause.from, clause.end, context).is_some()
        || text.tokens.len() < 60 && led_by_a_date(text, clause, context).is_some()
}

/// Whether the clause begins with words that say nothing but that something is to be added.
pub(super) fn leads_surely(text: &Text<'_>, clause: Clause, context: &Context) -> bool {
    const MAYBE: &[&str] = &[
        "put", "get", "stick", "pop", "throw", "chuck", "place", "write", "schedule", "plan", "pencil", "include",
        "register", "track", "make", "start", "set", "record", "task", "todo",
    ];
    !text.is_one_of(clause.from, MAYBE) && leads(text, clause, context) && !tells(text, clause, context)
}

/// "I have had my eye test" tells what was done.
pub(super) fn tells(text: &Text<'_>, clause: Clause, context: &Context) -> bool {
    LEADS.longest(text, clause.from, clause.end, context).is_some_and(|(stop, ..)| {
        text.is_one_of(stop - 1, &["have", "i've", "we've"])
            && (text.is_one_of(stop, &["had", "been", "done"]) || crate::matching::is_past(text.word(stop)))
            && !text.is_one_of(stop, &["need"])
    })
}

/// Where the lead ends in "tomorrow I have to …", and where its date does.
fn led_by_a_date(text: &Text<'_>, clause: Clause, context: &Context) -> Option<(usize, usize)> {
    let repeat = crate::read::repeat::read(text, clause.from, clause.end, context).map(|(stop, _)| stop);
    let stop =
        repeat.or_else(|| crate::read::when::read(text, clause.from, clause.end, context).map(|(stop, _)| stop))?;
    let next = stop + usize::from(text.is_one_of(stop, &[","]));
    let (lead, ..) = LEADS.longest(text, next, clause.end, context)?;
    let begins = text.is_one_of(next, &["i", "we", "remind", "add", "i've", "i'm", "don't", "remember", "gotta"]);
    begins.then_some((lead, stop))
}

/// Reads an adding clause with a lead.
pub(super) fn read(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    if let Some(tasks) = headed(text, clause, context) {
        return Some(Intent::Add(tasks));
    }
    let Some((mut stop, mut lead, _)) = LEADS.longest(text, clause.from, clause.end, context) else {
        return after_a_date(text, clause, context);
    };
    if text.is_one_of(clause.from, &["remind"])
        && let Some(intent) = super::change::reminded(text, stop, clause.end, context)
    {
        return Some(intent);
    }
    if text.is_one_of(
        clause.from,
        &[
            "put", "get", "stick", "pop", "throw", "chuck", "place", "write", "schedule", "plan", "pencil", "include",
            "register", "track",
        ],
    ) && stop == clause.from + 1
    {
        // These add only with "… on my list"; alone they begin a title.
        if let Some(tasks) = quoted::tasks(text, Clause { from: stop, end: clause.end }, context) {
            return Some(Intent::Add(tasks));
        }
        if let Some(intent) = stuck_on(text, stop, clause, context) {
            return Some(intent);
        }
        if tail(text, stop, clause.end, context).is_none() {
            return bare(text, clause, context);
        }
        let commas = (stop..clause.end).any(|i| text.is_one_of(i, &[","]));
        lead = if commas { Lead::Maybe } else { Lead::One };
    }
    // "task 3 …" names a task, and "task buy milk" makes one.
    if text.is_one_of(clause.from, &["task", "todo", "reminder", "note", "to-do"])
        && !text.is_one_of(stop - 1, &[":", "-"])
        && !names::is_task_verb(text, stop)
    {
        return None;
    }
    let wishing = text.is_one_of(
        clause.from,
        &["i", "we", "i've", "ive", "i'd", "i'm", "im", "we've", "gotta", "must", "need", "have", "should"],
    );
    if wishing && let Some(intent) = wished(text, stop, clause, context) {
        return Some(intent);
    }
    if tells(text, clause, context) {
        return None;
    }
    if stop >= clause.end || !rest_has_words(text, stop, clause.end) {
        return Some(Intent::Add(Vec::new()));
    }
    // "add a task for dad: collect the suitcase"
    if text.is_one_of(stop - 1, &["for"]) && text.is_one_of(stop + 1, &[":"]) && stop + 2 < clause.end {
        stop += 2;
    }
    while text.is_one_of(stop, &[":", "-", ",", "–"]) && stop + 1 < clause.end {
        stop += 1;
    }
    if wishing
        && text.is_one_of(clause.from, &["need", "have", "must", "should"])
        && text.is_one_of(stop, &["a", "the", "some"])
    {
        return bare(text, clause, context);
    }
    if text.is_one_of(clause.from, &["i", "we", "i've", "ive"])
        && text.is_one_of(stop, &["a", "an"])
        && text.is_one_of(stop - 1, &["have", "got", "i've", "ive"])
    {
        stop += 1;
    }
    if lead == Lead::Maybe
        && let Some(intent) = marked_noun(text, stop, clause.end, context)
    {
        return Some(intent);
    }
    // "remind me tomorrow to pack and to sign the form"
    let to = crate::read::when::read(text, stop, clause.end, context).map(|(after, _)| after);
    if let Some(to) = to.filter(|&to| text.is_one_of(to, &["to"]))
        && items::infinitives(text, Clause { from: to + 1, end: clause.end }).is_some()
    {
        stop = to + 1;
    }
    let rest = Clause { from: stop, end: clause.end };
    if let Some(tasks) = quoted::tasks(text, rest, context) {
        let shared = quick::marks(text, clause.from, stop, context);
        let tasks = tasks.into_iter().map(|mut task| {
            merge(&mut task, shared.clone());
            task
        });
        return Some(Intent::Add(tasks.collect()));
    }
    if let Some((at, after)) = tail(text, stop, clause.end, context)
        && text.is_one_of(after, &["and", ",", "plus", "also"])
        && rest_has_words(text, after, clause.end)
    {
        let parts = [Clause { from: stop, end: at }, Clause { from: after, end: clause.end }];
        let titles = parts.into_iter().flat_map(|part| items(text, part, false, context));
        return Some(Intent::Add(titles.filter_map(|t| task(text, t, context)).collect()));
    }
    let titles = match lead {
        Lead::One => vec![rest],
        Lead::Maybe | Lead::Many => items(text, rest, lead == Lead::Many, context),
    };
    let single = lead == Lead::One && !wishing;
    let noun = (clause.from..stop).any(|i| text.is_one_of(i, &["task", "todo", "reminder", "item", "a", "an"]));
    let titles = match titles.as_slice() {
        [_] if !single => chores(text, rest, context).unwrap_or(titles),
        [_] if !noun => items::dated(text, rest, context).unwrap_or(titles),
        _ => titles,
    };
    let led_by_to = text.is_one_of(stop - 1, &["to"]) || text.is_one_of(stop, &["to"]);
    let titles = items::infinitives(text, rest).filter(|_| led_by_to).unwrap_or(titles);
    let mut tasks: Vec<Parsed> = titles.into_iter().filter_map(|t| task(text, t, context)).collect();
    // "my task for tomorrow is to …", "todo for tomorrow: …"
    let said = quick::marks(text, clause.from, stop, context);
    for task in &mut tasks {
        merge(task, said.clone());
    }
    Some(Intent::Add(tasks))
}

/// "stick haircut on for Tuesday", "pop milk down".
fn stuck_on(text: &Text<'_>, from: usize, clause: Clause, context: &Context) -> Option<Intent> {
    let at = (from + 1..clause.end).find(|&at| {
        let last = at + 1 == clause.end;
        text.is_one_of(at, &["on", "down", "in"])
            && (last && !text.is_one_of(at, &["in"]) || text.is_one_of(at + 1, &["for", "by"]))
            && (last || only_marks(text, at + 1, clause.end, context))
    })?;
    let plain = text.is_one_of(clause.from, &["stick", "pop", "put", "chuck", "pencil"]);
    let mut task = task(text, Clause { from, end: at }, context).filter(|_| plain)?;
    merge(&mut task, quick::marks(text, at + 1, clause.end, context));
    Some(Intent::Add(vec![task]))
}

/// Whether a header stands before `at`, so that what follows it are items.
pub(super) fn is_headed(text: &Text<'_>, clause: Clause, at: usize, context: &Context) -> bool {
    text.len() < 60
        && (clause.from..at).any(|i| text.is_one_of(i, &[":", "-", "–"]))
        && header::read(text, clause, context).is_some()
}

/// "3 things to do today: …": what the header says holds for each item.
fn headed(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Vec<Parsed>> {
    let (rest, said) = header::read(text, clause, context)?;
    let mut titles: Vec<Clause> = Vec::new();
    for part in items(text, rest, true, context) {
        match titles.last_mut() {
            // "…, due tomorrow" belongs to the one before.
            Some(before) if is_mark(text, part.from, part.end, context) => before.end = part.end,
            _ => titles.push(part),
        }
    }
    let mut tasks: Vec<Parsed> = titles.into_iter().filter_map(|t| task(text, t, context)).collect();
    for task in &mut tasks {
        merge(task, said.clone());
    }
    (!tasks.is_empty()).then_some(tasks)
}

/// "tomorrow I have to …", "every day remind me to …".
fn after_a_date(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let (lead, stop) = led_by_a_date(text, clause, context)?;
    let rest = Clause { from: lead, end: clause.end };
    let parts = chores(text, rest, context).unwrap_or_else(|| vec![rest]);
    let mut tasks: Vec<Parsed> = parts.into_iter().filter_map(|part| task(text, part, context)).collect();
    let shared = quick::marks(text, clause.from, stop, context);
    for task in &mut tasks {
        merge(task, shared.clone());
    }
    (!tasks.is_empty()).then_some(Intent::Add(tasks))
}

/// "an urgent task to call the bank", "a high priority todo: fix the leak".
fn marked_noun(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Intent> {
    let start = from + usize::from(text.is_one_of(from, &["a", "an", "the", "new", "another"]));
    let noun =
        (start + 1..end.min(start + 5)).find(|&i| text.is_one_of(i, &["task", "todo", "reminder", "item", "to-do"]))?;
    let (at, priority) = crate::read::mark::bare_priority(text, start, noun)?;
    let mut next = noun + 1;
    while text.is_one_of(next, &["to", "called", "named", ":", "for", "titled"]) {
        next += 1;
    }
    let mut task = task(text, Clause { from: next, end }, context).filter(|_| at == noun)?;
    task.priority = priority;
    Some(Intent::Add(vec![task]))
}

/// "I want to delete task 3", "I need to see my tasks": a command after all.
fn wished(text: &Text<'_>, stop: usize, clause: Clause, context: &Context) -> Option<Intent> {
    let rest = polite::strip(text, Clause { from: stop, end: clause.end }, context);
    if let Some(listing) = listing::read(text, rest, false, context).filter(|l| !matches!(l, Listing::About(_))) {
        return Some(Intent::List(listing));
    }
    let adding = text.is_one_of(rest.from, &["add", "create"]);
    if adding {
        return read(text, rest, context);
    }
    if let Some(intent) = super::change::wanted_to_be(text, stop, clause.end, context) {
        return Some(intent);
    }
    let named = super::target::is_named_soon(text, rest.from + 1, rest.end);
    if let Some(intent) = wanted_done(text, rest, context) {
        return Some(intent);
    }
    let moves = text.is_one_of(rest.from, &["move", "reschedule", "postpone", "push", "delay", "defer"])
        && (rest.from..rest.end).any(|i| text.is_one_of(i, &["to", "until", "till"]));
    let removes = text.is_one_of(rest.from, &["delete", "remove", "erase"])
        && text.is_one_of(clause.from, &["i", "i'd", "we"])
        && (clause.from..stop).any(|i| text.is_one_of(i, &["want", "like", "love"]));
    let changed = super::change::read(text, rest, context)
        .filter(|i| named || removes || (moves && matches!(i, Intent::Update(..))))?;
    // "I need to finish task 3" says that it is to be done, not that it is.
    match changed {
        Intent::Complete(target)
            if text.is_one_of(clause.from, &["i", "we", "must", "need", "have", "should", "gotta"])
                && !text.is_one_of(rest.from, &["mark", "check", "tick", "cross", "complete"]) =>
        {
            Some(Intent::List(Listing::About(target)))
        }
        other => Some(other),
    }
}

/// "I want the report task deleted".
fn wanted_done(text: &Text<'_>, rest: Clause, context: &Context) -> Option<Intent> {
    let last = rest.end.checked_sub(1).filter(|i| *i > rest.from)?;
    let named =
        (rest.from..last).any(|i| text.is_one_of(i, &["task", "tasks", "#", "todo", "it", "them", "everything"]));
    let target = || super::target::read(text, rest.from, last, context);
    match text.word(last) {
        "deleted" | "removed" | "gone" if named => Some(Intent::Delete(target())),
        _ => None,
    }
}

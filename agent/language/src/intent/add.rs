//! Sayings that make tasks.

mod bare;
mod goods;
mod header;
mod items;
mod leads;
mod more;
mod quoted;
mod title;
mod together;
mod wish;

pub(super) use bare::{bare, is_remark};
pub(super) use items::several;
pub use more::more;
pub(super) use title::{capitalised, item, only_marks};
use title::{is_mark, merge, tail, task, tasks};

use super::clause::Clause;
use super::model::Intent;
use super::polite;
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
    if let Some((listed, said)) = together::trailing(text, clause, context)
        && let Some(Intent::Add(tasks)) = read(text, listed, context)
    {
        return Some(Intent::Add(together::share(text, tasks, said, context)));
    }
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
    if let Some(task) = scheduled(text, stop, clause, context) {
        return Some(Intent::Add(vec![task]));
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
        lead = Lead::Maybe;
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
        &["i", "we", "i've", "ive", "i'd", "id", "i'm", "im", "we've", "gotta", "must", "need", "have", "should"],
    );
    if wishing && let Some(intent) = wish::wished(text, stop, clause, context) {
        return Some(intent);
    }
    if tells(text, clause, context) {
        return None;
    }
    // "add or not add"
    if text.is_one_of(stop, &["or"]) {
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
        && !only_marks(text, after, clause.end, context)
    {
        let parts = [Clause { from: stop, end: at }, Clause { from: after, end: clause.end }];
        let titles = parts.into_iter().flat_map(|part| items(text, part, false, context));
        return Some(Intent::Add(titles.filter_map(|t| task(text, t, context)).collect()));
    }
    // "I need eggs, milk and bread"
    let things = wishing && text.is_one_of(stop - 1, &["need", "want", "needs"]);
    let titles = match lead {
        Lead::One if !things => vec![rest],
        Lead::One => items(text, rest, false, context),
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
    // "my task for tomorrow is to …", "todo for tomorrow: …"
    let mut tasks = tasks(text, titles, Clause { from: clause.from, end: stop }, context);
    if text.is_one_of(clause.from, &["remind", "nudge", "ping", "set", "poke", "alert"]) {
        for task in &mut tasks {
            task.title = title::reminded(&task.title);
        }
    }
    Some(Intent::Add(tasks))
}

/// "schedule haircut for Friday": the verb says what is wanted of the list; "schedule the service by Friday" is a chore.
fn scheduled(text: &Text<'_>, stop: usize, clause: Clause, context: &Context) -> Option<Parsed> {
    let plain = text.is_one_of(clause.from, &["schedule", "pencil"]) && stop <= clause.from + 2;
    let from = stop + usize::from(text.is_one_of(stop, &["a", "an", "me", "in"]));
    let deadline = (from..clause.end).any(|i| text.is_one_of(i, &["by", "before", "due", "until", "every"]));
    if !plain || deadline || names::is_task_verb(text, from) && !text.is_one_of(from - 1, &["a", "an"]) {
        return None;
    }
    task(text, Clause { from, end: clause.end }, context).filter(|task| task.due.is_some())
}

/// Whether the clause is a list under a heading: "I've got three things to do today: …".
pub(super) fn has_heading(text: &Text<'_>, clause: Clause, context: &Context) -> bool {
    text.is_one_of(clause.from, &["i've", "ive", "we've", "i", "we"]) && header::read(text, clause, context).is_some()
}

/// "I've got swimming every Tuesday", "there's a parents evening on Monday": what is ahead, not what was fetched.
pub(super) fn ahead(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let there = text.is_one_of(clause.from, &["there's"]);
    let opens = there || text.is_one_of(clause.from, &["i've", "ive", "we've", "i", "we"]);
    let got = (clause.from..clause.from + 4).find(|&i| text.is_one_of(i, &["got", "have", "has", "there's"]))?;
    let stop = got + 1 + usize::from(text.is_one_of(got + 1, &["got"]));
    let fetched =
        text.is_one_of(clause.from, &["i", "we"]) && text.is_one_of(stop - 1, &["got"]) && stop == clause.from + 2;
    let known = text
        .is_one_of(stop, &["to", "the", "my", "it", "that", "them", "all", "rid", "this", "had", "been", "no"])
        || crate::matching::is_past(text.word(stop));
    let said = quick::marks(text, stop, clause.end, context);
    let ahead = said.due.is_some_and(|due| due.date > context.today || due.date == context.today && due.time.is_some());
    if !opens || fetched || known || stop >= clause.end || !(said.repeat.is_some() || ahead) {
        return None;
    }
    let from = stop + usize::from(text.is_one_of(stop, &["a", "an", "another"]));
    let parts = items::dated(text, Clause { from, ..clause }, context);
    let parts = parts.unwrap_or_else(|| vec![Clause { from, ..clause }]);
    Some(Intent::Add(parts.into_iter().filter_map(|part| task(text, part, context)).collect()))
}

/// "dentist is on Friday at ten": a task, if there is none that it speaks of.
pub(super) fn stated(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let is = (clause.from + 1..clause.end.min(clause.from + 6)).find(|&i| text.is_one_of(i, &["is", "are", "'s"]))?;
    let plain = !text.is_one_of(
        clause.from,
        &[
            "the", "it", "that", "this", "my", "task", "number", "#", "what", "who", "i", "he", "she", "they", "which",
            "there",
        ],
    );
    let dated = quick::marks(text, is + 1, clause.end, context).due.is_some_and(|due| due.date > context.today);
    let only = only_marks(text, is + 1, clause.end, context);
    let task = (plain && dated && only).then(|| task(text, clause, context))??;
    Some(Intent::Add(vec![task]))
}

/// "stick haircut on for Tuesday", "pop milk down".
fn stuck_on(text: &Text<'_>, from: usize, clause: Clause, context: &Context) -> Option<Intent> {
    let clause = Clause { end: polite::strip_title(text, clause, context).end, ..clause };
    // "put lunch with Olivia on Sunday": what goes nowhere but on a day.
    const PLACES: &[&str] = &[
        "out", "away", "up", "in", "on", "onto", "into", "off", "down", "back", "to", "together", "through", "under",
        "over", "round", "around", "for",
    ];
    let day = (from + 1..clause.end)
        .find(|&i| text.is_one_of(i, &["on", "for", "at"]) && only_marks(text, i, clause.end, context));
    if let Some(day) = day.filter(|_| text.is_one_of(clause.from, &["put", "pencil", "pop", "stick"]))
        && !(from..day).any(|i| text.is_one_of(i, PLACES))
        && !text.is_one_of(from, &["the", "my"])
        && let Some(task) = task(text, Clause { from, end: clause.end }, context).filter(|task| task.due.is_some())
    {
        return Some(Intent::Add(vec![task]));
    }
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

/// "friday wash car, mow lawn and call mum": chores behind their day.
pub(super) fn is_dated(text: &Text<'_>, clause: Clause, context: &Context) -> bool {
    !names::is_task_verb(text, clause.from)
        && crate::read::when::read(text, clause.from, clause.end, context)
            .is_some_and(|(stop, _)| names::is_task_verb(text, stop + usize::from(text.is_one_of(stop, &[",", ":"]))))
}

/// Whether a header stands before `at`, so that what follows it are items.
pub(super) fn is_headed(text: &Text<'_>, clause: Clause, at: usize, context: &Context) -> bool {
    text.len() < 60
        && (clause.from..at).any(|i| text.is_one_of(i, &[":", "-", "–"]))
        && header::read(text, clause, context).is_some()
}

/// "3 things to do today: …": what the header says holds for each item.
fn headed(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Vec<Parsed>> {
    let (rest, heading) = header::read(text, clause, context)?;
    let mut titles: Vec<Clause> = Vec::new();
    for part in items(text, rest, true, context) {
        match titles.last_mut() {
            // "…, due tomorrow" belongs to the one before.
            Some(before) if is_mark(text, part.from, part.end, context) => before.end = part.end,
            _ => titles.push(part),
        }
    }
    let tasks = tasks(text, titles, heading, context);
    (!tasks.is_empty()).then_some(tasks)
}

/// "tomorrow I have to …", "every day remind me to …".
fn after_a_date(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let (lead, stop) = led_by_a_date(text, clause, context)?;
    let rest = Clause { from: lead, end: clause.end };
    let parts = chores(text, rest, context).unwrap_or_else(|| vec![rest]);
    let tasks = tasks(text, parts, Clause { from: clause.from, end: stop }, context);
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

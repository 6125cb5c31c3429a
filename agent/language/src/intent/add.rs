//! Sayings that make tasks.

mod header;
mod items;
mod leads;
mod quoted;

pub(super) use items::several;

use super::clause::Clause;
use super::model::{Intent, Listing, Talk};
use super::{listing, polite};
use crate::grammar::Phrases;
use crate::quick;
use crate::read::names;
use crate::token::{Kind, Text};
use crate::{Context, Parsed};
use items::{chores, items, rest_has_words};
use leads::{LEADS, Lead, TAILS};
use std::sync::LazyLock;

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

fn merge(task: &mut Parsed, more: Parsed) {
    task.due = task.due.take().or(more.due);
    task.repeat = task.repeat.take().or(more.repeat);
    if task.priority == todo_contract::Priority::None {
        task.priority = more.priority;
    }
    task.tags.extend(more.tags);
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

/// Where the list that the task goes on is named.
fn tail(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<(usize, usize)> {
    (from..end).find_map(|at| {
        let (stop, ..) = TAILS.longest(text, at, end, context)?;
        (at > from && (stop == end || !text.is_one_of(at, &["task", "todo", "for"]))).then_some((at, stop))
    })
}

/// One task from a clause: the list's name is dropped, quotes around a title are taken off.
fn task(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Parsed> {
    let Clause { from, mut end } = polite::strip(text, clause, context);
    let mut from = from.max(clause.from);
    while from < end
        && (text.is_one_of(from, &["to", ":", "-", "that", ",", "called", "named", "and", "also", "plus", "then"])
            || text.is_one_of(from, &["first", "second", "third", "firstly", "secondly", "finally", "another"])
                && (names::is_task_verb(text, from + 1) || text.is_one_of(from + 1, &[",", ":", "to"])))
    {
        from += 1;
    }
    end = bare_end(text, from, end);
    let mut after = None;
    if let Some((at, stop)) = tail(text, from, end, context) {
        after = (stop < end).then_some((stop, end));
        end = at;
    }
    // A date alone is no task.
    if from >= end || (text.closing_quote(from).is_none() && is_mark(text, from, end, context)) {
        return None;
    }
    let mut parsed = match text.closing_quote(from) {
        Some(close) if close < end && only_marks(text, close + 1, end, context) => {
            let mut around = quick::marks(text, close + 1, end, context);
            around.title = text.slice(from + 1, close).to_owned();
            around
        }
        _ => quick::read(text, from, end, context),
    };
    if let Some((from, end)) = after {
        let more = quick::marks(text, from, end, context);
        merge(&mut parsed, more);
    }
    parsed.title = without_noun(parsed.title, context);
    parsed.title = capitalised(parsed.title.trim_end_matches(['!', ',', ';']).trim());
    (!parsed.title.is_empty()).then_some(parsed)
}

/// Without "no due date" and the like at the end, which say what a new task has not anyway.
fn bare_end(text: &Text<'_>, from: usize, end: usize) -> usize {
    const FIELDS: &[&str] = &[
        "date", "dates", "deadline", "time", "priority", "repeat", "repeats", "rush", "hurry", "tags", "tag", "notes",
    ];
    let Some(last) = end.checked_sub(1).filter(|last| *last > from + 1 && text.is_one_of(*last, FIELDS)) else {
        return end;
    };
    let mut at = last;
    while at > from + 1
        && text.is_one_of(at - 1, &["due", "a", "any", "set", "specific", "particular", "fixed", "real"])
    {
        at -= 1;
    }
    if !text.is_one_of(at - 1, &["no", "without"]) {
        return end;
    }
    at -= 1;
    while at > from + 1 && text.is_one_of(at - 1, &[",", "with", "and", "but", "-", "–", "(", ";", "."]) {
        at -= 1;
    }
    at
}

/// As [`only_marks`], and no chore either: "tag the release".
fn is_mark(text: &Text<'_>, from: usize, end: usize, context: &Context) -> bool {
    !text.is_one_of(from, &["tag", "label"]) && only_marks(text, from, end, context)
}

/// One more of a list of tasks.
pub(super) fn item(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    task(text, clause, context).map(|task| Intent::Add(vec![task]))
}

/// Whether nothing but dates, priorities and tags stands there.
pub(super) fn only_marks(text: &Text<'_>, from: usize, end: usize, context: &Context) -> bool {
    if end.saturating_sub(from) > 60 {
        return false;
    }
    let spans = quick::marks(text, from, end, context).spans;
    (from..end).all(|i| {
        text.get(i).is_some_and(|t| {
            t.kind == Kind::Sign
                || t.kind == Kind::Line
                || matches!(t.text.as_str(), "and" | "with" | "w")
                || spans.iter().any(|s| s.range.start <= t.start && t.end <= s.range.end)
        })
    })
}

/// "task to fix the leak" is "fix the leak", and so is "to fix the leak".
fn without_noun(title: String, context: &Context) -> String {
    static NOUNS: LazyLock<Phrases<()>> = LazyLock::new(|| {
        Phrases::new(&[
            ("[a|an|the|new] [new] task|todo|to-do|reminder|item to|for|called|named|:|that|about", ()),
            ("[a|an] to - do to|for|called|named|:", ()),
            ("to|that", ()),
        ])
    });
    let inner = Text::new(&title);
    match NOUNS.longest(&inner, 0, inner.len(), context) {
        Some((stop, ..)) if stop < inner.len() => inner.slice(stop, inner.len()).to_owned(),
        _ => title,
    }
}

/// With a capital, unless the first word has one inside ("iPhone").
fn capitalised(title: &str) -> String {
    let first = title.split_whitespace().next().unwrap_or("");
    if first.chars().any(char::is_uppercase) || first.contains(['.', '/', '@']) {
        return title.to_owned();
    }
    let mut chars = title.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// No lead, but plainly a chore: "buy milk", "dentist tomorrow at 3pm".
pub(super) fn bare(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let parsed = task(text, clause, context)?;
    let numbered = text.is_one_of(clause.from, &["task", "#", "item"])
        && text.get(clause.from + 1).is_some_and(|t| t.kind == Kind::Number);
    if numbered {
        return None;
    }
    if is_errand_for_others(text, clause, context) {
        return None;
    }
    if names::is_task_verb(text, clause.from)
        && let Some(parts) = chores(text, clause, context)
    {
        return Some(Intent::Add(parts.into_iter().filter_map(|part| task(text, part, context)).collect()));
    }
    if items::is_labelled_list(text, clause) {
        return Some(Intent::Add(vec![parsed]));
    }
    let verb = names::is_task_verb(text, clause.from)
        && clause.end > clause.from + 1
        && !(text.is_one_of(clause.from, &["thank"]) && text.is_one_of(clause.from + 1, &["you", "u"]))
        && !text.is_one_of(clause.from + 1, &["it", "them", "that", "this", "me", "is", "was"]);
    let dated = parsed.due.is_some() || parsed.repeat.is_some();
    let marked = !parsed.tags.is_empty() || parsed.priority != todo_contract::Priority::None;
    let statement = (clause.from..clause.end).any(|i| {
        text.is_one_of(
            i,
            &[
                "is", "are", "was", "were", "i", "you", "he", "she", "they", "i'm", "it's", "will", "has", "had",
                "did", "that's", "there's", "been", "only", "longer",
            ],
        )
    });
    let talk = text.is_one_of(
        clause.from,
        &[
            "nice",
            "great",
            "lovely",
            "good",
            "bad",
            "what",
            "such",
            "it's",
            "that",
            "this",
            "happy",
            "beautiful",
            "terrible",
            "so",
            "too",
            "very",
            "my",
            "the",
        ],
    );
    let statement = statement || (talk && !verb);
    let statement =
        statement || text.is_one_of(clause.from, &["give", "tell"]) && text.is_one_of(clause.from + 1, &["me"]);
    let short = clause.end - clause.from <= 14;
    let wanted = parsed.title.chars().any(char::is_alphabetic)
        && ((verb && !text.is_one_of(clause.from + 1, &["are", "were", "has", "will", "i"]))
            || ((dated || marked) && !statement && short));
    wanted.then(|| Intent::Add(vec![parsed])).or_else(|| nothing_but_talk(text, clause))
}

/// "order a pizza" may be said to a servant: it is offered as a task, not added.
fn is_errand_for_others(text: &Text<'_>, clause: Clause, context: &Context) -> bool {
    static ERRANDS: LazyLock<Phrases<()>> = LazyLock::new(|| {
        Phrases::new(&[(
            "order|get|call|book [a|an|some|me] [a|an|some] [large|small] pizza|taxi|cab|uber|lyft|ride|food|takeaway|takeout|sushi|burger|coffee",
            (),
        )])
    });
    ERRANDS.longest(text, clause.from, clause.end, context).is_some_and(|(stop, ..)| stop == clause.end)
}

fn nothing_but_talk(text: &Text<'_>, clause: Clause) -> Option<Intent> {
    (clause.end - clause.from <= 2 && text.is_one_of(clause.from, &["lol", "haha", "hm", "hmm", "wow"]))
        .then_some(Intent::Talk(Talk::Praise))
}

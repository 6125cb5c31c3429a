//! Sayings that want to see tasks.

mod asks;
mod covered;
mod ends;
mod go_on;

use super::clause::Clause;
use super::guard;
use super::model::{Listing, Reference, Target};
use super::target;
use crate::grammar::Phrases;
use crate::read::{completion, filter};
use crate::token::Text;
use crate::{Context, Filter};
use asks::{ASKS, Ask};
pub(super) use covered::mentioning;
use ends::{about_end, about_from, named, trim};
pub use go_on::{GoOn, go_on};
use std::sync::LazyLock;
use todo_contract::TaskStatus;

/// Sayings that are a list's name and nothing else.
static NAMES: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(&[(
        "[all] [my|the|today's] [to] [-] [do] [todo|task|tasks|todos|list|agenda|schedule|items|overview] [list] [for]",
        (),
    )])
});

const TASK_NOUNS: &[&str] = &[
    "task",
    "tasks",
    "todo",
    "todos",
    "to-do",
    "list",
    "lists",
    "item",
    "items",
    "things",
    "thing",
    "everything",
    "agenda",
    "overview",
    "summary",
    "rundown",
    "rest",
    "recap",
    "reminders",
    "stuff",
    "plate",
    "schedule",
    "ones",
    "all",
    "overdue",
    "pending",
    "completed",
    "due",
    "done",
    "open",
    "unfinished",
    "outstanding",
    "finished",
    "upcoming",
    "anything",
    "priorities",
    "plans",
    "plan",
    "deadlines",
    "left",
    "remaining",
    "to-dos",
    "chores",
    "incomplete",
    "jobs",
    "errands",
    "bits",
];

/// Whether the clause begins as a listing one.
pub(super) fn leads(text: &Text<'_>, clause: Clause, context: &Context) -> bool {
    ASKS.longest(text, clause.from, clause.end, context).is_some()
}

pub(super) fn read(text: &Text<'_>, clause: Clause, question: bool, context: &Context) -> Option<Listing> {
    if (clause.from..clause.end).any(|i| text.is_one_of(i, &["-"]) && text.is_one_of(i + 1, &[">"])) {
        return None;
    }
    // "can we have that for Sunday" asks for a change, and "number 4 is finished" tells.
    let points = (clause.from..clause.end.min(clause.from + 4)).any(|i| {
        text.is_one_of(i, &["have", "get", "make", "do"]) && text.is_one_of(i + 1, &["it", "that", "this", "them"])
    });
    let wants = points && text.is_one_of(clause.from, &["can", "could", "may"]);
    let numbered = text.is_one_of(clause.from, &["number"])
        && target::read(text, clause.from, clause.end.min(clause.from + 2), context).is_explicit();
    if wants || numbered {
        return None;
    }
    let found = asked(text, clause, question, context);
    let unsure = match &found {
        None => true,
        Some(Listing::About(target)) => {
            !target.is_explicit()
                || matches!(target.references.as_slice(), [Reference::All(filter)] if !filter.words.is_empty())
        }
        Some(Listing::Show(filter)) => !filter.words.is_empty(),
        Some(_) => false,
    };
    let mut listing = covered::whole(text, clause, question, context).filter(|_| unsure).or(found)?;
    // That something is done may have been said before what it narrows.
    if let Listing::Show(filter) | Listing::Count(filter) = &mut listing {
        completion::read(filter, text, clause.from, clause.end, context);
    }
    Some(listing)
}

fn asked(text: &Text<'_>, clause: Clause, question: bool, context: &Context) -> Option<Listing> {
    let end = trim(text, clause);
    if end - clause.from > 60 {
        return None;
    }
    let Some((stop, ask, _)) = ASKS.longest(text, clause.from, end, context) else {
        return by_name(text, Clause { end, ..clause }, question, context);
    };
    let filter = || filter::read(text, stop, end, context);
    let whole = || filter::read(text, clause.from, end, context);
    match ask {
        Ask::Show => {
            let rest = filter();
            let about = if rest.words.split(' ').count() <= 2 { rest.words.clone() } else { String::new() };
            Some(Listing::Show(open(Filter { about, ..relevant(whole(), rest) })))
        }
        Ask::ShowTasks => show_tasks(text, clause, stop, end, question, context)
            .or_else(|| by_name(text, Clause { end, ..clause }, question, context)),
        Ask::Count => {
            let filter = filter();
            let tasks = (stop..end).any(|i| text.is_one_of(i, TASK_NOUNS))
                || filter.status.is_some()
                || filter.due.is_some()
                || filter.tag.is_some();
            // "how many work tasks"
            let kind = filter.words.eq_ignore_ascii_case(text.slice(stop, stop + 1))
                && text.is_one_of(stop + 1, &["tasks", "todos", "items"]);
            let about = covered::cover(text, Clause { from: stop, end }, context).filter.words;
            let about = if about.split(' ').count() <= 2 && about.split(' ').all(|word| word.len() > 2) {
                about
            } else {
                String::new()
            };
            tasks.then(|| Listing::Count(open(if kind { filter } else { Filter { about, ..only_parts(filter) } })))
        }
        Ask::Done => Some(Listing::Show(Filter { status: Some(TaskStatus::Done), words: String::new(), ..filter() })),
        Ask::Find => find(text, stop, end, context),
        // "remind me when the shop opens" is a chore.
        Ask::About
            if text.is_one_of(clause.from, &["remind"]) && !text.is_one_of(end - 1, &["is", "are", "due", "at"]) =>
        {
            None
        }
        Ask::About => {
            let target = target::read(text, about_from(text, clause, stop), about_end(text, stop, end), context);
            about(text, stop, end, target, context)
        }
        Ask::State => {
            let done = text.is_one_of(stop, &["finish", "finished", "complete", "completed", "do", "done", "get"])
                && stop + 1 < end;
            let target = target::read(text, stop + usize::from(done), about_end(text, stop, end), context);
            let question = guard::is_question(text, clause);
            (question
                && !target.references.is_empty()
                && !text.is_one_of(stop, &["you", "it's", "the", "there", "this", "that"])
                || named(text, stop, end, &target))
            .then_some(Listing::About(target))
            .filter(|_| question)
        }
    }
}

fn about(text: &Text<'_>, from: usize, end: usize, target: Target, context: &Context) -> Option<Listing> {
    let filter = filter::read(text, from, end, context);
    let narrows = filter.due.is_some() || filter.status.is_some();
    let nouns = (from..end).any(|i| text.is_one_of(i, &["tasks", "everything", "deadlines", "todos"]));
    if nouns && (narrows || filter.words.is_empty()) {
        return Some(Listing::Show(open(only_parts(filter))));
    }
    let other = text.is_one_of(from, &["you", "the"])
        && text.is_one_of(from + 1, &["weather", "time", "world", "meaning", "capital"]);
    (!target.references.is_empty() && !other).then_some(Listing::About(target))
}

fn find(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Listing> {
    // "find a recipe" is a chore.
    if text.is_one_of(from.wrapping_sub(1), &["find", "get"])
        && text.is_one_of(from, &["a", "an", "some", "new", "another", "someone"])
    {
        return None;
    }
    let target = target::read(text, from, end, context);
    if target.is_explicit() && !matches!(target.references.as_slice(), [Reference::All(_)]) {
        return Some(Listing::About(target));
    }
    let mut filter = filter::read(text, from, end, context);
    let dated = filter.due.is_some() || filter.completed.is_some();
    if filter.words.is_empty() && !dated && filter.tag.is_none() && filter.priority.is_none() {
        return None;
    }
    if filter.words.is_empty() {
        return Some(Listing::Show(open(filter)));
    }
    if filter.due.is_none() && filter.tag.is_none() && filter.status.is_none() && filter.priority.is_none() {
        filter.words = text.slice(from, end).trim_matches(|c: char| "\"“”'‘’".contains(c)).to_owned();
    }
    Some(Listing::Show(filter))
}

/// "show me …": a listing only if the rest speaks of tasks, days, tags or priorities.
fn show_tasks(
    text: &Text<'_>,
    clause: Clause,
    stop: usize,
    end: usize,
    question: bool,
    context: &Context,
) -> Option<Listing> {
    let filter = filter::read(text, clause.from + 1, end, context);
    // The verb "open" is no list.
    let noun = (stop.saturating_sub(1).max(clause.from + 1)..end).any(|i| text.is_one_of(i, TASK_NOUNS));
    let narrows = filter.due.is_some() || filter.tag.is_some() || filter.priority.is_some() || filter.status.is_some();
    let mine = (stop..end).any(|i| text.is_one_of(i, &["i", "my", "me"]));
    if stop == end && text.is_one_of(clause.from, &["show", "list"]) {
        return Some(Listing::Show(open(Filter::default())));
    }
    let asking = text.is_one_of(clause.from, &["what", "which", "what's", "whats", "wat"]);
    if asking && !noun && !(narrows && (mine || filter.words.is_empty())) {
        return None;
    }
    let listing_verb =
        text.is_one_of(clause.from, &["show", "list", "display", "print", "view", "see", "enumerate", "recite", "let"]);
    let listing_verb = listing_verb
        || text.is_one_of(clause.from, &["say", "tell", "give"]) && text.is_one_of(clause.from + 1, &["me", "us"]);
    let weak_verb = !listing_verb && !asking;
    let shown = text.is_one_of(
        clause.from + 1,
        &[
            "me",
            "us",
            "my",
            "all",
            "the",
            "a",
            "through",
            "at",
            "out",
            "up",
            "what",
            "which",
            "over",
            "today's",
            "everything",
        ],
    );
    // "print boarding pass" is a chore.
    let chore = !noun && !filter.words.is_empty() && text.is_one_of(clause.from, &["print", "view", "see", "recite"]);
    if chore {
        return None;
    }
    if weak_verb && !shown {
        return None;
    }
    let place = text.is_one_of(clause.from, &["read"]) && text.is_one_of(stop + 1, &["first", "top", "last", "next"]);
    if weak_verb && !place && (!noun || !(narrows || filter.words.is_empty())) {
        return None;
    }
    if !noun && !narrows && !question {
        let target = target::read(text, stop, end, context);
        // "read the first three"
        let places = !target.references.is_empty() && target.references.iter().all(|r| matches!(r, Reference::Nth(_)));
        let read = places && text.is_one_of(clause.from, &["read"]);
        if (listing_verb || read) && target.is_explicit() {
            return Some(Listing::About(target));
        }
        // "show me work": a word that the tasks may have as a tag or in their titles.
        let few = (1..=3).contains(&filter.words.split(' ').count()) && !filter.words.is_empty();
        let shows = text.is_one_of(clause.from, &["show", "list", "display"]);
        return (shows && few).then(|| Listing::Show(open(filter)));
    }
    let target = target::read(text, stop, end, context);
    if target.references.iter().all(|r| matches!(r, Reference::Number(_) | Reference::It | Reference::Nth(_)))
        && !target.references.is_empty()
    {
        return Some(Listing::About(target));
    }
    // Words beside a filter that say nothing known narrow by words, unless the question is long.
    let spoken = !filter.words.is_empty() && filter.words.split(' ').count() <= 3;
    let about = if spoken { filter.words.clone() } else { String::new() };
    Some(Listing::Show(open(if spoken && !asking { filter } else { Filter { about, ..only_parts(filter) } })))
}

/// "my tasks", "overdue?", "today's agenda", "tasks for tomorrow", "#work".
fn by_name(text: &Text<'_>, clause: Clause, question: bool, context: &Context) -> Option<Listing> {
    let filter = filter::read(text, clause.from, clause.end, context);
    let noun = (clause.from..clause.end).any(|i| text.is_one_of(i, TASK_NOUNS));
    let short = clause.end - clause.from <= 7;
    let named = NAMES.longest(text, clause.from, clause.end, context).is_some_and(|(stop, ..)| stop >= clause.from);
    let narrows = filter.due.is_some() || filter.tag.is_some() || filter.priority.is_some() || filter.status.is_some();
    let numbered = (clause.from..clause.end).any(|i| {
        text.get(i).is_some_and(|t| t.kind == crate::token::Kind::Number)
            && text.is_one_of(i.saturating_sub(1), &["task", "#", "tasks", "item"])
    });
    let verb = crate::read::names::is_task_verb(text, clause.from);
    let to_do = |i: usize| text.is_one_of(i, &["to"]) && text.is_one_of(i + 1, &["do"]);
    let states = (clause.from..clause.end)
        .filter(|&i| !to_do(i) && !text.is_one_of(i.wrapping_sub(1), &["that", "which"]))
        .any(|i| text.is_one_of(i, &["is", "are", "has", "was", "to", "'s", "should", "needs", "must"]));
    let named_list = text.is_one_of(clause.from, &["todo", "todos", "to-do", "task", "tasks", "reminder", "reminders"]);
    let command =
        super::change::leads(text, clause, context) || (super::add::leads(text, clause, context) && !named_list);
    let state = clause.end - clause.from <= 4
        && text.is_one_of(clause.from, &["open", "completed", "finished", "done", "complete"])
        && text.is_one_of(clause.from + 1, &["task", "tasks", "todos", "items", "list", "ones", "stuff", "things"]);
    let command = command && !state;
    // "so that's done" tells of something.
    if !question && text.is_one_of(clause.from, &["that's", "it's", "they're", "it", "that", "this"]) {
        return None;
    }
    let lone = clause.end - clause.from <= 2 && narrows;
    if filter.words.is_empty()
        && short
        && !numbered
        && !verb
        && !command
        && !(states && !question)
        && (named && noun || noun && narrows || lone || (question && narrows))
    {
        return Some(Listing::Show(open(filter)));
    }
    None
}

/// Everything that is open, unless something else was said.
fn open(mut filter: Filter) -> Filter {
    filter.status = filter.status.or(Some(TaskStatus::Open));
    filter
}

fn only_parts(mut filter: Filter) -> Filter {
    filter.words.clear();
    filter
}

/// What was said in the question itself counts too ("what's overdue").
fn relevant(whole: Filter, rest: Filter) -> Filter {
    Filter {
        status: whole.status.or(rest.status),
        due: whole.due.or(rest.due).filter(|_| whole.completed.is_none()),
        completed: whole.completed,
        priority: whole.priority.or(rest.priority),
        tag: whole.tag.or(rest.tag),
        words: String::new(),
        about: String::new(),
        said: whole.said.or(rest.said),
    }
}

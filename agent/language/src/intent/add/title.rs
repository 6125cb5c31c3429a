//! One task from a clause: its title, without what is said around it.

use super::super::clause::Clause;
use super::super::model::Intent;
use super::super::polite;
use super::leads::TAILS;
use crate::grammar::Phrases;
use crate::quick;
use crate::read::names;
use crate::token::{Kind, Text};
use crate::{Context, Parsed};
use std::sync::LazyLock;

pub(super) fn merge(task: &mut Parsed, more: Parsed) {
    task.due = task.due.take().or(more.due);
    task.repeat = task.repeat.take().or(more.repeat);
    if task.priority == todo_contract::Priority::None {
        task.priority = more.priority;
    }
    task.tags.extend(more.tags);
}

/// A task for each part, under a heading that holds for all of them: together they tell the day and the time.
pub(super) fn tasks(text: &Text<'_>, parts: Vec<Clause>, heading: Clause, context: &Context) -> Vec<Parsed> {
    let said = quick::heading(text, heading.from, heading.end, context);
    let read = |part: Clause| {
        let mut task = task(text, part, context)?;
        if said.spans.is_empty() {
            return Some(task);
        }
        task.tags.extend(said.tags.iter().filter(|tag| !task.tags.contains(tag)).cloned().collect::<Vec<_>>());
        let both = quick::marks_under(text, (heading.from, heading.end), (part.from, part.end), context);
        Some(Parsed { title: task.title, tags: task.tags, ..both })
    };
    parts.into_iter().filter_map(read).collect()
}

/// Where the list that the task goes on is named.
pub(super) fn tail(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<(usize, usize)> {
    (from..end).find_map(|at| {
        let (stop, ..) = TAILS.longest(text, at, end, context)?;
        (at > from && (stop == end || !text.is_one_of(at, &["task", "todo", "for"]))).then_some((at, stop))
    })
}

/// One task from a clause: the list's name is dropped, quotes around a title are taken off.
pub(super) fn task(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Parsed> {
    let Clause { mut from, mut end } = polite::strip_title(text, clause, context);
    while from < end
        && (text.is_one_of(from, &["to", ":", "-", "that", ",", "called", "named", "and", "also", "plus", "then"])
            || text.is_one_of(from, &["one"]) && text.is_one_of(from + 1, &["to", "for", "about"])
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
    let pronoun = matches!(parsed.title.to_lowercase().as_str(), "it" | "that" | "them" | "this" | "those");
    (!parsed.title.is_empty() && !pronoun).then_some(parsed)
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
pub(super) fn is_mark(text: &Text<'_>, from: usize, end: usize, context: &Context) -> bool {
    !text.is_one_of(from, &["tag", "label"]) && only_marks(text, from, end, context)
}

/// One more of a list of tasks.
pub(in crate::intent) fn item(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    task(text, clause, context).map(|task| Intent::Add(vec![task]))
}

/// Whether nothing but dates, priorities and tags stands there.
pub(in crate::intent) fn only_marks(text: &Text<'_>, from: usize, end: usize, context: &Context) -> bool {
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
            ("it's|its|it|which|that [is] to|called|about", ()),
            ("[that] i|we [really|also|still] need|have|got|should|must|want|ought to", ()),
            ("[that] i|we should|must", ()),
            ("[that] i've|we've got to", ()),
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
pub(in crate::intent) fn capitalised(title: &str) -> String {
    let first = title.split_whitespace().next().unwrap_or("");
    if first.chars().any(char::is_uppercase) || first.contains(['.', '/', '@']) {
        return title.to_owned();
    }
    let mut chars = title.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// "Remind me on Friday about the party" names the party; "when I get home to feed the fish" names the chore first.
pub(super) fn reminded(title: &str) -> String {
    const SITUATIONS: &[&str] =
        &["when", "before", "after", "if", "once", "every", "while", "as", "at", "in", "on", "by", "whenever", "each"];
    for about in ["About ", "It's ", "Its ", "That it's ", "It is ", "Is "] {
        if let Some(rest) = title.strip_prefix(about) {
            let rest = rest.strip_prefix("a ").or_else(|| rest.strip_prefix("an ")).unwrap_or(rest);
            return capitalised(rest);
        }
    }
    let (first, rest) = title.split_once(' ').unwrap_or((title, ""));
    let chore = rest.match_indices("to ").map(|(at, _)| at).find(|at| {
        let verb = rest.get(at + 3..).and_then(|after| after.split(' ').next()).unwrap_or("");
        rest.get(..*at).is_some_and(|before| before.ends_with(' ')) && names::is_verb(&verb.to_lowercase())
    });
    match chore.and_then(|at| Some((rest.get(..at)?.trim(), rest.get(at + 3..)?.trim()))) {
        Some((situation, chore)) if SITUATIONS.contains(&first.to_lowercase().as_str()) => {
            format!("{} {} {situation}", capitalised(chore), first.to_lowercase())
        }
        _ => title.to_owned(),
    }
}

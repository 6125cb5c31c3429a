//! Changes of a task's fields.

mod ended;
mod fields;
mod marked;
mod marks;
mod statements;
mod verbs;
mod weak;

use super::super::clause::Clause;
use super::super::model::{Changes, Intent, Move, Reference, Target};
use super::super::target;
use crate::Context;
use crate::calendar::Unit;
use crate::grammar::Phrases;
use crate::read::mark;
use crate::token::{Kind, Text};
use fields::{
    add_tag, clear, note_after, notes, possessive, quoted_note, tag, trailing_field, unneeded, unrepeated, untag,
};
use marked::marked;
use marks::closing_priority;
pub(super) use marks::marks;
pub(in super::super) use marks::value;
use std::sync::LazyLock;
use todo_contract::Priority;
pub(in super::super) use verbs::Field;
use verbs::{VERBS, Verb};

pub(in super::super) use ended::ended;
pub(super) use statements::{arrow, instead, statement};
pub(in super::super) use statements::{only_due, wanted_to_be};
pub(super) use weak::weak;

/// Whether the clause begins as one that changes fields.
pub(super) fn leads(text: &Text<'_>, clause: Clause, context: &Context) -> bool {
    VERBS.longest(text, clause.from, clause.end, context).is_some()
}

/// Changes that name a field, which go before deleting and completing: "remove the due date from task 3".
pub(super) fn fields(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let named = VERBS.longest(text, clause.from, clause.end, context).map(|(stop, verb, _)| (stop, verb));
    // "remove #2" names a task, not a tag.
    let numbered = |stop: usize| {
        text.is_one_of(stop.wrapping_sub(1), &["#"]) && text.get(stop).is_some_and(|t| t.kind == Kind::Number)
    };
    if let Some(intent) = quoted_note(text, clause, context)
        .or_else(|| ended(text, clause, context))
        .or_else(|| ended::field(text, clause, context))
        .or_else(|| unrepeated(text, clause, context))
        .or_else(|| unneeded(text, clause, context))
        .or_else(|| note_after(text, clause, context))
    {
        return Some(intent);
    }
    // "note 4: needs a window"
    let noted = text.is_one_of(clause.from, &["note", "notes", "comment"])
        && (text.is_one_of(clause.from + 1, &["#", "task"])
            || text.get(clause.from + 1).is_some_and(|t| t.kind == Kind::Number));
    if noted && let Some(intent) = notes(text, clause.from + 1, clause.end, true, context) {
        return Some(intent);
    }
    let (stop, verb) = named.filter(|(stop, _)| !numbered(*stop)).unwrap_or((clause.from, Verb::Make));
    match verb {
        Verb::Clear(field) => clear(text, stop, clause.end, field, context),
        Verb::Untag => untag(text, stop, clause.end, context),
        Verb::Tag => tag(text, stop, without_too(text, clause), context),
        Verb::AddNote | Verb::Notes => notes(text, stop, clause.end, verb == Verb::AddNote, context),
        _ if text.is_one_of(clause.from, &["add"]) && stop > clause.from => add_to(text, clause, stop, context),
        _ => possessive(text, clause, context),
    }
    .or_else(|| add_tag(text, clause, context))
    .or_else(|| trailing_field(text, clause, context))
}

/// Changes with a verb: "move", "make", "rename", "change".
pub(super) fn read(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let (stop, verb, _) = VERBS.longest(text, clause.from, clause.end, context)?;
    let end = clause.end;
    match verb {
        Verb::Rename => renamed(text, stop, end, text.is_one_of(clause.from, &["call"]), context),
        Verb::Title => renamed(text, stop, end, false, context),
        Verb::Change => changed(text, stop, end, context),
        Verb::Move => moved(text, clause, stop, context).or_else(|| of_it(text, clause, stop, context)),
        Verb::Make => made(text, clause, stop, context).or_else(|| of_it(text, clause, stop, context)),
        Verb::Prioritise => prioritised(text, stop, end, Priority::High, context),
        Verb::Deprioritise => prioritised(text, stop, end, Priority::Low, context),
        Verb::Repeat => marked(text, clause.from, clause.from, end, true, context),
        _ => None,
    }
}

/// Without "too" and "as well", which are no tags.
fn without_too(text: &Text<'_>, clause: Clause) -> usize {
    let last = clause.end - 1;
    let well = text.is_one_of(last, &["well"]) && text.is_one_of(last - 1, &["as"]);
    let words = if well { 2 } else { usize::from(text.is_one_of(last, &["too", "also"])) };
    clause.end.saturating_sub(words).max(clause.from + 1)
}

fn update(target: Target, changes: Changes) -> Option<Intent> {
    (!target.references.is_empty() && !changes.is_empty()).then(|| Intent::Update(target, Box::new(changes)))
}

/// Where one of `words` stands, the last of them if `last`.
fn position(text: &Text<'_>, from: usize, end: usize, words: &[&str], last: bool) -> Option<usize> {
    let mut places = (from..end).filter(|&i| text.is_one_of(i, words));
    if last { places.next_back() } else { places.next() }
}

/// "stick it on Friday", "shove that to next week": whatever the verb, marks behind "it" are for it.
pub(super) fn of_pronoun(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let at = clause.from + 1;
    let points = text.is_one_of(at, &["it", "that", "them", "those", "this"]) && at + 1 < clause.end;
    let asks =
        text.is_one_of(clause.from, &["is", "was", "does", "did", "has", "can", "will", "should", "add", "i", "like"]);
    if !points || asks || text.get(clause.from).is_none_or(|t| t.kind != Kind::Word) {
        return None;
    }
    let (changes, rest) = marks(text, at + 1, clause.end, context);
    let target = target::read(text, at, at + 1, context);
    (!rest).then(|| update(target, changes)).flatten()
}

/// "…, make high", "…, put medium": what was spoken of.
fn of_it(text: &Text<'_>, clause: Clause, from: usize, context: &Context) -> Option<Intent> {
    if !text.is_one_of(clause.from, &["make", "set", "put", "mark"]) || from >= clause.end {
        return None;
    }
    let (changes, rest) = marks(text, from, clause.end, context);
    (!rest).then(|| update(Target::one(Reference::It), changes)).flatten()
}

/// "remind me about it tomorrow": a task that is there gets the date.
pub(in crate::intent) fn reminded(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Intent> {
    let plain = text.is_one_of(from, &["it", "that", "this", "#"])
        || (text.is_one_of(from, &["task"])
            && text.get(from + 1).is_some_and(|t| t.kind == Kind::Number || t.text == "#"));
    plain.then(|| marked(text, from.checked_sub(1)?, from, end, true, context)).flatten()
}

/// "add a due date of Friday to task 3", "add high priority to task 3".
fn add_to(text: &Text<'_>, clause: Clause, stop: usize, context: &Context) -> Option<Intent> {
    marked(text, clause.from, stop, clause.end, true, context)
}

/// The text from `from`, without quotation marks around it.
fn unquoted(text: &Text<'_>, from: usize, end: usize) -> String {
    match text.closing_quote(from).filter(|c| *c < end) {
        Some(close) => text.slice(from + 1, close).to_owned(),
        None => text.slice(from, end).trim_end_matches('.').trim_matches(['"', '“', '”']).trim().to_owned(),
    }
}

fn title(target: Target, text: &Text<'_>, from: usize, end: usize) -> Option<Intent> {
    let mut from = from;
    while text.is_one_of(from, &["say", "read", "be", ":"])
        && from + 1 < end
        && text.get(from + 1).is_some_and(|t| t.kind != Kind::Word || text.is_one_of(from, &["be", "say", ":"]))
    {
        from += 1;
    }
    let quoted = text.closing_quote(from).is_some();
    let title = unquoted(text, from, end);
    let title = if quoted { title } else { capital(&title) };
    if title.is_empty() { None } else { update(target, Changes { title: Some(title), ..Changes::default() }) }
}

fn capital(title: &str) -> String {
    let mut chars = title.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// "rename X to Y", "rename 3: Y", "call task 3 'Y'".
fn renamed(text: &Text<'_>, from: usize, end: usize, calling: bool, context: &Context) -> Option<Intent> {
    let quoted = (from + 1..end).find(|&i| text.closing_quote(i).is_some_and(|c| c + 2 >= end));
    if let Some(open) = quoted {
        let stop = open - usize::from(text.is_one_of(open - 1, &["to", "as", "into", "in", ":"]));
        let target = target::read(text, from, stop, context);
        return (!calling || target.is_explicit()).then(|| title(target, text, open, end)).flatten();
    }
    if calling
        && text.is_one_of(from, &["it", "that"])
        && from + 1 < end
        && !text.is_one_of(from + 1, &["a", "off", "done"])
    {
        return title(target::read(text, from, from + 1, context), text, from + 1, end);
    }
    if calling {
        return None;
    }
    // "rename it Get wrapping paper"
    if text.is_one_of(from, &["it", "that"])
        && from + 1 < end
        && !text.is_one_of(from + 1, &["to", "as", "into", ":", "-", "="])
    {
        return title(target::read(text, from, from + 1, context), text, from + 1, end);
    }
    let to = position(text, from + 1, end, &["to", "as", "into", ":", "->", "="], false)?;
    title(target::read(text, from, to, context), text, to + 1, end)
}

/// "change X to Y": Y is a date, a priority or a repeat if it is nothing else, or else the title.
fn changed(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Intent> {
    if let Some(at) = so_that(text, from + 1, end) {
        let target = target::read(text, from, at.0, context);
        let (changes, rest) = marks(text, at.1, end, context);
        return update(target, changes).filter(|_| !rest);
    }
    let to = position(text, from + 1, end, &["to", "into", ":"], false)
        .or_else(|| position(text, from + 1, end, &["with", "as"], false))?;
    let target = target::read(text, from, to, context);
    let start = to + 1;
    if text.closing_quote(start).is_none() {
        let (changes, rest) = marks(text, start, end, context);
        if !changes.is_empty() && !rest {
            return update(target, changes);
        }
    }
    title(target, text, start, end)
}

/// "so that it repeats …": where that begins and ends.
fn so_that(text: &Text<'_>, from: usize, end: usize) -> Option<(usize, usize)> {
    let at = position(text, from, end, &["so"], false)?;
    let mut stop = at + 1;
    while text.is_one_of(stop, &["that", "it", "they", "is", "are", "will", "to", "only", "now"]) {
        stop += 1;
    }
    (stop > at + 1).then_some((at, stop))
}

/// "move X to Friday", "postpone X by two days", "push X back a week", "bring X forward to today".
fn moved(text: &Text<'_>, clause: Clause, from: usize, context: &Context) -> Option<Intent> {
    if let Some((at, minutes)) = minutes(text, from, clause.end, context) {
        let target = target::read(text, from, at, context);
        return update(target, Changes { due: Some(Move::ByMinutes(minutes)), ..Changes::default() });
    }
    if let Some((at, count, unit)) = length(text, from, clause.end, context) {
        let mut stop = at;
        while stop > from + 1 && text.is_one_of(stop - 1, &["deadline", "due", "date", "back", "out", "forward", "'s"])
        {
            stop -= 1;
        }
        let target = target::read(text, from, stop, context);
        return update(target, Changes { due: Some(Move::By(count, unit)), ..Changes::default() });
    }
    // "schedule a call for Friday" makes a task; "schedule task 3 for Friday" moves one.
    let off = text.is_one_of(clause.from + 1, &["off", "back"]);
    let makes =
        !off && text.is_one_of(clause.from, &["schedule", "put", "set", "add", "pull", "hold", "bring", "have", "get"]);
    marked(text, clause.from, from, clause.end, makes, context)
}

/// "by half an hour", "back 30 minutes", "an hour earlier".
fn minutes(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<(usize, i64)> {
    static LENGTHS: LazyLock<Phrases<i64>> = LazyLock::new(|| {
        Phrases::new(&[
            ("[by|back|out|for] [by] {n} [more] {clockunit} [later|back]", 1),
            ("[by|back|out] [by] half an hour [later|back]", 30),
            ("forward|up|earlier|ahead [by] {n} {clockunit}", -1),
            ("[by] {n} {clockunit} earlier|sooner|forward", -1),
            ("forward|up|earlier|ahead [by] half an hour", -30),
            ("[by] half an hour earlier|sooner|forward", -30),
        ])
    });
    (from + 1..end).find_map(|at| {
        let (_, sign, captures) = LENGTHS.longest(text, at, end, context).filter(|(stop, ..)| *stop == end)?;
        let count = captures.number(0).map_or(Some(1), |n| n.checked_mul(captures.number(1)?))?;
        let named = text.is_one_of(at.wrapping_sub(1), &["task", "#", "in", "within"]);
        (!named && count < 10_000).then_some((at, sign * count))
    })
}

/// "by two days", "back a week", "forward one day".
fn length(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<(usize, i64, Unit)> {
    static LENGTHS: LazyLock<Phrases<i64>> = LazyLock::new(|| {
        Phrases::new(&[
            ("by|back|out|off|for {n} [more] {unit} [later]", 1),
            ("back|out by {n} [more] {unit}", 1),
            ("{n} [more] {unit} [later|back|out]", 1),
            ("forward|up|earlier|ahead [by] {n} {unit}", -1),
            ("by {n} {unit} earlier", -1),
            ("{n} {unit} earlier|sooner", -1),
            ("forward {n} {unit}", -1),
        ])
    });
    (from..end).find_map(|at| {
        let (_, sign, captures) = LENGTHS.longest(text, at, end, context).filter(|(stop, ..)| *stop == end)?;
        let (unit, each) = captures.unit(0)?;
        let count = captures.number(0)?.checked_mul(each)?;
        // A number that ends the reference is no length: "postpone task 3 days".
        let named = text.is_one_of(at.wrapping_sub(1), &["task", "#", "in", "within"]);
        (!named && count.abs() < 10_000 && at > from).then_some((at, sign * count, unit))
    })
}

/// "make X urgent", "set X to high priority", "make X due tomorrow", "give X the tag home".
fn made(text: &Text<'_>, clause: Clause, from: usize, context: &Context) -> Option<Intent> {
    if text.is_one_of(clause.end - 1, &["earlier", "later", "sooner"])
        && let Some(intent) = moved(text, clause, from, context)
    {
        return Some(intent);
    }
    if text.is_one_of(from.wrapping_sub(1), &["to"])
        && let Some(priority) = (clause.from..from).find_map(|i| mark::bare_priority(text, i, from))
    {
        let target = target::read(text, from, clause.end, context);
        return update(target, Changes { priority: Some(priority.1), ..Changes::default() });
    }
    let puts = text.is_one_of(clause.from, &["put"]) && text.is_one_of(clause.end - 1, &["priority", "prio"]);
    if (puts
        || text.is_one_of(
            clause.from,
            &[
                "mark",
                "flag",
                "set",
                "make",
                "turn",
                "give",
                "assign",
                "raise",
                "lower",
                "upgrade",
                "downgrade",
                "increase",
            ],
        ))
        && let Some((at, priority)) = closing_priority(text, from, clause.end)
    {
        let target = target::read(text, from, at, context);
        if !target.references.is_empty() {
            return update(target, Changes { priority: Some(priority), ..Changes::default() });
        }
    }
    let plain = text.is_one_of(
        clause.from,
        &["give", "put", "make", "set", "need", "have", "get", "schedule", "mark", "assign", "turn"],
    );
    marked(text, clause.from, from, clause.end, plain, context)
}

fn prioritised(text: &Text<'_>, from: usize, end: usize, usual: Priority, context: &Context) -> Option<Intent> {
    if let Some((at, priority)) = closing_priority(text, from, end) {
        return update(
            target::read(text, from, at, context),
            Changes { priority: Some(priority), ..Changes::default() },
        );
    }
    update(target::read(text, from, end, context), Changes { priority: Some(usual), ..Changes::default() })
}

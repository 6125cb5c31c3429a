//! Changes of a task's fields.

use super::super::clause::Clause;
use super::super::model::{Changes, Intent, Move, Target};
use super::super::target;
use crate::Context;
use crate::calendar::Unit;
use crate::grammar::{Phrases, words};
use crate::read::{mark, repeat, when};
use crate::token::{Kind, Text};
use std::sync::LazyLock;
use todo_contract::Priority;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    /// "rename X to Y": Y is a title, whatever it says.
    Rename,
    /// "change X to Y": a date, a priority, a repeat, or else a title.
    Change,
    /// "move X to Friday": a date or a time.
    Move,
    /// "make X urgent": any mark.
    Make,
    /// "set the title of X to Y", "change the notes of X to Y".
    Title,
    Notes,
    AddNote,
    Tag,
    Untag,
    Clear(Field),
    Prioritise,
    Deprioritise,
    Repeat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Due,
    Priority,
    Tags,
    Notes,
    Repeat,
}

static VERBS: LazyLock<Phrases<Verb>> = LazyLock::new(|| {
    use Verb::{
        AddNote, Change, Clear, Deprioritise, Make, Move, Notes, Prioritise, Rename, Repeat, Tag, Title, Untag,
    };
    Phrases::new(&[
        ("rename|retitle|reword|rephrase|relabel", Rename),
        (
            "change|edit|update|modify|set|alter|correct|make|fix the|its title|name|text|wording|description [of|for|on]",
            Title,
        ),
        ("change|edit|update|modify|alter|replace|correct|amend|revise|swap|switch|turn|convert", Change),
        ("call", Rename),
        (
            "move|reschedule|postpone|push|delay|defer|shift|snooze|bump|put|bring|schedule|pull|extend|hold|prolong|advance|kick [off|back|out|forward] [the] [deadline|due] [date] [of|for]",
            Move,
        ),
        ("make|set|mark|give|flag|put|assign|turn|need|schedule|have|get", Make),
        (
            "set|change|update|move|edit|add|put|make|give|assign|push|extend|switch|modify [a|the|an] [new] due [date] [of|for|on|to]",
            Move,
        ),
        (
            "set|change|update|move|edit|add|put|extend|push|assign|modify [a|the] [new] deadline|date|time|day|reminder [of|for|on|to]",
            Move,
        ),
        ("set|change|update|edit|put|add|make|assign [a|the|its] priority [level] [of|for|on|to]", Make),
        ("add|set|put|assign|give [a|an|the] urgent|high|highest|medium|normal|low|top priority to", Make),
        ("prioritise|prioritize", Prioritise),
        ("deprioritise|deprioritize", Deprioritise),
        ("raise|increase|up|boost the priority of|for|on", Prioritise),
        ("lower|decrease|reduce the priority of|for|on", Deprioritise),
        ("tag|label|categorize|categorise", Tag),
        ("add|put|attach|apply|stick [the|a|these] tag|tags|label|labels", Tag),
        ("add|put|attach|apply [the|a] #", Tag),
        ("untag", Untag),
        ("remove|delete|drop|take|clear|strip [off] [the] tag|tags|label|labels", Untag),
        ("remove|delete|drop|take|strip [off] [the] #", Untag),
        ("remove|delete|drop|clear|strip [all] [the] tags|labels from|of|on", Clear(Field::Tags)),
        (
            "remove|delete|drop|clear|take|cancel|unset|erase|get|strip [off|away|rid] [of] [the|any|its] due [date|dates] [from|of|on|for]",
            Clear(Field::Due),
        ),
        (
            "remove|delete|drop|clear|take|cancel|unset|erase|strip [off|away] [the|any|its] deadline|date|dates|deadlines [from|of|on|for]",
            Clear(Field::Due),
        ),
        ("unschedule", Clear(Field::Due)),
        (
            "remove|delete|drop|clear|take|unset|erase|reset [off|away] [the|any|its] priority [from|of|on|for]",
            Clear(Field::Priority),
        ),
        (
            "remove|delete|drop|clear|take|erase|empty [off|away] [the|all|any|its] note|notes|comment|description|comments|details [from|of|on|for]",
            Clear(Field::Notes),
        ),
        (
            "remove|delete|drop|clear|take|cancel|unset|end [off|away] [the|any|its] repeat|repetition|recurrence|repeating|schedule [from|of|on|for]",
            Clear(Field::Repeat),
        ),
        ("stop|cancel|end repeating|recurring [of]", Clear(Field::Repeat)),
        ("unrepeat", Clear(Field::Repeat)),
        (
            "add|attach|put|append|write|leave|make [a|the|this|these|some] [new] note|notes|comment|details|description|info|detail [to|on|for|in]",
            AddNote,
        ),
        ("set|change|update|edit|replace [the] note|notes|comment|description of|for|on|to", Notes),
        ("note on|for", AddNote),
        ("repeat", Repeat),
    ])
});

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
    if let Some(intent) = quoted_note(text, clause, context).or_else(|| unrepeated(text, clause, context)) {
        return Some(intent);
    }
    let (stop, verb) = named.filter(|(stop, _)| !numbered(*stop)).unwrap_or((clause.from, Verb::Make));
    match verb {
        Verb::Clear(field) => clear(text, stop, clause.end, field, context),
        Verb::Untag => untag(text, stop, clause.end, context),
        Verb::Tag => tag(text, stop, clause.end, context),
        Verb::AddNote | Verb::Notes => notes(text, stop, clause.end, context),
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
        Verb::Move => moved(text, clause, stop, context),
        Verb::Make => made(text, clause, stop, context),
        Verb::Prioritise => prioritised(text, stop, end, Priority::High, context),
        Verb::Deprioritise => prioritised(text, stop, end, Priority::Low, context),
        Verb::Repeat => marked(text, clause.from, clause.from, end, true, context),
        _ => None,
    }
}

/// "task 3 is due Friday", "the report is urgent", "task 2 should be called …".
pub(super) fn statement(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let at = (clause.from + 1..clause.end.min(clause.from + 8))
        .find(|&i| text.is_one_of(i, &["is", "are", "should", "needs", "must", "has", "will", "repeats", ":"]))?;
    // "the due date of the report should be Monday"
    let field = clause.from + usize::from(text.is_one_of(clause.from, &["the"]));
    let of = (field..at)
        .find(|&i| text.is_one_of(i, &["of", "for"]))
        .filter(|_| text.is_one_of(field, &["due", "deadline", "priority"]));
    let from = of.map_or(clause.from, |i| i + 1);
    let target = target::read(text, from, at, context);
    if !target.is_explicit() && of.is_none() && !text.is_one_of(clause.from, &["the", "my"]) {
        return None;
    }
    let mut next = at + 1;
    while text.is_one_of(
        next,
        &[
            "be",
            "now",
            "to",
            "called",
            "named",
            "read",
            "say",
            "actually",
            "really",
            "a",
            "renamed",
            "titled",
            "have",
            "moved",
            "repeat",
            "done",
            "finished",
            "completed",
            "ready",
            "happen",
        ],
    ) && next < clause.end
    {
        next += 1;
    }
    if (at + 1..next).any(|i| text.is_one_of(i, &["called", "named", "read", "say", "renamed", "titled"])) {
        return title(target, text, next, clause.end);
    }
    let changes = marks(text, next, clause.end, context);
    let whole = !changes.1;
    (!changes.0.is_empty() && whole && (target.is_explicit() || text.is_one_of(at, &["is", "are", "should"])))
        .then(|| Intent::Update(target, Box::new(changes.0)))
}

fn clear(text: &Text<'_>, from: usize, end: usize, field: Field, context: &Context) -> Option<Intent> {
    let from = from + usize::from(text.is_one_of(from, &["off", "from", "of"]));
    let target = target::read(text, from, end, context);
    let mut changes = Changes::default();
    match field {
        Field::Due => changes.clear_due = true,
        Field::Priority => changes.priority = Some(Priority::None),
        Field::Tags => changes.clear_tags = true,
        Field::Notes => changes.clear_notes = true,
        Field::Repeat => changes.clear_repeat = true,
    }
    update(target, changes)
}

fn update(target: Target, changes: Changes) -> Option<Intent> {
    (!target.references.is_empty() && !changes.is_empty()).then(|| Intent::Update(target, Box::new(changes)))
}

/// Where one of `words` stands, the last of them if `last`.
fn position(text: &Text<'_>, from: usize, end: usize, words: &[&str], last: bool) -> Option<usize> {
    let mut places = (from..end).filter(|&i| text.is_one_of(i, words));
    if last { places.next_back() } else { places.next() }
}

fn past_noun(text: &Text<'_>, at: usize) -> usize {
    at + usize::from(text.is_one_of(at, &["tag", "tags", "label", "labels"]))
}

/// "tag it work": the last word, after a plain reference.
fn tag_last(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Intent> {
    let last = end.checked_sub(1).filter(|i| *i > from)?;
    let target = target::read(text, from, last, context);
    let (stop, tags) = mark::tag_list(text, last, end)?;
    (stop == end && target.is_explicit() && text.get(last).is_some_and(|t| t.kind == Kind::Word))
        .then(|| update(target, Changes { add_tags: tags, ..Changes::default() }))
        .flatten()
}

/// "remind me about it tomorrow": a task that is there gets the date.
pub(in crate::intent) fn reminded(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Intent> {
    let plain = text.is_one_of(from, &["it", "that", "this", "#"])
        || (text.is_one_of(from, &["task"])
            && text.get(from + 1).is_some_and(|t| t.kind == Kind::Number || t.text == "#"));
    plain.then(|| marked(text, from.checked_sub(1)?, from, end, true, context)).flatten()
}

/// "tag task 3 with home", "add the tag home to task 3".
fn tag(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Intent> {
    let from = if text.is_one_of(from.wrapping_sub(1), &["#"]) { from - 1 } else { from };
    if let Some((stop, tags)) = mark::tag_list(text, from, end).map(|(stop, tags)| (past_noun(text, stop), tags))
        && text.is_one_of(stop, &["to", "on", "onto", "for"])
    {
        return update(target::read(text, stop + 1, end, context), Changes { add_tags: tags, ..Changes::default() });
    }
    let at = position(text, from, end, &["with", "as", ":"], true).or_else(|| {
        position(text, from, end, &["#"], false)
            .filter(|&i| text.get(i + 1).is_some_and(|t| t.kind == Kind::Word))
            .map(|i| i - 1)
    });
    let Some(at) = at else { return tag_last(text, from, end, context) };
    let (stop, tags) = mark::tag_list(text, at + 1 + usize::from(text.is_one_of(at + 1, &["the", "a"])), end)?;
    if stop < end && !text.is_one_of(stop, &[".", "!", "tag", "tags"]) {
        return None;
    }
    let close = if text.is_one_of(at, &["with", "as", ":"]) { at } else { at + 1 };
    update(target::read(text, from, close, context), Changes { add_tags: tags, ..Changes::default() })
}

/// "remove the tag home from task 3", "untag task 3", "remove #home from it".
fn untag(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Intent> {
    let from = if text.is_one_of(from.wrapping_sub(1), &["#"]) { from - 1 } else { from };
    if let Some((stop, tags)) = mark::tag_list(text, from, end).map(|(stop, tags)| (past_noun(text, stop), tags))
        && text.is_one_of(stop, &["from", "off", "on", "of"])
    {
        let stop = stop + usize::from(text.is_one_of(stop + 1, &["of"]));
        return update(target::read(text, stop + 1, end, context), Changes { remove_tags: tags, ..Changes::default() });
    }
    if text.is_one_of(from, &["from", "of", "on"]) {
        return update(target::read(text, from + 1, end, context), Changes { clear_tags: true, ..Changes::default() });
    }
    update(target::read(text, from, end, context), Changes { clear_tags: true, ..Changes::default() })
}

/// "add #home to task 3", "add home tag to task 3", "remove the home tag from task 3".
fn add_tag(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let adding = text.is_one_of(clause.from, &["add", "put", "attach", "apply"]);
    let removing = text.is_one_of(clause.from, &["remove", "delete", "take", "drop", "strip"]);
    if !adding && !removing {
        return None;
    }
    let from = clause.from + 1 + usize::from(text.is_one_of(clause.from + 1, &["the", "a", "off"]));
    let (mut stop, tags) = mark::tag_list(text, from, clause.end)?;
    let hashed = text.word(from) == "#" && text.get(from + 1).is_some_and(|t| t.kind == Kind::Word);
    let named = text.is_one_of(stop, &["tag", "tags", "label"]);
    stop += usize::from(named);
    let joint: &[&str] = if adding { &["to", "on", "onto"] } else { &["from", "off", "of"] };
    if !(hashed || named) || !text.is_one_of(stop, joint) {
        return None;
    }
    let target = target::read(text, stop + 1, clause.end, context);
    let changes = if adding {
        Changes { add_tags: tags, ..Changes::default() }
    } else {
        Changes { remove_tags: tags, ..Changes::default() }
    };
    update(target, changes)
}

/// "add a due date of Friday to task 3", "add high priority to task 3".
fn add_to(text: &Text<'_>, clause: Clause, stop: usize, context: &Context) -> Option<Intent> {
    marked(text, clause.from, stop, clause.end, true, context)
}

/// "add a note to task 3: bring the card", "add a note to the milk task saying …", "set notes of 3 to …".
fn notes(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Intent> {
    // "add a note 'bring card' to task 3", and "add 'bring card' as a note to task 3"
    if let Some(close) = text.closing_quote(from).filter(|c| text.is_one_of(c + 1, &["to", "on", "for"])) {
        let target = target::read(text, close + 2, end, context);
        return update(target, Changes { notes: Some(text.slice(from + 1, close).to_owned()), ..Changes::default() });
    }
    let at = position(text, from, end, &[":", "saying", "that", "-", "–", "—", "\"", "“", ",", "'", "to"], false)
        .filter(|&i| i > from)?;
    let start = if text.is_one_of(at, &["\"", "“", "'"]) {
        at
    } else {
        at + 1 + usize::from(text.is_one_of(at + 1, &["says", "that", ":"]))
    };
    let target = target::read(text, from, at, context);
    let note = unquoted(text, start, end);
    if !target.is_explicit() && text.is_one_of(at, &["to", "-", ","]) {
        return None;
    }
    (!note.is_empty()).then(|| update(target, Changes { notes: Some(note), ..Changes::default() })).flatten()
}

/// "task 7 should no longer repeat", "make task 7 not repeat".
fn unrepeated(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let last = clause.end.checked_sub(1)?;
    let denied = text.is_one_of(last, &["repeat", "repeating", "recur", "recurring"])
        && text.is_one_of(last - 1, &["not", "longer", "stop", "non", "never"]);
    let start = clause.from + usize::from(text.is_one_of(clause.from, &["make", "set", "have"]));
    let stop = (start..last).find(|&i| {
        text.is_one_of(i, &["should", "must", "to", "not", "no", "stop", "never", "can", "does", "shall", "is", "as"])
    })?;
    denied
        .then(|| update(target::read(text, start, stop, context), Changes { clear_repeat: true, ..Changes::default() }))
        .flatten()
}

/// "add 'bring card' as a note to task 3".
fn quoted_note(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let open = clause.from + 1;
    let close = text.closing_quote(open).filter(|_| text.is_one_of(clause.from, &["add", "put", "write", "attach"]))?;
    let noun = (close + 1..clause.end.min(close + 4))
        .find(|&i| text.is_one_of(i, &["note", "notes", "comment", "description"]))?;
    let stop = noun + 1 + usize::from(text.is_one_of(noun + 1, &["to", "on", "for", "of"]));
    let stop = if text.is_one_of(close + 1, &["to"]) { return None } else { stop };
    update(
        target::read(text, stop, clause.end, context),
        Changes { notes: Some(text.slice(open + 1, close).to_owned()), ..Changes::default() },
    )
}

/// "change task 3's title to …", "set task 3's priority to high", "update its due date to Friday".
fn possessive(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let at = (clause.from + 1..clause.end.min(clause.from + 9)).find(|&i| {
        text.is_one_of(i, &["title", "name", "priority", "due", "deadline", "date", "notes", "note", "description"])
            && (text.is_one_of(i - 1, &["'s", "s", "its", "their"]) || text.word(i - 1).ends_with("'s"))
    })?;
    let to = (at..clause.end).find(|&i| text.is_one_of(i, &["to", "as", ":", "="]))?;
    let owner = target_before_s(text, clause.from + 1, at, context);
    match text.word(at) {
        "title" | "name" => title(owner, text, to + 1, clause.end),
        "notes" | "note" | "description" => {
            update(owner, Changes { notes: Some(unquoted(text, to + 1, clause.end)), ..Changes::default() })
        }
        _ => update(owner, marks(text, to + 1, clause.end, context).0),
    }
}

/// "task 3's", "its".
fn target_before_s(text: &Text<'_>, from: usize, at: usize, context: &Context) -> Target {
    let owner = text.slice(from, at);
    if owner.eq_ignore_ascii_case("its") {
        return target::read_target("it", context);
    }
    if owner.eq_ignore_ascii_case("their") {
        return target::read_target("them", context);
    }
    let owner = owner.trim_end_matches("'s").trim_end_matches("’s");
    target::read_target(owner.strip_suffix("'").unwrap_or(owner), context)
}

/// "set task 3 notes to …", "change the dentist due date to Friday".
fn trailing_field(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    if !text.is_one_of(clause.from, &["set", "change", "update", "edit", "make"]) {
        return None;
    }
    let to = position(text, clause.from, clause.end, &["to", "as", "="], false)?;
    let field = text.word(to - 1);
    let back = match field {
        "priority" | "title" | "name" | "notes" | "deadline" => 1,
        "date" if text.is_one_of(to.wrapping_sub(2), &["due"]) => 2,
        _ => return None,
    };
    let stop = to - back;
    if stop <= clause.from + 1 {
        return None;
    }
    let target = target::read(text, clause.from + 1, stop, context);
    match field {
        "title" | "name" => title(target, text, to + 1, clause.end),
        "notes" => update(target, Changes { notes: Some(unquoted(text, to + 1, clause.end)), ..Changes::default() }),
        _ => update(target, marks(text, to + 1, clause.end, context).0),
    }
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
        let stop = open - usize::from(text.is_one_of(open - 1, &["to", "as", "into", ":"]));
        let target = target::read(text, from, stop, context);
        return (!calling || target.is_explicit()).then(|| title(target, text, open, end)).flatten();
    }
    if calling {
        return None;
    }
    let to = position(text, from + 1, end, &["to", "as", "into", ":", "->", "="], false)?;
    title(target::read(text, from, to, context), text, to + 1, end)
}

/// "change X to Y": Y is a date, a priority or a repeat if it is nothing else, or else the title.
fn changed(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Intent> {
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

/// "move X to Friday", "postpone X by two days", "push X back a week", "bring X forward to today".
fn moved(text: &Text<'_>, clause: Clause, from: usize, context: &Context) -> Option<Intent> {
    if let Some((at, count, unit)) = length(text, clause.from, from, clause.end, context) {
        let target = target::read(text, from, at, context);
        return update(target, Changes { due: Some(Move::By(count, unit)), ..Changes::default() });
    }
    // "schedule a call for Friday" makes a task; "schedule task 3 for Friday" moves one.
    let off = text.is_one_of(clause.from + 1, &["off", "back"]);
    let makes =
        !off && text.is_one_of(clause.from, &["schedule", "put", "set", "add", "pull", "hold", "bring", "have", "get"]);
    marked(text, clause.from, from, clause.end, makes, context)
}

/// "by two days", "back a week", "forward one day".
fn length(text: &Text<'_>, verb: usize, from: usize, end: usize, context: &Context) -> Option<(usize, i64, Unit)> {
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
        let (stop, sign, captures) = LENGTHS.longest(text, at, end, context).filter(|(stop, ..)| *stop == end)?;
        let (unit, each) = captures.unit(0)?;
        let count = captures.number(0)?.checked_mul(each)?;
        // A number that ends the reference is no length: "postpone task 3 days".
        let named = text.is_one_of(at.wrapping_sub(1), &["task", "#", "in", "within"]);
        let _ = (stop, verb);
        (!named && count.abs() < 10_000 && at > from).then_some((at, sign * count, unit))
    })
}

/// "make X urgent", "set X to high priority", "make X due tomorrow", "give X the tag home".
fn made(text: &Text<'_>, clause: Clause, from: usize, context: &Context) -> Option<Intent> {
    if text.is_one_of(clause.from, &["mark", "flag", "set", "make", "turn", "give", "assign"])
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

/// "… as important", "… to low", "… urgent" at the end.
fn closing_priority(text: &Text<'_>, from: usize, end: usize) -> Option<(usize, Priority)> {
    let at = (from + 1..end).find(|&i| mark::bare_priority(text, i, end).is_some_and(|(stop, _)| stop == end))?;
    let (_, priority) = mark::bare_priority(text, at, end)?;
    let mut stop = at;
    while stop > from + 1
        && text
            .is_one_of(stop - 1, &["as", "to", "a", "an", "the", "with", "at", "be", "very", "really", "=", ":", "of"])
    {
        stop -= 1;
    }
    Some((stop, priority))
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

/// What the marks after a reference say, and the reference before them. With `plain` the reference
/// must not be words of a title that may be a new task.
fn marked(text: &Text<'_>, verb: usize, from: usize, end: usize, plain: bool, context: &Context) -> Option<Intent> {
    let from = if from == verb { from + 1 } else { from };
    let (mut target_from, mut target_end) = (from, end);
    let mut best: Option<(usize, Changes)> = None;
    for at in from..end {
        let (changes, rest) = marks(text, at, end, context);
        if !changes.is_empty() && !rest && !leaves_a_day(text, at, end, context) {
            best = Some((at, changes));
            break;
        }
    }
    let mut changes = match best {
        Some((at, changes)) => {
            target_end = at;
            changes
        }
        // "set a deadline of Friday for task 3"
        None => {
            let joint = position(text, from, end, &["for", "to", "on"], true)?;
            let (changes, rest) = marks(text, from, joint, context);
            if changes.is_empty() || rest {
                return None;
            }
            target_from = joint + 1;
            changes
        }
    };
    while target_end > target_from
        && text.is_one_of(
            target_end - 1,
            &[
                "to",
                "until",
                "till",
                "as",
                "for",
                "on",
                "by",
                "be",
                "back",
                "forward",
                "out",
                "up",
                "a",
                "an",
                "with",
                "due",
                "the",
                "at",
                "is",
                "off",
                "from",
                "over",
                "and",
                "of",
                "date",
                "recur",
                "happen",
                "of",
                "recurring",
                "deadline",
                "in",
                "it's",
            ],
        )
    {
        if text.is_one_of(target_end - 1, &["it's"]) {
            break;
        }
        target_end -= 1;
    }
    // "from Monday to Tuesday": the day that it leaves says nothing.
    let bulk = text.is_one_of(target_from, &["everything", "all", "every"]);
    if !bulk
        && let Some(left) = position(text, target_from, target_end, &["from"], true)
        && when::read(text, left, target_end, context).is_some_and(|(stop, _)| stop == target_end)
    {
        target_end = left;
    }
    // "set a task to feed the cat at 7" makes one.
    if plain && text.is_one_of(target_from, &["a", "an", "another"]) {
        return None;
    }
    let target = target::read(text, target_from, target_end, context);
    let sent = text.is_one_of(verb, &["set"]) && text.is_one_of(target_end, &["to"]);
    let shifted = (verb..end).any(|i| text.is_one_of(i, &["forward", "back", "up"]))
        && text.is_one_of(verb, &["bring", "pull", "put"]);
    let named = shifted
        || sent
        || text.is_one_of(target_from, &["the", "my"])
            && text.is_one_of(verb, &["make", "set", "put", "move", "mark", "give"]);
    if plain
        && !target.is_explicit()
        && !named
        && !(target_from..target_end).any(|i| text.is_one_of(i, &["task", "one", "item", "tasks"]))
    {
        return None;
    }
    if changes.repeat.is_some() {
        changes.due = None;
    }
    update(target, changes)
}

/// Whether the first of two days is part of the reference: "everything due today | to Friday".
fn leaves_a_day(text: &Text<'_>, from: usize, end: usize, context: &Context) -> bool {
    (from..end).any(|at| {
        when::read(text, at, end, context).is_some_and(|(stop, _)| {
            text.is_one_of(stop, &["to", "until", "till", "on", "onto"])
                && when::read(text, stop + 1, end, context).is_some_and(|(_, w)| w.day.is_some())
        })
    })
}

/// The marks from `from` to `end`, and whether words remain that say something else.
fn marks(text: &Text<'_>, from: usize, end: usize, context: &Context) -> (Changes, bool) {
    let mut changes = Changes::default();
    let (mut at, mut rest) = (from, false);
    while at < end {
        if let Some((stop, tag)) = mark::tag(text, at, end) {
            changes.add_tags.push(tag);
            at = stop;
        } else if let Some((stop, tags)) = mark::tags_in_words(text, at, end).or_else(|| tag_noun(text, at, end)) {
            changes.add_tags.extend(tags);
            at = stop;
        } else if let Some((stop, priority)) = mark::priority(text, at, from, end, context).or_else(|| {
            mark::bare_priority(text, at, end)
                .filter(|(stop, _)| *stop == end || text.is_one_of(*stop, &[",", "and", "priority"]))
        }) {
            changes.priority = Some(priority);
            at = stop;
        } else if let Some((stop, read)) = repeat::read(text, at, end, context) {
            let (date, time) = read.first(None, context);
            changes.repeat = read.repeat(date).map(|r| (r, date, time));
            at = stop;
        } else if let Some((stop, when)) = when::read(text, at, end, context).or_else(|| bare_hour(text, at, end)) {
            let (date, time) = when.resolve(context);
            changes.due = match (when.day, time) {
                (None, Some(time)) => Some(Move::AtTime(time)),
                _ => Some(Move::To(date, time)),
            };
            at = stop;
        } else if text.is_one_of(
            at,
            &[
                ",",
                "and",
                "to",
                "as",
                "on",
                "for",
                "with",
                "a",
                "an",
                "the",
                "be",
                "repeat",
                "repeating",
                "recurring",
                "now",
                "instead",
                "priority",
                "due",
                "back",
                "until",
                "till",
                "is",
                "of",
                "date",
                "deadline",
                "task",
                "one",
                "by",
                "recur",
                "happen",
                "tag",
                "forward",
                "please",
                "out",
                "into",
                "up",
                "also",
            ],
        ) {
            at += 1;
        } else {
            rest = true;
            break;
        }
    }
    (changes, rest)
}

/// "the tag home".
fn tag_noun(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Vec<todo_contract::Tag>)> {
    let noun = text.is_one_of(at, &["the", "a"]) && text.is_one_of(at + 1, &["tag", "tags", "label"]);
    noun.then(|| mark::tag_list(text, at + 2, end)).flatten()
}

/// "to 5": an hour after a verb that moves.
fn bare_hour(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, when::When)> {
    let (stop, clock) = crate::read::time::read(text, at, end)
        .filter(|(stop, _)| *stop == end && text.is_one_of(at.wrapping_sub(1), &["to", "at", "until"]))?;
    let _ = words::CLOCK_UNITS;
    Some((
        stop,
        when::When {
            day: None,
            time: None,
            clock: Some(clock),
            strength: crate::read::date::Strength::Weak,
            led: true,
        },
    ))
}

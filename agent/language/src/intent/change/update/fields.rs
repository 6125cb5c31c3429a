//! Changes that name a field: tags, notes, "its due date".

use super::super::super::clause::Clause;
use super::super::super::model::{Changes, Intent, Target};
use super::super::super::target;
use super::marks::{closing_priority, marks};
use super::verbs::Field;
use super::{position, title, unquoted, update};
use crate::Context;
use crate::read::mark;
use crate::token::{Kind, Text};

pub(super) fn clear(text: &Text<'_>, from: usize, end: usize, field: Field, context: &Context) -> Option<Intent> {
    let from = from + usize::from(text.is_one_of(from, &["off", "from", "of"]));
    // "drop the priority of the rent to low"
    if field == Field::Priority
        && let Some((stop, priority)) = closing_priority(text, from, end).filter(|(at, _)| text.is_one_of(*at, &["to"]))
    {
        return update(
            target::read(text, from, stop, context),
            Changes { priority: Some(priority), ..Changes::default() },
        );
    }
    let target = target::read(text, from, end, context);
    let mut changes = Changes::default();
    field.empty(&mut changes);
    update(target, changes)
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

/// "tag task 3 with home", "add the tag home to task 3".
pub(super) fn tag(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Intent> {
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
pub(super) fn untag(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Intent> {
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
    // "untag 3 ci"
    let last = end - 1;
    if last > from
        && let Some((stop, tags)) = mark::tag_list(text, last, end)
        && stop == end
        && text.get(last).is_some_and(|t| t.kind == Kind::Word)
    {
        let target = target::read(text, from, last, context);
        if target.is_explicit() {
            return update(target, Changes { remove_tags: tags, ..Changes::default() });
        }
    }
    update(target::read(text, from, end, context), Changes { clear_tags: true, ..Changes::default() })
}

/// "add #home to task 3", "add home tag to task 3", "remove the home tag from task 3".
pub(super) fn add_tag(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
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

/// "add a note to task 3: bring the card", "add a note to the milk task saying …", "set notes of 3 to …".
pub(super) fn notes(text: &Text<'_>, from: usize, end: usize, below: bool, context: &Context) -> Option<Intent> {
    // "add a note 'bring card' to task 3", and "add 'bring card' as a note to task 3"
    if let Some(close) = text.closing_quote(from).filter(|c| text.is_one_of(c + 1, &["to", "on", "for"])) {
        let target = target::read(text, close + 2, end, context);
        return update(target, noted(text.slice(from + 1, close).to_owned(), below));
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
    if !target.is_explicit() && (below || !text.is_one_of(at, &["to"])) && text.is_one_of(at, &["to", "-", ","]) {
        return None;
    }
    (!note.is_empty()).then(|| update(target, noted(note, below))).flatten()
}

/// Notes below those that are there, or in their place.
fn noted(note: String, below: bool) -> Changes {
    if below {
        Changes { add_notes: Some(note), ..Changes::default() }
    } else {
        Changes { notes: Some(note), ..Changes::default() }
    }
}

/// "task 7 should no longer repeat", "make task 7 not repeat".
pub(super) fn unrepeated(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let last = clause.end.checked_sub(1)?;
    let last = last - usize::from(last > clause.from + 2 && text.is_one_of(last, &["anymore", "now"]));
    let denied = text.is_one_of(last, &["repeat", "repeating", "recur", "recurring"])
        && text.is_one_of(last - 1, &["not", "longer", "stop", "non", "never", "doesn't", "shouldn't", "don't"]);
    // "stop the packed lunches repeating", "no more repeating gym"
    let ended = text.is_one_of(clause.from, &["stop", "end"]) && text.is_one_of(last, &["repeating", "recurring"]);
    let no_more = (text.is_one_of(clause.from, &["no"]) && text.is_one_of(clause.from + 1, &["more", "longer"]))
        && text.is_one_of(clause.from + 2, &["repeating", "repeat", "repeats", "recurring"]);
    if no_more {
        let target = target::read(text, clause.from + 3, clause.end, context);
        return update(target, Changes { clear_repeat: true, ..Changes::default() });
    }
    if ended && !text.is_one_of(last - 1, &["from"]) {
        let target = target::read(text, clause.from + 1, last, context);
        return update(target, Changes { clear_repeat: true, ..Changes::default() });
    }
    let stops = text.is_one_of(clause.from, &["stop", "prevent", "keep"])
        && text.is_one_of(last.wrapping_sub(1), &["from"])
        && text.is_one_of(last, &["repeating", "recurring"]);
    if stops {
        let target = target::read(text, clause.from + 1, last - 1, context);
        return update(target, Changes { clear_repeat: true, ..Changes::default() });
    }
    let start = clause.from + usize::from(text.is_one_of(clause.from, &["make", "set", "have"]));
    let stop = (start..last).find(|&i| {
        text.is_one_of(
            i,
            &[
                "should",
                "must",
                "to",
                "not",
                "no",
                "stop",
                "never",
                "can",
                "does",
                "shall",
                "is",
                "as",
                "doesn't",
                "shouldn't",
                "don't",
            ],
        )
    })?;
    denied
        .then(|| update(target::read(text, start, stop, context), Changes { clear_repeat: true, ..Changes::default() }))
        .flatten()
}

/// "groceries no longer needs a due date".
pub(super) fn unneeded(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let Clause { from, end } = clause;
    let at = (from + 1..end).find(|&i| {
        (text.is_one_of(i, &["no"]) && text.is_one_of(i + 1, &["longer"]))
            || (text.is_one_of(i, &["doesn't", "doesnt"]) && text.is_one_of(end - 1, &["anymore"]))
    })?;
    let verb = at + 1 + usize::from(text.is_one_of(at, &["no"]));
    if !text.is_one_of(verb, &["need", "needs", "has", "have"]) {
        return None;
    }
    let field = match text.word(end - 1 - usize::from(text.is_one_of(end - 1, &["anymore"]))) {
        "date" | "deadline" => Field::Due,
        "priority" => Field::Priority,
        "notes" | "note" => Field::Notes,
        "tags" | "tag" => Field::Tags,
        _ => return None,
    };
    clear(text, from, at, field, context)
}

/// "add to the dentist task a note that says …".
pub(super) fn note_after(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let from = clause.from + 2;
    let leads = text.is_one_of(clause.from, &["add", "attach", "put", "leave", "write"])
        && text.is_one_of(from - 1, &["to", "on", "for"]);
    let noun = (from..clause.end.min(from + 9))
        .find(|&i| text.is_one_of(i, &["note", "comment", "notes"]))
        .filter(|_| leads)?;
    let stop = noun - usize::from(text.is_one_of(noun - 1, &["a", "the", "this"]));
    let target = target::read(text, from, stop, context);
    let mut start = noun + 1;
    while text.is_one_of(start, &["that", "says", "saying", ":", "which"]) {
        start += 1;
    }
    let note = unquoted(text, start, clause.end);
    (!note.is_empty()).then(|| update(target, noted(note, true))).flatten()
}

/// "add 'bring card' as a note to task 3".
pub(super) fn quoted_note(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let open = clause.from + 1;
    let close = text.closing_quote(open).filter(|_| text.is_one_of(clause.from, &["add", "put", "write", "attach"]))?;
    let noun = (close + 1..clause.end.min(close + 4))
        .find(|&i| text.is_one_of(i, &["note", "notes", "comment", "description"]))?;
    let stop = noun + 1 + usize::from(text.is_one_of(noun + 1, &["to", "on", "for", "of"]));
    // "add 'x' to the notes of the meeting" names the field; "add 'x' to task 3's notes" does not.
    if text.is_one_of(close + 1, &["to"]) && !text.is_one_of(noun + 1, &["of", "for", "on"]) {
        return None;
    }
    update(target::read(text, stop, clause.end, context), noted(text.slice(open + 1, close).to_owned(), true))
}

/// "change task 3's title to …", "set task 3's priority to high", "update its due date to Friday".
pub(super) fn possessive(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
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
pub(super) fn trailing_field(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
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

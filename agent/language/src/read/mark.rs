//! Priorities and tags.

use crate::Context;
use crate::grammar::Phrases;
use crate::token::{Kind, Text};
use std::sync::LazyLock;
use todo_contract::{Priority, Tag};

/// A priority in words; `true` where the words mean nothing else wherever they stand.
static PRIORITIES: LazyLock<Phrases<(Priority, bool)>> = LazyLock::new(|| {
    use Priority::{High, Low, Medium, None, Urgent};
    Phrases::new(&[
        ("! urgent", (Urgent, true)),
        ("! high|important", (High, true)),
        ("! medium|med|normal", (Medium, true)),
        ("! low", (Low, true)),
        ("! ! !", (Urgent, false)),
        ("[with|at|as|of|in] [a|an|the] urgent|highest|critical|top|max|maximum priority", (Urgent, true)),
        ("[with|at|as|of|in] [a|an|the] high|higher|important priority", (High, true)),
        ("high - priority", (High, true)),
        ("low - priority", (Low, true)),
        ("[with|at|as|of|in] [a|an|the] medium|normal|middle|med|mid priority", (Medium, true)),
        ("[with|at|as|of|in] [a|an|the] low|lower|lowest|minor priority", (Low, true)),
        ("[with|of] no priority", (None, true)),
        ("[with] priority [:|=|to] urgent|highest|critical", (Urgent, true)),
        ("[with] priority [:|=|to] high", (High, true)),
        ("[with] priority [:|=|to] medium|normal|med", (Medium, true)),
        ("[with] priority [:|=|to] low", (Low, true)),
        ("[with] priority [:|=|to] none", (None, true)),
        ("urgent prio", (Urgent, true)),
        ("[with] prio|priority [:|=] {digits}", (None, true)),
        ("high prio", (High, true)),
        ("medium|med|normal prio", (Medium, true)),
        ("low prio", (Low, true)),
        ("urgently|asap", (Urgent, false)),
        ("as soon as possible", (Urgent, true)),
        ("it's|its|it|this|that's|which|that is [really|very|super] urgent", (Urgent, true)),
        ("it's|that's|its [really|very|super] urgent", (Urgent, true)),
        ("it's|that's|its [really|very] important", (High, true)),
        ("[this|it] is [really|very] important", (High, true)),
        ("very|super|extremely urgent", (Urgent, false)),
        ("very|super|really important", (High, false)),
        ("urgent|critical", (Urgent, false)),
        ("important", (High, false)),
    ])
});

/// Words that a priority begins with, which end what stands before them.
pub(crate) fn is_mark_word(word: &str) -> bool {
    matches!(word, "p" | "urgent" | "asap")
}

/// `!high`, `!1`, `p2`, "high priority", "urgent" at the edge of a title.
pub(crate) fn priority(
    text: &Text<'_>,
    at: usize,
    from: usize,
    end: usize,
    context: &Context,
) -> Option<(usize, Priority)> {
    if !text.starts_clean(at) {
        return None;
    }
    if let Some(level) = level(text, at, end) {
        return Some((at + 2, level));
    }
    let (stop, (priority, sure), captures) = PRIORITIES.longest(text, at, end, context)?;
    let priority = match captures.number(0) {
        None => priority,
        Some(1) => Priority::Urgent,
        Some(2) => Priority::High,
        Some(3) => Priority::Medium,
        Some(4) => Priority::Low,
        Some(_) => return None,
    };
    // `!high` needs its parts together; "Great! High time" has none.
    if text.word(at) == "!" && text.get(at + 1).is_some_and(|t| !t.glued) || !text.ends_clean(stop) {
        return None;
    }
    let edge =
        stop >= end || text.get(stop).is_some_and(|t| t.kind != Kind::Word) || super::names::boundary(text, stop);
    // "research high priority mail options" says nothing of the task itself.
    let named = text.is_one_of(stop - 1, &["priority"]) && at > from && !edge;
    let dated = || {
        super::when::read(text, stop, end, context).is_some() || super::repeat::read(text, stop, end, context).is_some()
    };
    if named && !text.is_one_of(at, &["with", "at", "as", "of"]) && !dated() {
        return None;
    }
    let opens = at == from && text.get(stop).is_some_and(|t| matches!(t.text.as_str(), ":" | "," | "-" | "!"));
    let article = at > from
        && text.is_one_of(
            at - 1,
            &["an", "the", "a", "is", "very", "really", "not", "are", "most", "all", "something", "anything", "and"],
        );
    let closes = at > from && edge && !article;
    (sure || opens || closes).then_some((stop, priority))
}

/// `p1` to `p4` and `!1` to `!4`.
pub(crate) fn level(text: &Text<'_>, at: usize, end: usize) -> Option<Priority> {
    let number = text.get(at + 1).filter(|t| at + 1 < end && t.glued && !t.literal)?;
    if !matches!(text.word(at), "p" | "!") || !text.ends_clean(at + 2) {
        return None;
    }
    match number.text.as_str() {
        "1" => Some(Priority::Urgent),
        "2" => Some(Priority::High),
        "3" => Some(Priority::Medium),
        "4" => Some(Priority::Low),
        _ => None,
    }
}

/// A priority's word alone, as after "set priority to".
pub(crate) fn bare_priority(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Priority)> {
    let token = text.get(at).filter(|t| at < end && !t.literal)?;
    if let Some(level) = level(text, at, end) {
        return Some((at + 2, level));
    }
    if text.is_one_of(at, &["less", "more"]) && text.is_one_of(at + 1, &["important", "urgent"]) && at + 1 < end {
        return Some((at + 2, if token.text == "less" { Priority::Low } else { Priority::High }));
    }
    if text.is_one_of(at, &["not"])
        && text.is_one_of(at.wrapping_sub(1), &["as"])
        && text.is_one_of(at + 1, &["important", "urgent"])
        && at + 1 < end
    {
        return Some((at + 2, Priority::None));
    }
    let priority = match token.text.as_str() {
        "urgent" | "highest" | "critical" | "top" | "max" | "maximum" | "asap" => Priority::Urgent,
        "high" | "higher" | "important" => Priority::High,
        "medium" | "normal" | "med" | "middle" | "moderate" => Priority::Medium,
        "low" | "lower" | "lowest" | "minor" => Priority::Low,
        "none" | "nothing" => Priority::None,
        _ => return None,
    };
    let word = usize::from(text.is_one_of(at + 1, &["priority", "prio"]) && at + 1 < end);
    Some((at + 1 + word, priority))
}

/// `#home`, `#home-work`: glued, and no bare number.
pub(crate) fn tag(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Tag)> {
    let sign = text.get(at).filter(|t| at < end && t.text == "#" && !t.literal)?;
    let free = !sign.glued
        || at == 0
        || text.get(at - 1).is_some_and(|t| t.kind != Kind::Word && t.kind != Kind::Number && t.text != "&");
    let stop = tag_name(text, at + 1, end)?;
    let raw = text.range(at + 1, stop).and_then(|r| text.source.get(r))?;
    let lettered = raw.chars().any(char::is_alphabetic);
    (free && lettered && text.get(at + 1).is_some_and(|t| t.glued))
        .then(|| Tag::new(raw).ok())
        .flatten()
        .map(|tag| (stop, tag))
}

/// Where a tag's name ends: words and digits, joined by `-_/.&+'` with nothing between.
pub(crate) fn tag_name(text: &Text<'_>, at: usize, end: usize) -> Option<usize> {
    let named =
        |i: usize| i < end && text.get(i).is_some_and(|t| matches!(t.kind, Kind::Word | Kind::Number) && !t.literal);
    if !named(at) {
        return None;
    }
    let mut stop = at + 1;
    while stop < end && text.get(stop).is_some_and(|t| t.glued) {
        if named(stop) {
            stop += 1;
        } else if matches!(text.word(stop), "-" | "_" | "/" | "." | "&" | "+" | "'")
            && named(stop + 1)
            && text.get(stop + 1).is_some_and(|t| t.glued)
        {
            stop += 2;
        } else {
            break;
        }
    }
    Some(stop)
}

/// Tags in words: "tagged work and home", "with tag errands", "tag: home".
pub(crate) fn tags_in_words(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Vec<Tag>)> {
    // "hashtag plumbing", as it is dictated
    if text.is_one_of(at, &["hashtag"]) && at + 1 < end {
        let raw =
            text.get(at + 1).filter(|t| t.kind == Kind::Word && !t.literal).and_then(|_| text.range(at + 1, at + 2))?;
        return Some((at + 2, vec![Tag::new(text.source.get(raw)?).ok()?]));
    }
    let mut next = at;
    if text.is_one_of(next, &["with", "and"]) {
        next += 1;
        next += usize::from(text.is_one_of(next, &["the", "a"]));
        if !text.is_one_of(next, &["tag", "tags", "label", "labels"]) {
            return None;
        }
    }
    if !text.is_one_of(next, &["tagged", "labelled", "labeled", "tag", "tags", "label", "labels"]) || next >= end {
        return None;
    }
    let plain = text.is_one_of(next, &["tag", "tags", "label", "labels"]) && next == at;
    next += 1;
    let marked = text.is_one_of(next, &["as", "with", ":", "it"]);
    // "price tag" is a thing; "…, tag home" and "high tag home" say a tag.
    let listed = at > 0
        && text.get(at - 1).is_some_and(|t| {
            t.kind != Kind::Word || matches!(t.text.as_str(), "high" | "low" | "medium" | "urgent" | "priority")
        });
    if plain && !text.is_one_of(next, &[":"]) && !listed {
        return None;
    }
    while text.is_one_of(next, &["as", "with", ":"]) || (marked && text.is_one_of(next, &["it"])) {
        next += 1;
    }
    tag_list(text, next, end)
}

/// Names parted by commas or "and", with or without `#`.
pub(crate) fn tag_list(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Vec<Tag>)> {
    let mut found = Vec::new();
    let (mut next, mut stop) = (at, at);
    loop {
        let name = next + usize::from(text.word(next) == "#");
        let Some(after) = tag_name(text, name, end) else { break };
        // "tagged home, low priority"
        let priority =
            text.is_one_of(after, &["priority"]) && text.is_one_of(name, &["low", "high", "medium", "urgent", "top"]);
        if priority && !found.is_empty() {
            break;
        }
        let Some(tag) = text.range(name, after).and_then(|r| text.source.get(r)).and_then(|raw| Tag::new(raw).ok())
        else {
            break;
        };
        found.push(tag);
        stop = after;
        next = after;
        while text.is_one_of(next, &[",", "and", "&"]) && next < end {
            next += 1;
        }
        if next == after && text.word(next) != "#" {
            break;
        }
    }
    (!found.is_empty()).then_some((stop, found))
}

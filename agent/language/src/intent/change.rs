//! Sayings that complete, reopen, delete or change tasks.

mod past;
mod reason;
mod update;
mod weak;

pub(super) use past::{is_done, not_yet};
use past::{passive, past};
use reason::without_reason;
pub(super) use update::{Field, ended, only_due, reminded, value, wanted_to_be};
pub(super) use weak::{named, past as told, readings, still, updated};

use super::clause::Clause;
use super::model::{Intent, Reference, Target};
use super::{polite, target};
use crate::Context;
use crate::grammar::Phrases;
use crate::token::{Kind, Text};
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Complete,
    Reopen,
    Delete,
}

/// Whether the reference must be plain (a number, "task", "it") since the verb also begins titles.
type Plain = bool;

/// What begins, what ends, and what it means; the reference stands between. The first that fits wins.
struct Frame {
    before: Phrases<()>,
    after: Option<Phrases<()>>,
    act: Act,
    plain: Plain,
}

const FRAMES: &[(&str, &str, Act, Plain)] = &[
    // Reopen.
    (
        "mark|set|flag|make|put|change",
        "[back] [as|to|be] not|un [yet] done|complete|completed|finished [yet|again] [after] [all]",
        Act::Reopen,
        false,
    ),
    (
        "mark|set|flag|make|put|change",
        "[back] [as|to|be] incomplete|undone|unfinished|uncompleted|open|pending|active|todo [again]",
        Act::Reopen,
        false,
    ),
    ("mark as not [yet] done|complete|completed|finished [:]", "", Act::Reopen, false),
    ("mark as incomplete|undone|unfinished|open|pending [:]", "", Act::Reopen, false),
    ("re - open|activate", "", Act::Reopen, false),
    (
        "reopen|uncomplete|uncheck|untick|unmark|unfinish|reactivate|restore|un-complete|unarchive|revive",
        "[as|to] [done|complete|completed|finished|open]",
        Act::Reopen,
        false,
    ),
    ("un - complete|check|mark|tick|do|finish", "", Act::Reopen, false),
    (
        "put|bring|move|take",
        "back [on|to|onto|in|into] [my|the|our] [open] [todo|to] [-] [do] [list]",
        Act::Reopen,
        false,
    ),
    ("open|bring", "again|back [up]", Act::Reopen, false),
    ("open again", "", Act::Reopen, false),
    (
        "",
        "isn't|aren't|wasn't|hasn't|haven't|not [been] done|finished|complete|completed|ready|sent|paid after all",
        Act::Reopen,
        false,
    ),
    ("reinstate", "", Act::Reopen, false),
    (
        "put|bring|move|take|set|return|send|get",
        "back [again] to|into|onto|on|in [my|the] [open|todo|active|pending] [tasks|list|ones|items|todos]",
        Act::Reopen,
        false,
    ),
    ("return|set|move|change|switch", "[back] to active|open|pending|todo|incomplete [again]", Act::Reopen, false),
    ("mark|set|flag", "as still|not [to] [be] [yet] open|pending|done|do|finished|outstanding", Act::Reopen, false),
    ("", "must|should|needs|has [to] be open|reopened|active [again]", Act::Reopen, false),
    ("", "should|must|needs|has [to] not be done|completed|finished", Act::Reopen, false),
    ("un check|tick|mark|do|finish|complete", "", Act::Reopen, false),
    ("undo|revert [the] completion|completing|finishing [of]", "", Act::Reopen, false),
    ("bring back", "", Act::Reopen, false),
    ("undo|revert|reverse [the|my] tick|check|checking|ticking|done on|of|for", "", Act::Reopen, false),
    // Complete.
    (
        "mark|set|flag|make|check|tick|put|change|record|log|move|switch|turn|consider|count",
        "[off] [as|to|into|is] [being] [all] [now] done|complete|completed|finished|closed [off] [now|already|today]",
        Act::Complete,
        false,
    ),
    ("mark [off] [as|it] done|complete|completed|finished|off [:]", "", Act::Complete, false),
    ("check|tick|cross|strike|scratch|mark", "off [of|from] [my|the] [todo|to-do] [list]", Act::Complete, false),
    (
        "check|tick|cross|strike|scratch|checked|ticked|crossed off",
        "[off] [of|from] [my|the] [list]",
        Act::Complete,
        false,
    ),
    ("check|tick|cross|strike", "from|on my|the list", Act::Complete, false),
    ("put a tick|check|line next|beside|by|against|on|through [to]", "", Act::Complete, false),
    ("get", "off [of] my|the|our [todo|to] [-] [do] list", Act::Delete, false),
    ("get", "ticked|crossed|checked off", Act::Complete, true),
    ("i|we want|need", "gone|deleted|removed [from] [my|the] [list]", Act::Delete, false),
    (
        "i|we|i've|ive|we've|i'm|im [have|had|just|already|finally|now|also] [just|already|finally|now] finished|completed|did|done|handled|accomplished [with|off|up]",
        "[already|today|now|just] [now]",
        Act::Complete,
        false,
    ),
    ("i|we [just|already|finally] got|get", "[all] done|finished|completed [today|already|now]", Act::Complete, false),
    ("i|we [just] am|are done|finished [with]", "", Act::Complete, false),
    ("i'm|im|we're [all|now|finally|just] done|finished|through [with]", "", Act::Complete, false),
    ("all done|finished [with]", "", Act::Complete, false),
    ("just|already finished|completed|did|done [with]", "", Act::Complete, false),
    ("ready with", "", Act::Complete, false),
    ("i'm|i am ready with", "", Act::Complete, false),
    ("done|finished|completed [with|:|-]", "[today|already|now|yesterday]", Act::Complete, false),
    ("i|we [finally|just] managed to finish|complete|do", "", Act::Complete, false),
    ("complete", "", Act::Complete, false),
    ("finish [off|up|with]", "", Act::Complete, false),
    ("accomplish|fulfil|fulfill|resolve|close|archive", "", Act::Complete, true),
    (
        "",
        "[is|are|was|were|has|have|'s|got|now|all|been|already|finally|just] [is|are|been|all|now|already|finally|just|been] done|complete|completed|finished|handled|finish|sorted [,] [now|already|today|too|finally|at] [last|now]",
        Act::Complete,
        false,
    ),
    ("check|tick", "", Act::Complete, true),
    // Delete.
    (
        "delete|remove|erase|trash|discard|scrap|del|rm|dump|eliminate|destroy|bin|purge|wipe|ditch|delet|dlete|remve|deletes",
        "[out] from|off|of [of|from] [my|the] [todo|to-do] [list|tasks|todos]",
        Act::Delete,
        false,
    ),
    ("delete|remove|erase|trash|scrap|drop", "from|on|for {date}", Act::Delete, false),
    (
        "delete|remove|erase|trash|discard|scrap|del|rm|dump|eliminate|destroy|bin|purge|wipe|ditch|delet|dlete|remve|deletes [out|away|off|:]",
        "",
        Act::Delete,
        false,
    ),
    ("get rid|shot of", "", Act::Delete, false),
    ("throw|chuck|toss out|away", "", Act::Delete, true),
    ("throw|chuck|toss", "out|away", Act::Delete, true),
    ("take|get|throw|kick out|away|off", "from|off [of] [my|the] [todo] list", Act::Delete, false),
    ("clear away|out|off", "", Act::Delete, true),
    ("take|drop|scratch|strike|cut|wipe|kick", "off|from [of|from] [my|the] [todo] [list]", Act::Delete, false),
    ("clear [out|off|away|up]", "", Act::Delete, true),
    ("empty [out]", "", Act::Delete, true),
    ("cancel|drop|kill|forget|nuke|axe|toss [about]", "", Act::Delete, true),
];

static TABLE: LazyLock<Vec<Frame>> = LazyLock::new(|| {
    FRAMES
        .iter()
        .map(|(before, after, act, plain)| Frame {
            before: Phrases::new(&[(before, ())]),
            after: (!after.is_empty()).then(|| Phrases::new(&[(after, ())])),
            act: *act,
            plain: *plain,
        })
        .collect()
});

/// Words by which the table can begin: everything else needs no search.
pub(super) fn leads(text: &Text<'_>, clause: Clause, context: &Context) -> bool {
    TABLE.iter().any(|f| f.before.longest(text, clause.from, clause.end, context).is_some())
        || update::leads(text, clause, context)
}

/// Whether nothing but dates, priorities and tags stands there.
pub(super) fn only_marks(text: &Text<'_>, from: usize, end: usize, context: &Context) -> bool {
    from < end && end - from < LONGEST && {
        let (changes, rest) = update::marks(text, from, end, context);
        !rest && !changes.is_empty()
    }
}

/// Whether a priority and nothing else stands there.
pub(super) fn only_priority(text: &Text<'_>, from: usize, end: usize, context: &Context) -> bool {
    marks(text, from, end, context).is_some_and(|changes| changes.priority.is_some() && changes.due.is_none())
}

/// The dates, priorities, tags and repeats, if nothing else stands there.
pub(super) fn marks(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<super::model::Changes> {
    let (mut changes, rest) = update::marks(text, from, end, context);
    if changes.repeat.is_some() {
        changes.due = None;
    }
    (from < end && !rest && !changes.is_empty()).then_some(changes)
}

/// Most tokens of a command that is no new task.
const LONGEST: usize = 120;

/// Reads a change that is asked for.
pub(super) fn read(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    // A title may be long; a command about one is not.
    if clause.end - clause.from > LONGEST {
        return None;
    }
    let clause = polite::strip(text, without_reason(text, clause), context);
    if let Some(intent) = update::fields(text, clause, context).or_else(|| update::arrow(text, clause, context)) {
        return Some(intent);
    }
    if let Some(intent) = of_it(text, clause) {
        return Some(intent);
    }
    let framed = frame(text, clause, context);
    if framed.is_some() {
        return framed;
    }
    // "I would like that to be on the 17th"
    let wish =
        (clause.from + 1..clause.end.min(clause.from + 4)).find(|&i| text.is_one_of(i, &["like", "want", "need"]));
    if let Some(at) = wish.filter(|_| text.is_one_of(clause.from, &["i", "i'd", "we", "we'd"]))
        && let Some(intent) = wanted_to_be(text, at + 1, clause.end, context)
    {
        return Some(intent);
    }
    update::read(text, clause, context)
        .or_else(|| update::of_pronoun(text, clause, context))
        .or_else(|| update::instead(text, clause, context))
        .or_else(|| past(text, clause, context))
        .or_else(|| passive(text, clause))
}

/// "done", "…, reopen", "so that's done": what was spoken of.
fn of_it(text: &Text<'_>, clause: Clause) -> Option<Intent> {
    let it = || Target::one(Reference::It);
    let mut from = clause.from;
    while text.is_one_of(
        from,
        &["so", "it's", "that's", "it", "that", "is", "now", "all", "this", "been", "one", "ones", "one's"],
    ) && from + 1 < clause.end
    {
        from += 1;
    }
    if clause.end != from + 1 {
        return None;
    }
    match text.word(from) {
        "done" | "finished" | "completed" | "sorted" => Some(Intent::Complete(it())),
        "delete" | "remove" if from == clause.from => Some(Intent::Delete(it())),
        "reopen" if from == clause.from => Some(Intent::Reopen(it())),
        _ => None,
    }
}

/// What is said of a task: "task 3 is due Friday", "the report is urgent", "repeat task 2 weekly".
pub(super) fn statement(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    if clause.end - clause.from > LONGEST {
        return None;
    }
    update::statement(text, clause, context)
}

fn frame(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    TABLE.iter().find_map(|frame| {
        let start = match frame.before.longest(text, clause.from, clause.end, context) {
            Some((stop, ..)) => stop,
            None if frame.before.is_blank() => clause.from,
            None => return None,
        };
        let stop = match &frame.after {
            None => clause.end,
            Some(after) => match (start + 1..clause.end)
                .find(|&at| after.longest(text, at, clause.end, context).is_some_and(|(end, ..)| end == clause.end))
            {
                Some(at) => at,
                None if after.is_optional() => clause.end,
                None => return None,
            },
        };
        if stop <= start
            || !(start..stop).any(|i| text.get(i).is_some_and(|t| matches!(t.kind, Kind::Word | Kind::Number)))
        {
            return None;
        }
        // "finished everything that was due | today"
        let due = text.is_one_of(stop - 1, &["due", "for", "from"]) && stop < clause.end;
        let stop = if due && frame.before.longest(text, clause.from, clause.end, context).is_some() {
            clause.end
        } else {
            stop
        };
        let target = target::read(text, start, stop, context);
        let checks = text.is_one_of(clause.from, &["check", "tick"]);
        if target.references.is_empty()
            || (frame.plain && !target.is_explicit() && (checks || !says_task(text, start, stop)))
        {
            return None;
        }
        // "delete all tasks from today" names a filter: the day is part of it.
        let dated = frame.act == Act::Delete && crate::read::when::read(text, stop, clause.end, context).is_some();
        let told = dated && super::described::read(text, start, clause.end, context).is_some();
        if told || dated && target.references.iter().any(|r| matches!(r, Reference::All(_))) {
            return None;
        }
        if frame.before.is_blank()
            && !fits_statement(text, start, stop)
            && !(target.is_explicit() && tells(text, start))
        {
            return None;
        }
        act(frame.act, target, text, Clause { from: start, end: stop }, context)
    })
}

/// Whether it does not begin with a command of its own: "remove everything that's done".
fn tells(text: &Text<'_>, from: usize) -> bool {
    !crate::read::names::is_task_verb(text, from)
        && !text.is_one_of(
            from,
            &["delete", "remove", "clear", "erase", "show", "list", "move", "wipe", "trash", "bin", "purge"],
        )
}

fn says_task(text: &Text<'_>, from: usize, end: usize) -> bool {
    (from..end).any(|i| text.is_one_of(i, &["task", "tasks", "todo", "one", "item", "reminder"]))
}

/// "the laundry is done" is about a task; "dinner is served, all done" rather not.
fn fits_statement(text: &Text<'_>, from: usize, end: usize) -> bool {
    let inner = from + usize::from(text.is_one_of(from, &["the", "my"]));
    let from = if text.is_one_of(inner, &["task", "reminder", "todo"]) && text.is_one_of(inner + 1, &["to"]) {
        inner + 2
    } else {
        from
    };
    !text.is_one_of(
        from,
        &[
            "clear", "delete", "remove", "show", "list", "add", "move", "erase", "what", "which", "get", "make",
            "purge", "wipe", "trash", "bin", "scrap", "del", "rm", "drop", "dump", "discard", "empty", "reopen", "tag",
            "change", "rename",
        ],
    ) && end - from <= 7
        && !(from..end).any(|i| {
            text.is_one_of(
                i,
                &[
                    "i", "you", "we", "he", "she", "they", "what", "not", "never", "isn't", "aren't", ",", "well",
                    "almost", "nearly", "half", "needs", "must", "should", "be", "to", "get", "when", "until", "once",
                    "wasn't", "hasn't", "haven't", "easier", "said", "it's", "whether", "if", "that", "why", "how",
                ],
            )
        })
}

fn act(act: Act, target: Target, text: &Text<'_>, inner: Clause, context: &Context) -> Option<Intent> {
    Some(match act {
        Act::Complete => {
            // "finish the report by Friday" is a chore with a date, not one that is done.
            let dated = !target.is_explicit()
                && crate::quick::read(text, inner.from, inner.end, context).due.is_some()
                && text.is_one_of(inner.from - usize::from(inner.from > 0), &["finish", "complete", "up", "off"]);
            if dated {
                return None;
            }
            Intent::Complete(target)
        }
        Act::Reopen => Intent::Reopen(target),
        Act::Delete => Intent::Delete(target),
    })
}

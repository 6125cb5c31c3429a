//! One task from one line: what is recognised becomes a span, and the rest is the title.

mod title;

use crate::read::time::Clock;
use crate::read::when::{self, When};
use crate::read::{mark, repeat};
use crate::token::{Kind, Text};
use crate::{Context, describe};
use jiff::civil::Time;
use std::ops::Range;
use todo_contract::{ClockTime, Due, Priority, Repeat, Tag};

/// What a line means as a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What remains when the spans are taken out.
    pub title: String,
    /// When it is due.
    pub due: Option<Due>,
    /// How it repeats.
    pub repeat: Option<Repeat>,
    /// Its priority.
    pub priority: Priority,
    /// Its tags, without doubles.
    pub tags: Vec<Tag>,
    /// What was recognised, in the order of the text.
    pub spans: Vec<Span>,
}

/// A recognised stretch of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Bytes, on character boundaries. Spans do not overlap.
    pub range: Range<usize>,
    /// What it says.
    pub kind: SpanKind,
    /// What was understood, for a chip.
    pub label: String,
}

/// What a span says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpanKind {
    /// The due date or its time.
    Due,
    /// The repeat.
    Repeat,
    /// The priority.
    Priority,
    /// A tag.
    Tag,
}

/// Reads one task from `text`.
#[must_use]
pub fn quick_add(text: &str, context: &Context) -> Parsed {
    quick_add_ignoring(text, context, &[])
}

/// Like [`quick_add`], and leaves what lies in the `ignored` byte ranges in the title.
#[must_use]
pub fn quick_add_ignoring(text: &str, context: &Context, ignored: &[Range<usize>]) -> Parsed {
    let mut text = Text::new(text);
    text.rule_out(ignored);
    let end = text.len();
    read(&text, 0, end, context)
}

/// What the tokens say of a task, whatever its title.
pub(crate) fn marks(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Parsed {
    let mut found = pieces(text, from, end, context);
    settle(text, &mut found);
    let mut parsed = Parsed::default();
    fill(&mut parsed, text, &found, context);
    parsed
}

/// Like [`marks`], of a part under a heading: what the part says itself goes before what the heading says.
pub(crate) fn marks_under(text: &Text<'_>, heading: (usize, usize), part: (usize, usize), context: &Context) -> Parsed {
    let mut found = pieces(text, part.0, part.1, context);
    let own_day = found.iter().any(|f| matches!(&f.piece, Piece::Due(when) if when.day.is_some()));
    let own = |like: fn(&Piece) -> bool| found.iter().any(|f| like(&f.piece));
    let (repeats, ranked) = (own(|p| matches!(p, Piece::Repeat(_))), own(|p| matches!(p, Piece::Priority(_))));
    let more = heading_pieces(text, heading, context).into_iter().filter(|f| match &f.piece {
        Piece::Due(_) => !own_day,
        Piece::Repeat(_) => !repeats,
        Piece::Priority(_) => !ranked,
        Piece::Tags(_) => true,
    });
    found.extend(more.collect::<Vec<_>>());
    settle(text, &mut found);
    let mut parsed = Parsed::default();
    fill(&mut parsed, text, &found, context);
    parsed
}

/// What a heading says; a weekday alone, or before "jobs", is one.
pub(crate) fn heading(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Parsed {
    let mut found = heading_pieces(text, (from, end), context);
    settle(text, &mut found);
    let mut parsed = Parsed::default();
    fill(&mut parsed, text, &found, context);
    parsed
}

fn heading_pieces(text: &Text<'_>, (from, end): (usize, usize), context: &Context) -> Vec<Found> {
    let found = pieces(text, from, end, context);
    if !found.is_empty() || from >= end {
        return found;
    }
    let first = when::read(text, from, end, context);
    first.map(|(stop, when)| Found { start: from, stop, piece: Piece::Due(when) }).into_iter().collect()
}

enum Piece {
    Due(When),
    Repeat(repeat::Read),
    Priority(Priority),
    Tags(Vec<Tag>),
}

struct Found {
    start: usize,
    stop: usize,
    piece: Piece,
}

/// Reads the tokens from `from` to before `end`.
pub(crate) fn read(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Parsed {
    let mut found = pieces(text, from, end, context);
    settle(text, &mut found);
    let title = title::title(text, from, end, &found);
    if title.is_empty() {
        return Parsed { title: text.slice(from, end).to_owned(), ..Parsed::default() };
    }
    let mut parsed = Parsed { title, ..Parsed::default() };
    fill(&mut parsed, text, &found, context);
    parsed
}

fn pieces(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = from;
    while at < end {
        match piece(text, at, from, end, context) {
            Some((stop, piece)) => {
                found.push(Found { start: at, stop, piece });
                at = stop.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

fn piece(text: &Text<'_>, at: usize, from: usize, end: usize, context: &Context) -> Option<(usize, Piece)> {
    let token = text.get(at).filter(|t| !t.literal)?;
    if token.text == "#" {
        return mark::tag(text, at, end).map(|(stop, tag)| (stop, Piece::Tags(vec![tag])));
    }
    if let Some((stop, tags)) = mark::tags_in_words(text, at, end) {
        return Some((stop, Piece::Tags(tags)));
    }
    if let Some((stop, priority)) = mark::priority(text, at, from, end, context) {
        return Some((stop, Piece::Priority(priority)));
    }
    if let Some((stop, mut read)) = repeat::read(text, at, end, context)
        && repeat_stands_well(text, at, stop, from, end, &read)
    {
        read.time = read.cycle.clock.and_then(|clock| in_the_evening(clock, text, from, end)).or(read.time);
        return Some((stop, Piece::Repeat(read)));
    }
    let (stop, mut when) = when::read(text, at, end, context)?;
    // "Rent - 1st of each month"
    if let Some((after, read)) = repeat::read(text, at + 1, end, context).filter(|(after, _)| *after > stop)
        && text.get(at).is_some_and(|t| t.kind == Kind::Sign)
    {
        return Some((after, Piece::Repeat(read)));
    }
    if !when::stands_well(text, at, stop, from, end, &when) {
        return None;
    }
    if let Some(time) = when.clock.and_then(|clock| in_the_evening(clock, text, from, end)) {
        (when.clock, when.time) = (None, Some(time));
    }
    Some((stop, Piece::Due(when)))
}

/// "dinner on Saturday at 8" is in the evening.
fn in_the_evening(clock: Clock, text: &Text<'_>, from: usize, end: usize) -> Option<Time> {
    const LATE: &[&str] = &[
        "dinner",
        "supper",
        "drinks",
        "pub",
        "cinema",
        "theatre",
        "concert",
        "gig",
        "quiz",
        "takeaway",
        "restaurant",
        "bedtime",
        "nightclub",
        "disco",
        "opera",
        "choir",
        "rehearsal",
    ];
    let late = |i: usize| {
        text.is_one_of(i, LATE) || text.is_one_of(i, &["a"]) && i + 1 < end && text.is_one_of(i + 1, &["table"])
    };
    let meant = clock.loose && (5..=11).contains(&clock.hour) && (from..end).any(late);
    meant.then(|| Time::new(clock.hour + 12, clock.minute, 0, 0).ok()).flatten()
}

/// "weekly" before a noun belongs to the title ("write weekly report"), and so does "daily".
fn repeat_stands_well(text: &Text<'_>, at: usize, stop: usize, from: usize, end: usize, read: &repeat::Read) -> bool {
    if crate::read::names::covers(text, at, stop, end) {
        return false;
    }
    let single = stop == at + 1;
    let edge =
        stop >= end || text.get(stop).is_some_and(|t| t.kind != Kind::Word) || crate::read::names::boundary(text, stop);
    let opens = at == from && !edge && crate::read::names::is_task_verb(text, stop);
    let owned = at > from && crate::read::names::leads_a_noun(text, at - 1);
    if single || read.cycle.loose { (edge && at > from && !owned) || opens } else { true }
}

/// Keeps one day, one time beside it, one repeat and one priority; the rest goes back to the title.
fn settle(text: &Text<'_>, found: &mut Vec<Found>) {
    let rank = |f: &Found| match &f.piece {
        Piece::Due(w) if text.is_one_of(f.start, &["by", "due", "before", "deadline"]) => {
            Some(3 + i32::from(w.day.is_some()))
        }
        Piece::Due(w) if w.day.is_some() => {
            Some(1 + i32::from(w.led || w.strength == crate::read::date::Strength::Sure))
        }
        Piece::Due(_) => Some(0),
        _ => None,
    };
    let best =
        found.iter().enumerate().filter_map(|(i, f)| Some((rank(f)?, std::cmp::Reverse(i)))).max().map(|(_, i)| i.0);
    let best_has_time =
        best.and_then(|i| found.get(i)).is_some_and(|f| matches!(&f.piece, Piece::Due(w) if has_time(w)));
    let best_has_day =
        best.and_then(|i| found.get(i)).is_some_and(|f| matches!(&f.piece, Piece::Due(w) if w.day.is_some()));
    // "weekly review every Friday": the longer words say it.
    let repeats = found.iter().enumerate().filter(|(_, f)| matches!(f.piece, Piece::Repeat(_)));
    let longest = repeats.max_by_key(|(i, f)| (f.stop - f.start, std::cmp::Reverse(*i))).map(|(i, _)| i);
    let (mut timed, mut priority, mut index) = (best_has_time, false, 0);
    found.retain(|f| {
        let this = index;
        index += 1;
        match &f.piece {
            Piece::Due(_) if best == Some(this) => true,
            Piece::Due(w) => w.day.is_none() && best_has_day && !std::mem::replace(&mut timed, true),
            Piece::Repeat(_) => longest == Some(this),
            Piece::Priority(_) => !std::mem::replace(&mut priority, true),
            Piece::Tags(_) => true,
        }
    });
}

fn has_time(when: &When) -> bool {
    when.time.is_some() || when.clock.is_some() || when.day.is_some_and(|d| d.time.is_some())
}

fn fill(parsed: &mut Parsed, text: &Text<'_>, found: &[Found], context: &Context) {
    let mut said: Option<When> = None;
    let mut repeat: Option<repeat::Read> = None;
    for f in found {
        match &f.piece {
            Piece::Due(when) => {
                said = Some(match said {
                    None => *when,
                    Some(first) => When {
                        day: first.day.or(when.day),
                        time: first.time.or(when.time),
                        clock: first.clock.or(when.clock),
                        ..first
                    },
                });
            }
            Piece::Repeat(read) => repeat = Some(read.clone()),
            Piece::Priority(priority) => parsed.priority = *priority,
            Piece::Tags(tags) => {
                for tag in tags {
                    if !parsed.tags.contains(tag) && parsed.tags.len() < todo_contract::limits::TAGS_MAX {
                        parsed.tags.push(tag.clone());
                    }
                }
            }
        }
    }
    // "every morning this week": on each of its days.
    if let Some(read) = &mut repeat
        && let Some(stretch) = said.and_then(|w| w.day).filter(|day| day.from < day.to)
    {
        read.within(stretch.from.max(context.today), stretch.to);
        said = said.map(|w| When { day: None, ..w });
    }
    let resolved = said.map(|w| w.resolve(context));
    let first = match &repeat {
        Some(read) => {
            // A time alone does not say on which day the repeat begins, and is meant as it is written.
            let day = said.and_then(|w| w.day).and(resolved);
            let clock = said.and_then(|w| w.clock);
            let timed = resolved.and_then(|(_, time)| time);
            let time = match (clock.zip(read.cycle.part), day) {
                // "at 8 every evening"
                (Some((clock, part)), _) => clock.in_part(part),
                (None, Some(_)) => timed.or(read.time),
                (None, None) => read.time.or_else(|| clock.map_or(timed, Clock::time)),
            };
            Some(read.first(day.map(|(date, _)| date), time, context))
        }
        None => resolved,
    };
    parsed.due = first.map(|(date, time)| due(date, time));
    parsed.repeat = repeat.zip(first).and_then(|(read, (date, _))| read.repeat(date));
    for f in found {
        let Some(range) = text.range(f.start, f.stop) else { continue };
        let (kind, label) = match &f.piece {
            Piece::Due(_) => {
                (SpanKind::Due, parsed.due.as_ref().map(|d| describe::due(d, context.today)).unwrap_or_default())
            }
            Piece::Repeat(_) => (SpanKind::Repeat, parsed.repeat.as_ref().map(describe::repeat).unwrap_or_default()),
            Piece::Priority(p) => (SpanKind::Priority, describe::priority(*p).to_owned()),
            Piece::Tags(tags) => (SpanKind::Tag, tags.iter().map(|t| format!("#{t}")).collect::<Vec<_>>().join(" ")),
        };
        parsed.spans.push(Span { range, kind, label });
    }
}

pub(crate) fn due(date: jiff::civil::Date, time: Option<Time>) -> Due {
    Due { date, time: time.map(ClockTime::new), zone: None }
}

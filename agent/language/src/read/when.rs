//! A due date: a day, a time, or both, with the preposition before them.

use super::date::{self, Day, Strength};
use super::time::{self, Clock};
use crate::Context;
use crate::calendar::{self, days};
use crate::grammar::{Phrases, Table};
use crate::token::{Kind, Text};
use jiff::civil::{Date, Time};
use std::sync::LazyLock;

/// A due date as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) day: Option<Day>,
    pub(crate) time: Option<Time>,
    /// A time that may have to be moved to tomorrow, or twelve hours, if no day is given.
    pub(crate) clock: Option<Clock>,
    pub(crate) strength: Strength,
    /// A preposition stood before it.
    pub(crate) led: bool,
}

impl When {
    /// The day and time that a task gets.
    pub(crate) fn resolve(&self, context: &Context) -> (Date, Option<Time>) {
        match (self.day, self.clock) {
            (Some(day), Some(clock)) if day.pick == context.today => (day.pick, clock.later_than(context.now)),
            (Some(day), Some(clock)) => (day.pick, clock.time()),
            (Some(day), None) => (day.pick, self.time.or(day.time)),
            (None, Some(clock)) => {
                let time = clock.later_than(context.now);
                let past = time.is_some_and(|t| t <= context.now);
                (if past { days(context.today, 1) } else { context.today }, time)
            }
            (None, None) => {
                let past = self.time.is_some_and(|t| t <= context.now);
                (if past { days(context.today, 1) } else { context.today }, self.time)
            }
        }
    }
}

/// What may stand before a due date, and whether a bare hour may follow it.
static LEADS: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    Phrases::new(&[
        ("by|before|until|till|til", true),
        ("no later than", true),
        ("at|@|around|circa", true),
        ("on|for|starting|from", false),
        ("starting on|from", false),
        ("due [date|on|by|at|in|for|before]", true),
        ("due date :", true),
        ("due :", true),
        ("deadline [is|of|on|by|:]", true),
        ("with [a] due date [of|on]", true),
        ("with [a] deadline [of|on]", true),
        ("sometime [on|in]", false),
        ("some time|day [on|in]", false),
        ("any|some time before|by|on|in", false),
        ("anytime before|by|on|in", false),
        ("in", false),
        ("during", false),
        ("-|–|—", false),
    ])
});

/// Times counted from now.
static SOON: LazyLock<Table<i64>> = LazyLock::new(|| {
    Table::new(&[
        ("in {n} {clockunit}", |m, _| m.number(0)?.checked_mul(m.number(1)?)),
        ("in about|around|roughly {n} {clockunit} [time]", |m, _| m.number(0)?.checked_mul(m.number(1)?)),
        ("in [about] half an hour", |_, _| Some(30)),
        ("half an hour from now", |_, _| Some(30)),
        ("in [about] three quarters of an hour", |_, _| Some(45)),
        ("in [about] a quarter of an hour", |_, _| Some(15)),
        ("in [about] an hour and a half", |_, _| Some(90)),
        ("in [about] an hour or so", |_, _| Some(60)),
        ("in {n} and a half hours", |m, _| Some(m.number(0)?.checked_mul(60)? + 30)),
        ("in {n} hours and {n} minutes", |m, _| Some(m.number(0)?.checked_mul(60)? + m.number(1)?)),
        ("{n} {clockunit} from now", |m, _| m.number(0)?.checked_mul(m.number(1)?)),
        ("within {n} {clockunit}", |m, _| m.number(0)?.checked_mul(m.number(1)?)),
    ])
});

/// The longest due date from `at`.
pub(crate) fn read(text: &Text<'_>, at: usize, end: usize, context: &Context) -> Option<(usize, When)> {
    if !text.starts_clean(at) {
        return None;
    }
    if let Some((stop, minutes)) = SOON.longest(text, at, end, context)
        && text.ends_clean(stop)
    {
        return Some((stop, from_now(minutes, context)?));
    }
    if let Some(found) = body(text, at, end, context, false, false) {
        return Some(found);
    }
    if let Some(found) = bounded(text, at, end) {
        return Some(found);
    }
    let (mut start, hour, _) = LEADS.longest(text, at, end, context)?;
    // "by the end of", "at around 5", "on the morning of".
    while text.is_one_of(start, &["about", "around", "approximately", "like", "on", "by", "at", "before"])
        && start < end
    {
        start += 1;
    }
    let bare = hour || text.is_one_of(start - 1, &["at"]);
    if let Some((stop, minutes)) = SOON.longest(text, start, end, context) {
        return Some((stop, from_now(minutes, context)?));
    }
    body(text, start, end, context, true, bare)
}

/// "between 2 and 3", "after 6pm": from when on.
fn bounded(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, When)> {
    let between = text.is_one_of(at, &["between"]);
    if !between && !text.is_one_of(at, &["after"]) {
        return None;
    }
    let (mut stop, clock) = time::read(text, at + 1, end).filter(|(stop, _)| text.ends_clean(*stop))?;
    let mut time = None;
    if between {
        let (after, last) = time::read(text, stop + 1, end).filter(|_| text.is_one_of(stop, &["and"]))?;
        // "a number between 1 and 10"
        if clock.bare && last.bare && !(1..=4).contains(&((last.hour - clock.hour).rem_euclid(12))) {
            return None;
        }
        // "between 2 and 3pm"
        time = (clock.loose && !last.loose && !last.bare)
            .then(|| clock.in_part((if last.hour >= 12 { 15 } else { 9 }, 0)))
            .flatten();
        stop = after;
    }
    let edge =
        stop >= end || text.get(stop).is_some_and(|t| t.kind != Kind::Word) || super::names::boundary(text, stop);
    let clock = if time.is_some() { None } else { Some(clock) };
    edge.then_some((stop, When { day: None, time, clock, strength: Strength::Sure, led: true }))
}

/// The minutes of a day.
const DAY: i64 = 24 * 60;

fn from_now(minutes: i64, context: &Context) -> Option<When> {
    let now = i64::from(context.now.hour()) * 60 + i64::from(context.now.minute());
    let minutes = now.checked_add(minutes)?;
    let (days, minute) = (minutes.div_euclid(DAY), minutes.rem_euclid(DAY));
    let time = Time::new(i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?, 0, 0).ok()?;
    Some(When {
        day: Day::on(calendar::shift(context.today, days, calendar::Unit::Day)?),
        time: Some(time),
        clock: None,
        strength: Strength::Sure,
        led: true,
    })
}

fn body(text: &Text<'_>, at: usize, end: usize, context: &Context, led: bool, hour: bool) -> Option<(usize, When)> {
    let timed = clock(text, at, end, led && hour).filter(|(stop, _)| text.ends_clean(*stop));
    let dated = date::read(text, at, end, context);
    match (dated, timed) {
        (Some((stop, day)), timed) if timed.is_none_or(|(t, _)| t <= stop) => {
            Some(after_day(text, stop, end, day, led))
        }
        (_, Some((stop, read))) => Some(after_time(text, stop, end, context, read, led)),
        (_, None) => part_of_day(text, at, end, led, context),
    }
}

/// "in the morning", without a day.
fn part_of_day(text: &Text<'_>, at: usize, end: usize, led: bool, context: &Context) -> Option<(usize, When)> {
    if !led || !text.is_one_of(at, &["the"]) {
        return None;
    }
    let (stop, (hour, minute)) = time::part(text, at + 1, end).filter(|(stop, _)| text.ends_clean(*stop))?;
    let time = Time::new(hour, minute, 0, 0).ok()?;
    let when = after_day(text, stop, end, Day::on(context.today)?, led).1;
    Some((stop, When { day: None, time: Some(time), strength: Strength::Weak, ..when }))
}

/// A time; a bare hour only where `hour` says so.
fn clock(text: &Text<'_>, at: usize, end: usize, hour: bool) -> Option<(usize, Clock)> {
    let (stop, read) = time::read(text, at, end)?;
    let exactly = usize::from(text.is_one_of(stop, &["sharp", "prompt", "promptly"]) && stop < end);
    Some((stop + exactly, read)).filter(|(stop, clock)| hour || !clock.bare || after_in_the(text, *stop, end).is_some())
}

/// After a day, a time may follow: "tomorrow at 3", "Friday, 15:00", "tomorrow morning", "Monday evening at 8".
fn after_day(text: &Text<'_>, stop: usize, end: usize, day: Day, led: bool) -> (usize, When) {
    let mut when = When { day: Some(day), time: None, clock: None, strength: day.strength, led };
    let (mut stop, mut part) = (stop, None);
    let the = 2 * usize::from(text.is_one_of(stop, &["in"]) && text.is_one_of(stop + 1, &["the"]));
    if let Some((after, found)) = time::part(text, stop + the, end).filter(|(after, _)| text.ends_clean(*after)) {
        (stop, part) = (after, Some(found));
    }
    // "tomorrow am"
    if part.is_none() && stop < end && text.is_one_of(stop, &["am", "pm"]) && text.ends_clean(stop + 1) {
        part = Some(if text.is_one_of(stop, &["am"]) { (9, 0) } else { (15, 0) });
        stop += 1;
    }
    if let Some(time) = day.time {
        part = part.or(Some((time.hour(), time.minute())));
    }
    let mut next = stop;
    let mut at = false;
    while next < end
        && text.is_one_of(next, &[",", "at", "@", "by", "before", "around", "about", "from", "-", "like", "after"])
        && next - stop < 3
    {
        at |= text.is_one_of(next, &["at", "@", "by", "before", "around", "after"]);
        next += 1;
    }
    if let Some((after, clock)) = clock(text, next, end, at).filter(|(after, _)| text.ends_clean(*after)) {
        stop = after;
        let part = part.or_else(|| {
            let (after, found) = after_in_the(text, stop, end)?;
            stop = after;
            Some(found)
        });
        match part {
            Some(part) => when.time = clock.in_part(part),
            None => when.clock = Some(clock),
        }
        when.strength = strongest(when.strength, clock);
    } else if let Some((hour, minute)) = part {
        when.time = Time::new(hour, minute, 0, 0).ok();
    }
    (stop, when)
}

/// After a time, a day may follow: "at 3pm on Friday", "8 in the evening tomorrow".
fn after_time(text: &Text<'_>, stop: usize, end: usize, context: &Context, clock: Clock, led: bool) -> (usize, When) {
    let strength = if clock.bare { Strength::Faint } else { Strength::Sure };
    let mut when = When { day: None, time: None, clock: Some(clock), strength, led };
    let mut stop = stop;
    if let Some((after, part)) = after_in_the(text, stop, end) {
        (stop, when.clock, when.time) = (after, None, clock.in_part(part));
        when.strength = Strength::Sure;
    }
    let next = stop
        + usize::from(
            stop < end
                && text.is_one_of(stop, &["on", ",", "this"])
                && !text.is_one_of(stop + 1, &["week", "month", "year", "morning", "afternoon", "evening"]),
        );
    if let Some((after, day)) = date::read(text, next, end, context) {
        stop = after;
        when.day = Some(day);
        when.strength = strongest(day.strength, clock);
        let part = time::part(text, stop, end).or_else(|| after_in_the(text, stop, end));
        if let Some((after, part)) = part.filter(|(after, _)| text.ends_clean(*after)) {
            (stop, when.clock, when.time) = (after, None, clock.in_part(part));
        } else if let Some(time) = day.time {
            (when.clock, when.time) = (None, clock.in_part((time.hour(), time.minute())));
        }
    }
    (stop, when)
}

pub(super) fn after_in_the(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, (i8, i8))> {
    let phrase = (text.is_one_of(at, &["in"]) && text.is_one_of(at + 1, &["the"]))
        || (text.is_one_of(at, &["at"]) && text.is_one_of(at + 1, &["night"]));
    if !phrase {
        return None;
    }
    let skip = if text.is_one_of(at, &["at"]) { 1 } else { 2 };
    time::part(text, at + skip, end).filter(|(stop, _)| text.ends_clean(*stop))
}

fn strongest(day: Strength, clock: Clock) -> Strength {
    if clock.bare && day != Strength::Sure { day } else { Strength::Sure }
}

/// Whether the words may be a date where they stand, and not part of a title.
pub(crate) fn stands_well(text: &Text<'_>, start: usize, stop: usize, from: usize, end: usize, when: &When) -> bool {
    if super::names::covers(text, start, stop, end) {
        return false;
    }
    // "mondays meeting", "monday's meeting"
    let owner = text.get(stop.wrapping_sub(1)).is_some_and(|t| t.text.ends_with("days") || t.text.ends_with("day's"));
    if owner
        && stop < end
        && text.get(stop).is_some_and(|t| t.kind == Kind::Word)
        && !super::names::boundary(text, stop)
    {
        return false;
    }
    let edge = stop >= end
        || text.get(stop).is_some_and(|t| t.kind != Kind::Word && t.kind != Kind::Number)
        || super::names::boundary(text, stop);
    // "the 8pm show"
    if when.day.is_none() && !when.led && !edge && start > from && super::names::leads_a_noun(text, start - 1) {
        return false;
    }
    match (when.strength, when.led) {
        (Strength::Sure, _) => true,
        (Strength::Weak, true) => edge || when.day.is_some() && !text.get(stop).is_some_and(|t| t.capital),
        (Strength::Faint, true) => edge,
        (Strength::Weak, false) => {
            let before = start.checked_sub(1).filter(|i| *i >= from);
            let owned = before.is_some_and(|i| super::names::leads_a_noun(text, i));
            let opens = before.is_none() && (edge || super::names::is_task_verb(text, stop)) && stop < end;
            (edge && before.is_some() && !owned) || opens
        }
        (Strength::Faint, false) => false,
    }
}

//! When a repeating task is due next. Pure: dates in, dates out.
//!
//! Rules are of days or longer, so that they are worked out on bare dates; the time of day and its zone are
//! put back on afterwards, which keeps nine o'clock nine o'clock across a clock change.
//! `docs/decisions/0003-repeats.md` has the choices.

mod part;
mod period;

use super::when;
use chrono::{Datelike as _, TimeZone as _};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use moka::sync::Cache;
use part::Until;
use period::Period;
use rrule::{RRule, RRuleSet, Tz, Unvalidated};
use std::sync::LazyLock;
use todo_contract::{ClockTime, Due, InvalidText, Repeat, RepeatFrom, Rule, TimeZoneName};

/// The next occurrence of a task, and the repeat that it bears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Next {
    pub(crate) due: Due,
    pub(crate) repeat: Repeat,
}

/// Where a repeating task that has no date yet begins: on the first day of its rule that is not before
/// today.
///
/// # Errors
/// The rule is not valid, or has no such day.
pub(crate) fn begin(repeat: &Repeat, today: Date) -> Result<Due, InvalidText> {
    let eve = today.yesterday().unwrap_or(today);
    let first = day_after(&repeat.rule, today, eve)?.ok_or_else(never)?;
    Ok(Due::on(first))
}

/// What was found of rules, and of where they begin. `rehearse.rs` fills it before the writer asks.
static CHECKED: LazyLock<Cache<(Rule, Date), Result<(), InvalidText>>> = LazyLock::new(|| Cache::new(CHECKED_MAX));
const CHECKED_MAX: u64 = 1_000;

/// Checks that the rule can be followed from `start` on: that it is well-formed and some day comes up.
///
/// # Errors
/// What is wrong with the rule.
pub(crate) fn check(rule: &Rule, start: Date) -> Result<(), InvalidText> {
    let key = (rule.clone(), start);
    if let Some(found) = CHECKED.get(&key) {
        return found;
    }
    let found = work_out(rule, start);
    CHECKED.insert(key, found.clone());
    found
}

fn work_out(rule: &Rule, start: Date) -> Result<(), InvalidText> {
    part::count(rule)?;
    part::until(rule)?;
    match day_after(rule, start, start)? {
        Some(_) => Ok(()),
        None => Err(never()),
    }
}

/// The occurrence after the one due on `due`, completed at `now`; `None` when the rule ends.
///
/// Counted from the due date it is the first one after both the due date and today: to do a daily task
/// three days late does not make another late one.
pub(crate) fn next(due: &Due, repeat: &Repeat, now: Timestamp, own_zone: &TimeZoneName) -> Option<Next> {
    let count = part::count(&repeat.rule).ok()?;
    if count == Some(1) {
        return None;
    }
    let today = when::today(now, due.zone.as_ref().unwrap_or(own_zone));
    let date = match repeat.from {
        RepeatFrom::Due => day_after(&repeat.rule, due.date, due.date.max(today)).ok()??,
        RepeatFrom::Completion => match period::plain_step(&repeat.rule, today) {
            Some(date) => date,
            None => day_after(&repeat.rule, today, today).ok()??,
        },
    };
    let next = Due { date, ..due.clone() };
    if part::until(&repeat.rule).ok()?.is_some_and(|until| is_past(&next, until)) {
        return None;
    }
    let rule = match count {
        Some(count) => part::with_count(&repeat.rule, count.saturating_sub(1))?,
        None => repeat.rule.clone(),
    };
    Some(Next { due: next, repeat: Repeat { rule, from: repeat.from } })
}

fn is_past(due: &Due, until: Until) -> bool {
    match (until, when::moment(due)) {
        (Until::Moment(until), Some(moment)) => moment > until,
        (Until::Moment(until), None) => due.date > until.to_zoned(jiff::tz::TimeZone::UTC).date(),
        (Until::Wall(until), _) => due.date.to_datetime(due.time.map_or(Time::MIN, ClockTime::time)) > until,
        (Until::Day(until), _) => due.date > until,
    }
}

fn never() -> InvalidText {
    InvalidText("the rule never comes up: no day fits all of its parts".into())
}

/// The first day of the rule after `after`, the rule having begun on `start`. `UNTIL` and `COUNT` are not
/// looked at.
fn day_after(rule: &Rule, start: Date, after: Date) -> Result<Option<Date>, InvalidText> {
    let period = Period::of(rule, start)?;
    // Far ahead, a leap over whole periods comes to the same days without walking through all between.
    let from = period.leap(start, after);
    // The calendar is the same every 400 years. Near its end, the search for a day that never comes is short.
    let cycles = i16::from(period.is_long()) * (9_599 - from.year()).max(0) / 400;
    let (Some(shifted), Some(bound)) = (shift(from, cycles), shift(after, cycles)) else { return Ok(None) };
    let parsed: RRule<Unvalidated> = period.explicit_rule(rule).parse().map_err(|error| unreadable(rule, &error))?;
    let begin = moment_of(shifted).ok_or_else(never)?;
    let valid = parsed.validate(begin).map_err(|error| unreadable(rule, &error))?;
    let days = RRuleSet::new(begin).rrule(valid).limit();
    let found = days.into_iter().filter_map(|moment| date_of(&moment)).find(|date| *date > bound);
    Ok(found.and_then(|date| shift(date, -cycles)))
}

fn unreadable(rule: &Rule, error: &rrule::RRuleError) -> InvalidText {
    InvalidText(format!("the rule {rule} cannot be followed: {error}"))
}

fn shift(date: Date, cycles: i16) -> Option<Date> {
    Date::new(date.year().checked_add(cycles.checked_mul(400)?)?, date.month(), date.day()).ok()
}

fn moment_of(date: Date) -> Option<chrono::DateTime<Tz>> {
    let (month, day) = (u32::try_from(date.month()).ok()?, u32::try_from(date.day()).ok()?);
    Tz::UTC.with_ymd_and_hms(i32::from(date.year()), month, day, 0, 0, 0).single()
}

fn date_of(moment: &chrono::DateTime<Tz>) -> Option<Date> {
    let (month, day) = (i8::try_from(moment.month()).ok()?, i8::try_from(moment.day()).ok()?);
    Date::new(i16::try_from(moment.year()).ok()?, month, day).ok()
}

#[cfg(test)]
mod tests;

//! When a repeating task is due next. Pure: dates in, dates out.
//!
//! Rules are of days or longer, so that they are worked out on bare dates; the time of day and its zone are
//! put back on afterwards, which keeps nine o'clock nine o'clock across a clock change. Own code: the crates
//! for this follow the RFC where it skips a month that lacks the day, and have no bound on what a rule costs.
//! `docs/decisions/0003-repeats.md` has the choices.

mod part;
mod pattern;
mod walk;

use super::when;
use jiff::civil::{Date, Time};
use jiff::{Span, Timestamp, ToSpan as _};
use part::Until;
use pattern::{Frequency, Pattern};
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
    let first = Pattern::of(&repeat.rule, today)?.day_after(today, eve).ok_or_else(never)?;
    Ok(Due::on(first))
}

/// Checks that the rule can be followed from `start` on: that it is well-formed and some day comes up. Takes
/// microseconds, whatever the rule.
///
/// # Errors
/// What is wrong with the rule.
pub(crate) fn check(rule: &Rule, start: Date) -> Result<(), InvalidText> {
    part::count(rule)?;
    part::until(rule)?;
    Pattern::of(rule, start)?.day_after(start, start).map(|_| ()).ok_or_else(never)
}

/// The occurrence after the one due on `due`, completed at `now`; `None` when the rule ends.
///
/// It is after both the due date and today: to do a daily task three days late does not make another late
/// one, and to do a weekly one early does not make the same one again.
pub(crate) fn next(due: &Due, repeat: &Repeat, now: Timestamp, own_zone: &TimeZoneName) -> Option<Next> {
    let count = part::count(&repeat.rule).ok()?;
    if count == Some(1) {
        return None;
    }
    let today = when::today(now, due.zone.as_ref().unwrap_or(own_zone));
    let after = due.date.max(today);
    let date = match repeat.from {
        RepeatFrom::Due => Pattern::of(&repeat.rule, due.date).ok()?.day_after(due.date, after)?,
        RepeatFrom::Completion => {
            let pattern = Pattern::of(&repeat.rule, today).ok()?;
            match names_no_days(&repeat.rule) {
                true => step_after(&pattern, today, after)?,
                // "Every third week on Saturday", done on a Tuesday, is not the Saturday of that week.
                false if pattern.interval > 1 && pattern.names_one_day() => {
                    pattern.day_after(today, after.max(pattern.end_of_period(today)))?
                }
                false => pattern.day_after(today, after)?,
            }
        }
    };
    let next = Due { date, ..due.clone() };
    if part::until(&repeat.rule).ok()?.is_some_and(|until| is_past(&next, until)) {
        return None;
    }
    let mut rule = repeat.rule.clone();
    if let Some(count) = count {
        rule = part::with_count(&rule, count.saturating_sub(1))?;
    }
    if repeat.from == RepeatFrom::Due && date.day() < due.date.day() {
        rule = pinned(&rule, due.date).unwrap_or(rule);
    }
    Some(Next { due: next, repeat: Repeat { rule, from: repeat.from } })
}

/// "A month after I finish it": whole intervals from the day it was completed on, the first that is later
/// than `after`. The last days of a month stay in the month that follows.
fn step_after(pattern: &Pattern, today: Date, after: Date) -> Option<Date> {
    let unit = |count: i32| -> Span {
        match pattern.frequency {
            Frequency::Daily => count.days(),
            Frequency::Weekly => count.weeks(),
            Frequency::Monthly => count.months(),
            Frequency::Yearly => count.years(),
        }
    };
    let days = (after - today).get_days();
    let longest = match pattern.frequency {
        Frequency::Daily => 1,
        Frequency::Weekly => 7,
        Frequency::Monthly => 31,
        Frequency::Yearly => 366,
    };
    // As many steps as are too few for sure, then one by one.
    let mut steps = days / longest / pattern.interval;
    loop {
        steps += 1;
        let date = today.checked_add(unit(steps.checked_mul(pattern.interval)?)).ok()?;
        if date > after {
            return Some(date);
        }
    }
}

fn names_no_days(rule: &Rule) -> bool {
    let plain = ["FREQ=", "INTERVAL=", "COUNT=", "UNTIL=", "WKST="];
    rule.as_str().split(';').all(|part| plain.iter().any(|prefix| part.starts_with(prefix)))
}

/// The rule of a series that came to the end of a month too short for its day, with that day written out:
/// else the 28th of February would be the day from then on.
fn pinned(rule: &Rule, anchor: Date) -> Option<Rule> {
    let (monthly, yearly) = (rule.part("FREQ") == Some("MONTHLY"), rule.part("FREQ") == Some("YEARLY"));
    let named = ["BYDAY", "BYMONTHDAY", "BYYEARDAY"].iter().any(|key| rule.part(key).is_some());
    if named || !(monthly || yearly) {
        return None;
    }
    let month = match rule.part("BYMONTH") {
        None if yearly => format!(";BYMONTH={}", anchor.month()),
        _ => String::new(),
    };
    let pinned = Rule::new(format!("{rule}{month};BYMONTHDAY={}", anchor.day())).ok()?;
    match Pattern::of(&pinned, anchor) {
        Ok(_) => Some(pinned),
        // None of its months has the day, which is the last one of each then.
        Err(_) => Rule::new(format!("{rule}{month};BYMONTHDAY=-1")).ok(),
    }
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

#[cfg(test)]
mod tests;

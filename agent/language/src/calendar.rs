//! Arithmetic on days that stops at the ends of the calendar (year 1 to 9999) instead of failing.

use jiff::Span;
use jiff::civil::{Date, Weekday};

/// A length of time that dates move by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Day,
    /// Monday to Friday.
    Workday,
    /// Seven days.
    Week,
    /// Calendar months; the day is held to the month's length.
    Month,
    /// Calendar years.
    Year,
}

/// `date` moved by `count` of `unit`; nothing outside of year 1 to 9999.
#[must_use]
pub fn shift(date: Date, count: i64, unit: Unit) -> Option<Date> {
    let span = Span::new();
    let span = match unit {
        Unit::Day => span.try_days(count),
        Unit::Week => span.try_weeks(count),
        Unit::Month => span.try_months(count),
        Unit::Year => span.try_years(count),
        Unit::Workday => return shift_workdays(date, count),
    };
    date.checked_add(span.ok()?).ok().filter(|d| d.year() >= 1)
}

/// `date` moved by days, held to the calendar's ends.
#[must_use]
pub fn days(date: Date, count: i64) -> Date {
    shift(date, count, Unit::Day).unwrap_or(if count < 0 { Date::constant(1, 1, 1) } else { Date::MAX })
}

fn shift_workdays(date: Date, count: i64) -> Option<Date> {
    if !(0..=2_000).contains(&count) {
        return None;
    }
    let mut day = date;
    let mut left = count;
    while left > 0 {
        day = shift(day, 1, Unit::Day)?;
        if !is_weekend(day) {
            left -= 1;
        }
    }
    Some(day)
}

/// Saturday or Sunday.
#[must_use]
pub fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The first `weekday` on `date` or later.
#[must_use]
pub fn on_or_after(date: Date, weekday: Weekday) -> Date {
    days(date, i64::from(date.weekday().until(weekday)))
}

/// The first `weekday` after `date`.
#[must_use]
pub fn after(date: Date, weekday: Weekday) -> Date {
    on_or_after(days(date, 1), weekday)
}

/// The day on which the week of `date` begins.
#[must_use]
pub fn week_of(date: Date, start: Weekday) -> Date {
    days(date, -i64::from(start.until(date.weekday())))
}

/// The first and last day of the month of `date`.
#[must_use]
pub fn month_of(date: Date) -> (Date, Date) {
    (date.first_of_month(), date.last_of_month())
}

/// The first and last day of the quarter of `date`.
#[must_use]
pub fn quarter_of(date: Date) -> (Date, Date) {
    let first_month = (date.month() - 1) / 3 * 3 + 1;
    let first = Date::new(date.year(), first_month, 1).unwrap_or(date);
    let last = Date::new(date.year(), first_month + 2, 1).map_or(date, Date::last_of_month);
    (first, last)
}

/// The first and last day of the year of `date`.
#[must_use]
pub fn year_of(date: Date) -> (Date, Date) {
    (date.first_of_year(), date.last_of_year())
}

/// The next day with this month and day, from `from` on. 29 February waits for its year.
#[must_use]
pub fn next_month_day(from: Date, month: i8, day: i8) -> Option<Date> {
    (0..=8).filter_map(|ahead| Date::new(from.year().checked_add(ahead)?, month, day).ok()).find(|d| *d >= from)
}

/// The next day of this number in a month, from `from` on; -1 is the last day.
#[must_use]
pub fn next_day_of_month(from: Date, day: i8) -> Option<Date> {
    let first = from.first_of_month();
    (0..=12).filter_map(|ahead| day_in_month(shift(first, ahead, Unit::Month)?, day)).find(|d| *d >= from)
}

/// Day `day` of the month of `date`; -1 is the last.
#[must_use]
pub fn day_in_month(date: Date, day: i8) -> Option<Date> {
    if day < 0 {
        return shift(date.last_of_month(), i64::from(day) + 1, Unit::Day);
    }
    Date::new(date.year(), date.month(), day).ok()
}

/// The next month's `nth` (or, for -1, last) `weekday`, from `from` on.
#[must_use]
pub fn next_nth_weekday(from: Date, nth: i8, weekday: Weekday) -> Option<Date> {
    let first = from.first_of_month();
    (0..=12)
        .filter_map(|ahead| shift(first, ahead, Unit::Month)?.nth_weekday_of_month(nth, weekday).ok())
        .find(|d| *d >= from)
}

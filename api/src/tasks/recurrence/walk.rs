//! The days of a rule, one period after the other. Every search has a bound in steps, each of which is a few
//! operations on bits, so that also what never comes up is seen through in microseconds.

use super::pattern::{Frequency, Pattern};
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Most periods that are looked through for one occurrence: a hundred years, and far more for what comes
/// up rarely.
const DAYS_MAX: u32 = 5_300;
const WEEKS_MAX: u32 = 5_300;
const MONTHS_MAX: u32 = 1_200;
const YEARS_MAX: u32 = 200;

impl Pattern {
    /// The first day after `after`, the rule having begun on `start`; `None` where none comes up.
    pub(super) fn day_after(&self, start: Date, after: Date) -> Option<Date> {
        match self.frequency {
            Frequency::Daily => self.daily(start, after),
            Frequency::Weekly => self.weekly(start, after),
            Frequency::Monthly => self.monthly(start, after),
            Frequency::Yearly => self.yearly(start, after),
        }
    }

    /// The last day of the day, week, month or year that `day` is in.
    pub(super) fn end_of_period(&self, day: Date) -> Date {
        match self.frequency {
            Frequency::Daily => day,
            Frequency::Weekly => {
                let back = i32::from(day.weekday().since(self.week_start));
                day.checked_add((6 - back).days()).unwrap_or(day)
            }
            Frequency::Monthly => day.last_of_month(),
            Frequency::Yearly => day.last_of_year(),
        }
    }

    fn daily(&self, start: Date, after: Date) -> Option<Date> {
        if self.interval % 7 == 0 && self.names_weekdays() && !self.has_weekday(start.weekday()) {
            return None;
        }
        let mut day = self.on_or_after(start, after.tomorrow().ok()?)?;
        let mut month = day.first_of_month();
        let mut days = self.days_of_month(month);
        let mut steps = 0;
        while steps < DAYS_MAX {
            if day.first_of_month() != month {
                month = day.first_of_month();
                days = self.days_of_month(month);
            }
            if days & (1 << (day.day() - 1)) != 0 {
                return Some(day);
            }
            // A month without any of the days is leapt over, which is dearer than a step.
            let from = if days == 0 { day.last_of_month() } else { day };
            steps += if days == 0 { DAYS_MAX / MONTHS_MAX } else { 1 };
            day = self.on_or_after(day, from.tomorrow().ok()?)?;
        }
        None
    }

    /// The first day on or after `wanted` that is whole intervals after `start`.
    fn on_or_after(&self, start: Date, wanted: Date) -> Option<Date> {
        let between = (wanted - start).get_days().max(0);
        let steps = (between + self.interval - 1) / self.interval;
        start.checked_add((steps * self.interval).days()).ok()
    }

    fn weekly(&self, start: Date, after: Date) -> Option<Date> {
        let back = i32::from(start.weekday().since(self.week_start));
        // The first week of a calendar may begin before it.
        let first = start.checked_sub(back.days()).or_else(|_| start.checked_add((7 - back).days())).ok()?;
        let length = 7 * self.interval;
        let mut week = first.checked_add(((after - first).get_days().max(0) / length * length).days()).ok()?;
        for _ in 0..WEEKS_MAX {
            let mut days = 0_u8;
            for index in 0..7_i32 {
                let Ok(day) = week.checked_add(index.days()) else { break };
                if self.has_weekday(day.weekday()) && self.has_month(day) {
                    days |= 1 << index;
                }
            }
            let size = days.count_ones();
            let mut position = 0;
            for index in 0..7_i32 {
                if days & (1 << index) == 0 {
                    continue;
                }
                position += 1;
                let day = week.checked_add(index.days()).ok()?;
                if self.takes(position, size) && day > after {
                    return Some(day);
                }
            }
            week = week.checked_add(length.days()).ok()?;
        }
        None
    }

    fn monthly(&self, start: Date, after: Date) -> Option<Date> {
        let number = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
        let first = number(start);
        let mut at = first + (number(after) - first).max(0) / self.interval * self.interval;
        for _ in 0..MONTHS_MAX {
            let (year, month) = (i16::try_from(at.div_euclid(12)).ok()?, i8::try_from(at.rem_euclid(12) + 1).ok()?);
            let month = Date::new(year, month, 1).ok()?;
            let days = self.days_of_month(month);
            if days != 0 {
                let found = self.first_after(&[days], month, after);
                if found.is_some() {
                    return found;
                }
            }
            at += self.interval;
        }
        None
    }

    fn yearly(&self, start: Date, after: Date) -> Option<Date> {
        let first = start.first_of_year();
        let years = i32::from(after.year()) - i32::from(first.year());
        let mut year = first.checked_add((years.max(0) / self.interval * self.interval).years()).ok()?;
        for _ in 0..YEARS_MAX {
            let mut days = [0; 12];
            for (month, days) in (1..).zip(&mut days) {
                *days = self.days_of_month(Date::new(year.year(), month, 1).ok()?);
            }
            let found = self.first_after(&days, year, after);
            if found.is_some() {
                return found;
            }
            year = year.checked_add(self.interval.years()).ok()?;
        }
        None
    }

    /// The first day after `after` of a period whose months, the first of which is `first`, have these days.
    fn first_after(&self, months: &[u32], first: Date, after: Date) -> Option<Date> {
        let size = months.iter().map(|days| days.count_ones()).sum();
        let mut position = 0;
        for (month, days) in (first.month()..).zip(months) {
            let mut left = *days;
            while left != 0 {
                let index = i8::try_from(left.trailing_zeros()).ok()?;
                left &= left - 1;
                position += 1;
                let day = Date::new(first.year(), month, index + 1).ok()?;
                if day > after && self.takes(position, size) {
                    return Some(day);
                }
            }
        }
        None
    }

    /// Whether `BYSETPOS` takes the day at this place, counted from 1, of a set of this size.
    fn takes(&self, position: u32, size: u32) -> bool {
        if self.positions.is_empty() {
            return true;
        }
        let from_first = i64::from(position);
        let from_last = from_first - i64::from(size) - 1;
        self.positions.iter().any(|wanted| [from_first, from_last].contains(&i64::from(*wanted)))
    }
}

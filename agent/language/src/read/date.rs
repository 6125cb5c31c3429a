//! A day, or a stretch of days.

use super::dates::DATES;
use crate::Context;
use crate::calendar::{self, Unit};
use crate::token::Text;
use jiff::civil::{Date, Time};

/// How sure it is that a date is meant, wherever the words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strength {
    /// "tomorrow", "in 3 days": anywhere.
    Sure,
    /// "Monday", "5/1": after a preposition, or at the edge of a title.
    Weak,
    /// "the 5th", "Christmas": after a preposition only.
    Faint,
}

/// What words for a day mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    /// The first day that is meant.
    pub(crate) from: Date,
    /// The last day that is meant.
    pub(crate) to: Date,
    /// The day that a task gets.
    pub(crate) pick: Date,
    /// A time that the words imply.
    pub(crate) time: Option<Time>,
    pub(crate) strength: Strength,
}

impl Day {
    pub(crate) fn on(date: Date) -> Option<Self> {
        (date.year() >= 1).then_some(Self { from: date, to: date, pick: date, time: None, strength: Strength::Sure })
    }

    pub(crate) fn shifted(date: Date, count: i64, unit: Unit) -> Option<Self> {
        Self::on(calendar::shift(date, count, unit)?)
    }

    pub(crate) fn stretch((from, to): (Date, Date), pick: Date) -> Option<Self> {
        Some(Self { from, to, pick, time: None, strength: Strength::Sure })
    }

    pub(crate) fn strength(mut self, strength: Strength) -> Option<Self> {
        self.strength = strength;
        Some(self)
    }

    pub(crate) fn at(mut self, hour: i8, minute: i8) -> Option<Self> {
        self.time = Time::new(hour, minute, 0, 0).ok();
        Some(self)
    }
}

/// The longest words for a day from `at`.
pub(crate) fn read(text: &Text<'_>, at: usize, end: usize, context: &Context) -> Option<(usize, Day)> {
    if !text.starts_clean(at) {
        return None;
    }
    let (stop, day) = DATES.longest(text, at, end, context)?;
    text.ends_clean(stop).then_some((stop, day))
}

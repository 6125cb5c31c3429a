//! Filters by the due date, as days of one zone.

use crate::error::ApiError;
use crate::tasks::when;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

/// Which due dates are wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::tasks) enum DueFilter {
    /// No date at all.
    None,
    /// Any date.
    Any,
    /// Open, and late: before `today`, or at a moment before `now`.
    Overdue { today: Date, now: Timestamp },
    /// On one of these days; a time of day counts on the day that it is in `zone`.
    Days(Days),
}

/// Days in a row, ends included, and the same as moments.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::tasks) struct Days {
    pub(in crate::tasks) from: Date,
    pub(in crate::tasks) to: Date,
    /// The first moment of `from`, and that of the day after `to`.
    pub(in crate::tasks) begin: Timestamp,
    pub(in crate::tasks) end: Timestamp,
}

impl Days {
    pub(super) fn new(from: Date, to: Date, zone: &TimeZone) -> Self {
        let begin = when::start_of(from, zone).unwrap_or(Timestamp::MIN);
        let end = to.tomorrow().ok().and_then(|date| when::start_of(date, zone)).unwrap_or(Timestamp::MAX);
        Self { from, to, begin, end }
    }

    /// Every date that a wall clock somewhere may show in these days.
    pub(in crate::tasks) fn anywhere(&self) -> (Date, Date) {
        (self.from.saturating_sub(2.days()), self.to.saturating_add(2.days()))
    }
}

/// Reads `today`, `tomorrow`, `week`, `overdue`, `none`, `any`, a date or `from..to`; a week is today and
/// the six days after it. Either end of a range may be left out.
pub(super) fn read(text: &str, now: Timestamp, zone: &TimeZone) -> Result<DueFilter, ApiError> {
    let today = now.to_zoned(zone.clone()).date();
    let days = |from, to| DueFilter::Days(Days::new(from, to, zone));
    let in_days = |count: i64| today.saturating_add(count.days());
    Ok(match text {
        "none" => DueFilter::None,
        "any" => DueFilter::Any,
        "overdue" => DueFilter::Overdue { today, now },
        "today" => days(today, today),
        "tomorrow" => days(in_days(1), in_days(1)),
        "week" => days(today, in_days(6)),
        _ => {
            let words =
                "must be today, tomorrow, week, overdue, none, any, a day such as 2027-03-01, or two with .. between";
            let (from, to) = range(text, "due", words)?;
            days(from, to)
        }
    })
}

/// Reads the days of completion: `today`, `yesterday`, a date or `from..to`, of which either end may be left out.
pub(super) fn read_completed(text: &str, now: Timestamp, zone: &TimeZone) -> Result<Days, ApiError> {
    let today = now.to_zoned(zone.clone()).date();
    let (from, to) = match text {
        "today" => (today, today),
        "yesterday" => (today.saturating_sub(1.days()), today.saturating_sub(1.days())),
        _ => range(text, "completed", "must be today, yesterday, a day such as 2027-03-01, or two with .. between")?,
    };
    Ok(Days::new(from, to, zone))
}

fn range(text: &str, field: &str, words: &str) -> Result<(Date, Date), ApiError> {
    let date = |day: &str| {
        let date = day.parse::<Date>().ok().filter(|date| day.len() == 10 && date.year() >= 1);
        date.ok_or_else(|| ApiError::field(field, words))
    };
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let from = if from.is_empty() && text != from { Date::MIN } else { date(from)? };
    let to = if to.is_empty() && text != to { Date::MAX } else { date(to)? };
    if to < from {
        return Err(ApiError::field(field, "the range ends before it begins"));
    }
    Ok((from, to))
}

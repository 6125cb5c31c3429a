//! Months of UTC.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

/// A month, by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Month(Date);

impl Month {
    /// The month of `at`.
    pub(super) fn of(at: Timestamp) -> Self {
        Self(Offset::UTC.to_datetime(at).date().first_of_month())
    }

    /// As in its column, and on the wire: `2026-11`.
    pub(super) fn name(self) -> String {
        format!("{:04}-{:02}", self.0.year(), self.0.month())
    }

    /// The first day of the month after.
    pub(super) fn ends_on(self) -> Date {
        self.0.saturating_add(1.month())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_at_midnight_of_utc_and_ends_where_the_next_begins() {
        let of = |at: &str| Month::of(at.parse().unwrap());
        assert_eq!(of("2026-12-31T23:59:59Z").name(), "2026-12");
        assert_eq!(of("2027-01-01T00:00:00Z").name(), "2027-01");
        assert_eq!(of("2026-12-31T23:59:59Z").ends_on().to_string(), "2027-01-01");
        assert_eq!(of("2028-02-29T12:00:00Z").ends_on().to_string(), "2028-03-01");
    }
}

//! Due dates and time zones: what a wall clock says, as a moment.

use crate::error::ApiError;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use todo_contract::{Due, TimeZoneName};

/// The zone of this name, from the IANA database that is built in; `None` if there is none.
pub(crate) fn zone(name: &TimeZoneName) -> Option<TimeZone> {
    TimeZone::get(name.as_str()).ok()
}

/// Today's date where `name` is. A zone that the database no longer knows counts as UTC.
pub(crate) fn today(now: Timestamp, name: &TimeZoneName) -> Date {
    now.to_zoned(zone(name).unwrap_or(TimeZone::UTC)).date()
}

/// The moment at which a day begins in `zone`; of a day that the zone skips, the moment of the skip.
pub(crate) fn start_of(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    date.to_zoned(zone.clone()).ok().map(|start| start.timestamp())
}

/// A due date with its zone filled in and written as the database of zones writes it.
///
/// # Errors
/// `due.zone` is unknown, or `due.date` is too late to be a moment.
pub(crate) fn settle(due: Due, own: &TimeZoneName) -> Result<Due, ApiError> {
    if due.time.is_none() {
        return Ok(Due { zone: None, ..due });
    }
    let wanted = due.zone.clone().unwrap_or_else(|| own.clone());
    let known = zone(&wanted).ok_or_else(|| {
        ApiError::field("due.zone", format!("there is no time zone {wanted}; an example: Europe/Berlin"))
    })?;
    let name = known.iana_name().and_then(|name| TimeZoneName::new(name).ok()).unwrap_or(wanted);
    let due = Due { zone: Some(name), ..due };
    match moment(&due) {
        Some(_) => Ok(due),
        None => Err(ApiError::field("due.date", "the date is too late or too early for a time of day")),
    }
}

/// The moment that date, time and zone name; `None` for a date alone.
///
/// A time that a clock change skips is moved on by the length of the gap, and of one that comes twice the
/// first counts (RFC 5545, 3.3.5).
pub(crate) fn moment(due: &Due) -> Option<Timestamp> {
    let (time, name) = (due.time?, due.zone.as_ref()?);
    let wall = due.date.to_datetime(time.time());
    wall.to_zoned(zone(name).unwrap_or(TimeZone::UTC)).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(date: &str, time: &str, zone: &str) -> Due {
        serde_json::from_value(serde_json::json!({"date": date, "time": time, "zone": zone})).unwrap()
    }

    #[test]
    fn a_time_that_the_clock_skips_or_repeats_is_a_moment_all_the_same() {
        let skipped = moment(&due("2027-03-28", "02:30", "Europe/Berlin")).unwrap();
        assert_eq!(skipped.to_string(), "2027-03-28T01:30:00Z");
        let twice = moment(&due("2027-10-31", "02:30", "Europe/Berlin")).unwrap();
        assert_eq!(twice.to_string(), "2027-10-31T00:30:00Z");
    }

    #[test]
    fn a_time_without_a_zone_gets_the_own_one_and_an_unknown_zone_is_refused() {
        let own = TimeZoneName::new("asia/tokyo").unwrap();
        let bare: Due = serde_json::from_str(r#"{"date":"2027-03-28","time":"09:00"}"#).unwrap();
        assert_eq!(settle(bare, &own).unwrap().zone.unwrap().as_str(), "Asia/Tokyo");
        let error = settle(due("2027-03-28", "09:00", "Mars/Base"), &own).unwrap_err();
        assert_eq!(error.errors[0].field, "due.zone");
        assert!(settle(due("9999-12-31", "23:59", "Etc/GMT+12"), &own).is_err());
    }
}

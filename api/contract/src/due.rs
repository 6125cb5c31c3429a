//! When a task is due: a date, or a date and time in an IANA zone.

use crate::limits::ZONE_MAX;
use crate::text::{InvalidText, bounded_text, shown_text};
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use std::fmt;

fn zone(text: String) -> Result<String, InvalidText> {
    let name = text.trim().to_owned();
    let fits = !name.is_empty()
        && name.len() <= ZONE_MAX
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "/_+-".contains(c));
    if fits { Ok(name) } else { Err(InvalidText("the time zone must be an IANA name, such as Europe/Berlin".into())) }
}

bounded_text!(
    TimeZoneName,
    1,
    64,
    zone,
    "An IANA time zone name. Only its form is checked here: the database of zones is the api's."
);
shown_text!(TimeZoneName);

impl TimeZoneName {
    /// Coordinated universal time.
    #[must_use]
    pub fn utc() -> Self {
        Self("UTC".to_owned())
    }
}

/// A time of day to the minute, written `15:00`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "15:00"))]
pub struct ClockTime(Time);

impl ClockTime {
    /// The time of day, seconds dropped.
    #[must_use]
    pub fn new(time: Time) -> Self {
        Self(Time::constant(time.hour(), time.minute(), 0, 0))
    }

    /// As jiff's civil time.
    #[must_use]
    pub fn time(self) -> Time {
        self.0
    }
}

impl TryFrom<String> for ClockTime {
    type Error = InvalidText;
    fn try_from(text: String) -> Result<Self, InvalidText> {
        let invalid = || InvalidText("the time must be written HH:MM, such as 15:00".into());
        let mut parts = text.split(':');
        let mut next = |max: i8| {
            let part = parts.next().filter(|p| p.len() == 2 && p.bytes().all(|b| b.is_ascii_digit()))?;
            part.parse::<i8>().ok().filter(|n| *n <= max)
        };
        let (hour, minute) = (next(23).ok_or_else(invalid)?, next(59).ok_or_else(invalid)?);
        match parts.next() {
            None | Some("00") => Ok(Self(Time::constant(hour, minute, 0, 0))),
            Some(_) => Err(invalid()),
        }
    }
}

impl From<ClockTime> for String {
    fn from(value: ClockTime) -> String {
        value.to_string()
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0.hour(), self.0.minute())
    }
}

impl fmt::Debug for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(feature = "tool-schema")]
impl schemars::JsonSchema for ClockTime {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ClockTime".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "24-hour time, HH:MM" })
    }
}

/// When a task is due. A `zone` without a `time` is refused; a `time` without a `zone` means the
/// account's zone, which the api fills in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "DueWire")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "tool-schema", derive(schemars::JsonSchema), schemars(!try_from, deny_unknown_fields))]
pub struct Due {
    /// The day, from year 1 to 9999 (RFC 3339 `full-date`).
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date, example = "2027-03-01"))]
    #[cfg_attr(feature = "tool-schema", schemars(with = "String", description = "The day, YYYY-MM-DD."))]
    pub date: Date,
    /// The time of day, if it matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<ClockTime>,
    /// The IANA zone in which `time` is meant; null for the user's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<TimeZoneName>,
}

impl Due {
    /// Due some time on `date`.
    #[must_use]
    pub fn on(date: Date) -> Self {
        Self { date, time: None, zone: None }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DueWire {
    date: String,
    #[serde(default)]
    time: Option<ClockTime>,
    #[serde(default)]
    zone: Option<TimeZoneName>,
}

impl TryFrom<DueWire> for Due {
    type Error = InvalidText;
    fn try_from(wire: DueWire) -> Result<Self, InvalidText> {
        let date = crate::calendar::date(&wire.date)
            .ok_or_else(|| InvalidText("the date must be a real day written YYYY-MM-DD, such as 2027-03-01".into()))?;
        if wire.zone.is_some() && wire.time.is_none() {
            return Err(InvalidText("a zone needs a time: give both, or the date alone".into()));
        }
        Ok(Self { date, time: wire.time, zone: wire.zone })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Due, String> {
        serde_json::from_str(json).map_err(|e| e.to_string())
    }

    #[test]
    fn a_date_alone_and_a_date_time_read_and_write_back() {
        for json in [r#"{"date":"2027-03-01"}"#, r#"{"date":"2027-03-01","time":"15:00","zone":"Europe/Berlin"}"#] {
            assert_eq!(serde_json::to_string(&read(json).unwrap()).unwrap(), json);
        }
        assert_eq!(read(r#"{"date":"2027-03-01","time":null,"zone":null}"#).unwrap().time, None);
    }

    #[test]
    fn what_is_no_date_is_refused_with_an_example() {
        for json in [
            r#"{"date":"2027-02-30"}"#,
            r#"{"date":"0000-01-01"}"#,
            r#"{"date":"tomorrow"}"#,
            r#"{"date":"2027-03-01T10:00"}"#,
            r#"{"date":"2027-03-01","time":"25:00"}"#,
            r#"{"date":"2027-03-01","zone":"UTC"}"#,
        ] {
            assert!(read(json).is_err(), "{json}");
        }
        assert!(read(r#"{"date":"tomorrow"}"#).unwrap_err().contains("2027-03-01"));
    }
}

//! Dates and moments as text (RFC 3339): read here in a few lines, so that the page does not carry a parser for
//! every form of ISO 8601.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// Reads `2027-03-01`: a real day from year 1 to 9999.
#[must_use]
pub fn date(text: &str) -> Option<Date> {
    let mut reader = Reader(text.as_bytes());
    let date = reader.date()?;
    reader.0.is_empty().then_some(date)
}

/// Reads `2027-03-01T15:00:00Z`, with a fraction of up to nine digits and any offset.
#[must_use]
pub fn moment(text: &str) -> Option<Timestamp> {
    let mut reader = Reader(text.as_bytes());
    let date = reader.date()?;
    reader.one_of(b"Tt ")?;
    let (hour, minute, second) = reader.clock()?;
    let nanosecond = if reader.one_of(b".").is_some() { reader.fraction()? } else { 0 };
    let offset = reader.offset()?;
    let civil = DateTime::new(date.year(), date.month(), date.day(), hour, minute, second.min(59), nanosecond).ok()?;
    reader.0.is_empty().then_some(())?;
    offset.to_timestamp(civil).ok()
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        bytes.contains(first).then(|| self.0 = rest)?;
        Some(*first)
    }

    fn digits(&mut self, count: usize) -> Option<i32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i32::from(digit - b'0')))
    }

    fn two(&mut self, max: i8) -> Option<i8> {
        i8::try_from(self.digits(2)?).ok().filter(|value| *value <= max)
    }

    fn date(&mut self) -> Option<Date> {
        let year = i16::try_from(self.digits(4)?).ok().filter(|year| *year >= 1)?;
        self.one_of(b"-")?;
        let month = self.two(12)?;
        self.one_of(b"-")?;
        Date::new(year, month, self.two(31)?).ok()
    }

    /// Hour, minute and second; a leap second is read as such.
    fn clock(&mut self) -> Option<(i8, i8, i8)> {
        let hour = self.two(23)?;
        self.one_of(b":")?;
        let minute = self.two(59)?;
        self.one_of(b":")?;
        Some((hour, minute, self.two(60)?))
    }

    fn fraction(&mut self) -> Option<i32> {
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if !(1..=9).contains(&count) {
            return None;
        }
        (count..9).try_fold(self.digits(count)?, |value, _| value.checked_mul(10))
    }

    fn offset(&mut self) -> Option<Offset> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(Offset::UTC),
        };
        let hours = i32::from(self.two(23)?);
        self.one_of(b":")?;
        Offset::from_seconds(sign * (hours * 3600 + i32::from(self.two(59)?) * 60)).ok()
    }
}

/// For `#[serde(with = "…")]`: a moment as text.
pub(crate) mod moment_text {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(moment: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        moment.serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let text = String::deserialize(deserializer)?;
        super::moment(&text).ok_or_else(|| D::Error::custom("a moment is written 2027-03-01T15:00:00Z"))
    }
}

/// For `#[serde(with = "…")]`: a moment as text, or `null`.
pub(crate) mod optional_moment {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    #[expect(clippy::ref_option, reason = "the signature serde asks for")]
    pub(crate) fn serialize<S: Serializer>(moment: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
        moment.serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
        let moment = super::moment(&text);
        moment.map(Some).ok_or_else(|| D::Error::custom("a moment is written 2027-03-01T15:00:00Z"))
    }
}

/// For `#[serde(with = "…")]`: a day as text, or `null`.
pub(crate) mod optional_date {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    #[expect(clippy::ref_option, reason = "the signature serde asks for")]
    pub(crate) fn serialize<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        date.serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
        let date = super::date(&text);
        date.map(Some).ok_or_else(|| D::Error::custom("a day is written YYYY-MM-DD, such as 2027-03-01"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_jiff_writes_them() {
        for micros in [0, 1, -1, 1_800_000_000_000_000, 1_800_000_000_123_456, -62_000_000_000_000_000] {
            let at = Timestamp::from_microsecond(micros).unwrap();
            assert_eq!(moment(&at.to_string()), Some(at), "{at}");
        }
    }

    #[test]
    fn other_offsets_are_read_and_nonsense_is_not() {
        let noon = moment("2027-03-01T12:00:00Z");
        assert!(noon.is_some());
        assert_eq!(moment("2027-03-01t14:30:00.000+02:30"), noon);
        for bad in ["", "2027-03-01", "2027-03-01T12:00:00", "2027-02-30T12:00:00Z", "2027-03-01T24:00:00Z", "x"] {
            assert_eq!(moment(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_are_real() {
        assert_eq!(date("2028-02-29"), Some(Date::constant(2028, 2, 29)));
        for bad in ["2027-02-29", "0000-01-01", "2027-1-1", "2027-01-01x", "+2027-01-01", ""] {
            assert_eq!(date(bad), None, "{bad}");
        }
    }
}

//! The parts of a rule that end it: `COUNT` and `UNTIL` (RFC 5545, 3.3.10).

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use todo_contract::{InvalidText, Rule};

/// Most occurrences that `COUNT` may ask for.
const COUNT_MAX: u32 = 10_000;

/// The last moment or day of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    Day(Date),
    Wall(DateTime),
    Moment(Timestamp),
}

/// How many occurrences are left, the present one included.
pub(super) fn count(rule: &Rule) -> Result<Option<u32>, InvalidText> {
    let Some(text) = rule.part("COUNT") else { return Ok(None) };
    match text.parse() {
        Ok(count) if (1..=COUNT_MAX).contains(&count) => Ok(Some(count)),
        _ => Err(InvalidText(format!("the rule's COUNT must be 1 to {COUNT_MAX}; this is {text}"))),
    }
}

/// The rule with another `COUNT`.
pub(super) fn with_count(rule: &Rule, count: u32) -> Option<Rule> {
    let parts = rule.as_str().split(';').map(|part| match part.starts_with("COUNT=") {
        true => format!("COUNT={count}"),
        false => part.to_owned(),
    });
    Rule::new(parts.collect::<Vec<_>>().join(";")).ok()
}

/// `UNTIL` as a date, as a wall clock's time, or in UTC.
pub(super) fn until(rule: &Rule) -> Result<Option<Until>, InvalidText> {
    let Some(text) = rule.part("UNTIL") else { return Ok(None) };
    read_until(text).map(Some).ok_or_else(|| {
        InvalidText(format!("the rule's UNTIL must be written 20271231 or 20271231T235959Z; this is {text}"))
    })
}

fn read_until(text: &str) -> Option<Until> {
    match text.len() {
        8 => Date::strptime("%Y%m%d", text).ok().map(Until::Day),
        15 => DateTime::strptime("%Y%m%dT%H%M%S", text).ok().map(Until::Wall),
        16 => {
            let wall = DateTime::strptime("%Y%m%dT%H%M%SZ", text).ok()?;
            wall.to_zoned(TimeZone::UTC).ok().map(|zoned| Until::Moment(zoned.timestamp()))
        }
        _ => None,
    }
}

//! Times of day.

mod spoken;

use crate::grammar::words;
use crate::token::{Kind, Text};
use jiff::civil::Time;

/// A time of day as written. `loose` when it may as well be meant twelve hours later ("at 8").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) hour: i8,
    pub(crate) minute: i8,
    pub(crate) loose: bool,
    /// Nothing but a number was written.
    pub(crate) bare: bool,
}

/// The parts of a day, and the time that each stands for when a time is needed.
const PARTS: &[(&str, (i8, i8))] =
    &[("morning", (9, 0)), ("afternoon", (15, 0)), ("evening", (19, 0)), ("night", (20, 0))];

const NAMED: &[(&str, (i8, i8))] =
    &[("noon", (12, 0)), ("midday", (12, 0)), ("lunchtime", (12, 0)), ("midnight", (0, 0))];

/// Times only where a time is expected: "at teatime", but not "read a bedtime story".
const MEALS: &[(&str, (i8, i8))] =
    &[("teatime", (17, 0)), ("dinnertime", (18, 0)), ("breakfast", (8, 0)), ("lunch", (12, 0)), ("bedtime", (22, 0))];

impl Clock {
    pub(crate) fn exact((hour, minute): (i8, i8)) -> Self {
        Self { hour, minute, loose: false, bare: false }
    }

    /// Without more to go by, 1 to 6 are in the afternoon and 7 to 12 as written.
    pub(crate) fn time(self) -> Option<Time> {
        let hour = if self.loose && (1..=6).contains(&self.hour) { self.hour + 12 } else { self.hour };
        Time::new(hour, self.minute, 0, 0).ok()
    }

    /// The time, given the part of the day that it was said with.
    pub(crate) fn in_part(self, part: (i8, i8)) -> Option<Time> {
        let late = part.0 >= 12;
        let hour = match self.hour {
            12 if self.loose && part.0 == 20 => 0,
            h if self.loose && late && h < 12 => h + 12,
            h => h,
        };
        Time::new(hour, self.minute, 0, 0).ok()
    }

    /// The next moment after `now` today that it can mean, if it is loose.
    pub(crate) fn later_than(self, now: Time) -> Option<Time> {
        let usual = self.time()?;
        if !self.loose || usual > now || self.hour >= 12 {
            return Some(usual);
        }
        Time::new(self.hour + 12, self.minute, 0, 0).ok().filter(|t| *t > now).or(Some(usual))
    }
}

/// `morning`, `afternoon`, `evening`, `night`.
pub(crate) fn part(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, (i8, i8))> {
    let token = text.get(at).filter(|t| at < end && !t.literal)?;
    words::find(PARTS, &token.text).map(|p| (at + 1, p))
}

/// `3pm`, `15:00`, `8.30am`, `noon`, `half past three`, `8 o'clock`, `8`.
pub(crate) fn read(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Clock)> {
    let token = text.get(at).filter(|t| at < end && !t.literal)?;
    if let Some(named) = words::find(NAMED, &token.text) {
        return Some((at + 1, Clock::exact(named)));
    }
    if let Some(meal) = words::find(MEALS, &token.text) {
        return Some((at + 1, Clock { bare: true, ..Clock::exact(meal) }));
    }
    if let Some(found) = spoken::relative(text, at, end) {
        return Some(found);
    }
    if token.kind == Kind::Word {
        return spoken::read(text, at, end);
    }
    let (mut stop, hour, minute) = digits(text, at, end)?;
    if let Some(found) = span(text, stop, end, hour, minute) {
        return Some(found);
    }
    let clock = match half_of_day(text, stop, end) {
        Some((after, late)) => {
            stop = after;
            if !(1..=12).contains(&hour) {
                return None;
            }
            Clock::exact((hour % 12 + if late { 12 } else { 0 }, minute))
        }
        None if o_clock(text, stop, end) > 0 => {
            stop += o_clock(text, stop, end);
            Clock { hour, minute, loose: (1..12).contains(&hour), bare: false }
        }
        None if text.is_one_of(stop, &["ish"]) && stop < end && text.get(stop).is_some_and(|t| t.glued) => {
            stop += 1;
            Clock { hour, minute, loose: (1..12).contains(&hour), bare: false }
        }
        None if text.is_one_of(stop, &["h", "hrs"]) && stop < end && text.get(stop).is_some_and(|t| t.glued) => {
            stop += 1;
            Clock::exact((hour, minute))
        }
        None => {
            let bare = stop == at + 1 && token.text.len() <= 2;
            let loose = (1..12).contains(&hour) && !token.text.starts_with('0') && (bare || token.text.len() == 1);
            Clock { hour, minute, loose, bare }
        }
    };
    ((0..=23).contains(&clock.hour) && (0..=59).contains(&clock.minute)).then_some((stop, clock))
}

/// How many tokens "o'clock" takes, in the ways that people write it.
fn o_clock(text: &Text<'_>, at: usize, end: usize) -> usize {
    let apart = text.is_one_of(at, &["o"]) && text.is_one_of(at + 1, &["clock"]) && at + 1 < end;
    let joined = text.is_one_of(at, &["o'clock", "oclock"]) && at < end;
    usize::from(joined) + 2 * usize::from(apart)
}

/// The beginning of "10-11am", "2 to 4pm", "14:00-15:30".
fn span(text: &Text<'_>, at: usize, end: usize, hour: i8, minute: i8) -> Option<(usize, Clock)> {
    if !text.is_one_of(at, &["-", "–", "to"]) || at + 1 >= end {
        return None;
    }
    let (stop, last, last_minute) = digits(text, at + 1, end)?;
    let Some((after, late)) = half_of_day(text, stop, end) else {
        let colons = stop > at + 2 && text.is_one_of(at.checked_sub(2)?, &[":"]);
        let exact = Clock { hour, minute, loose: false, bare: false };
        return (colons && (last, last_minute) > (hour, minute) && (0..=23).contains(&hour)).then_some((stop, exact));
    };
    if !(1..=12).contains(&hour) || !(1..=12).contains(&last) {
        return None;
    }
    // "11-1pm" begins in the other half of the day.
    let same = hour % 12 <= last % 12;
    Some((after, Clock::exact((hour % 12 + if late == same { 12 } else { 0 }, minute))))
}

/// Hours, and minutes after a colon or, after "at" or before am and pm, a dot; or four digits.
fn digits(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, i8, i8)> {
    let token = text.get(at).filter(|t| t.kind == Kind::Number)?;
    // "730pm"
    if matches!(token.text.len(), 3 | 4) && half_of_day(text, at + 1, end).is_some() {
        let (hour, minute) = token.text.split_at_checked(token.text.len() - 2)?;
        return Some((at + 1, hour.parse().ok()?, minute.parse().ok()?));
    }
    // "at 1330"
    if token.text.len() == 4
        && text.is_one_of(at.wrapping_sub(1), &["at", "@"])
        && !text.get(at + 1).is_some_and(|t| t.glued && t.kind != Kind::Sign)
        && let Some((hour, minute)) = token.text.split_at_checked(2)
        && let (Ok(hour @ 0..=23), Ok(minute @ 0..=59)) = (hour.parse(), minute.parse())
    {
        return Some((at + 1, hour, minute));
    }
    let hour: i8 = token.text.parse().ok().filter(|_| token.text.len() <= 2)?;
    let glued = |i: usize| text.get(i).filter(|t| i < end && t.glued);
    let minutes =
        glued(at + 2).filter(|t| t.kind == Kind::Number && t.text.len() == 2).and_then(|t| t.text.parse::<i8>().ok());
    match (glued(at + 1).map(|t| t.text.as_str()), minutes) {
        (Some(":" | "h"), Some(minute)) => Some((at + 3, hour, minute)),
        (Some("."), Some(minute))
            if half_of_day(text, at + 3, end).is_some() || text.is_one_of(at.wrapping_sub(1), &["at", "@"]) =>
        {
            Some((at + 3, hour, minute))
        }
        _ => Some((at + 1, hour, 0)),
    }
}

/// `am`, `pm`, `a.m.`, `p.m.`; whether it is the later half.
fn half_of_day(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, bool)> {
    if at >= end {
        return None;
    }
    match text.word(at) {
        "am" => Some((at + 1, false)),
        "pm" => Some((at + 1, true)),
        half @ ("a" | "p") => {
            let dotted = text.word(at + 1) == "." && text.word(at + 2) == "m" && at + 3 <= end;
            let short = half == "p" && text.get(at).is_some_and(|t| t.glued) && text.ends_clean(at + 1);
            if dotted {
                Some((at + 3 + usize::from(text.word(at + 3) == "." && at + 4 <= end), half == "p"))
            } else {
                short.then_some((at + 1, true))
            }
        }
        _ => None,
    }
}

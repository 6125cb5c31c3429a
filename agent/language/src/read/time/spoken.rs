//! Times as they are spoken: "half past three", "ten to six", "nine thirty", "oh eight hundred".

use super::{Clock, half_of_day};
use crate::grammar::slot::spelt;
use crate::token::{Kind, Text};

/// `half past three`, `a quarter to 5`, `twenty past four`, `10 to 6`, `half 5`.
pub(super) fn relative(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Clock)> {
    // "task five to three o'clock" moves a task.
    if at > 0 && text.is_one_of(at - 1, &["task", "number", "item", "#", "nr"]) {
        return None;
    }
    let from = at + usize::from(text.is_one_of(at, &["a"]));
    let (mut next, minutes) = match text.word(from) {
        "half" => (from + 1, 30),
        "quarter" => (from + 1, 15),
        _ if from > at => return None,
        _ => number(text, at, end).filter(|(_, n)| (1..=29).contains(n))?,
    };
    let said = text.is_one_of(next, &["minutes", "mins", "minute", "min"]);
    next += usize::from(said);
    let to = match text.word(next) {
        "past" | "after" => false,
        "to" | "till" | "til" | "of" => true,
        // "half 5" is half past five.
        _ if minutes == 30 => return half(text, next, end),
        _ => return None,
    };
    let named = minutes == 30 || minutes == 15;
    // "5 after 6" and "2 of 3" may be anything.
    if text.is_one_of(next, &["after", "of"]) && !named || minutes == 30 && to {
        return None;
    }
    let (stop, hour) = hour(text, next + 1, end)?;
    let (hour, minute) = if to { ((hour + 10) % 12 + 1, 60 - minutes) } else { (hour, minutes) };
    // "ten to six" may be a stretch of hours.
    let bare = to && !named && !said;
    let clock = Clock { hour, minute, loose: hour < 12, bare };
    (!bare || minutes % 5 == 0).then(|| in_half(text, stop, end, clock))
}

fn half(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Clock)> {
    let (stop, hour) = hour(text, at, end)?;
    // "half 2 kilos" is none.
    let counts = text.get(stop).is_some_and(|t| stop < end && t.glued);
    (!counts).then(|| in_half(text, stop, end, Clock { hour, minute: 30, loose: hour < 12, bare: false }))
}

fn hour(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, i8)> {
    let (stop, hour) = number(text, at, end).filter(|(_, n)| (1..=12).contains(n))?;
    Some((stop, hour))
}

fn number(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, i8)> {
    let token = text.get(at).filter(|t| at < end && !t.literal)?;
    let (stop, number) = match token.kind {
        Kind::Number if token.text.len() <= 2 => (at + 1, token.text.parse().ok()?),
        _ => spelt(text, at, end)?,
    };
    Some((stop, i8::try_from(number).ok()?))
}

/// The time in the half of the day that follows, if one does.
fn in_half(text: &Text<'_>, stop: usize, end: usize, clock: Clock) -> (usize, Clock) {
    match half_of_day(text, stop, end) {
        Some((after, late)) if (1..=12).contains(&clock.hour) => {
            (after, Clock::exact((clock.hour % 12 + if late { 12 } else { 0 }, clock.minute)))
        }
        _ => (stop, clock),
    }
}

/// `three o'clock`, `nine thirty`, `five oh five pm`, `oh eight hundred`, `two`.
pub(super) fn read(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Clock)> {
    let oh = |i: usize| text.is_one_of(i, &["oh", "o", "zero"]) && i + 1 < end;
    let (mut stop, hour) = number(text, at + usize::from(oh(at)), end)?;
    if !(0..=23).contains(&hour) {
        return None;
    }
    let loose = (1..12).contains(&hour) && !oh(at);
    let clock = |minute: i8, bare: bool| Clock { hour, minute, loose, bare };
    if text.is_one_of(stop, &["hundred"]) && stop < end {
        let hours = text.is_one_of(stop + 1, &["hours", "hrs"]) && stop + 1 < end;
        let exact = Clock { hour, minute: 0, loose: false, bare: !hours && !oh(at) };
        return (hour > 12 || hours || oh(at)).then_some((stop + 1 + usize::from(hours), exact));
    }
    let clocks = super::o_clock(text, stop, end);
    if clocks > 0 {
        stop += clocks;
        return (hour <= 12).then(|| in_half(text, stop, end, clock(0, false)));
    }
    let minutes = match oh(stop) {
        true => number(text, stop + 1, end).filter(|(_, n)| (1..=9).contains(n)),
        false => number(text, stop, end).filter(|(_, n)| (10..=59).contains(n)),
    };
    // "nine thirty" is a time; "nine ten" is one where a time is expected.
    if let Some((after, minute)) = minutes.filter(|_| !text.get(stop).is_some_and(|t| t.glued)) {
        return Some(in_half(text, after, end, clock(minute, minute % 15 != 0 && !oh(stop) || oh(at))));
    }
    let named = half_of_day(text, stop, end).is_some();
    (named || hour <= 12 && !oh(at)).then(|| in_half(text, stop, end, clock(0, true)))
}

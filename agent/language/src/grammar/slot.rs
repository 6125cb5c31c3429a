//! Slots: what stands in braces in a pattern. To add one: a name, a reader, and a test of a row that uses it.

use super::pattern::Value;
use super::words::{self, CLOCK_UNITS, MONTHS, NUMBERS, ORDINALS, UNITS, WEEKDAYS};
use crate::calendar::Unit;
use crate::read::date;
use crate::token::{Kind, Text};
use crate::{Context, DateOrder};
use jiff::civil::Weekday;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// `3`, `three`, `a`, `a couple of`.
    N,
    /// A number written with digits.
    Digits,
    /// `3rd`, `third`, `last`.
    Ord,
    /// A day of the month: `5`, `5th`, `fifth`.
    Day,
    Weekday,
    /// `Monday`, `Mon, Wed and Fri`, `Tuesday through Friday`.
    Weekdays,
    Month,
    /// Four digits.
    Year,
    Unit,
    /// Minutes or hours.
    ClockUnit,
    /// `2027-01-05`, `5/1`, `5.1.2027`.
    Numeric,
    /// Any date.
    Date,
}

const NAMES: &[(&str, Slot)] = &[
    ("n", Slot::N),
    ("digits", Slot::Digits),
    ("ord", Slot::Ord),
    ("day", Slot::Day),
    ("weekday", Slot::Weekday),
    ("weekdays", Slot::Weekdays),
    ("month", Slot::Month),
    ("year", Slot::Year),
    ("unit", Slot::Unit),
    ("clockunit", Slot::ClockUnit),
    ("numeric", Slot::Numeric),
    ("date", Slot::Date),
];

/// Whether any slot may begin at `at`: a cheap look before the tables are searched.
pub(crate) fn may_begin(text: &Text<'_>, at: usize) -> bool {
    let Some(token) = text.get(at).filter(|t| !t.literal) else { return false };
    let word = token.text.as_str();
    match token.kind {
        Kind::Number => true,
        Kind::Word => {
            words::find(NUMBERS, word).is_some()
                || words::find(ORDINALS, word).is_some()
                || words::find(UNITS, word).is_some()
                || matches!(word, "working" | "business" | "work")
                || words::find_near(WEEKDAYS, word).is_some()
                || words::find_near(MONTHS, word).is_some()
        }
        Kind::Sign | Kind::Line => false,
    }
}

pub(crate) fn named(name: &str) -> Option<Slot> {
    words::find(NAMES, name)
}

pub(crate) fn read(slot: Slot, text: &Text<'_>, at: usize, end: usize, context: &Context) -> Option<(usize, Value)> {
    let token = text.get(at).filter(|t| at < end && !t.literal)?;
    let word = token.text.as_str();
    let one = |value: Value| Some((at + 1, value));
    match slot {
        Slot::N => number(text, at, end),
        Slot::Digits => one(Value::Number(digits(text, at)?)),
        Slot::Ord => ordinal(text, at, end),
        Slot::Day => {
            // "december ten" is a day, and "may two of us" is none.
            let spelt = || spelt(text, at, end).filter(|(_, n)| *n >= 10).map(|(stop, n)| (stop, Value::Number(n)));
            let (stop, value) =
                ordinal(text, at, end).or_else(|| Some((at + 1, Value::Number(digits(text, at)?)))).or_else(spelt)?;
            matches!(value, Value::Number(1..=31)).then_some((stop, value))
        }
        Slot::Weekday => {
            one(Value::Weekday(words::find_near(WEEKDAYS, word)?)).map(|(stop, v)| (dot(text, stop, end), v))
        }
        Slot::Weekdays => weekdays(text, at, end),
        Slot::Month => one(Value::Month(words::find_near(MONTHS, word)?)).map(|(stop, v)| (dot(text, stop, end), v)),
        Slot::Year => {
            let four = token.kind == Kind::Number && word.len() == 4;
            one(Value::Number(word.parse().ok().filter(|n| four && *n >= 1)?))
        }
        Slot::Unit => unit(text, at, end),
        Slot::ClockUnit => one(Value::Number(words::find(CLOCK_UNITS, word)?)),
        Slot::Numeric => numeric(text, at, end, context),
        Slot::Date => date::read(text, at, end, context).map(|(stop, day)| (stop, Value::Date(day.pick))),
    }
}

fn digits(text: &Text<'_>, at: usize) -> Option<i64> {
    let token = text.get(at).filter(|t| t.kind == Kind::Number && t.text.len() <= 6)?;
    token.text.parse().ok()
}

fn number(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Value)> {
    if let Some(n) = digits(text, at) {
        return Some((at + 1, Value::Number(n)));
    }
    let word = text.word(at);
    let article = matches!(word, "a" | "an");
    if article && at + 1 < end && text.is_one_of(at + 1, &["couple", "few"]) {
        return number(text, at + 1, end);
    }
    if let Some((stop, n)) = compound(text, at, end, NUMBERS) {
        return Some((stop, Value::Number(n)));
    }
    let n = words::find(NUMBERS, word)?;
    let of = matches!(word, "couple" | "few") && at + 1 < end && text.is_one_of(at + 1, &["of"]);
    Some((at + 1 + usize::from(of), Value::Number(n)))
}

/// A spelt number below a hundred: `twenty`, `twenty five`, `thirty-one`.
pub(crate) fn spelt(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, i64)> {
    if matches!(text.word(at), "a" | "an" | "another" | "couple" | "few") || text.get(at).is_some_and(|t| t.literal) {
        return None;
    }
    compound(text, at, end, NUMBERS).or_else(|| Some((at + 1, words::find(NUMBERS, text.word(at))?)))
}

/// Tens and a unit of `units`: `twenty five`, `twenty-first`.
fn compound(text: &Text<'_>, at: usize, end: usize, units: &[(&str, i64)]) -> Option<(usize, i64)> {
    let tens = words::find(NUMBERS, text.word(at)).filter(|n| *n >= 20 && n % 10 == 0)?;
    let hyphen = usize::from(text.get(at + 1).is_some_and(|t| t.glued && t.text == "-"));
    let place = at + 1 + hyphen;
    let token = text.get(place).filter(|t| place < end && !t.literal && t.text.len() > 2)?;
    let unit = words::find(units, &token.text).filter(|n| (1..=9).contains(n))?;
    let article = matches!(token.text.as_str(), "another" | "couple" | "few");
    (!article).then_some((place + 1, tens + unit))
}

fn ordinal(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Value)> {
    if let Some((stop, n)) = compound(text, at, end, ORDINALS) {
        return Some((stop, Value::Number(n)));
    }
    if let Some(n) = words::find(ORDINALS, text.word(at)) {
        return Some((at + 1, Value::Number(n)));
    }
    let n = digits(text, at)?;
    let suffix = text.get(at + 1).filter(|t| at + 1 < end && t.glued)?;
    matches!(suffix.text.as_str(), "st" | "nd" | "rd" | "th").then_some((at + 2, Value::Number(n)))
}

/// Steps over the dot of an abbreviation, if more follows on the line.
fn dot(text: &Text<'_>, at: usize, end: usize) -> usize {
    let dotted = at + 1 < end
        && text.get(at).is_some_and(|t| t.glued && t.text == ".")
        && text.get(at - 1).is_some_and(|t| t.text.len() <= 4);
    at + usize::from(dotted)
}

fn unit(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Value)> {
    if text.is_one_of(at, &["working", "business", "work"]) && at + 1 < end && text.is_one_of(at + 1, &["day", "days"])
    {
        return Some((at + 2, Value::Unit((Unit::Workday, 1))));
    }
    Some((at + 1, Value::Unit(words::find(UNITS, text.word(at))?)))
}

fn weekdays(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Value)> {
    let weekday = |i: usize| {
        (i < end)
            .then(|| text.get(i).filter(|t| !t.literal))
            .flatten()
            .and_then(|t| words::find_near(WEEKDAYS, &t.text))
    };
    let mut found = vec![weekday(at)?];
    let mut stop = at + 1;
    loop {
        if text.is_one_of(stop, &["through", "thru", "to", "-", "–"]) {
            let Some(last) = weekday(stop + 1) else { break };
            let mut day = *found.last()?;
            while day != last {
                day = day.next();
                found.push(day);
            }
            stop += 2;
            continue;
        }
        let mut next = stop;
        while text.is_one_of(next, &[",", "and", "&", "/", "+"]) && next - stop < 2 {
            next += 1;
        }
        // "every monday wednesday and friday"
        let Some(day) = weekday(next) else { break };
        found.push(day);
        stop = next + 1;
    }
    let in_order = Weekday::Monday.cycle_forward().take(7).filter(|day| found.contains(day)).collect();
    Some((stop, Value::Weekdays(in_order)))
}

/// Numbers parted by `-`, `/` or `.`, with nothing between them.
fn numeric(text: &Text<'_>, at: usize, end: usize, context: &Context) -> Option<(usize, Value)> {
    let part = |i: usize| text.get(i).filter(|t| i < end && t.kind == Kind::Number && (i == at || t.glued));
    let sign = |i: usize| text.get(i).filter(|t| i < end && t.glued).map_or("", |t| t.text.as_str());
    let (first, separator, second) = (part(at)?, sign(at + 1), part(at + 2)?);
    if !matches!(separator, "-" | "/" | ".") {
        return None;
    }
    let third = (sign(at + 3) == separator).then(|| part(at + 4)).flatten();
    let read = |t: &crate::token::Token| t.text.parse::<i16>().ok();
    let small = |t: &crate::token::Token| if t.text.len() <= 2 { t.text.parse::<i8>().ok() } else { None };
    if first.text.len() == 4 {
        let day =
            jiff::civil::Date::new(read(first)?, small(second)?, small(third?)?).ok().filter(|d| d.year() >= 1)?;
        return Some((at + 5, Value::Date(day)));
    }
    let (a, b) = (small(first)?, small(second)?);
    let day_first = separator == "." || context.date_order == DateOrder::DayFirst;
    let (mut day, mut month) = if day_first { (a, b) } else { (b, a) };
    if month > 12 && separator != "." {
        (day, month) = (month, day);
    }
    if let Some(year) = third {
        let year = match year.text.len() {
            2 => 2000 + read(year)?,
            4 => read(year)?,
            _ => return None,
        };
        let date = jiff::civil::Date::new(year, month, day).ok().filter(|d| d.year() >= 1)?;
        return Some((at + 5, Value::Date(date)));
    }
    // `3.5` is a number and `1-2` a range: without a year only `5/1` and `5.1.` are dates.
    let stop = match separator {
        "/" => at + 3,
        "." if sign(at + 3) == "." => at + 4,
        "." if second.text.len() == 2 && at > 0 && text.is_one_of(at - 1, &["on", "by", "until", "due"]) => at + 3,
        _ => return None,
    };
    Some((stop, Value::Date(crate::calendar::next_month_day(context.today, month, day)?)))
}

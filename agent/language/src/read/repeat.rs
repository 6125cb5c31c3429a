//! A repeat: its cycle, its end, and what it is counted from.

use super::repeats::REPEATS;
use super::time::{self, Clock};
use crate::Context;
use crate::calendar::{self, Unit, days, shift};
use crate::grammar::{Phrases, Table};
use crate::token::Text;
use jiff::civil::{Date, Time, Weekday};
use std::sync::LazyLock;
use todo_contract::{Repeat, RepeatFrom, Rule};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// How often, and on which days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cycle {
    pub(crate) frequency: Frequency,
    pub(crate) interval: i64,
    pub(crate) weekdays: Vec<Weekday>,
    pub(crate) nth: Option<i8>,
    pub(crate) day: Option<i8>,
    pub(crate) month: Option<i8>,
    /// A part of the day that was named ("every morning").
    pub(crate) part: Option<(i8, i8)>,
    pub(crate) clock: Option<Clock>,
    /// The words may mean something else in a title.
    pub(crate) loose: bool,
}

/// A repeat as read.
#[derive(Clone, Debug)]
pub(crate) struct Read {
    pub(crate) cycle: Cycle,
    count: Option<i64>,
    until: Option<Date>,
    lasting: Option<(i64, Unit)>,
    from: RepeatFrom,
    start: Option<Date>,
    pub(crate) time: Option<Time>,
}

impl Cycle {
    pub(crate) fn every(interval: i64, frequency: Frequency) -> Option<Self> {
        let cycle = Self {
            frequency,
            interval,
            weekdays: Vec::new(),
            nth: None,
            day: None,
            month: None,
            part: None,
            clock: None,
            loose: false,
        };
        (1..=1_000).contains(&interval).then_some(cycle)
    }

    pub(crate) fn plain(frequency: Frequency) -> Option<Self> {
        Self::every(1, frequency)
    }

    pub(crate) fn on(weekdays: &[Weekday]) -> Option<Self> {
        let cycle = Self::plain(Frequency::Weekly)?;
        Some(Self { weekdays: weekdays.to_vec(), ..cycle })
    }

    /// The days of a daily or weekly cycle but these.
    fn without(&self, left_out: &[Weekday]) -> Option<Self> {
        let days: Vec<Weekday> = match self.frequency {
            Frequency::Daily => Weekday::Monday.cycle_forward().take(7).collect(),
            Frequency::Weekly if self.nth.is_none() => self.weekdays.clone(),
            _ => return None,
        };
        let kept: Vec<Weekday> = days.into_iter().filter(|day| !left_out.contains(day)).collect();
        let cycle = Self { part: self.part, clock: self.clock, ..Self::on(&kept)? };
        (self.interval == 1 && !kept.is_empty()).then_some(cycle)
    }

    pub(crate) fn day(day: i8) -> Option<Self> {
        let fits = (1..=31).contains(&day) || day == -1;
        let plain = Self::plain(Frequency::Monthly)?;
        fits.then_some(Self { day: Some(day), ..plain })
    }

    pub(crate) fn nth(nth: i8, weekday: Weekday) -> Option<Self> {
        let fits = (1..=5).contains(&nth) || nth == -1;
        let plain = Self::plain(Frequency::Monthly)?;
        fits.then(|| Self { nth: Some(nth), weekdays: vec![weekday], ..plain })
    }

    pub(crate) fn date(month: i8, day: i8) -> Option<Self> {
        // 2000 has a 29 February.
        Date::new(2000, month, day).ok()?;
        Some(Self { month: Some(month), day: Some(day), ..Self::plain(Frequency::Yearly)? })
    }

    pub(crate) fn times(mut self, interval: i64) -> Option<Self> {
        self.interval = interval;
        (1..=1_000).contains(&interval).then_some(self)
    }

    pub(crate) fn loose(mut self) -> Option<Self> {
        self.loose = true;
        Some(self)
    }

    /// The first day of the cycle on `from` or later.
    pub(crate) fn first(&self, from: Date) -> Date {
        let first = match (self.frequency, self.nth, self.day) {
            (Frequency::Weekly, ..) => self.weekdays.iter().map(|w| calendar::on_or_after(from, *w)).min(),
            (Frequency::Monthly, Some(nth), _) => {
                self.weekdays.first().and_then(|w| calendar::next_nth_weekday(from, nth, *w))
            }
            (Frequency::Monthly, None, Some(day)) => day_or_last(from, from.first_of_month(), 1, day),
            (Frequency::Yearly, _, Some(day)) => self
                .month
                .and_then(|month| Date::new(from.year(), month, 1).ok())
                .and_then(|month| day_or_last(from, month, 12, day)),
            _ => None,
        };
        first.unwrap_or(from)
    }

    fn rule(&self) -> String {
        let frequency = match self.frequency {
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Yearly => "YEARLY",
        };
        let mut rule = format!("FREQ={frequency}");
        if self.interval != 1 {
            rule += &format!(";INTERVAL={}", self.interval);
        }
        if let Some(month) = self.month {
            rule += &format!(";BYMONTH={month}");
        }
        if !self.weekdays.is_empty() {
            let nth = self.nth.map(|n| n.to_string()).unwrap_or_default();
            let names: Vec<_> = self.weekdays.iter().map(|w| format!("{nth}{}", weekday_code(*w))).collect();
            rule += &format!(";BYDAY={}", names.join(","));
        }
        if let Some(day) = self.day {
            rule += &format!(";BYMONTHDAY={day}");
        }
        rule
    }
}

/// The first such day from `from` on, in `month` or whole steps of months after it. A month that lacks the day has
/// its last one instead.
fn day_or_last(from: Date, month: Date, step: i64, day: i8) -> Option<Date> {
    (0..=1)
        .filter_map(|ahead| shift(month, ahead * step, Unit::Month))
        .map(|month| calendar::day_in_month(month, day).unwrap_or_else(|| month.last_of_month()))
        .find(|date| *date >= from)
}

/// The two letters of a weekday in a rule (RFC 5545, 3.3.10).
#[must_use]
pub fn weekday_code(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

impl Read {
    /// The repeat, given the first day.
    pub(crate) fn repeat(&self, first: Date) -> Option<Repeat> {
        let mut rule = self.cycle.rule();
        let lasting = self.lasting.and_then(|(n, unit)| shift(first, n, unit)).map(|after| days(after, -1));
        if let Some(count) = self.count {
            rule += &format!(";COUNT={count}");
        } else if let Some(until) = self.until.or(lasting) {
            rule += &format!(";UNTIL={:04}{:02}{:02}", until.year(), until.month(), until.day());
        }
        Some(Repeat { rule: Rule::new(rule).ok()?, from: self.from })
    }

    /// From `start` to `end`, unless it says itself when it ends.
    pub(crate) fn within(&mut self, start: Date, end: Date) {
        self.start = self.start.or(Some(start));
        if self.count.is_none() && self.lasting.is_none() {
            self.until = self.until.or(Some(end));
        }
    }

    /// The first due date: from the day that was said on, or on the cycle's next.
    pub(crate) fn first(&self, day: Option<Date>, time: Option<Time>, context: &Context) -> (Date, Option<Time>) {
        let time = time.or(self.time);
        if let Some(date) = day.or(self.start) {
            return (self.cycle.first(date), time);
        }
        let missed = time.is_some_and(|t| t <= context.now);
        let from = if missed { days(context.today, 1) } else { context.today };
        (self.cycle.first(from), time)
    }
}

#[derive(Clone, Copy)]
enum Tail {
    Count(i64),
    Lasting(i64, Unit),
    Completion,
    Until(Date),
    Start(Date),
}

static TAILS: LazyLock<Table<Tail>> = LazyLock::new(|| {
    Table::new(&[
        ("[,] [for] {n} times|occurrences|repetitions", |m, _| {
            m.number(0).filter(|n| (1..=9_999).contains(n)).map(Tail::Count)
        }),
        ("for [the] [next] {n} {unit}", |m, _| {
            let (unit, each) = m.unit(0)?;
            Some(Tail::Lasting(m.number(0)?.checked_mul(each)?, unit))
        }),
        (
            "after|when|once [i] [have|i've|it's|it] complete|completed|finish|finished|done|completion|completing|finishing [it]",
            |_, _| Some(Tail::Completion),
        ),
        ("after i've|ive|i|it's|it|its done|finished|completed [it]", |_, _| Some(Tail::Completion)),
        ("after it is done|finished|completed", |_, _| Some(Tail::Completion)),
        (
            "[,] counting|counted from when|after i|i've|it's [have] [have] done|finished|completed|did|finish [it|that]",
            |_, _| Some(Tail::Completion),
        ),
        ("[,] counting|counted from completion", |_, _| Some(Tail::Completion)),
        ("after i|we do it|that|this|so", |_, _| Some(Tail::Completion)),
        ("from now on", |_, c| Some(Tail::Start(c.today))),
        ("from completion", |_, _| Some(Tail::Completion)),
        ("[,] until|till|til|ending|through {date}", |m, _| m.date(0).map(Tail::Until)),
        ("[,] up to {date}", |m, _| m.date(0).map(Tail::Until)),
        ("starting|from|beginning [on] {date}", |m, _| m.date(0).map(Tail::Start)),
        ("starting {date}", |m, _| m.date(0).map(Tail::Start)),
    ])
});

/// Weekdays that are left out of the days before.
static LEFT_OUT: LazyLock<Table<Vec<Weekday>>> = LazyLock::new(|| {
    Table::new(&[
        ("[,] [but] except|excluding|bar|besides [for|on] [on] {weekdays}", |m, _| m.weekdays(0)),
        ("[,] apart|aside|other from|than [on] {weekdays}", |m, _| m.weekdays(0)),
        ("[,] but|just|only not [on] {weekdays}", |m, _| m.weekdays(0)),
        ("[,] [but] except|excluding|bar|not [for|on] [on] [at] [the] weekends|weekend", |_, _| Some(WEEKEND.to_vec())),
        ("[,] apart|aside from [on] [the] weekends|weekend", |_, _| Some(WEEKEND.to_vec())),
    ])
});

const WEEKEND: [Weekday; 2] = [Weekday::Saturday, Weekday::Sunday];

static JOINTS: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::new(&[("repeat|repeats|repeating|recurring|recur [on]", ())]));

/// The longest repeat from `at`.
pub(crate) fn read(text: &Text<'_>, at: usize, end: usize, context: &Context) -> Option<(usize, Read)> {
    if !text.starts_clean(at) {
        return None;
    }
    let start = JOINTS.longest(text, at, end, context).map_or(at, |(stop, ..)| stop);
    let found = REPEATS.longest(text, start, end, context).or_else(|| REPEATS.longest(text, at, end, context));
    let (mut stop, mut cycle) = match found {
        Some(found) => found,
        None => plural(text, start, end).or_else(|| several(text, start, end))?,
    };
    if !text.ends_clean(stop) {
        return None;
    }
    // `every! 3 days` counts from the completion.
    let marked = text.is_one_of(start + 1, &["!"]);
    let from = if marked { RepeatFrom::Completion } else { RepeatFrom::Due };
    if let Some((after, part)) =
        time::part(text, stop, end).filter(|(after, _)| text.ends_clean(*after) && !cycle.weekdays.is_empty())
    {
        stop = after;
        cycle.part = Some(part);
        cycle.clock = Some(Clock::exact(part));
    }
    let mut read = Read { cycle, count: None, until: None, lasting: None, from, start: None, time: None };
    loop {
        if let Some((after, clock)) = clock(text, stop, end) {
            read.cycle.clock = Some(clock);
            stop = after;
            // "every weekday at nine in the morning"
            if let Some((after, part)) = super::when::after_in_the(text, stop, end) {
                (stop, read.cycle.part) = (after, Some(part));
            }
        } else if let Some((after, cycle)) = LEFT_OUT
            .longest(text, stop, end, context)
            .filter(|(after, _)| text.ends_clean(*after))
            .and_then(|(after, left_out)| Some((after, read.cycle.without(&left_out)?)))
        {
            read.cycle = cycle;
            stop = after;
        } else if let Some((after, tail)) =
            TAILS.longest(text, stop, end, context).filter(|(after, _)| text.ends_clean(*after))
        {
            match tail {
                Tail::Count(n) => read.count = Some(n),
                Tail::Lasting(n, unit) => read.lasting = Some((n, unit)),
                Tail::Completion => read.from = RepeatFrom::Completion,
                Tail::Until(date) => read.until = Some(date),
                Tail::Start(date) => read.start = Some(date),
            }
            stop = after;
        } else {
            break;
        }
    }
    read.time = read.cycle.clock.and_then(|c| match read.cycle.part {
        Some(part) => c.in_part(part),
        None => c.time(),
    });
    Some((stop, read))
}

/// "on Mondays", "Tuesdays and Thursdays": plurals repeat.
fn plural(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Cycle)> {
    let from = at + usize::from(text.is_one_of(at, &["on"]));
    let word = text.get(from).filter(|t| !t.literal)?.text.as_str();
    if !word.ends_with("days") || !super::names::is_weekday(word) {
        return None;
    }
    let (stop, value) = crate::grammar::slot::read(
        crate::grammar::slot::Slot::Weekdays,
        text,
        from,
        end,
        &Context::new(Date::constant(2000, 1, 1), Time::midnight()),
    )?;
    let crate::grammar::Value::Weekdays(weekdays) = value else { return None };
    Some((stop, Cycle::on(&weekdays)?))
}

/// "Mon Wed Fri": three weekdays or more are no single day.
fn several(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Cycle)> {
    let named = text.get(at).filter(|t| !t.literal).is_some_and(|t| super::names::is_weekday(&t.text));
    let next = text.is_one_of(at + 1, &[",", "/", "-", "–", "&", "and", "to", "through"])
        || text.get(at + 1).is_some_and(|t| super::names::is_weekday(&t.text));
    if !named || !next {
        return None;
    }
    let context = Context::new(Date::constant(2000, 1, 1), Time::midnight());
    let slot = crate::grammar::slot::Slot::Weekdays;
    let (stop, value) = crate::grammar::slot::read(slot, text, at, end, &context)?;
    let crate::grammar::Value::Weekdays(weekdays) = value else { return None };
    let pair = weekdays.len() == 2 && text.is_one_of(at + 1, &["&", "+", "/"]);
    (pair || weekdays.len() >= 3).then(|| Cycle::on(&weekdays)).flatten().map(|cycle| (stop, cycle))
}

/// "at 9", ", 9am".
fn clock(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Clock)> {
    let mut next = at;
    while text.is_one_of(next, &[",", "at", "@", "by", "around"]) && next < end && next - at < 2 {
        next += 1;
    }
    let said = next > at && text.is_one_of(next - 1, &["at", "@", "by", "around"]);
    let (stop, clock) = time::read(text, next, end).filter(|(stop, c)| text.ends_clean(*stop) && (said || !c.bare))?;
    Some((stop, clock))
}

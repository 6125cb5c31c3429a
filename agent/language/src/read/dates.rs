//! The table of words for days. A row: a pattern, and the day that it means.

use super::date::{Day, Strength};
use crate::Context;
use crate::calendar::{self, Unit, days, month_of, quarter_of, shift, week_of, year_of};
use crate::grammar::{Captures, Table};
use jiff::civil::{Date, Weekday};
use std::sync::LazyLock;

type Row = (&'static str, fn(&Captures, &Context) -> Option<Day>);

pub(super) static DATES: LazyLock<Table<Day>> = LazyLock::new(|| Table::new(ROWS));

const ROWS: &[Row] = &[
    // Near days.
    ("today|tod", |_, c| Day::on(c.today)),
    ("later today", |_, c| Day::on(c.today)),
    ("this day", |_, c| Day::on(c.today)),
    ("tonight", |_, c| tonight(c)),
    ("this morning", |_, c| Day::on(c.today)?.at(9, 0)),
    ("this afternoon", |_, c| Day::on(c.today)?.at(15, 0)),
    ("this evening", |_, c| Day::on(c.today)?.at(19, 0)),
    ("tomorrow|tom", |_, c| Day::shifted(c.today, 1, Unit::Day)),
    ("tomorrow [morning] first thing", |_, c| Day::shifted(c.today, 1, Unit::Day)?.at(9, 0)),
    ("{weekday} [morning] first thing", |m, c| Day::on(calendar::after(c.today, m.weekday(0)?))?.at(9, 0)),
    ("first thing [on] {weekday} [morning]", |m, c| Day::on(calendar::after(c.today, m.weekday(0)?))?.at(9, 0)),
    ("first thing tomorrow", |_, c| Day::shifted(c.today, 1, Unit::Day)?.at(9, 0)),
    ("[the] day after tomorrow", |_, c| Day::shifted(c.today, 2, Unit::Day)),
    ("overmorrow", |_, c| Day::shifted(c.today, 2, Unit::Day)),
    ("yesterday", |_, c| Day::shifted(c.today, -1, Unit::Day)),
    ("[the] day before yesterday", |_, c| Day::shifted(c.today, -2, Unit::Day)),
    ("eod|cob", |_, c| Day::on(c.today)),
    ("[the] end of [the] [business|work|working] day", |_, c| Day::on(c.today)),
    ("eod|cob|eob [on] {date}", |m, _| Day::on(m.date(0)?)),
    ("[the] end of [the] [business|work] day [on] {date}", |m, _| Day::on(m.date(0)?)),
    ("close of business [on] [today]", |_, c| Day::on(c.today)),
    ("close of business [on] {date}", |m, _| Day::on(m.date(0)?)),
    ("[the] end of today", |_, c| Day::on(c.today)),
    // So far from a day.
    ("in {n} {unit} [time] [or so]", |m, c| ahead(m, c.today)),
    ("in about|around|roughly|approximately {n} {unit} [time] [or so]", |m, c| ahead(m, c.today)),
    ("within [the] [next] {n} {unit}", |m, c| ahead(m, c.today)),
    ("in {unit}", |_, _| None),
    ("{n} {unit} from today|now", |m, c| ahead(m, c.today)),
    ("{n} {unit} from tomorrow", |m, c| ahead(m, days(c.today, 1))),
    ("{n} {unit} from {date}", |m, _| ahead(m, m.date(0)?)),
    ("{n} {unit} after {date}", |m, _| ahead(m, m.date(0)?)),
    ("{n} {unit} before {date}", |m, _| back(m, m.date(0)?)),
    ("{n} {unit} ago", |m, c| back(m, c.today)),
    ("{weekday} week", |m, c| {
        Day::shifted(calendar::after(c.today, m.weekday(0)?), 1, Unit::Week)?.strength(Strength::Weak)
    }),
    // Weekdays.
    ("{weekday}", |m, c| Day::on(calendar::after(c.today, m.weekday(0)?))?.strength(Strength::Weak)),
    ("this|coming {weekday}", |m, c| Day::on(calendar::on_or_after(c.today, m.weekday(0)?))),
    ("this coming {weekday}", |m, c| Day::on(calendar::on_or_after(c.today, m.weekday(0)?))),
    ("next {weekday}", |m, c| Day::on(next_week_on(c, m.weekday(0)?))),
    ("next week [on] {weekday}", |m, c| Day::on(next_week_on(c, m.weekday(0)?))),
    ("{weekday} [of] next week", |m, c| Day::on(next_week_on(c, m.weekday(0)?))),
    ("{weekday} [of] this week", |m, c| Day::on(in_week_on(c, 0, m.weekday(0)?))),
    ("last {weekday}", |m, c| Day::on(last(c.today, m.weekday(0)?))),
    ("{weekday} last week", |m, c| Day::on(in_week_on(c, -1, m.weekday(0)?))),
    ("{n} {unit} today", |m, c| (m.unit(0)?.0 == Unit::Week).then(|| ahead(m, c.today)).flatten()),
    ("{n} {unit} tomorrow", |m, c| (m.unit(0)?.0 == Unit::Week).then(|| ahead(m, days(c.today, 1))).flatten()),
    ("today week|fortnight", |_, c| Day::shifted(c.today, 1, Unit::Week)),
    ("tomorrow week", |_, c| Day::shifted(c.today, 8, Unit::Day)),
    ("{n} {unit} on {weekday}", |m, c| {
        let (unit, each) = m.unit(0)?;
        let weeks = (unit == Unit::Week).then(|| m.number(0)?.checked_mul(each))??;
        Day::shifted(calendar::after(c.today, m.weekday(0)?), weeks, Unit::Week)
    }),
    ("a week on {weekday}", |m, c| Day::shifted(calendar::after(c.today, m.weekday(0)?), 1, Unit::Week)),
    ("weekend", |_, c| weekend(c, 0)?.strength(Strength::Faint)),
    ("the weekend", |_, c| weekend(c, 0)?.strength(Strength::Faint)),
    ("this|coming weekend", |_, c| weekend(c, 0)),
    ("the coming weekend", |_, c| weekend(c, 0)),
    ("next weekend", |_, c| weekend(c, 1)),
    ("last weekend", |_, c| weekend(c, -1)),
    // Weeks, months, quarters, years.
    ("[later|sometime] this week", |_, c| this_week(c)),
    ("the week", |_, c| this_week(c)?.strength(Strength::Faint)),
    ("[early|sometime] next week", |_, c| week(c, 1)),
    ("the coming week", |_, c| week(c, 1)),
    ("this time tomorrow", |_, c| Day::shifted(c.today, 1, Unit::Day)),
    ("this time next {unit}", |m, c| Day::shifted(c.today, m.unit(0)?.1, m.unit(0)?.0)),
    ("late next week", |_, c| end_of_week(c, 1)),
    ("[the] week after next", |_, c| week(c, 2)),
    ("[the] week after next [on] {weekday}", |m, c| Day::on(in_week_on(c, 2, m.weekday(0)?))),
    ("{weekday} [of|in] [the] week after next", |m, c| Day::on(in_week_on(c, 2, m.weekday(0)?))),
    ("[the] {weekday} after next", |m, c| Day::on(days(calendar::after(c.today, m.weekday(0)?), 7))),
    ("[the] weekend after next", |_, c| weekend(c, 2)),
    ("[the] month after next", |_, c| month(c, 2)),
    ("w / c|b [on] {date}", |m, _| Day::on(m.date(0)?)),
    ("[the] week commencing|beginning|starting [on] {date}", |m, _| Day::on(m.date(0)?)),
    ("last week", |_, c| week(c, -1)),
    ("[the] next {digits} days", |m, c| {
        Day::stretch((c.today, shift(c.today, m.number(0)?, Unit::Day)?), shift(c.today, m.number(0)?, Unit::Day)?)
    }),
    ("[the] last|past {digits} days", |m, c| {
        Day::stretch((shift(c.today, -m.number(0)?, Unit::Day)?, c.today), c.today)
    }),
    ("[the] end of [the|this] week", |_, c| end_of_week(c, 0)),
    ("eow", |_, c| end_of_week(c, 0)),
    ("[the] end of next week", |_, c| end_of_week(c, 1)),
    ("[the] start|beginning of next week", |_, c| Day::on(days(week_of(c.today, c.week_start), 7))),
    ("[later|sometime] this month", |_, c| Day::stretch(month_of(c.today), c.today.last_of_month())),
    ("the month", |_, c| Day::stretch(month_of(c.today), c.today.last_of_month())?.strength(Strength::Faint)),
    ("[early|sometime] next month", |_, c| month(c, 1)),
    ("last month", |_, c| month(c, -1)),
    ("[the] end of [the|this] month", |_, c| Day::on(c.today.last_of_month())),
    ("month end", |_, c| Day::on(c.today.last_of_month())),
    ("eom", |_, c| Day::on(c.today.last_of_month())),
    ("[the] last day of [the|this] month", |_, c| Day::on(c.today.last_of_month())),
    ("[the] end of next month", |_, c| Day::on(shift(c.today, 1, Unit::Month)?.last_of_month())),
    ("[the] last day of next month", |_, c| Day::on(shift(c.today, 1, Unit::Month)?.last_of_month())),
    ("[the] middle of [the|this] month", |_, c| Day::on(calendar::next_day_of_month(c.today, 15)?)),
    ("[the] start|beginning|first of next month", |_, c| month(c, 1)),
    ("[the] first day of next month", |_, c| Day::on(shift(c.today.first_of_month(), 1, Unit::Month)?)),
    ("[the] {day} of next month", |m, c| {
        Day::on(calendar::day_in_month(shift(c.today.first_of_month(), 1, Unit::Month)?, m.small(0)?)?)
    }),
    ("next month [on] the {day}", |m, c| {
        Day::on(calendar::day_in_month(shift(c.today.first_of_month(), 1, Unit::Month)?, m.small(0)?)?)
    }),
    ("[the] {day} of this month", |m, c| Day::on(calendar::day_in_month(c.today, m.small(0)?)?)),
    ("this quarter", |_, c| Day::stretch(quarter_of(c.today), quarter_of(c.today).1)),
    ("next quarter", |_, c| {
        let q = quarter_of(shift(c.today, 3, Unit::Month)?);
        Day::stretch(q, q.0)
    }),
    ("[the] end of [the|this] quarter", |_, c| Day::on(quarter_of(c.today).1)),
    ("this year", |_, c| Day::stretch(year_of(c.today), c.today.last_of_year())),
    ("next year", |_, c| {
        let y = year_of(shift(c.today, 1, Unit::Year)?);
        Day::stretch(y, y.0)
    }),
    ("last year", |_, c| {
        let y = year_of(shift(c.today, -1, Unit::Year)?);
        Day::stretch(y, y.0)
    }),
    ("[the] end of [the|this] year", |_, c| Day::on(c.today.last_of_year())),
    ("eoy|year-end", |_, c| Day::on(c.today.last_of_year())),
    ("[the] end of next year", |_, c| Day::on(shift(c.today, 1, Unit::Year)?.last_of_year())),
    // Days of a month.
    ("{numeric}", |m, _| Day::on(m.date(0)?)?.strength(Strength::Weak)),
    ("{weekday} [,] {numeric}", |m, _| Day::on(m.date(0)?)),
    ("{month} [the] {day}", |m, c| month_day(m, c)),
    ("[the] {day} [of] {month}", |m, c| month_day(m, c)),
    ("{month} [the] {day} [,] {year}", |m, _| full(m)),
    ("[the] {day} [of] {month} [,] {year}", |m, _| full(m)),
    ("{weekday} [,] [the] {day} [of] {month}", |m, c| weekday_month_day(m, c)),
    ("{weekday} [,] {month} [the] {day}", |m, c| weekday_month_day(m, c)),
    ("{weekday} [,] [the] {day} [of] {month} [,] {year}", |m, _| full(m)),
    ("{weekday} [,] {month} [the] {day} [,] {year}", |m, _| full(m)),
    ("{weekday} [,] the {ord}", |m, c| Day::on(calendar::next_day_of_month(c.today, positive(m)?)?)),
    ("the {ord}", |m, c| Day::on(calendar::next_day_of_month(c.today, positive(m)?)?)?.strength(Strength::Faint)),
    ("{ord}", |m, c| Day::on(calendar::next_day_of_month(c.today, positive(m)?)?)?.strength(Strength::Faint)),
    ("[the] {ord} of the month", |m, c| Day::on(calendar::next_day_of_month(c.today, positive(m)?)?)),
    ("[the] {ord} {weekday} of [the|this] month", |m, c| {
        Day::on(calendar::next_nth_weekday(c.today, m.small(0)?, m.weekday(0)?)?)
    }),
    ("[the] {ord} {weekday} of|in next month", |m, c| nth(m, shift(c.today.first_of_month(), 1, Unit::Month)?)),
    ("[the] {ord} {weekday} of|in {month}", |m, c| {
        nth(m, calendar::next_month_day(c.today.first_of_month(), m.month(0)?, 1)?)
    }),
    ("[the] end of {month}", |m, c| {
        Day::on(calendar::next_month_day(c.today.first_of_month(), m.month(0)?, 1)?.last_of_month())
    }),
    ("[the] last day of {month}", |m, c| {
        Day::on(calendar::next_month_day(c.today.first_of_month(), m.month(0)?, 1)?.last_of_month())
    }),
    ("[the] start|beginning of {month}", |m, c| Day::on(calendar::next_month_day(c.today, m.month(0)?, 1)?)),
    ("mid {month}", |m, c| Day::on(calendar::next_month_day(c.today, m.month(0)?, 15)?)),
    ("{month}", |m, c| whole_month(m, c)?.strength(Strength::Faint)),
    ("{month} {year}", |m, _| {
        let first = Date::new(i16::try_from(m.number(0)?).ok()?, m.month(0)?, 1).ok()?;
        Day::stretch(month_of(first), first)?.strength(Strength::Weak)
    }),
    ("next {month}", |m, c| whole_month(m, c)),
    // Days with a name.
    ("christmas|xmas", |_, c| named(c, 12, 25)),
    ("christmas|xmas eve", |_, c| named(c, 12, 24)),
    ("boxing day", |_, c| named(c, 12, 26)),
    ("new year's|years eve", |_, c| named(c, 12, 31)),
    ("nye", |_, c| named(c, 12, 31)),
    ("new year's|years [day]", |_, c| named(c, 1, 1)),
    ("halloween", |_, c| named(c, 10, 31)),
    ("valentine's|valentines [day]", |_, c| named(c, 2, 14)),
];

fn tonight(context: &Context) -> Option<Day> {
    let day = Day::on(context.today)?;
    if context.now.hour() < 20 { day.at(20, 0) } else { Some(day) }
}

fn ahead(m: &Captures, from: Date) -> Option<Day> {
    let (unit, count) = m.unit(0)?;
    Day::shifted(from, m.number(0)?.checked_mul(count)?, unit)
}

fn back(m: &Captures, from: Date) -> Option<Day> {
    let (unit, count) = m.unit(0)?;
    Day::shifted(from, -m.number(0)?.checked_mul(count)?, unit)
}

/// The `weekday` of the week after this one.
fn next_week_on(context: &Context, weekday: Weekday) -> Date {
    in_week_on(context, 1, weekday)
}

fn in_week_on(context: &Context, weeks: i64, weekday: Weekday) -> Date {
    calendar::on_or_after(days(week_of(context.today, context.week_start), weeks * 7), weekday)
}

fn last(today: Date, weekday: Weekday) -> Date {
    days(calendar::on_or_after(today, weekday), -7)
}

fn weekend(context: &Context, weeks: i64) -> Option<Day> {
    let sunday = context.today.weekday() == Weekday::Sunday;
    let saturday =
        if sunday { days(context.today, -1) } else { calendar::on_or_after(context.today, Weekday::Saturday) };
    let saturday = days(saturday, weeks * 7);
    let pick = if sunday && weeks == 0 { context.today } else { saturday };
    Day::stretch((saturday, days(saturday, 1)), pick)
}

fn week(context: &Context, weeks: i64) -> Option<Day> {
    let first = days(week_of(context.today, context.week_start), weeks * 7);
    Day::stretch((first, days(first, 6)), first)
}

fn this_week(context: &Context) -> Option<Day> {
    let mut day = week(context, 0)?;
    day.pick = end_of_week(context, 0)?.pick;
    // On its last day a week has nothing left: then the next seven days are meant.
    if day.to == context.today {
        (day.from, day.to) = (context.today, days(context.today, 7));
    }
    Some(day)
}

/// Friday, as working people mean it; at the weekend the week's last day.
fn end_of_week(context: &Context, weeks: i64) -> Option<Day> {
    let first = days(week_of(context.today, context.week_start), weeks * 7);
    let friday = calendar::on_or_after(first, Weekday::Friday);
    let last = days(first, 6);
    Day::on(if friday >= context.today { friday } else { last.max(context.today) })
}

fn month(context: &Context, months: i64) -> Option<Day> {
    let first = shift(context.today.first_of_month(), months, Unit::Month)?;
    Day::stretch(month_of(first), first)
}

fn whole_month(m: &Captures, context: &Context) -> Option<Day> {
    let first = calendar::next_month_day(context.today.first_of_month(), m.month(0)?, 1)?;
    Day::stretch(month_of(first), first.max(context.today))
}

fn positive(m: &Captures) -> Option<i8> {
    m.small(0).filter(|n| (1..=31).contains(n))
}

fn month_day(m: &Captures, context: &Context) -> Option<Day> {
    Day::on(calendar::next_month_day(context.today, m.month(0)?, m.small(0)?)?)
}

/// With a weekday: this year's day if it falls on it, else the next that does.
fn weekday_month_day(m: &Captures, context: &Context) -> Option<Day> {
    let (weekday, month, day) = (m.weekday(0)?, m.month(0)?, m.small(0)?);
    let fits = (0..=12).filter_map(|ahead| Date::new(context.today.year().checked_add(ahead)?, month, day).ok());
    match fits.into_iter().find(|d| d.weekday() == weekday) {
        Some(date) => Day::on(date),
        None => month_day(m, context),
    }
}

fn full(m: &Captures) -> Option<Day> {
    Day::on(Date::new(i16::try_from(m.number(1)?).ok()?, m.month(0)?, m.small(0)?).ok()?)
}

fn nth(m: &Captures, month: Date) -> Option<Day> {
    Day::on(month.nth_weekday_of_month(m.small(0)?, m.weekday(0)?).ok()?)
}

fn named(context: &Context, month: i8, day: i8) -> Option<Day> {
    Day::on(calendar::next_month_day(context.today, month, day)?)?.strength(Strength::Faint)
}

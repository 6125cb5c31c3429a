//! The table of words for repeats. A row: a pattern, and the cycle that it means.

use super::repeat::{Cycle, Frequency};
use super::time::Clock;
use crate::Context;
use crate::calendar::Unit;
use crate::grammar::{Captures, Table};
use Frequency::{Daily, Monthly, Weekly, Yearly};
use jiff::civil::Weekday;
use std::sync::LazyLock;

type Row = (&'static str, fn(&Captures, &Context) -> Option<Cycle>);

pub(super) static REPEATS: LazyLock<Table<Cycle>> = LazyLock::new(|| Table::new(ROWS));

const WORKDAYS: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
const WEEKEND: [Weekday; 2] = [Weekday::Saturday, Weekday::Sunday];

const ROWS: &[Row] = &[
    ("every|each [single] day", |_, _| Cycle::plain(Daily)),
    ("daily|everyday", |_, _| Cycle::plain(Daily)),
    ("every|each morning", |_, _| Cycle::plain(Daily)?.at(9)),
    ("every|each afternoon", |_, _| Cycle::plain(Daily)?.at(15)),
    ("every|each evening", |_, _| Cycle::plain(Daily)?.at(19)),
    ("every|each night", |_, _| Cycle::plain(Daily)?.at(20)),
    ("nightly", |_, _| Cycle::plain(Daily)?.at(20)),
    ("every|each [!] {unit}", |m, _| Cycle::units(m, 1)),
    ("every|each [!] {digits} {unit}", |m, _| Cycle::units(m, m.number(0)?)),
    ("every|each {n} {unit}", |m, _| Cycle::units(m, m.number(0)?)),
    ("every|each other {unit}", |m, _| Cycle::units(m, 2)),
    ("every second {unit}", |m, _| Cycle::units(m, 2)),
    ("every third {unit}", |m, _| Cycle::units(m, 3)),
    ("once every {n} {unit}", |m, _| Cycle::units(m, m.number(0)?)),
    ("once a|per|every week on {weekdays}", |m, _| Cycle::on(&m.weekdays(0)?)),
    ("once a|per|every month on the {ord} [day]", |m, _| Cycle::day(m.small(0)?)),
    ("repeat|repeats|repeating|happen|happens|recur|recurs [only] [on] {weekdays} [only]", |m, _| {
        Cycle::on(&m.weekdays(0)?)
    }),
    ("[due] [on] the {day} of every|each month", |m, _| Cycle::day(m.small(0)?)),
    ("once a|per|every {unit}", |m, _| Cycle::units(m, 1)),
    ("weekly", |_, _| Cycle::plain(Weekly)),
    ("biweekly|fortnightly", |_, _| Cycle::every(2, Weekly)),
    ("bi - weekly", |_, _| Cycle::every(2, Weekly)),
    ("monthly", |_, _| Cycle::plain(Monthly)),
    ("bimonthly", |_, _| Cycle::every(2, Monthly)),
    ("quarterly", |_, _| Cycle::every(3, Monthly)),
    ("yearly|annually", |_, _| Cycle::plain(Yearly)),
    // Weekdays.
    ("every|each weekday|workday", |_, _| Cycle::on(&WORKDAYS)),
    ("every|each working|work|business day", |_, _| Cycle::on(&WORKDAYS)),
    ("[on] weekdays|workdays", |_, _| Cycle::on(&WORKDAYS)?.loose()),
    ("every|each weekend", |_, _| Cycle::on(&WEEKEND)),
    ("on weekends", |_, _| Cycle::on(&WEEKEND)),
    ("every|each [week] [on] {weekdays}", |m, _| Cycle::on(&m.weekdays(0)?)),
    ("every week on {weekdays}", |m, _| Cycle::on(&m.weekdays(0)?)),
    ("weekly [,] on|every {weekdays}", |m, _| Cycle::on(&m.weekdays(0)?)),
    ("every|each other {weekdays}", |m, _| Cycle::on(&m.weekdays(0)?)?.times(2)),
    ("[on] alternate|alternating {weekdays}", |m, _| Cycle::on(&m.weekdays(0)?)?.times(2)),
    ("every|each|on alternate {weekdays}", |m, _| Cycle::on(&m.weekdays(0)?)?.times(2)),
    ("[every|on] alternate|alternating {unit}", |m, _| Cycle::units(m, 2)),
    ("every second {weekdays}", |m, _| Cycle::on(&m.weekdays(0)?)?.times(2)),
    ("every other week on {weekdays}", |m, _| Cycle::on(&m.weekdays(0)?)?.times(2)),
    ("biweekly|fortnightly on {weekdays}", |m, _| Cycle::on(&m.weekdays(0)?)?.times(2)),
    ("every {n} weeks on {weekdays}", |m, _| Cycle::on(&m.weekdays(0)?)?.times(m.number(0)?)),
    // Days of the month.
    ("every|each {ord}", |m, _| Cycle::day(m.small(0)?)),
    ("every|each {ord} of the|each|every month", |m, _| Cycle::day(m.small(0)?)),
    ("[due] [on] [the] {ord} of every|each month", |m, _| Cycle::day(m.small(0)?)),
    ("every|each {ord} day of the|each|every month", |m, _| Cycle::day(m.small(0)?)),
    ("[due] [on] [the] {ord} day of every|each month", |m, _| Cycle::day(m.small(0)?)),
    ("[due] [on] [the] {ord} day of the month every month", |m, _| Cycle::day(m.small(0)?)),
    ("every|each month on the {ord} [day]", |m, _| Cycle::day(m.small(0)?)),
    ("every|each month on day {day}", |m, _| Cycle::day(m.small(0)?)),
    ("monthly on the {ord} [day]", |m, _| Cycle::day(m.small(0)?)),
    ("[due] [on] [the] {ord} monthly", |m, _| Cycle::day(m.small(0)?)),
    ("every other month on the {ord} [day]", |m, _| Cycle::day(m.small(0)?)?.times(2)),
    ("every {n} months on the {ord} [day]", |m, _| Cycle::day(m.small(1)?)?.times(m.number(0)?)),
    ("[at] [the] end of every|each month", |_, _| Cycle::day(-1)),
    ("every|each month end", |_, _| Cycle::day(-1)),
    ("[at] [the] start|beginning of every|each month", |_, _| Cycle::day(1)),
    ("[at] [the] end of every|each week", |_, _| Cycle::on(&[Weekday::Friday])),
    // Weekdays of the month.
    ("every|each {ord} {weekday}", |m, _| nth(m)),
    ("every|each {ord} {weekday} of the|each|every month", |m, _| nth(m)),
    ("[due] [on] [the] {ord} {weekday} of every|each month", |m, _| nth(m)),
    ("every|each month on the {ord} {weekday}", |m, _| nth(m)),
    ("monthly on the {ord} {weekday}", |m, _| nth(m)),
    ("every {n} months on the {ord} {weekday}", |m, _| Cycle::nth(m.small(1)?, m.weekday(0)?)?.times(m.number(0)?)),
    // Days of the year.
    ("every|each {month} {day}", |m, _| dated(m)),
    ("every|each [the] {day} [of] {month}", |m, _| dated(m)),
    ("every|each year on [the] {day} [of] {month}", |m, _| dated(m)),
    ("every|each year on {month} [the] {day}", |m, _| dated(m)),
    ("yearly|annually on [the] {day} [of] {month}", |m, _| dated(m)),
    ("yearly|annually on {month} [the] {day}", |m, _| dated(m)),
    ("every {n} years on [the] {day} [of] {month}", |m, _| Cycle::date(m.month(0)?, m.small(1)?)?.times(m.number(0)?)),
    ("every|each {month}", |m, _| Cycle::date(m.month(0)?, 1)),
];

impl Cycle {
    fn units(m: &Captures, count: i64) -> Option<Self> {
        let (unit, each) = m.unit(0)?;
        let count = count.checked_mul(each).filter(|n| (1..=1_000).contains(n))?;
        match unit {
            Unit::Day => Self::every(count, Daily),
            Unit::Week => Self::every(count, Weekly),
            Unit::Month => Self::every(count, Monthly),
            Unit::Year => Self::every(count, Yearly),
            Unit::Workday => (count == 1).then(|| Self::on(&WORKDAYS)).flatten(),
        }
    }

    fn at(mut self, hour: i8) -> Option<Self> {
        self.part = Some((hour, 0));
        self.clock = Some(Clock::exact((hour, 0)));
        Some(self)
    }
}

fn nth(m: &Captures) -> Option<Cycle> {
    Cycle::nth(m.small(0)?, m.weekday(0)?)
}

fn dated(m: &Captures) -> Option<Cycle> {
    Cycle::date(m.month(0)?, m.small(0)?)
}

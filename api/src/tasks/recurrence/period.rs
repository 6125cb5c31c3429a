//! The period that a rule repeats in, and arithmetic with it.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan as _};
use todo_contract::{InvalidText, Rule};

/// Most periods between two occurrences that `INTERVAL` may ask for.
const INTERVAL_MAX: i32 = 1_000;
const YEARS_MAX: i32 = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A rule's `FREQ` and `INTERVAL`, and what its start says for the parts that it leaves out.
pub(super) struct Period {
    frequency: Frequency,
    interval: i32,
    week_start: Weekday,
    implied: String,
}

impl Period {
    pub(super) fn of(rule: &Rule, start: Date) -> Result<Self, InvalidText> {
        let frequency = frequency(rule);
        let interval = interval(rule)?;
        if frequency == Frequency::Weekly && rule.part("BYMONTHDAY").is_some() {
            return Err(InvalidText("the rule may not have BYMONTHDAY with FREQ=WEEKLY (RFC 5545, 3.3.10)".into()));
        }
        let is_short = matches!(frequency, Frequency::Daily | Frequency::Weekly);
        if is_short && rule.part("BYDAY").is_some_and(|days| days.contains(|c: char| c.is_ascii_digit())) {
            return Err(InvalidText(
                "the rule may have numbers in BYDAY with FREQ=MONTHLY or YEARLY only (RFC 5545, 3.3.10)".into(),
            ));
        }
        if frequency != Frequency::Yearly && rule.part("BYYEARDAY").is_some() {
            return Err(InvalidText("the rule may have BYYEARDAY with FREQ=YEARLY only (RFC 5545, 3.3.10)".into()));
        }
        let names_days = ["BYDAY", "BYMONTHDAY", "BYYEARDAY"].iter().any(|key| rule.part(key).is_some());
        let implied = match (frequency, names_days) {
            (Frequency::Daily, _) | (_, true) => String::new(),
            (Frequency::Weekly, false) => format!(";BYDAY={}", two_letters(start.weekday())),
            (Frequency::Monthly, false) => format!(";BYMONTHDAY={}", start.day()),
            (Frequency::Yearly, false) if rule.part("BYMONTH").is_some() => format!(";BYMONTHDAY={}", start.day()),
            (Frequency::Yearly, false) => format!(";BYMONTH={};BYMONTHDAY={}", start.month(), start.day()),
        };
        Ok(Self { frequency, interval, week_start: week_start(rule), implied })
    }

    /// Whether searching to the end of time takes few enough steps to be worth shortening.
    pub(super) fn is_long(&self) -> bool {
        self.frequency != Frequency::Daily
    }

    /// The rule with what its start implied written out, and without what ends it.
    pub(super) fn explicit_rule(&self, rule: &Rule) -> String {
        let endless = |part: &&str| !part.starts_with("COUNT=") && !part.starts_with("UNTIL=");
        let kept: Vec<_> = rule.as_str().split(';').filter(endless).collect();
        format!("{}{}", kept.join(";"), self.implied)
    }

    /// The beginning of the last period at or before `after` in which the rule may come up.
    pub(super) fn leap(&self, start: Date, after: Date) -> Date {
        let first = self.begin(start);
        let step = match self.frequency {
            Frequency::Daily => days(first, after) / self.interval * self.interval,
            Frequency::Weekly => days(first, after) / (7 * self.interval) * self.interval,
            Frequency::Monthly => months(first, after) / self.interval * self.interval,
            Frequency::Yearly => i32::from(after.year() - first.year()) / self.interval * self.interval,
        };
        first.checked_add(self.span(step.max(0))).unwrap_or(start)
    }

    fn begin(&self, date: Date) -> Date {
        match self.frequency {
            Frequency::Daily => date,
            Frequency::Weekly => {
                let back = date.weekday().since(self.week_start);
                date.checked_sub(i32::from(back).days()).unwrap_or(date)
            }
            Frequency::Monthly => date.first_of_month(),
            Frequency::Yearly => date.first_of_year(),
        }
    }

    fn span(&self, count: i32) -> Span {
        match self.frequency {
            Frequency::Daily => count.days(),
            Frequency::Weekly => count.weeks(),
            Frequency::Monthly => count.months(),
            Frequency::Yearly => count.years(),
        }
    }
}

/// "A month after I finish it": a rule that names no days, counted from the day it was completed. The last
/// days of a month stay in the month that follows, where the RFC would skip it.
pub(super) fn plain_step(rule: &Rule, from: Date) -> Option<Date> {
    let plain = rule
        .as_str()
        .split(';')
        .all(|part| ["FREQ=", "INTERVAL=", "COUNT=", "UNTIL=", "WKST="].iter().any(|prefix| part.starts_with(prefix)));
    if !plain {
        return None;
    }
    let period = Period::of(rule, from).ok()?;
    from.checked_add(period.span(period.interval)).ok()
}

fn frequency(rule: &Rule) -> Frequency {
    match rule.part("FREQ") {
        Some("YEARLY") => Frequency::Yearly,
        Some("MONTHLY") => Frequency::Monthly,
        Some("WEEKLY") => Frequency::Weekly,
        _ => Frequency::Daily,
    }
}

fn interval(rule: &Rule) -> Result<i32, InvalidText> {
    let Some(text) = rule.part("INTERVAL") else { return Ok(1) };
    let max = if frequency(rule) == Frequency::Yearly { YEARS_MAX } else { INTERVAL_MAX };
    match text.parse() {
        Ok(interval) if (1..=max).contains(&interval) => Ok(interval),
        _ => Err(InvalidText(format!("the rule's INTERVAL must be 1 to {max}; this is {text}"))),
    }
}

const WEEK: [(Weekday, &str); 7] = [
    (Weekday::Monday, "MO"),
    (Weekday::Tuesday, "TU"),
    (Weekday::Wednesday, "WE"),
    (Weekday::Thursday, "TH"),
    (Weekday::Friday, "FR"),
    (Weekday::Saturday, "SA"),
    (Weekday::Sunday, "SU"),
];

fn week_start(rule: &Rule) -> Weekday {
    let named = rule.part("WKST").and_then(|text| WEEK.iter().find(|row| row.1 == text));
    named.map_or(Weekday::Monday, |row| row.0)
}

fn two_letters(day: Weekday) -> &'static str {
    WEEK.iter().find(|row| row.0 == day).map_or("MO", |row| row.1)
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

fn months(from: Date, to: Date) -> i32 {
    (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month()) - i32::from(from.month())
}

//! A rule, read: its frequency, and which days fit its parts (RFC 5545, 3.3.10).

use jiff::civil::{Date, Weekday};
use std::str::FromStr;
use todo_contract::{InvalidText, Rule};

/// Most periods between two occurrences that `INTERVAL` may ask for.
const INTERVAL_MAX: i32 = 1_000;
const YEARS_MAX: i32 = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// What the parts of a rule ask for. Sets of days are bits: bit 0 of a month's set is its first day.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) frequency: Frequency,
    pub(super) interval: i32,
    pub(super) week_start: Weekday,
    /// Bit 0 is January; none means all.
    months: u16,
    /// Days counted from the first and from the last one; none means all.
    from_first: u32,
    from_last: u32,
    year_days: Vec<i16>,
    /// Bit 0 is Monday.
    weekdays: u8,
    /// "The second Tuesday", "the last Friday".
    nth_weekdays: Vec<(i8, Weekday)>,
    pub(super) positions: Vec<i16>,
}

impl Pattern {
    /// The rule as begun on `start`, which says what the rule leaves out.
    ///
    /// # Errors
    /// The part of the rule that is not valid, or that no day fits.
    pub(super) fn of(rule: &Rule, start: Date) -> Result<Self, InvalidText> {
        let mut pattern = Self::read(rule)?;
        pattern.refuse_impossible()?;
        if !pattern.names_days() {
            pattern.imply(start);
        }
        Ok(pattern)
    }

    fn read(rule: &Rule) -> Result<Self, InvalidText> {
        let frequency = match rule.part("FREQ") {
            Some("YEARLY") => Frequency::Yearly,
            Some("MONTHLY") => Frequency::Monthly,
            Some("WEEKLY") => Frequency::Weekly,
            _ => Frequency::Daily,
        };
        if frequency == Frequency::Weekly && rule.part("BYMONTHDAY").is_some() {
            return Err(refused("may not have BYMONTHDAY with FREQ=WEEKLY (RFC 5545, 3.3.10)"));
        }
        if frequency != Frequency::Yearly && rule.part("BYYEARDAY").is_some() {
            return Err(refused("may have BYYEARDAY with FREQ=YEARLY only (RFC 5545, 3.3.10)"));
        }
        let years = frequency == Frequency::Yearly;
        let mut pattern = Self {
            frequency,
            interval: interval(rule, if years { YEARS_MAX } else { INTERVAL_MAX })?,
            week_start: week_start(rule)?,
            months: 0,
            from_first: 0,
            from_last: 0,
            year_days: signed(rule, "BYYEARDAY", 366)?,
            weekdays: 0,
            nth_weekdays: Vec::new(),
            positions: signed(rule, "BYSETPOS", 366)?,
        };
        for month in signed(rule, "BYMONTH", 12)? {
            let month = u32::try_from(month).map_err(|_| refused("must have BYMONTH from 1 to 12"))?;
            pattern.months |= 1 << (month - 1);
        }
        for day in signed(rule, "BYMONTHDAY", 31)? {
            let bit = 1 << (day.unsigned_abs() - 1);
            *(if day > 0 { &mut pattern.from_first } else { &mut pattern.from_last }) |= bit;
        }
        pattern.read_weekdays(rule)?;
        Ok(pattern)
    }

    fn read_weekdays(&mut self, rule: &Rule) -> Result<(), InvalidText> {
        let most = if self.frequency == Frequency::Yearly && self.months == 0 { 53 } else { 5 };
        for text in rule.part("BYDAY").into_iter().flat_map(|list| list.split(',')) {
            let wrong = || refused(&format!("must have BYDAY as MO, 2TU or -1FR, 1 to {most}; this is {text}"));
            let (number, name) = text.split_at_checked(text.len().saturating_sub(2)).ok_or_else(wrong)?;
            let day = WEEK.iter().find(|row| row.1 == name).map(|row| row.0).ok_or_else(wrong)?;
            if number.is_empty() {
                self.weekdays |= bit_of(day);
                continue;
            }
            if matches!(self.frequency, Frequency::Daily | Frequency::Weekly) {
                return Err(refused("may have numbers in BYDAY with FREQ=MONTHLY or YEARLY only (RFC 5545, 3.3.10)"));
            }
            let nth: i8 = number.parse().map_err(|_| wrong())?;
            if nth == 0 || nth.unsigned_abs() > most {
                return Err(wrong());
            }
            self.nth_weekdays.push((nth, day));
        }
        Ok(())
    }

    /// What no day of any year can be is seen at once, without a look at the calendar.
    fn refuse_impossible(&self) -> Result<(), InvalidText> {
        let longest = match self.frequency {
            Frequency::Daily => 1,
            Frequency::Weekly if self.weekdays == 0 => 1,
            Frequency::Weekly => self.weekdays.count_ones(),
            Frequency::Monthly => 31,
            Frequency::Yearly => 366,
        };
        let reachable = |position: &i16| u32::from(position.unsigned_abs()) <= longest;
        if !self.positions.is_empty() && !self.positions.iter().any(reachable) {
            return Err(refused(&format!("never comes up: BYSETPOS goes beyond the {longest} days that a period has")));
        }
        if (self.from_first | self.from_last) != 0 && self.months != 0 {
            let first = self.from_first.trailing_zeros().min(self.from_last.trailing_zeros());
            let longest = (0..12).filter(|month| self.months & (1 << month) != 0).map(longest_month).max();
            if longest.is_some_and(|longest| first >= longest) {
                return Err(refused("never comes up: no month of BYMONTH has the days of BYMONTHDAY"));
            }
        }
        Ok(())
    }

    /// Whether the rule itself says which days, rather than the date that it begins on.
    pub(super) fn names_days(&self) -> bool {
        self.names_weekdays() || self.from_first != 0 || self.from_last != 0 || !self.year_days.is_empty()
    }

    /// Whether a period has one such day, as far as the rule goes: "every third week on Saturday".
    pub(super) fn names_one_day(&self) -> bool {
        let named = self.weekdays.count_ones() + self.from_first.count_ones() + self.from_last.count_ones();
        u32::try_from(self.nth_weekdays.len() + self.year_days.len()).is_ok_and(|more| named + more == 1)
    }

    pub(super) fn names_weekdays(&self) -> bool {
        self.weekdays != 0 || !self.nth_weekdays.is_empty()
    }

    fn imply(&mut self, start: Date) {
        match self.frequency {
            Frequency::Daily => {}
            Frequency::Weekly => self.weekdays = bit_of(start.weekday()),
            Frequency::Monthly => self.from_first = 1 << (start.day() - 1),
            Frequency::Yearly => {
                self.from_first = 1 << (start.day() - 1);
                if self.months == 0 {
                    self.months = 1 << (start.month() - 1);
                }
            }
        }
    }

    /// The days of a month that fit, whatever the period. A day that the month lacks means its last one,
    /// unless the rule wants it to be a certain weekday too.
    pub(super) fn days_of_month(&self, first: Date) -> u32 {
        if !self.has_month(first) {
            return 0;
        }
        let length = u32::from(first.days_in_month().unsigned_abs());
        let all = u32::MAX >> (32 - length);
        let mut days = all;
        if self.from_first != 0 || self.from_last != 0 {
            let mut named = self.from_first & all;
            if self.from_first & !all != 0 && !self.names_weekdays() {
                named |= 1 << (length - 1);
            }
            days &= named | (self.from_last.reverse_bits() >> (32 - length));
        }
        if !self.year_days.is_empty() {
            days &= self.by_year_day(first, length);
        }
        if self.names_weekdays() {
            days &= self.by_weekday(first, length);
        }
        days & all
    }

    pub(super) fn has_month(&self, date: Date) -> bool {
        self.months == 0 || self.months & (1 << (date.month() - 1)) != 0
    }

    pub(super) fn has_weekday(&self, day: Weekday) -> bool {
        self.weekdays & bit_of(day) != 0
    }

    fn by_year_day(&self, first: Date, length: u32) -> u32 {
        let year = if first.in_leap_year() { 366 } else { 365 };
        let before = first.day_of_year() - 1;
        let in_month = self.year_days.iter().filter_map(|day| {
            let day = if *day > 0 { (*day).min(year) } else { year + 1 + day };
            u32::try_from(day - before - 1).ok().filter(|index| *index < length)
        });
        in_month.fold(0, |days, index| days | 1 << index)
    }

    fn by_weekday(&self, first: Date, length: u32) -> u32 {
        const EVERY_SEVENTH: u32 = 1 | 1 << 7 | 1 << 14 | 1 << 21 | 1 << 28;
        let offset = |day: Weekday| u32::from(first.weekday().until(day).unsigned_abs());
        let plain = WEEK.iter().filter(|row| self.has_weekday(row.0));
        let mut days = plain.fold(0, |days, row| days | EVERY_SEVENTH << offset(row.0));
        for (nth, day) in &self.nth_weekdays {
            let index = match self.frequency {
                Frequency::Yearly if self.months == 0 => nth_of_year(first, *nth, *day).map(i64::from),
                _ if *nth > 0 => Some(i64::from(offset(*day)) + 7 * (i64::from(*nth) - 1)),
                _ => {
                    let last = (EVERY_SEVENTH << offset(*day)) & (u32::MAX >> (32 - length));
                    Some(i64::from(31 - last.leading_zeros()) + 7 * (i64::from(*nth) + 1))
                }
            };
            if let Some(index) = index.filter(|index| (0..i64::from(length)).contains(index)) {
                days |= 1 << index;
            }
        }
        days
    }
}

/// Where in the month that `first` begins the `nth` weekday of its year is, if it is there: its index.
fn nth_of_year(first: Date, nth: i8, day: Weekday) -> Option<i32> {
    let (edge, steps) = match nth {
        1.. => (first.first_of_year(), i32::from(nth) - 1),
        _ => (first.last_of_year(), i32::from(nth) + 1),
    };
    let to_day = if nth > 0 { edge.weekday().until(day) } else { -edge.weekday().since(day) };
    let of_year = i32::from(edge.day_of_year()) + i32::from(to_day) + 7 * steps;
    let year = i32::from(first.days_in_year());
    (1..=year).contains(&of_year).then(|| of_year - i32::from(first.day_of_year()))
}

fn refused(what: &str) -> InvalidText {
    InvalidText(format!("the rule {what}"))
}

fn interval(rule: &Rule, max: i32) -> Result<i32, InvalidText> {
    let Some(text) = rule.part("INTERVAL") else { return Ok(1) };
    match text.parse() {
        Ok(interval) if (1..=max).contains(&interval) => Ok(interval),
        _ => Err(InvalidText(format!("the rule's INTERVAL must be 1 to {max}; this is {text}"))),
    }
}

/// A list of numbers from 1 to `max`, or from -1 to -`max`.
fn signed(rule: &Rule, key: &str, max: i16) -> Result<Vec<i16>, InvalidText> {
    let mut numbers = Vec::new();
    for text in rule.part(key).into_iter().flat_map(|list| list.split(',')) {
        match i16::from_str(text) {
            Ok(number) if number != 0 && (-max..=max).contains(&number) => numbers.push(number),
            _ => {
                return Err(refused(&format!("must have {key} from 1 to {max}, or from -1 to -{max}; this is {text}")));
            }
        }
    }
    Ok(numbers)
}

fn longest_month(month: u32) -> u32 {
    match month {
        1 => 29,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
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

fn week_start(rule: &Rule) -> Result<Weekday, InvalidText> {
    let Some(text) = rule.part("WKST") else { return Ok(Weekday::Monday) };
    let named = WEEK.iter().find(|row| row.1 == text).map(|row| row.0);
    named.ok_or_else(|| refused(&format!("must have WKST as MO to SU; this is {text}")))
}

fn bit_of(day: Weekday) -> u8 {
    1 << day.to_monday_zero_offset()
}

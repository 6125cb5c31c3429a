//! What the `rrule` crate finds, for rules whose days every month has.

use super::super::{Pattern, check};
use super::day;
use chrono::{Datelike as _, TimeZone as _};
use jiff::civil::Date;
use proptest::prelude::*;
use rrule::{RRule, RRuleSet, Tz, Unvalidated};
use todo_contract::Rule;

fn found_by_crate(rule: &str, start: Date, after: Date) -> Option<Date> {
    let (month, day) = (start.month().unsigned_abs().into(), start.day().unsigned_abs().into());
    let begin = Tz::UTC.with_ymd_and_hms(start.year().into(), month, day, 0, 0, 0).unwrap();
    let rule = rule.parse::<RRule<Unvalidated>>().unwrap().validate(begin).unwrap();
    let dates = RRuleSet::new(begin).rrule(rule).limit().into_iter().map(|moment| {
        let (month, day) = (moment.month().try_into().unwrap(), moment.day().try_into().unwrap());
        Date::new(moment.year().try_into().unwrap(), month, day).unwrap()
    });
    dates.take(5_000).find(|date| *date > after)
}

fn some_of(all: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::subsequence(all, 1..=all.len().min(3)).prop_map(|list| list.join(","))
}

fn any_rule() -> impl Strategy<Value = String> {
    let frequency = prop::sample::select(&["DAILY", "WEEKLY", "MONTHLY", "YEARLY"][..]);
    let months = prop::option::of(some_of(&["1", "2", "6", "11", "12"]));
    let days = prop::option::of(some_of(&["MO", "TU", "WE", "FR", "SU"]));
    let nth = prop::option::of(some_of(&["1MO", "2TU", "-1FR", "-2SU", "3WE"]));
    let month_days = prop::option::of(some_of(&["1", "13", "28", "-1", "-5"]));
    let year_days = prop::option::of(some_of(&["1", "60", "200", "-1", "-100"]));
    let position = prop::option::of(prop::sample::select(&["1", "2", "-1"][..]));
    let week_start = prop::sample::select(&["MO", "SU", "TH"][..]);
    (frequency, 1_u8..5, months, days, nth, month_days, year_days, (position, week_start)).prop_map(
        |(frequency, interval, months, days, nth, month_days, year_days, (position, week_start))| {
            let mut rule = format!("FREQ={frequency};INTERVAL={interval};WKST={week_start}");
            let long = matches!(frequency, "MONTHLY" | "YEARLY");
            let mut names = false;
            let mut add = |key: &str, value: Option<String>, fits: bool, names_days: bool| {
                if let Some(value) = value.filter(|_| fits) {
                    rule += &format!(";{key}={value}");
                    names |= names_days;
                }
            };
            // In weeks that lie in two months, the crate and libical differ from each other.
            add("BYMONTH", months, frequency != "WEEKLY" || position.is_none(), false);
            let by_year_day = frequency == "YEARLY" && year_days.is_some();
            let by_month_day = frequency != "WEEKLY" && month_days.is_some() && !by_year_day;
            let weekdays = if long && !by_month_day && !by_year_day { nth.or(days) } else { days };
            add("BYMONTHDAY", month_days, by_month_day, true);
            add("BYYEARDAY", year_days, by_year_day, true);
            add("BYDAY", weekdays, true, true);
            if let Some(position) = position.filter(|_| names && frequency != "DAILY") {
                rule += &format!(";BYSETPOS={position}");
            }
            rule
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn days_that_every_month_has_are_those_of_the_rrule_crate(rule in any_rule(), offset in 0_i32..3_000, late in 0_i32..300) {
        let start = day("2021-01-01").checked_add(jiff::Span::new().days(offset)).unwrap();
        // What the start implies may be a day that some month lacks.
        let start = if start.day() > 28 { start.first_of_month() } else { start };
        let parsed = Rule::new(rule.as_str()).unwrap();
        prop_assume!(check(&parsed, start).is_ok());
        let after = start.checked_add(jiff::Span::new().days(late)).unwrap();
        let found = Pattern::of(&parsed, start).unwrap().day_after(start, after);
        prop_assert_eq!(found, found_by_crate(&rule, start, after), "{} from {} after {}", rule, start, after);
    }
}

mod oracle;
mod table;

use super::*;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use rstest::rstest;
use std::time::{Duration, Instant};

fn repeat(rule: &str, from: RepeatFrom) -> Repeat {
    Repeat { rule: Rule::new(rule).unwrap(), from }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The next date of an undisturbed series: completed on the day it was due.
fn following(rule: &str, due: &str) -> Option<String> {
    let due = Due::on(day(due));
    let now = due.date.to_zoned(TimeZone::UTC).unwrap().timestamp();
    next(&due, &repeat(rule, RepeatFrom::Due), now, &TimeZoneName::utc()).map(|next| next.due.date.to_string())
}

#[rstest]
#[case::every_day("FREQ=DAILY", "2027-02-28", "2027-03-01")]
#[case::every_third_day("FREQ=DAILY;INTERVAL=3", "2027-12-30", "2028-01-02")]
#[case::workdays("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2027-03-05", "2027-03-08")]
#[case::mondays_when_moved_to_a_wednesday("FREQ=WEEKLY;BYDAY=MO", "2027-03-03", "2027-03-08")]
#[case::same_day_of_the_week("FREQ=WEEKLY", "2027-03-03", "2027-03-10")]
#[case::every_other_week("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "2027-03-05", "2027-03-15")]
#[case::a_week_that_begins_on_sunday("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU", "2027-03-02", "2027-03-14")]
#[case::last_day_of_the_month("FREQ=MONTHLY;BYMONTHDAY=-1", "2027-01-31", "2027-02-28")]
#[case::last_day_in_a_leap_year("FREQ=MONTHLY;BYMONTHDAY=-1", "2028-01-31", "2028-02-29")]
#[case::the_31st_is_the_last_day_of_short_months("FREQ=MONTHLY", "2027-01-31", "2027-02-28")]
#[case::six_months_from_the_31st("FREQ=MONTHLY;INTERVAL=6", "2027-08-31", "2028-02-29")]
#[case::third_friday("FREQ=MONTHLY;BYDAY=3FR", "2027-01-15", "2027-02-19")]
#[case::last_workday("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2027-01-29", "2027-02-26")]
#[case::first_weekend_day("FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1", "2027-01-02", "2027-02-06")]
#[case::every_quarter("FREQ=MONTHLY;INTERVAL=3", "2027-11-15", "2028-02-15")]
#[case::every_year("FREQ=YEARLY", "2027-06-01", "2028-06-01")]
#[case::every_fifth_year("FREQ=YEARLY;INTERVAL=5", "2027-06-01", "2032-06-01")]
#[case::leap_day("FREQ=YEARLY", "2028-02-29", "2029-02-28")]
#[case::leap_day_across_2100("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2096-02-29", "2097-02-28")]
#[case::a_monday_that_is_a_leap_day("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "2096-02-29", "2112-02-29")]
#[case::hundredth_day("FREQ=YEARLY;BYYEARDAY=100", "2027-04-10", "2028-04-09")]
#[case::thanksgiving("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2027-11-25", "2028-11-23")]
#[case::until_a_day_that_counts("FREQ=DAILY;UNTIL=20270302", "2027-03-01", "2027-03-02")]
fn a_series_goes_on(#[case] rule: &str, #[case] due: &str, #[case] wanted: &str) {
    assert_eq!(following(rule, due).as_deref(), Some(wanted));
}

#[rstest]
#[case::after_its_last_day("FREQ=DAILY;UNTIL=20270301", "2027-03-01")]
#[case::after_its_last_moment("FREQ=WEEKLY;UNTIL=20270301T235959Z", "2027-03-01")]
#[case::after_its_last_time("FREQ=DAILY;COUNT=1", "2027-03-01")]
fn a_series_ends(#[case] rule: &str, #[case] due: &str) {
    assert_eq!(following(rule, due), None);
}

#[test]
fn count_says_how_many_are_left() {
    let now = "2027-03-01T12:00:00Z".parse().unwrap();
    let mut due = Due::on(day("2027-03-01"));
    let mut every = repeat("FREQ=DAILY;COUNT=3", RepeatFrom::Due);
    let mut made = Vec::new();
    while let Some(following) = next(&due, &every, now, &TimeZoneName::utc()) {
        made.push((following.due.date.to_string(), following.repeat.rule.to_string()));
        (due, every) = (following.due, following.repeat);
    }
    let wanted = [("2027-03-02", "FREQ=DAILY;COUNT=2"), ("2027-03-03", "FREQ=DAILY;COUNT=1")];
    assert_eq!(made, wanted.map(|(date, rule)| (date.to_owned(), rule.to_owned())));
}

#[rstest]
#[case::late_daily(RepeatFrom::Due, "FREQ=DAILY", "2027-03-01", "2027-03-11")]
#[case::late_keeps_its_weekday(RepeatFrom::Due, "FREQ=WEEKLY", "2027-02-22", "2027-03-15")]
#[case::late_keeps_its_fortnights(RepeatFrom::Due, "FREQ=WEEKLY;INTERVAL=2", "2027-02-15", "2027-03-15")]
#[case::early_does_not_make_it_again(RepeatFrom::Due, "FREQ=WEEKLY", "2027-03-12", "2027-03-19")]
#[case::three_days_after_finishing(RepeatFrom::Completion, "FREQ=DAILY;INTERVAL=3", "2027-03-01", "2027-03-13")]
#[case::next_monday_after_finishing(RepeatFrom::Completion, "FREQ=WEEKLY;BYDAY=MO", "2027-03-01", "2027-03-15")]
fn done_on_the_tenth_of_march(#[case] from: RepeatFrom, #[case] rule: &str, #[case] due: &str, #[case] wanted: &str) {
    let now = "2027-03-10T12:00:00Z".parse().unwrap();
    let next = next(&Due::on(day(due)), &repeat(rule, from), now, &TimeZoneName::utc()).unwrap();
    assert_eq!(next.due.date.to_string(), wanted);
}

#[test]
fn a_month_after_the_31st_of_january_is_the_last_of_february() {
    let now = "2027-01-31T12:00:00Z".parse().unwrap();
    let monthly = repeat("FREQ=MONTHLY", RepeatFrom::Completion);
    let next = next(&Due::on(day("2027-01-15")), &monthly, now, &TimeZoneName::utc()).unwrap();
    assert_eq!(next.due.date.to_string(), "2027-02-28");
}

#[test]
fn today_is_that_of_the_tasks_zone() {
    // Already the 11th in Auckland.
    let now = "2027-03-10T12:00:00Z".parse().unwrap();
    let due: Due = serde_json::from_str(r#"{"date":"2027-03-01","time":"09:00","zone":"Pacific/Auckland"}"#).unwrap();
    let next = next(&due, &repeat("FREQ=DAILY", RepeatFrom::Due), now, &TimeZoneName::utc()).unwrap();
    assert_eq!(next.due.date.to_string(), "2027-03-12");
}

#[test]
fn a_task_without_a_date_begins_today_or_on_the_next_day_of_its_rule() {
    let tuesday = day("2027-03-02");
    let begins = |rule| begin(&repeat(rule, RepeatFrom::Due), tuesday).unwrap().date.to_string();
    assert_eq!(begins("FREQ=DAILY;INTERVAL=3"), "2027-03-02");
    assert_eq!(begins("FREQ=WEEKLY;BYDAY=TU"), "2027-03-02");
    assert_eq!(begins("FREQ=WEEKLY;BYDAY=MO"), "2027-03-08");
    assert_eq!(begins("FREQ=MONTHLY;BYMONTHDAY=-1"), "2027-03-31");
}

#[rstest]
#[case::thirty_first_of_february("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2")]
#[case::thirtieth_of_february_by_days("FREQ=DAILY;BYMONTHDAY=30;BYMONTH=2")]
#[case::every_seventh_monday_a_tuesday("FREQ=DAILY;INTERVAL=7;BYDAY=TU")]
#[case::second_of_one("FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=2")]
#[case::sixth_monday("FREQ=MONTHLY;BYDAY=6MO")]
#[case::leap_day_mondays_in_odd_years("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO")]
#[case::eighth_of_seven("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=8")]
#[case::second_of_one_day("FREQ=DAILY;BYSETPOS=2")]
#[case::thirty_first_of_november("FREQ=YEARLY;BYMONTH=4,11;BYMONTHDAY=31")]
#[case::new_years_day_in_june("FREQ=YEARLY;BYMONTH=6;BYYEARDAY=1")]
#[case::no_such_year_day("FREQ=YEARLY;BYYEARDAY=367")]
#[case::no_such_position("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0")]
#[case::no_interval("FREQ=DAILY;INTERVAL=0")]
#[case::huge_interval("FREQ=YEARLY;INTERVAL=65535")]
#[case::no_count("FREQ=DAILY;COUNT=0")]
#[case::no_date("FREQ=DAILY;UNTIL=tomorrow")]
#[case::no_such_day("FREQ=WEEKLY;BYDAY=XX")]
#[case::no_such_month("FREQ=YEARLY;BYMONTH=13")]
#[case::day_of_month_in_a_week("FREQ=WEEKLY;BYMONTHDAY=3")]
#[case::day_of_year_in_a_month("FREQ=MONTHLY;BYYEARDAY=3")]
#[case::ordinal_in_a_week("FREQ=WEEKLY;BYDAY=2MO")]
fn what_never_comes_up_is_refused_soon(#[case] rule: &str) {
    let rule = Rule::new(rule).unwrap();
    let begun = Instant::now();
    for _ in 0..100 {
        // A Monday in an odd year.
        assert!(check(&rule, day("2027-03-01")).is_err());
    }
    // Microseconds each, if built for speed.
    assert!(begun.elapsed() < Duration::from_secs(1), "took {:?}", begun.elapsed());
}

const ZONES: [&str; 6] =
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "UTC"];
const RULES: [&str; 9] = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=5",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,SU",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=YEARLY",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
];

prop_compose! {
    fn any_due()(days in 0_i32..36_000, hour in 0_i8..24, minute in 0_i8..60, zone in 0..ZONES.len()) -> Due {
        let date = day("2000-01-01").checked_add(Span::new().days(days)).unwrap();
        let time = ClockTime::new(jiff::civil::time(hour, minute, 0, 0));
        Due { date, time: Some(time), zone: Some(TimeZoneName::new(ZONES[zone]).unwrap()) }
    }
}

proptest! {
    #[test]
    fn the_clock_on_the_wall_stays_and_time_goes_on(
        due in any_due(),
        rule in 0..RULES.len(),
        late in 0_i64..2_000,
        completion: bool,
    ) {
        let from = if completion { RepeatFrom::Completion } else { RepeatFrom::Due };
        let now = when::moment(&due).unwrap() + jiff::SignedDuration::from_hours(late);
        let zone = due.zone.clone().unwrap();
        let next = next(&due, &repeat(RULES[rule], from), now, &TimeZoneName::utc()).unwrap();
        prop_assert_eq!((next.due.time, &next.due.zone), (due.time, &due.zone));
        prop_assert!(next.due.date > when::today(now, &zone), "{:?}", next);
        prop_assert!(when::moment(&next.due).unwrap() > when::moment(&due).unwrap());
    }

    /// Skipping ahead by whole periods finds what walking finds.
    #[test]
    fn a_late_series_stays_in_step(due in any_due(), rule in 0..RULES.len(), late in 1_i64..400) {
        let pattern = Pattern::of(&Rule::new(RULES[rule]).unwrap(), due.date).unwrap();
        let after = due.date.saturating_add(Span::new().days(late));
        let mut walked = due.date;
        while walked <= after {
            walked = pattern.day_after(due.date, walked).unwrap();
        }
        prop_assert_eq!(pattern.day_after(due.date, after), Some(walked));
    }
}

#[test]
fn the_day_of_a_series_outlasts_a_short_month() {
    for (rule, dates) in [
        ("FREQ=MONTHLY", ["2027-01-30", "2027-02-28", "2027-03-30", "2027-04-30"]),
        ("FREQ=MONTHLY;INTERVAL=6", ["2026-08-31", "2027-02-28", "2027-08-31", "2028-02-29"]),
        ("FREQ=YEARLY", ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28"]),
    ] {
        let (mut due, mut every) = (Due::on(day(dates[0])), repeat(rule, RepeatFrom::Due));
        for wanted in &dates[1..] {
            let now = due.date.to_zoned(TimeZone::UTC).unwrap().timestamp();
            let following = next(&due, &every, now, &TimeZoneName::utc()).unwrap();
            assert_eq!(following.due.date.to_string(), **wanted, "{rule}");
            (due, every) = (following.due, following.repeat);
        }
    }
}

#[test]
fn a_rule_is_left_as_it_was_written_where_the_month_has_the_day() {
    let now = "2027-01-30T12:00:00Z".parse().unwrap();
    let every = |rule| repeat(rule, RepeatFrom::Due);
    let rule_after =
        |due, rule| next(&Due::on(day(due)), &every(rule), now, &TimeZoneName::utc()).unwrap().repeat.rule.to_string();
    assert_eq!(rule_after("2027-01-28", "FREQ=MONTHLY"), "FREQ=MONTHLY");
    assert_eq!(rule_after("2027-01-30", "FREQ=MONTHLY"), "FREQ=MONTHLY;BYMONTHDAY=30");
    assert_eq!(rule_after("2028-02-29", "FREQ=YEARLY;COUNT=5"), "FREQ=YEARLY;COUNT=4;BYMONTH=2;BYMONTHDAY=29");
}

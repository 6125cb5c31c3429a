//! What holds for any text on any day.

#![expect(clippy::unwrap_used, reason = "a test ends at what is wrong")]

use jiff::civil::{Date, Time};
use proptest::prelude::*;
use todo_contract::{ClockTime, Due, Repeat, RepeatFrom, Rule};
use todo_language::{Context, DateOrder, describe, intent, quick_add, quick_add_ignoring, search_filter};

fn any_day() -> impl Strategy<Value = Date> {
    let edges = prop::sample::select(vec![
        Date::constant(1, 1, 1),
        Date::constant(9999, 12, 31),
        Date::constant(2024, 2, 29),
        Date::constant(2026, 12, 31),
        Date::constant(1900, 2, 28),
        Date::constant(2026, 3, 29),
    ]);
    let all = (1_i16..=9999, 1_i8..=12, 1_i8..=31)
        .prop_map(|(y, m, d)| (1..=d).rev().find_map(|d| Date::new(y, m, d).ok()).unwrap());
    prop_oneof![1 => edges, 4 => all]
}

fn any_context() -> impl Strategy<Value = Context> {
    (any_day(), 0_i8..24, 0_i8..60, any::<bool>(), 0_i8..7).prop_map(|(today, hour, minute, month_first, start)| {
        Context {
            today,
            now: Time::constant(hour, minute, 0, 0),
            week_start: jiff::civil::Weekday::from_monday_zero_offset(start).unwrap(),
            date_order: if month_first { DateOrder::MonthFirst } else { DateOrder::DayFirst },
        }
    })
}

const WORDS: &[&str] = &[
    "add",
    "task",
    "every",
    "monday",
    "tomorrow",
    "at",
    "3",
    "pm",
    "in",
    "2",
    "days",
    "the",
    "last",
    "day",
    "of",
    "month",
    "next",
    "friday",
    "#work",
    "!high",
    "p1",
    "delete",
    "all",
    "complete",
    "and",
    "then",
    ",",
    "'",
    "\"",
    "5/1",
    "2027-01-05",
    "to",
    "rename",
    "don't",
    "?",
    "until",
    "for",
    "5",
    "times",
    "it",
    "move",
    "31",
    "february",
    "29",
    "weeks",
    "ago",
    "9999",
    "year",
    "every!",
    "3rd",
    "🎉",
    "é",
    "ß",
    "İ",
    "’",
    "\n",
    "-",
    "1.",
    "task 3",
    "#3",
    "noon",
    "half past",
    "everything",
    "except",
    "show",
    "what's",
    "due",
    "overdue",
    "100000",
    "years",
    "note",
    ":",
    "change",
];

fn any_saying() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec(prop::sample::select(WORDS), 0..14).prop_map(|words| words.join(" ")),
        prop::collection::vec(prop::sample::select(WORDS), 0..10).prop_map(|words| words.concat()),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_lie_on_characters_and_apart(text in any_saying(), context in any_context()) {
        let parsed = quick_add(&text, &context);
        let mut last = 0;
        for span in &parsed.spans {
            prop_assert!(span.range.start >= last && span.range.end > span.range.start);
            prop_assert!(text.get(span.range.clone()).is_some());
            last = span.range.end;
        }
        // Taking all chips away leaves every word in the title.
        let ranges: Vec<_> = parsed.spans.iter().map(|s| s.range.clone()).collect();
        let again = quick_add_ignoring(&text, &context, &ranges);
        prop_assert!(again.spans.iter().all(|s| ranges.iter().all(|r| s.range.end <= r.start || r.end <= s.range.start)));
    }

    #[test]
    fn no_saying_breaks_the_reader(text in any_saying(), context in any_context()) {
        prop_assert!(!intent::read(&text, &context).is_empty());
        let _ = search_filter(&text, &context);
        let _ = intent::read_target(&text, &context);
    }

    #[test]
    fn a_date_as_it_is_said_reads_back(date in any_day(), hour in 0_i8..24, minute in 0_i8..60, timed: bool, context in any_context()) {
        let time = timed.then(|| ClockTime::new(Time::constant(hour, minute, 0, 0)));
        let due = Due { date, time, zone: None };
        let said = describe::due(&due, context.today);
        let parsed = quick_add(&format!("Pay rent by {said}"), &context);
        prop_assert_eq!(parsed.due, Some(due), "{}", said);
    }

    #[test]
    fn a_repeat_as_it_is_said_reads_back(rule in any_rule(), completion: bool, context in any_context()) {
        let from = if completion { RepeatFrom::Completion } else { RepeatFrom::Due };
        let repeat = Repeat { rule: Rule::new(rule).unwrap(), from };
        let said = describe::repeat(&repeat);
        let parsed = quick_add(&format!("Pay rent {said}"), &context);
        prop_assert_eq!(parsed.repeat, Some(repeat), "{}", said);
    }
}

fn any_rule() -> impl Strategy<Value = String> {
    let days =
        prop::sample::subsequence(vec!["MO", "TU", "WE", "TH", "FR", "SA", "SU"], 1..7).prop_map(|days| days.join(","));
    let cycle = prop_oneof![
        Just(("DAILY", String::new())),
        Just(("WEEKLY", String::new())),
        Just(("MONTHLY", String::new())),
        Just(("YEARLY", String::new())),
        days.prop_map(|days| ("WEEKLY", format!(";BYDAY={days}"))),
        prop_oneof![1_i8..=31, Just(-1)].prop_map(|day| ("MONTHLY", format!(";BYMONTHDAY={day}"))),
        (prop_oneof![1_i8..=5, Just(-1)], prop::sample::select(vec!["MO", "TH", "SU"]))
            .prop_map(|(n, day)| ("MONTHLY", format!(";BYDAY={n}{day}"))),
        (1_i8..=12, 1_i8..=28).prop_map(|(month, day)| ("YEARLY", format!(";BYMONTH={month};BYMONTHDAY={day}"))),
    ];
    let end = prop_oneof![
        Just(String::new()),
        (2_u16..500).prop_map(|n| format!(";COUNT={n}")),
        any_day().prop_map(|d| format!(";UNTIL={:04}{:02}{:02}", d.year(), d.month(), d.day()))
    ];
    (cycle, 1_u16..100, end).prop_map(|((frequency, by), interval, end)| {
        let interval = if interval == 1 { String::new() } else { format!(";INTERVAL={interval}") };
        format!("FREQ={frequency}{interval}{by}{end}")
    })
}

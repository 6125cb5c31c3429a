//! Any text on any day: nothing panics, spans lie on character boundaries and apart, and what is said is read back.

#![no_main]

use arbitrary::Arbitrary;
use jiff::civil::{Date, Time, Weekday};
use libfuzzer_sys::fuzz_target;
use todo_language::{Context, DateOrder, describe, intent, quick_add, quick_add_ignoring, search_filter};

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    year: u16,
    day: u16,
    minute: u16,
    week_start: u8,
    month_first: bool,
    text: &'a str,
}

fuzz_target!(|input: Input<'_>| {
    let Some(context) = context(&input) else { return };
    let parsed = quick_add(input.text, &context);
    let mut last = 0;
    for span in &parsed.spans {
        assert!(span.range.start >= last && span.range.end > span.range.start);
        assert!(input.text.get(span.range.clone()).is_some());
        last = span.range.end;
    }
    let ranges: Vec<_> = parsed.spans.iter().map(|span| span.range.clone()).collect();
    let _ = quick_add_ignoring(input.text, &context, &ranges);
    if let Some(due) = &parsed.due {
        let said = describe::due(due, context.today);
        assert_eq!(quick_add(&format!("Pay rent by {said}"), &context).due.as_ref(), Some(due), "{said}");
    }
    assert!(!intent::read(input.text, &context).is_empty());
    let _ = search_filter(input.text, &context);
});

fn context(input: &Input<'_>) -> Option<Context> {
    let first = Date::new(i16::try_from(input.year % 9_999 + 1).ok()?, 1, 1).ok()?;
    let minute = input.minute % (24 * 60);
    let time = Time::new(i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?, 0, 0).ok()?;
    Some(Context {
        today: todo_language::calendar::days(first, i64::from(input.day % 366)),
        now: time,
        week_start: Weekday::from_monday_zero_offset(i8::try_from(input.week_start % 7).ok()?).ok()?,
        date_order: if input.month_first { DateOrder::MonthFirst } else { DateOrder::DayFirst },
    })
}

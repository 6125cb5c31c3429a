//! Any text on any day, for a while: `make fuzz`.

#![expect(clippy::unwrap_used, reason = "a test ends at what is wrong")]

mod a_while;

use jiff::civil::{Date, Time, Weekday};
use proptest::prelude::*;
use std::time::Duration;
use todo_language::{Context, DateOrder, describe, intent, quick_add, quick_add_ignoring, search_filter};

const SAYINGS: &[&str] = &[
    "add water bill every month on the 31st ",
    "every other friday at 5:30 pm until 3 May ",
    "move everything due today to next Monday ",
    "remind me to call mum tomorrow morning #family !high ",
    "delete tasks 3, 4 and 7 ",
    "what did I finish last week? ",
    "undo that ",
    "mark the second one as done, and rename it to \"new name\" ",
    "in 3 weeks and 2 days ",
    "at 5, sorry, 6 ",
    "no, the other one ",
    "- [ ] eggs\n- [x] milk\n1. bread\n",
    "2027-02-29T25:61 ",
    "the day after tomorrow, ",
    "last weekday of the month ",
    " and then ",
    "\u{1f4a3}\u{200d}\u{feff}",
    "every! 10000000000000000000 days ",
];

fn any_context() -> impl Strategy<Value = Context> {
    (1_i16..=9999, 1_i16..=365, 0_i8..24, 0_i8..60, 0_i8..7, any::<bool>()).prop_map(
        |(year, day, hour, minute, start, month_first)| Context {
            today: Date::new(year, 1, 1).unwrap().with().day_of_year(day).build().unwrap(),
            now: Time::constant(hour, minute, 0, 0),
            week_start: Weekday::from_monday_zero_offset(start).unwrap(),
            date_order: if month_first { DateOrder::MonthFirst } else { DateOrder::DayFirst },
        },
    )
}

#[test]
fn any_text_is_read_in_time_and_what_is_said_of_it_is_read_back() {
    let inputs = (a_while::mixed(SAYINGS, 12), any_context());
    a_while::for_a_while(inputs, Duration::from_millis(20), |(text, context)| {
        let parsed = quick_add(text, context);
        let mut last = 0;
        for span in &parsed.spans {
            assert!(span.range.start >= last && span.range.end > span.range.start);
            assert!(text.get(span.range.clone()).is_some());
            last = span.range.end;
        }
        let ranges: Vec<_> = parsed.spans.iter().map(|span| span.range.clone()).collect();
        let _ = quick_add_ignoring(text, context, &ranges);
        if let Some(due) = &parsed.due {
            let said = describe::due(due, context.today);
            assert_eq!(quick_add(&format!("Pay rent by {said}"), context).due.as_ref(), Some(due), "{said}");
        }
        assert!(!intent::read(text, context).is_empty());
        let _ = search_filter(text, context);
    });
}

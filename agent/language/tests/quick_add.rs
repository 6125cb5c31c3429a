//! What quick add makes of a line. Today is Wednesday 4 November 2026, 10:00.

use jiff::civil::{Date, Time};
use todo_contract::{Priority, RepeatFrom};
use todo_language::{Context, describe, quick_add, quick_add_ignoring};

fn context() -> Context {
    Context::new(Date::constant(2026, 11, 4), Time::constant(10, 0, 0, 0))
}

/// Text, title, due ("" for none).
const DUE: &[(&str, &str, &str)] = &[
    ("Buy milk", "Buy milk", ""),
    ("buy groceries tomorrow", "buy groceries", "2026-11-05"),
    ("tomorrow buy groceries", "buy groceries", "2026-11-05"),
    ("Call Bob tmrw at 3pm", "Call Bob", "2026-11-05 15:00"),
    ("Call Bob at 3pm", "Call Bob", "2026-11-04 15:00"),
    ("Call Bob at 9am", "Call Bob", "2026-11-05 09:00"),
    ("Call Bob at 8", "Call Bob", "2026-11-04 20:00"),
    ("Call Bob tonight", "Call Bob", "2026-11-04 20:00"),
    ("tonight at 8 call Bob", "call Bob", "2026-11-04 20:00"),
    ("Submit report on Friday", "Submit report", "2026-11-06"),
    ("Submit report friday 17:30", "Submit report", "2026-11-06 17:30"),
    ("Submit report next friday", "Submit report", "2026-11-13"),
    ("Submit report this friday", "Submit report", "2026-11-06"),
    ("Submit report by end of month", "Submit report", "2026-11-30"),
    ("Submit report by the end of the week", "Submit report", "2026-11-06"),
    ("Water plants in 3 days", "Water plants", "2026-11-07"),
    ("Water plants in a fortnight", "Water plants", "2026-11-18"),
    ("Water plants in two weeks", "Water plants", "2026-11-18"),
    ("Water plants a week from tomorrow", "Water plants", "2026-11-12"),
    ("Check the oven in 2 hours", "Check the oven", "2026-11-04 12:00"),
    ("Check the oven in half an hour", "Check the oven", "2026-11-04 10:30"),
    ("Dentist day after tomorrow at noon", "Dentist", "2026-11-06 12:00"),
    ("Renew passport 2027-01-05", "Renew passport", "2027-01-05"),
    ("Renew passport 5 January", "Renew passport", "2027-01-05"),
    ("Renew passport by Jan 5th", "Renew passport", "2027-01-05"),
    ("Renew passport on January 5, 2028", "Renew passport", "2028-01-05"),
    ("Renew passport on 5/1", "Renew passport", "2027-01-05"),
    ("Renew passport the 5th of January", "Renew passport", "2027-01-05"),
    ("Pay rent on the 1st", "Pay rent", "2026-12-01"),
    ("Pay rent on the last day of the month", "Pay rent", "2026-11-30"),
    ("Garden this weekend", "Garden", "2026-11-07"),
    ("Garden next month", "Garden", "2026-12-01"),
    ("Meet Ann on the 3rd friday of next month", "Meet Ann", "2026-12-18"),
    ("Meet Ann tomorrow morning", "Meet Ann", "2026-11-05 09:00"),
    ("Meet Ann monday evening at 7", "Meet Ann", "2026-11-09 19:00"),
    ("Meet Ann at half past three on Monday", "Meet Ann", "2026-11-09 15:30"),
    ("Meet Ann at 8 in the evening", "Meet Ann", "2026-11-04 20:00"),
    ("Meet Ann at 10:30 a.m. on friday", "Meet Ann", "2026-11-06 10:30"),
    ("Meet Ann Friday at 8", "Meet Ann", "2026-11-06 08:00"),
    ("Taxes due: 31 May", "Taxes", "2027-05-31"),
    ("Taxes before Friday", "Taxes", "2026-11-06"),
    ("Wrap presents by christmas", "Wrap presents", "2026-12-25"),
    ("Finish slides (tomorrow)", "Finish slides", "2026-11-05"),
    ("Finish slides, due tomorrow.", "Finish slides", "2026-11-05"),
    ("Call Bob monday about the report", "Call Bob about the report", "2026-11-09"),
    // What belongs to the title stays there.
    ("read 1984", "read 1984", ""),
    ("watch The Day After Tomorrow on sunday", "watch The Day After Tomorrow", "2026-11-08"),
    ("pack The day after tomorrow", "pack", "2026-11-06"),
    ("watch Monday Night Football", "watch Monday Night Football", ""),
    ("watch monday night football on monday", "watch monday night football", "2026-11-09"),
    ("Call May", "Call May", ""),
    ("Ask May about April", "Ask May about April", ""),
    ("March with the band", "March with the band", ""),
    ("buy sun cream", "buy sun cream", ""),
    ("fix sat nav", "fix sat nav", ""),
    ("add 1/2 cup of sugar to the recipe", "add 1/2 cup of sugar to the recipe", ""),
    ("prepare for tomorrow's meeting", "prepare for tomorrow's meeting", ""),
    ("prepare the Monday meeting", "prepare the Monday meeting", ""),
    ("buy 3 apples", "buy 3 apples", ""),
    ("read chapter 5", "read chapter 5", ""),
    ("look at 3 houses", "look at 3 houses", ""),
    ("plan Black Friday shopping", "plan Black Friday shopping", ""),
    ("call 555 1234", "call 555 1234", ""),
    ("read \"Tomorrow\" by Friday", "read \"Tomorrow\"", "2026-11-06"),
    ("buy a second monitor", "buy a second monitor", ""),
    ("take the first step", "take the first step", ""),
    ("2026-11-04", "2026-11-04", ""),
    ("tomorrow", "tomorrow", ""),
];

fn shown(due: Option<&todo_contract::Due>) -> String {
    due.map(|d| d.time.map_or(d.date.to_string(), |t| format!("{} {t}", d.date))).unwrap_or_default()
}

#[test]
fn dates_and_times_are_read_and_leave_the_title() {
    let wrong: Vec<_> = DUE
        .iter()
        .filter_map(|(text, title, due)| {
            let parsed = quick_add(text, &context());
            let got = (parsed.title.clone(), shown(parsed.due.as_ref()));
            (got != ((*title).to_owned(), (*due).to_owned())).then(|| format!("{text}: {got:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Text, title, rule, due, whether from completion.
const REPEATS: &[(&str, &str, &str, &str, bool)] = &[
    ("Water plants every day", "Water plants", "FREQ=DAILY", "2026-11-04", false),
    ("Water plants daily at 8am", "Water plants", "FREQ=DAILY", "2026-11-05 08:00", false),
    ("Stand-up every weekday at 9:30", "Stand-up", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-05 09:30", false),
    ("every monday take out the trash", "take out the trash", "FREQ=WEEKLY;BYDAY=MO", "2026-11-09", false),
    ("Gym every monday and thursday", "Gym", "FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-05", false),
    ("Gym on tuesdays", "Gym", "FREQ=WEEKLY;BYDAY=TU", "2026-11-10", false),
    ("Review every other week", "Review", "FREQ=WEEKLY;INTERVAL=2", "2026-11-04", false),
    ("Review every other friday", "Review", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-11-06", false),
    ("Pay rent every month on the 1st", "Pay rent", "FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01", false),
    ("Pay rent on the 1st of every month", "Pay rent", "FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01", false),
    ("Close books on the last day of every month", "Close books", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30", false),
    ("Meetup every 3rd friday", "Meetup", "FREQ=MONTHLY;BYDAY=3FR", "2026-11-20", false),
    ("Meetup every last friday of the month", "Meetup", "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27", false),
    ("Descale every 3 months", "Descale", "FREQ=MONTHLY;INTERVAL=3", "2026-11-04", false),
    ("Cut hair every 3 days after I finish it", "Cut hair", "FREQ=DAILY;INTERVAL=3", "2026-11-04", true),
    ("Cut hair every! 6 weeks", "Cut hair", "FREQ=WEEKLY;INTERVAL=6", "2026-11-04", true),
    ("Renew the passport every 5 years", "Renew the passport", "FREQ=YEARLY;INTERVAL=5", "2026-11-04", false),
    ("Birthday card every year on 5 March", "Birthday card", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5", "2027-03-05", false),
    ("Swim every tuesday until 1 March", "Swim", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270301", "2026-11-10", false),
    ("Take pills every day for 5 times", "Take pills", "FREQ=DAILY;COUNT=5", "2026-11-04", false),
    ("Take pills every morning for 2 weeks", "Take pills", "FREQ=DAILY;UNTIL=20261118", "2026-11-05 09:00", false),
    ("Swim every monday at 7pm starting next week", "Swim", "FREQ=WEEKLY;BYDAY=MO", "2026-11-09 19:00", false),
    ("Review quarterly", "Review", "FREQ=MONTHLY;INTERVAL=3", "2026-11-04", false),
    ("write weekly report", "write weekly report", "", "", false),
    ("buy everyday shoes", "buy everyday shoes", "", "", false),
];

#[test]
fn repeats_are_read_with_their_first_day() {
    let wrong: Vec<_> = REPEATS
        .iter()
        .filter_map(|(text, title, rule, due, completion)| {
            let parsed = quick_add(text, &context());
            let got_rule = parsed.repeat.as_ref().map(|r| r.rule.to_string()).unwrap_or_default();
            let from = parsed.repeat.as_ref().is_some_and(|r| r.from == RepeatFrom::Completion);
            let got = (parsed.title.as_str(), got_rule.as_str(), shown(parsed.due.as_ref()), from);
            (got != (*title, *rule, (*due).to_owned(), *completion)).then(|| format!("{text}: {got:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn priorities_and_tags_are_read() {
    for (text, title, priority, tags) in [
        ("Fix roof !high #home", "Fix roof", Priority::High, vec!["home"]),
        ("Fix roof p1", "Fix roof", Priority::Urgent, vec![]),
        ("Fix roof !2 #home #diy-stuff", "Fix roof", Priority::High, vec!["home", "diy-stuff"]),
        ("high priority: fix roof", "fix roof", Priority::High, vec![]),
        ("Fix roof with high priority", "Fix roof", Priority::High, vec![]),
        ("URGENT: fix roof", "fix roof", Priority::Urgent, vec![]),
        ("Fix roof asap", "Fix roof", Priority::Urgent, vec![]),
        ("Fix roof, low priority", "Fix roof", Priority::Low, vec![]),
        ("Fix roof tagged home and diy", "Fix roof", Priority::None, vec!["home", "diy"]),
        ("visit the urgent care clinic", "visit the urgent care clinic", Priority::None, vec![]),
        ("merge PR #42", "merge PR #42", Priority::None, vec![]),
        ("Buy an important book", "Buy an important book", Priority::None, vec![]),
    ] {
        let parsed = quick_add(text, &context());
        let got: Vec<_> = parsed.tags.iter().map(todo_contract::Tag::as_str).collect();
        assert_eq!((parsed.title.as_str(), parsed.priority, got), (title, priority, tags), "{text}");
    }
}

#[test]
fn a_chip_that_is_removed_puts_its_words_back() {
    let text = "Call Bob tomorrow #work";
    let parsed = quick_add(text, &context());
    let labels: Vec<_> = parsed.spans.iter().map(|s| s.label.as_str()).collect();
    assert_eq!(labels, ["tomorrow", "#work"]);
    let ignored = [parsed.spans[0].range.clone()];
    let again = quick_add_ignoring(text, &context(), &ignored);
    assert_eq!((again.title.as_str(), again.due, again.tags.len()), ("Call Bob tomorrow", None, 1));
}

#[test]
fn dates_are_said_as_people_do() {
    let today = context().today;
    for (date, said) in [
        (Date::constant(2026, 11, 4), "today"),
        (Date::constant(2026, 11, 5), "tomorrow"),
        (Date::constant(2026, 11, 20), "Friday 20 November"),
        (Date::constant(2027, 3, 1), "Mon 1 Mar 2027"),
    ] {
        assert_eq!(describe::date(date, today), said);
    }
}

#[test]
fn repeats_are_said_as_people_do() {
    for (rule, said) in [
        ("FREQ=WEEKLY;BYDAY=MO", "every Monday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "every 2 weeks on Tue and Thu"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "monthly on the last day"),
        ("FREQ=MONTHLY;BYDAY=3FR", "monthly on the 3rd Friday"),
        ("FREQ=DAILY;COUNT=5", "every day, 5 times"),
        ("FREQ=DAILY;BYSETPOS=1", "on its own schedule"),
    ] {
        let repeat = todo_contract::Repeat { rule: todo_contract::Rule::new(rule).unwrap(), from: RepeatFrom::Due };
        assert_eq!(describe::repeat(&repeat), said);
    }
}

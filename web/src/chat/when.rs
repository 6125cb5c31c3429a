//! Dates and repeats in words.

use crate::words::chat as words;
use jiff::civil::{Date, Weekday};
use todo_contract::{Due, Repeat, RepeatFrom};

/// "tomorrow at 15:00", "Friday", "3 Mar 2028".
#[must_use]
pub fn due_words(due: &Due, today: Date) -> String {
    let day = day_words(due.date, today);
    match due.time {
        Some(time) => words::at_time(&day, &time.to_string()),
        None => day,
    }
}

/// A day, relative to today where that is shorter.
#[must_use]
pub fn day_words(day: Date, today: Date) -> String {
    match today.until(day).map_or(i32::MAX, |span| span.get_days()) {
        0 => words::TODAY.to_owned(),
        1 => words::TOMORROW.to_owned(),
        -1 => words::YESTERDAY.to_owned(),
        2..=6 => weekday_name(day.weekday()).to_owned(),
        _ => {
            let month = words::MONTHS.get(usize::from(day.month().unsigned_abs()).saturating_sub(1)).unwrap_or(&"");
            let year = (day.year() != today.year()).then(|| day.year());
            words::calendar_day(day.day(), month, year)
        }
    }
}

/// "every week on Monday and Friday", "3 days after it is done".
#[must_use]
pub fn repeat_words(repeat: &Repeat) -> String {
    let every = repeat.rule.part("INTERVAL").and_then(|n| n.parse::<u32>().ok()).unwrap_or(1);
    let unit = repeat.rule.part("FREQ").unwrap_or_default();
    if repeat.from == RepeatFrom::Completion {
        return words::repeat_after_completion(every, unit);
    }
    let days: Vec<&str> = repeat.rule.part("BYDAY").map(weekdays).unwrap_or_default();
    let month_day = repeat.rule.part("BYMONTHDAY").and_then(|n| n.parse::<i8>().ok());
    words::repeat_every(every, unit, &days, month_day)
}

fn weekdays(list: &str) -> Vec<&'static str> {
    let name = |code: &str| match code {
        "MO" => Some(Weekday::Monday),
        "TU" => Some(Weekday::Tuesday),
        "WE" => Some(Weekday::Wednesday),
        "TH" => Some(Weekday::Thursday),
        "FR" => Some(Weekday::Friday),
        "SA" => Some(Weekday::Saturday),
        "SU" => Some(Weekday::Sunday),
        _ => None,
    };
    list.split(',').filter_map(name).map(weekday_name).collect()
}

fn weekday_name(day: Weekday) -> &'static str {
    words::WEEKDAYS.get(usize::from(day.to_monday_zero_offset().unsigned_abs())).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn near_days_are_named_and_far_ones_dated() {
        let today = date(2027, 3, 3);
        let cases = [
            (date(2027, 3, 3), "today"),
            (date(2027, 3, 4), "tomorrow"),
            (date(2027, 3, 2), "yesterday"),
            (date(2027, 3, 5), "Friday"),
            (date(2027, 3, 9), "Tuesday"),
            (date(2027, 3, 10), "10 Mar"),
            (date(2027, 2, 1), "1 Feb"),
            (date(2028, 3, 1), "1 Mar 2028"),
        ];
        for (day, expected) in cases {
            assert_eq!(day_words(day, today), expected);
        }
        let due: Due = serde_json::from_str(r#"{"date":"2027-03-04","time":"15:00","zone":"UTC"}"#).unwrap();
        assert_eq!(due_words(&due, today), "tomorrow at 15:00");
    }

    #[test]
    fn repeats_read_as_a_person_says_them() {
        let cases = [
            (r#"{"rule":"FREQ=DAILY"}"#, "every day"),
            (r#"{"rule":"FREQ=WEEKLY;BYDAY=MO,FR"}"#, "every week on Monday and Friday"),
            (r#"{"rule":"FREQ=WEEKLY;INTERVAL=2"}"#, "every 2 weeks"),
            (r#"{"rule":"FREQ=MONTHLY;BYMONTHDAY=-1"}"#, "every month on the last day"),
            (r#"{"rule":"FREQ=MONTHLY;BYMONTHDAY=15"}"#, "every month on day 15"),
            (r#"{"rule":"FREQ=YEARLY;INTERVAL=5"}"#, "every 5 years"),
            (r#"{"rule":"FREQ=DAILY;INTERVAL=3","from":"completion"}"#, "3 days after it is done"),
        ];
        for (json, expected) in cases {
            assert_eq!(repeat_words(&serde_json::from_str(json).unwrap()), expected);
        }
    }
}

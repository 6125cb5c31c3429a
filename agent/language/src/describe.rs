//! Dates, repeats and priorities as people say them. Reading what these functions say gives the same back.

use crate::calendar::days;
use jiff::civil::{Date, Time, Weekday};
use todo_contract::{Due, Priority, Repeat, RepeatFrom};

/// "tomorrow", "Friday 5 March", and in another year "Mon 1 Mar 2027".
#[must_use]
pub fn date(date: Date, today: Date) -> String {
    if date == today {
        return "today".to_owned();
    }
    if date == days(today, 1) {
        return "tomorrow".to_owned();
    }
    if date == days(today, -1) {
        return "yesterday".to_owned();
    }
    let weekday = weekday(date.weekday());
    if date.year() == today.year() {
        format!("{weekday} {} {}", date.day(), month(date.month()))
    } else {
        format!("{} {} {} {:04}", short(weekday), date.day(), short(month(date.month())), date.year())
    }
}

/// A due date with its time: "tomorrow at 15:00".
#[must_use]
pub fn due(due: &Due, today: Date) -> String {
    match due.time {
        Some(time) => format!("{} at {}", date(due.date, today), clock(time.time())),
        None => date(due.date, today),
    }
}

/// `15:00`.
#[must_use]
pub fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// "High priority"; nothing is "No priority".
#[must_use]
pub fn priority(priority: Priority) -> &'static str {
    match priority {
        Priority::None => "No priority",
        Priority::Low => "Low priority",
        Priority::Medium => "Medium priority",
        Priority::High => "High priority",
        Priority::Urgent => "Urgent",
    }
}

/// "every Monday", "every 2 weeks on Tue and Thu", "monthly on the last day". A rule that the
/// reader of this crate cannot have made is "on its own schedule".
#[must_use]
pub fn repeat(repeat: &Repeat) -> String {
    words(repeat).unwrap_or_else(|| "on its own schedule".to_owned())
}

fn words(repeat: &Repeat) -> Option<String> {
    let rule = &repeat.rule;
    let interval: i64 = rule.part("INTERVAL").map_or(Some(1), |n| n.parse().ok())?;
    let known = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"];
    if rule.as_str().split(';').any(|part| !known.contains(&part.split('=').next().unwrap_or(""))) {
        return None;
    }
    let by = (rule.part("BYDAY"), rule.part("BYMONTHDAY"), rule.part("BYMONTH"));
    let mut said = match (rule.part("FREQ")?, by) {
        ("DAILY", (None, None, None)) => every(interval, "day"),
        ("WEEKLY", (None, None, None)) => every(interval, "week"),
        ("MONTHLY", (None, None, None)) => every(interval, "month"),
        ("YEARLY", (None, None, None)) => every(interval, "year"),
        ("WEEKLY", (Some(by), None, None)) => weekly(interval, by)?,
        ("MONTHLY", (None, Some(day), None)) => format!("{} on the {}", monthly(interval), day_of_month(day)?),
        ("MONTHLY", (Some(by), None, None)) => format!("{} on the {}", monthly(interval), nth(by)?),
        ("YEARLY", (None, Some(day), Some(in_month))) => {
            let day: i8 = day.parse().ok().filter(|d| (1..=31).contains(d))?;
            format!(
                "{} on {day} {}",
                every(interval, "year"),
                month(in_month.parse().ok().filter(|m| (1..=12).contains(m))?)
            )
        }
        _ => return None,
    };
    if repeat.from == RepeatFrom::Completion {
        said += " after completion";
    }
    if let Some(count) = rule.part("COUNT") {
        said += &format!(", {count} times");
    }
    if let Some(until) = rule.part("UNTIL") {
        let (year, month_and_day) = until.get(..8)?.split_at_checked(4)?;
        let (of_year, day) = month_and_day.split_at_checked(2)?;
        let until = Date::new(year.parse().ok()?, of_year.parse().ok()?, day.parse().ok()?).ok()?;
        said += &format!(" until {} {} {:04}", until.day(), month(until.month()), until.year());
    }
    Some(said)
}

fn every(interval: i64, unit: &str) -> String {
    if interval == 1 { format!("every {unit}") } else { format!("every {interval} {unit}s") }
}

fn monthly(interval: i64) -> String {
    if interval == 1 { "monthly".to_owned() } else { every(interval, "month") }
}

fn weekly(interval: i64, by: &str) -> Option<String> {
    let on: Option<Vec<Weekday>> = by.split(',').map(from_code).collect();
    let on = on?;
    let named = match (interval, by) {
        (1, "MO,TU,WE,TH,FR") => return Some("every weekday".to_owned()),
        (1, "SA,SU") => return Some("every weekend".to_owned()),
        _ if on.len() == 1 => weekday(*on.first()?).to_owned(),
        _ => listed(&on.iter().map(|w| short(weekday(*w)).to_owned()).collect::<Vec<_>>(), "and"),
    };
    Some(if interval == 1 { format!("every {named}") } else { format!("every {interval} weeks on {named}") })
}

fn day_of_month(day: &str) -> Option<String> {
    match day.parse::<i8>().ok()? {
        -1 => Some("last day".to_owned()),
        n @ 1..=31 => Some(ordinal(n)),
        _ => None,
    }
}

fn nth(by: &str) -> Option<String> {
    let split = by.len().checked_sub(2)?;
    let weekday = weekday(from_code(by.get(split..)?)?);
    match by.get(..split)?.parse::<i8>().ok()? {
        -1 => Some(format!("last {weekday}")),
        n @ 1..=5 => Some(format!("{} {weekday}", ordinal(n))),
        _ => None,
    }
}

fn ordinal(n: i8) -> String {
    let suffix = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{suffix}")
}

/// "a", "a and b", "a, b and c".
#[must_use]
pub fn listed(items: &[String], joint: &str) -> String {
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} {joint} {last}", rest.join(", ")),
    }
}

fn from_code(code: &str) -> Option<Weekday> {
    let all = (0..7).filter_map(|n| Weekday::from_monday_zero_offset(n).ok());
    all.into_iter().find(|w| crate::read::repeat::weekday_code(*w) == code)
}

/// The English name.
#[must_use]
pub fn weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

fn month(month: i8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

fn short(name: &str) -> &str {
    name.get(..3).unwrap_or(name)
}

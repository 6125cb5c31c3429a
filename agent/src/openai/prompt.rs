//! The system prompt: a text of its own, with the moment filled in.

use jiff::tz::TimeZone;
use todo_contract::{DateOrder, StepContext, WeekStart};

/// The first line is a comment with the version.
const FILE: &str = include_str!("prompt.md");

/// The number of the prompt's version; 0 if the file does not tell it.
pub(super) fn version() -> u32 {
    let line = FILE.lines().next().unwrap_or_default();
    line.split(|c: char| !c.is_ascii_digit()).find_map(|word| word.parse().ok()).unwrap_or_default()
}

fn template() -> &'static str {
    FILE.split_once('\n').map_or(FILE, |(_, template)| template)
}

/// The prompt for this moment. A zone that is not in the database counts as UTC.
pub(super) fn system_prompt(context: &StepContext) -> String {
    let known = TimeZone::get(context.time_zone.as_str());
    let name = if known.is_ok() { context.time_zone.as_str() } else { "UTC" };
    let now = context.now.to_zoned(known.unwrap_or(TimeZone::UTC));
    template()
        .replace("{weekday}", &now.strftime("%A").to_string())
        .replace("{date}", &now.strftime("%Y-%m-%d").to_string())
        .replace("{time}", &now.strftime("%H:%M").to_string())
        .replace("{zone}", name)
        .replace("{week_start}", first_day(context.week_start))
        .replace("{date_order}", meaning(context.date_order))
}

fn first_day(week_start: WeekStart) -> &'static str {
    match week_start {
        WeekStart::Monday => "Monday",
        WeekStart::Sunday => "Sunday",
        WeekStart::Saturday => "Saturday",
    }
}

/// What 5/1 means.
fn meaning(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayFirst => "5 January",
        DateOrder::MonthFirst => "1 May",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use todo_contract::{Locale, TimeZoneName};

    fn prompt(zone: &str) -> String {
        let now = "2027-02-28T23:30:00Z".parse().unwrap();
        system_prompt(&StepContext::new(now, TimeZoneName::new(zone).unwrap(), Locale::default()))
    }

    #[test]
    fn how_the_person_writes_dates_is_told() {
        let american = Locale { week_start: WeekStart::Sunday, date_order: DateOrder::MonthFirst };
        let context = |locale| StepContext::new("2027-02-28T23:30:00Z".parse().unwrap(), TimeZoneName::utc(), locale);
        assert!(system_prompt(&context(american)).contains("Weeks begin on Sunday; 5/1 means 1 May."));
        assert!(system_prompt(&context(Locale::default())).contains("Weeks begin on Monday; 5/1 means 5 January."));
    }

    #[test]
    fn the_moment_is_told_in_the_persons_zone() {
        assert!(prompt("Europe/Berlin").contains("Monday, 2027-03-01, 00:30 in the time zone Europe/Berlin"));
        assert!(prompt("America/New_York").contains("Sunday, 2027-02-28, 18:30"));
    }

    #[test]
    fn it_has_a_version_that_is_not_sent() {
        assert!(version() > 0);
        assert!(prompt("UTC").starts_with("You keep a todo list"));
    }

    #[test]
    fn nothing_is_left_to_fill_in_and_the_prompt_stays_short() {
        let prompt = prompt("UTC");
        assert!(!prompt.contains('{') && prompt.len() < 2_500, "{prompt}");
    }

    #[test]
    fn an_unknown_zone_counts_as_utc() {
        assert!(prompt("Mars/Olympus").contains("23:30 in the time zone UTC"));
    }
}

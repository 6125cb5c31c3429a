//! "finished last week": the days are those of the completion, and lie behind us.

use super::filter::{self, DueRange, Filter};
use crate::Context;
use crate::calendar::{self, Unit};
use crate::token::Text;
use jiff::civil::Date;
use todo_contract::TaskStatus;

type Days = (Option<Date>, Option<Date>);

/// Turns the days of a filter for done tasks into those of their completion, unless the words from `from` to before
/// `end` speak of due dates.
pub(crate) fn read(filter: &mut Filter, text: &Text<'_>, from: usize, end: usize, context: &Context) {
    let of_due = (from..end).any(|i| text.is_one_of(i, &["due", "overdue", "late", "deadline", "deadlines"]));
    if filter.status != Some(TaskStatus::Done) || of_due {
        return;
    }
    turn(filter, context);
}

impl Filter {
    /// The days meant as those of completion: "and last week?" after "what did I finish yesterday?".
    #[must_use]
    pub fn of_completion(self, context: &Context) -> Self {
        if self.said.as_deref().is_some_and(|said| said.starts_with("due")) {
            return self;
        }
        let mut filter = Self { status: Some(TaskStatus::Done), ..self };
        turn(&mut filter, context);
        filter
    }
}

fn turn(filter: &mut Filter, context: &Context) {
    if let Some(DueRange::Between(first, last)) = filter.due {
        filter.due = None;
        filter.completed = filter.said.as_deref().map(|said| past((first, last), said, context));
    }
}

/// The same words, read as days that were: "Friday" is the last one, not the next.
fn past(days: Days, said: &str, context: &Context) -> Days {
    let today = context.today;
    let words = Text::new(said);
    let ahead = (0..words.len()).any(|i| words.is_one_of(i, &["next", "tomorrow", "coming"]));
    let read_from = |today: Option<Date>| {
        let moved = Context { today: today?, ..*context };
        match filter::due(&words, 0, words.len(), &moved)? {
            (_, DueRange::Between(from, to)) => Some((from, to)),
            _ => None,
        }
    };
    let began = |days: &Days| days.0.or(days.1).is_some_and(|first| first <= today);
    if ahead {
        return days;
    }
    if began(&days) {
        // On the week's last day "this week" is the next seven days for what is to be done.
        let begins_today = days.0 == Some(today) && days.1.is_none_or(|last| last > today);
        let before = read_from(calendar::shift(today, -1, Unit::Day));
        return before.filter(|(_, last)| begins_today && *last == Some(today)).unwrap_or(days);
    }
    [Unit::Week, Unit::Month, Unit::Year]
        .into_iter()
        .find_map(|unit| read_from(calendar::shift(today, -1, unit)).filter(began))
        .unwrap_or(days)
}

#[cfg(test)]
mod tests {
    use crate::{Context, search_filter};
    use jiff::civil::Date;

    fn days(text: &str, today: Date) -> Option<(String, String)> {
        let (from, to) = search_filter(text, &Context::new(today, jiff::civil::Time::midnight())).filter.completed?;
        let word = |day: Option<Date>| day.map_or_else(String::new, |day| day.strftime("%m-%d").to_string());
        Some((word(from), word(to)))
    }

    #[test]
    fn days_of_completion_lie_behind() {
        let wednesday = Date::constant(2026, 11, 4);
        for (text, from, to) in [
            ("done today", "11-04", "11-04"),
            ("done on friday", "10-30", "10-30"),
            ("done since monday", "11-02", ""),
            ("finished before monday", "", "11-01"),
            ("completed on the 20th", "10-20", "10-20"),
            ("completed in october", "10-01", "10-31"),
            ("completed in november", "11-01", "11-30"),
            ("done this week", "11-02", "11-08"),
            ("done from monday to wednesday", "11-02", "11-04"),
        ] {
            assert_eq!(days(text, wednesday), Some((from.to_owned(), to.to_owned())), "{text}");
        }
    }

    #[test]
    fn this_week_is_the_same_on_its_first_and_on_its_last_day() {
        let week = Some(("11-02".to_owned(), "11-08".to_owned()));
        for day in [2, 4, 8] {
            assert_eq!(days("done this week", Date::constant(2026, 11, day)), week, "{day}");
        }
    }

    #[test]
    fn due_dates_stay_due_dates() {
        let day = Date::constant(2026, 11, 4);
        assert_eq!((days("done due yesterday", day), days("yesterday", day), days("done", day)), (None, None, None));
    }
}

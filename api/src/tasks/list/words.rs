//! What the words of a search mean: "overdue #work" filters, and what is left is searched for.

use super::Shelf;
use super::due::{Days, DueFilter};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use todo_contract::{Locale, Priority, Tag, TaskStatus};
use todo_language::{Context, DueRange, search_filter};

/// A search, taken apart.
pub(super) struct Search {
    pub(super) shelf: Option<Shelf>,
    pub(super) due: Option<DueFilter>,
    pub(super) completed: Option<Days>,
    pub(super) priority: Option<Priority>,
    pub(super) tag: Option<Tag>,
    /// What is left to be searched for.
    pub(super) text: Option<String>,
}

/// Reads the search as of `now` in `zone`. Where nothing filters, the text stays as it was written, small words
/// and all; so does what is quoted.
pub(super) fn read(text: String, now: Timestamp, zone: &TimeZone, locale: Locale) -> Search {
    let moment = now.to_zoned(zone.clone()).datetime();
    let today = moment.date();
    let todo_language::Search { filter, trashed } = search_filter(&text, &Context::of(moment, locale));
    let days =
        |from: Option<Date>, to: Option<Date>| Days::new(from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX), zone);
    let due = filter.due.map(|range| match range {
        DueRange::Overdue => DueFilter::Overdue { today, now },
        DueRange::Unset => DueFilter::None,
        DueRange::Between(from, to) => DueFilter::Days(days(from, to)),
    });
    let completed = filter.completed.map(|(from, to)| days(from, to));
    let shelf = match filter.status {
        _ if trashed => Some(Shelf::Trash),
        Some(TaskStatus::Open) => Some(Shelf::Open),
        Some(TaskStatus::Done) => Some(Shelf::Done),
        None => None,
    };
    let filters =
        shelf.is_some() || due.is_some() || completed.is_some() || filter.priority.is_some() || filter.tag.is_some();
    let text = if filters { filter.words } else { text };
    let text = Some(text).filter(|text| !text.trim().is_empty());
    Search { shelf, due, completed, priority: filter.priority, tag: filter.tag, text }
}

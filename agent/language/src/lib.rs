//! Reads English as people type it to a todo list: dates, times, repeats, priorities, tags and
//! whole sayings. Pure and deterministic; it knows no clock and no time zones, so it compiles into
//! the page as well.
//!
//! - [`quick_add`] reads one task and says where each thing stood, for chips.
//! - [`intent::read`] reads a saying to the chat.
//! - [`describe`] says dates and repeats as people do; reading that gives them back.
//! - [`matching`] finds the tasks that some words mean.
//!
//! The grammar stands in tables: see `docs/language.md` for how to add a row.

pub mod calendar;
pub mod describe;
mod grammar;
pub mod intent;
pub mod matching;
mod quick;
mod read;
mod token;

pub use quick::{Parsed, Span, SpanKind, quick_add, quick_add_ignoring};
pub use read::filter::{DueRange, Filter, Search, search_filter};
pub use read::repeat::weekday_code;
pub use todo_contract::DateOrder;

use jiff::civil::{Date, DateTime, Time, Weekday};
use todo_contract::Locale;

/// What a saying is read against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// The user's day.
    pub today: Date,
    /// The user's time of day.
    pub now: Time,
    /// Monday, Sunday or Saturday.
    pub week_start: Weekday,
    /// How `5/1` is meant.
    pub date_order: DateOrder,
}

impl Context {
    /// Weeks from Monday and day before month, at `today` and `now`.
    #[must_use]
    pub fn new(today: Date, now: Time) -> Self {
        Self::of(DateTime::from_parts(today, now), Locale::default())
    }

    /// Read as in `locale`, at `now`.
    #[must_use]
    pub fn of(now: DateTime, locale: Locale) -> Self {
        let Locale { week_start, date_order } = locale;
        Self { today: now.date(), now: now.time(), week_start: week_start.weekday(), date_order }
    }
}

//! What a client asks the list for, checked.

use super::cursor::Cursor;
use super::due::{self, Days, DueFilter};
use super::order::{Order, Sort};
use super::{Filter, Shelf, words};
use crate::error::ApiError;
use crate::identity::Author;
use crate::tasks::when;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use todo_contract::limits::{PAGE_DEFAULT, PAGE_MAX, SEARCH_MAX};
use todo_contract::{ListTasks, Locale, Priority, Tag, Task, TaskStatus, TimeZoneName};
use utoipa::IntoParams;

/// Longest value of a parameter, in bytes.
const PARAMETER_MAX: usize = 4_000;

/// The query of `GET /tasks`. What is absent or empty does not narrow.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct ListParams {
    /// `open` (the default), `done`, `all`, or `trash`.
    pub(crate) status: Option<String>,
    /// `today`, `tomorrow`, `week` (today and the six days after it), `overdue`, `none`, `any`, a day such as
    /// `2027-03-01`, or `2027-03-01..2027-03-31`, of which either end may be left out.
    pub(crate) due: Option<String>,
    /// `today`, `yesterday`, a day such as `2027-03-01`, or `2027-03-01..2027-03-31`, of which either end may be left
    /// out: the days on which tasks were completed. Without a `status`, done tasks are meant.
    pub(crate) completed: Option<String>,
    /// The zone in which `due` and `completed` are meant; the account's if absent.
    pub(crate) time_zone: Option<String>,
    /// One of `none`, `low`, `medium`, `high`, `urgent`, or several with commas between.
    pub(crate) priority: Option<String>,
    /// A tag.
    pub(crate) tag: Option<String>,
    /// Words to be found in title, notes or tags; the beginning of a word is enough. `overdue`, `due friday`,
    /// `no due date`, `high priority`, `done`, `done this week`, `deleted` and `#work` filter instead, unless they are in
    /// quotation marks or a parameter says otherwise. At most 200 characters.
    pub(crate) q: Option<String>,
    /// `position`, `due`, `priority`, `created`, `updated`, `title` or `completed`, with `-` in front for
    /// descending. If absent: best match first where `q` is given, latest change first in the trash, latest
    /// completion first where days of completion are given, else the manual order.
    pub(crate) sort: Option<String>,
    /// Tasks on a page, 1 to 200.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200, default = 50)]
    pub(crate) limit: Option<String>,
    /// The `next_cursor` of the page before.
    pub(crate) cursor: Option<String>,
}

/// A checked query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Query {
    pub(in crate::tasks) filter: Filter,
    pub(in crate::tasks) order: Order,
    pub(in crate::tasks) limit: usize,
    pub(in crate::tasks) cursor: Option<Cursor>,
}

impl ListParams {
    fn check_lengths(&self) -> Result<(), ApiError> {
        let Self { status, due, completed, time_zone, priority, tag, q, sort, limit, cursor } = self;
        let named = [
            ("status", status),
            ("due", due),
            ("completed", completed),
            ("time_zone", time_zone),
            ("priority", priority),
            ("tag", tag),
            ("q", q),
            ("sort", sort),
            ("limit", limit),
            ("cursor", cursor),
        ];
        match named.iter().find(|(_, value)| value.as_ref().is_some_and(|value| value.len() > PARAMETER_MAX)) {
            Some((name, _)) => Err(ApiError::field(*name, format!("must have at most {PARAMETER_MAX} bytes"))),
            None => Ok(()),
        }
    }
}

impl Query {
    /// # Errors
    /// The parameter that is not understood.
    pub(crate) fn of_params(
        params: &ListParams,
        own_zone: &TimeZoneName,
        locale: Locale,
        now: Timestamp,
    ) -> Result<Self, ApiError> {
        params.check_lengths()?;
        let zone = zone(given(params.time_zone.as_ref()), own_zone)?;
        let text = given(params.q.as_ref()).map(search_text).transpose()?;
        let search = text.map(|text| words::read(text, now, &zone, locale));
        // What is asked for by a parameter of its own goes before what the search says.
        let said = search.as_ref();
        let completed =
            given(params.completed.as_ref()).map(|text| due::read_completed(text, now, &zone)).transpose()?;
        let completed_as_said =
            || said.filter(|_| given(params.status.as_ref()) != Some("open")).and_then(|said| said.completed.clone());
        let completed = completed.or_else(completed_as_said);
        let usual_shelf = if completed.is_some() { Shelf::Done } else { Shelf::Open };
        let shelf = match given(params.status.as_ref()) {
            None => said.and_then(|search| search.shelf).unwrap_or(usual_shelf),
            Some("open") => Shelf::Open,
            Some("done") => Shelf::Done,
            Some("all") => Shelf::All,
            Some("trash") => Shelf::Trash,
            Some(_) => return Err(ApiError::field("status", "must be open, done, all or trash")),
        };
        let due = given(params.due.as_ref()).map(|text| due::read(text, now, &zone)).transpose()?;
        let due = due.or_else(|| said.and_then(|search| search.due.clone()));
        let priorities = given(params.priority.as_ref()).map(priorities).transpose()?;
        let priorities = priorities.unwrap_or_else(|| said.and_then(|search| search.priority).into_iter().collect());
        let tag = given(params.tag.as_ref()).map(Tag::new).transpose().map_err(|e| ApiError::field("tag", e.0))?;
        let tag = tag.or_else(|| said.and_then(|search| search.tag.clone()));
        let text = search.and_then(|search| search.text);
        let usual = usual_order(shelf, text.is_some(), completed.is_some());
        let order = match given(params.sort.as_ref()) {
            None => usual,
            Some(word) => Order::read(word).ok_or_else(|| {
                let words = "position, due, priority, created, updated, title or completed";
                ApiError::field("sort", format!("must be {words}, with - in front for descending"))
            })?,
        };
        let limit = limit(given(params.limit.as_ref()))?;
        let cursor = given(params.cursor.as_ref()).map(|text| Cursor::decode(text, order)).transpose()?;
        Ok(Self { filter: Filter { shelf, due, completed, priorities, tag, text }, order, limit, cursor })
    }

    /// # Errors
    /// What the call asks for is not understood.
    pub(in crate::tasks) fn of_call(list: &ListTasks, author: &Author) -> Result<Self, ApiError> {
        let zone = when::zone(&author.time_zone).unwrap_or(TimeZone::UTC);
        let shelf = match list.status {
            Some(TaskStatus::Open) => Shelf::Open,
            Some(TaskStatus::Done) => Shelf::Done,
            None => Shelf::All,
        };
        let days = |from: Option<Date>, to: Option<Date>| {
            let given = from.is_some() || to.is_some();
            given.then(|| Days::new(from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX), &zone))
        };
        let due = days(list.due_from, list.due_to).map(DueFilter::Days);
        let completed = days(list.completed_from, list.completed_to);
        let text = list.text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(search_text).transpose()?;
        let order = usual_order(shelf, text.is_some(), completed.is_some());
        let limit = usize::try_from(list.limit.unwrap_or(PAGE_DEFAULT).clamp(1, PAGE_MAX)).unwrap_or(1);
        let priorities = list.priority.into_iter().collect();
        let filter = Filter { shelf, due, completed, priorities, tag: list.tag.clone(), text };
        Ok(Self { filter, order, limit, cursor: None })
    }

    pub(in crate::tasks) fn cursor_after(&self, last: &Task) -> Cursor {
        match self.order.sort {
            Sort::Relevance => {
                let seen = self.seen().saturating_add(self.limit);
                Cursor::after_count(self.order, u32::try_from(seen).unwrap_or(u32::MAX))
            }
            _ => Cursor::after(self.order, last),
        }
    }

    /// How many were seen on the pages before, in an order that has no key.
    pub(in crate::tasks) fn seen(&self) -> usize {
        let seen = self.cursor.as_ref().and_then(|cursor| cursor.seen).unwrap_or_default();
        usize::try_from(seen).unwrap_or_default()
    }
}

fn given(value: Option<&String>) -> Option<&str> {
    value.map(|text| text.trim()).filter(|text| !text.is_empty())
}

fn usual_order(shelf: Shelf, searching: bool, by_completion: bool) -> Order {
    match shelf {
        _ if searching => Order::RELEVANCE,
        Shelf::Trash => Order::LATEST_CHANGE,
        _ if by_completion => Order::LATEST_COMPLETION,
        _ => Order::MANUAL,
    }
}

fn zone(asked: Option<&str>, own: &TimeZoneName) -> Result<TimeZone, ApiError> {
    let Some(asked) = asked else { return Ok(when::zone(own).unwrap_or(TimeZone::UTC)) };
    let name = TimeZoneName::new(asked).map_err(|e| ApiError::field("time_zone", e.0))?;
    when::zone(&name).ok_or_else(|| ApiError::field("time_zone", format!("there is no time zone {name}")))
}

fn priorities(text: &str) -> Result<Vec<Priority>, ApiError> {
    let mut found = Vec::new();
    for word in text.split(',').map(str::trim) {
        let priority = Priority::ALL.into_iter().find(|priority| priority.as_str() == word);
        let unknown =
            || ApiError::field("priority", "must be none, low, medium, high or urgent, commas between several");
        let priority = priority.ok_or_else(unknown)?;
        if !found.contains(&priority) {
            found.push(priority);
        }
    }
    Ok(found)
}

fn search_text(text: &str) -> Result<String, ApiError> {
    match text.chars().count() {
        count if count > SEARCH_MAX => {
            Err(ApiError::field("q", format!("must have at most {SEARCH_MAX} characters; this has {count}")))
        }
        _ => Ok(text.replace('\0', " ")),
    }
}

fn limit(text: Option<&str>) -> Result<usize, ApiError> {
    let limit = match text {
        None => Some(PAGE_DEFAULT),
        Some(text) => text.parse().ok().filter(|limit| (1..=PAGE_MAX).contains(limit)),
    };
    let wrong = || ApiError::field("limit", format!("must be a number from 1 to {PAGE_MAX}"));
    limit.and_then(|limit| usize::try_from(limit).ok()).ok_or_else(wrong)
}

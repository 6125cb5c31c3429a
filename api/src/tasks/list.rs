//! The list: filters, orders and pages.

mod cache;
mod cursor;
mod due;
mod order;
mod params;
mod words;

pub(crate) use cache::PageCache;
pub(super) use cache::cached_page;
pub(super) use due::{Days, DueFilter};
pub(super) use order::{Key, Order, Sort};
pub(crate) use params::{ListParams, Query};

use super::store;
use crate::db::Connection;
use crate::error::ApiError;
use todo_contract::{Page, Priority, Tag, Task};

/// Which tasks to look through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Shelf {
    #[default]
    Open,
    Done,
    All,
    Trash,
}

/// What narrows the list; every part that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Filter {
    pub(super) shelf: Shelf,
    pub(super) due: Option<DueFilter>,
    /// The days on which they were completed; what is open passes none.
    pub(super) completed: Option<Days>,
    pub(super) priorities: Vec<Priority>,
    pub(super) tag: Option<Tag>,
    pub(super) text: Option<String>,
}

/// A page of tasks, and how many there are on all pages.
pub(crate) fn page(conn: &mut Connection, user_id: i64, query: &Query) -> Result<Page<Task>, ApiError> {
    let total = store::count(conn, user_id, &query.filter)?;
    // One row more than asked for says whether there is a next page.
    let mut items = store::page(conn, user_id, query)?;
    let more = items.len() > query.limit;
    items.truncate(query.limit);
    let next_cursor = items.last().filter(|_| more).map(|last| query.cursor_after(last).encode());
    Ok(Page { items, next_cursor, total: Some(total) })
}

//! The list's SQL, put together from the filter and the order.

use super::TaskRow;
use crate::error::ApiError;
use crate::tasks::list::{DueFilter, Filter, Key, Order, Query, Shelf, Sort};
use crate::tasks::search::{self, Search};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query as DieselQuery, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::{Sqlite, SqliteConnection};
use todo_contract::Task;

const COLUMNS: &str = "tasks.user_id, tasks.id, tasks.title, tasks.notes, done, priority, due_date, due_time, due_zone, \
                       due_at, repeat_rule, repeat_from, tasks.tags, position, version, created_at, updated_at, \
                       completed_at, deleted_at";

/// Rows of a page, one more than asked for.
pub(in crate::tasks) fn page(conn: &mut SqliteConnection, user_id: i64, query: &Query) -> Result<Vec<Task>, ApiError> {
    let rows: Vec<TaskRow> = Rows(page_sql(user_id, query)).load(conn)?;
    rows.into_iter().map(TaskRow::into_task).collect()
}

/// Rows on all pages.
pub(in crate::tasks) fn count(conn: &mut SqliteConnection, user_id: i64, filter: &Filter) -> Result<i64, ApiError> {
    Ok(Count(count_sql(user_id, filter)).get_result(conn)?)
}

pub(super) fn page_sql(user_id: i64, query: &Query) -> Sql {
    if query.order.sort == Sort::Relevance && matches!(search_of(&query.filter), Some(Search::Words(_))) {
        return ranked_sql(user_id, query);
    }
    let mut sql = Sql::default();
    sql.text("SELECT ").text(COLUMNS).text(" FROM ").narrow(user_id, &query.filter);
    if let Some(cursor) = query.cursor.as_ref().filter(|cursor| !cursor.key.is_empty()) {
        sql.text(" AND (").text(&query.order.columns().join(", ")).text(") ");
        sql.text(if query.order.descending { "<" } else { ">" }).text(" (");
        for (index, key) in cursor.key.iter().enumerate() {
            sql.text(if index == 0 { "" } else { ", " }).text(query.order.placeholder(index)).key(key);
        }
        sql.text(")");
    }
    sql.text(" ORDER BY ").order(query.order).window(query);
    sql
}

/// Ranks the numbers alone, of no more than the latest matches, and reads no more rows in full than the page has.
fn ranked_sql(user_id: i64, query: &Query) -> Sql {
    let mut sql = Sql::default();
    sql.text("SELECT ").text(COLUMNS).text(" FROM (SELECT found, number, score FROM (SELECT ").text(search::RANKED);
    sql.text(" FROM ").narrow(user_id, &query.filter);
    sql.text(" ORDER BY task_search.rowid DESC LIMIT ?").number(whole(search::RANKED_MAX));
    sql.text(") ORDER BY ").text(search::RANK).window(query);
    sql.text(") CROSS JOIN tasks NOT INDEXED ON tasks.row_id = found ORDER BY ").text(search::RANK);
    sql
}

fn count_sql(user_id: i64, filter: &Filter) -> Sql {
    let mut sql = Sql::default();
    sql.text("SELECT count(*) FROM ").narrow(user_id, filter);
    sql
}

fn search_of(filter: &Filter) -> Option<Search> {
    filter.text.as_deref().map(Search::of)
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[derive(Clone, Debug)]
enum Bind {
    Number(i64),
    Text(String),
}

/// SQL with a value for each of its question marks.
#[derive(Clone, Debug, Default)]
pub(super) struct Sql {
    text: String,
    binds: Vec<Bind>,
    /// Statements of filters are of too many kinds for each to be kept prepared.
    filtered: bool,
}

impl Sql {
    fn text(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    fn number(&mut self, value: i64) -> &mut Self {
        self.binds.push(Bind::Number(value));
        self
    }

    fn string(&mut self, value: impl ToString) -> &mut Self {
        self.binds.push(Bind::Text(value.to_string()));
        self
    }

    fn key(&mut self, key: &Key) -> &mut Self {
        match key {
            Key::Number(number) => self.number(*number),
            Key::Text(text) => self.string(text),
        }
    }

    fn order(&mut self, order: Order) -> &mut Self {
        if order.sort == Sort::Relevance {
            return self.text("tasks.position, tasks.id");
        }
        let direction = if order.descending { " DESC" } else { "" };
        for (index, column) in order.columns().iter().enumerate() {
            self.text(if index == 0 { "" } else { ", " }).text(column).text(direction);
        }
        self
    }

    /// The rows of the page, and one more.
    fn window(&mut self, query: &Query) -> &mut Self {
        self.text(" LIMIT ?").number(whole(query.limit.saturating_add(1)));
        if query.seen() > 0 {
            self.text(" OFFSET ?").number(whole(query.seen()));
        }
        self
    }

    /// The tables and the conditions. A search begins with the index of words, whatever the order is.
    fn narrow(&mut self, user_id: i64, filter: &Filter) -> &mut Self {
        let search = search_of(filter);
        self.filtered = filter.due.is_some()
            || filter.completed.is_some()
            || filter.tag.is_some()
            || search.is_some()
            || !filter.priorities.is_empty();
        match &search {
            Some(Search::Words(words)) => {
                self.text(search::JOIN).text(" WHERE ").text(search::MATCH).string(search::expression(user_id, words));
                self.text(" AND tasks.user_id = ?").number(user_id);
            }
            Some(Search::Literal(text)) => {
                self.text("tasks WHERE tasks.user_id = ?").number(user_id);
                self.text(" AND ").text(search::LITERAL).string(text).string(text);
            }
            None => {
                self.text("tasks WHERE tasks.user_id = ?").number(user_id);
            }
        }
        self.text(match filter.shelf {
            Shelf::Open => " AND deleted_at IS NULL AND done = 0",
            Shelf::Done => " AND deleted_at IS NULL AND done = 1",
            Shelf::All => " AND deleted_at IS NULL",
            Shelf::Trash => " AND deleted_at IS NOT NULL",
        });
        for (index, priority) in filter.priorities.iter().enumerate() {
            self.text(if index == 0 { " AND priority IN (?" } else { ", ?" }).number(*priority as i64);
        }
        self.text(if filter.priorities.is_empty() { "" } else { ")" });
        if let Some(tag) = &filter.tag {
            self.text(" AND tasks.id IN (SELECT task_id FROM task_tags WHERE user_id = ?").number(user_id);
            self.text(" AND tag = ?)").string(tag);
        }
        if let Some(due) = &filter.due {
            self.due(due);
        }
        if let Some(days) = &filter.completed {
            let (begin, end) = (days.begin.as_microsecond(), days.end.as_microsecond());
            self.text(" AND done = 1 AND completed_at >= ? AND completed_at < ?").number(begin).number(end);
        }
        self
    }

    fn due(&mut self, due: &DueFilter) {
        match due {
            DueFilter::None => self.text(" AND due_date IS NULL"),
            DueFilter::Any => self.text(" AND due_date IS NOT NULL"),
            DueFilter::Overdue { today, now } => self
                .text(" AND done = 0 AND due_date IS NOT NULL AND CASE WHEN due_at IS NULL THEN due_date < ? ELSE due_at < ? END")
                .string(today)
                .number(now.as_microsecond()),
            DueFilter::Days(days) => {
                let (from, to) = days.anywhere();
                // The first condition is for the index; the second one is exact.
                self.text(" AND coalesce(due_date, '9999-99-99') BETWEEN ? AND ?").string(from).string(to);
                self.text(
                    " AND CASE WHEN due_at IS NULL THEN due_date BETWEEN ? AND ? ELSE due_at >= ? AND due_at < ? END",
                )
                .string(days.from)
                .string(days.to)
                .number(days.begin.as_microsecond())
                .number(days.end.as_microsecond())
            }
        };
    }

    fn push<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        if self.filtered {
            out.unsafe_to_cache_prepared();
        }
        let mut binds = self.binds.iter();
        for (index, piece) in self.text.split('?').enumerate() {
            if index > 0 {
                match binds.next() {
                    Some(Bind::Number(number)) => out.push_bind_param::<BigInt, _>(number)?,
                    Some(Bind::Text(text)) => out.push_bind_param::<Text, _>(text)?,
                    None => return Err(diesel::result::Error::QueryBuilderError("a value is missing".into())),
                }
            }
            out.push_sql(piece);
        }
        Ok(())
    }
}

/// A query whose columns are [`COLUMNS`].
struct Rows(Sql);
/// A query of one number.
struct Count(Sql);

impl DieselQuery for Rows {
    type SqlType = diesel::dsl::SqlTypeOf<diesel::dsl::AsSelect<TaskRow, Sqlite>>;
}

impl DieselQuery for Count {
    type SqlType = BigInt;
}

macro_rules! runs {
    ($($query:ty),*) => {$(
        impl QueryId for $query {
            type QueryId = ();
            // The text says which statement it is.
            const HAS_STATIC_QUERY_ID: bool = false;
        }
        impl QueryFragment<Sqlite> for $query {
            fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
                self.0.push(out)
            }
        }
        impl RunQueryDsl<SqliteConnection> for $query {}
    )*};
}
runs!(Rows, Count);

#[cfg(test)]
mod tests;

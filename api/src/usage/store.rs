//! The table of usage.

use crate::schema::token_usage;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;

/// What an account used in a month.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = token_usage)]
pub(super) struct MonthRow {
    pub(super) user_id: i64,
    pub(super) month: String,
    pub(super) input_tokens: i64,
    pub(super) output_tokens: i64,
}

pub(super) fn month(c: &mut SqliteConnection, user_id: i64, month: &str) -> QueryResult<Option<MonthRow>> {
    token_usage::table.find((user_id, month)).select(MonthRow::as_select()).first(c).optional()
}

/// The newest first.
pub(super) fn months(c: &mut SqliteConnection, user_id: i64, limit: usize) -> QueryResult<Vec<MonthRow>> {
    token_usage::table
        .filter(token_usage::user_id.eq(user_id))
        .order(token_usage::month.desc())
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .select(MonthRow::as_select())
        .load(c)
}

pub(super) fn put(c: &mut SqliteConnection, row: &MonthRow) -> QueryResult<()> {
    diesel::insert_into(token_usage::table)
        .values(row)
        .on_conflict((token_usage::user_id, token_usage::month))
        .do_update()
        .set((token_usage::input_tokens.eq(row.input_tokens), token_usage::output_tokens.eq(row.output_tokens)))
        .execute(c)
        .map(drop)
}

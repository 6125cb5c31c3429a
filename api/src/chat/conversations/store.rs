//! Conversations in the database.

use crate::clock::timestamp;
use crate::error::ApiError;
use crate::schema::conversations;
use diesel::prelude::*;
use todo_contract::{Conversation, ConversationId};
use uuid::Uuid;

/// A conversation's row.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = conversations)]
pub(in crate::chat) struct ConversationRow {
    pub(in crate::chat) id: String,
    pub(in crate::chat) user_id: i64,
    pub(in crate::chat) title: String,
    pub(in crate::chat) titled: bool,
    pub(in crate::chat) created_at: i64,
    pub(in crate::chat) updated_at: i64,
}

impl ConversationRow {
    pub(in crate::chat) fn conversation(self) -> Result<Conversation, ApiError> {
        Ok(Conversation {
            id: ConversationId(Uuid::parse_str(&self.id).map_err(ApiError::internal)?),
            title: self.title,
            created_at: timestamp(self.created_at),
            updated_at: timestamp(self.updated_at),
        })
    }
}

/// The row, whoever's it is.
pub(in crate::chat) fn any(
    connection: &mut SqliteConnection,
    id: ConversationId,
) -> QueryResult<Option<ConversationRow>> {
    conversations::table.find(id.to_string()).select(ConversationRow::as_select()).first(connection).optional()
}

/// The account's conversation of this id.
pub(in crate::chat) fn find(
    connection: &mut SqliteConnection,
    user_id: i64,
    id: ConversationId,
) -> QueryResult<Option<ConversationRow>> {
    Ok(any(connection, id)?.filter(|row| row.user_id == user_id))
}

pub(super) fn insert(connection: &mut SqliteConnection, row: &ConversationRow) -> QueryResult<()> {
    diesel::insert_into(conversations::table).values(row).execute(connection).map(drop)
}

pub(super) fn count(connection: &mut SqliteConnection, user_id: i64) -> QueryResult<i64> {
    conversations::table.filter(conversations::user_id.eq(user_id)).count().get_result(connection)
}

/// Newest first, those before (`updated_at`, `id`) only.
pub(super) fn page(
    connection: &mut SqliteConnection,
    user_id: i64,
    before: Option<(i64, String)>,
    limit: i64,
) -> QueryResult<Vec<ConversationRow>> {
    let (at, id) = before.unwrap_or((i64::MAX, String::new()));
    let is_before = conversations::updated_at.lt(at).or(conversations::updated_at.eq(at).and(conversations::id.lt(id)));
    conversations::table
        .filter(conversations::user_id.eq(user_id).and(is_before))
        .order((conversations::updated_at.desc(), conversations::id.desc()))
        .limit(limit)
        .select(ConversationRow::as_select())
        .load(connection)
}

pub(super) fn rename(connection: &mut SqliteConnection, id: &str, title: &str) -> QueryResult<()> {
    diesel::update(conversations::table.find(id))
        .set((conversations::title.eq(title), conversations::titled.eq(true)))
        .execute(connection)
        .map(drop)
}

/// Something was said at `now`; `title` is a new title, if it gets one.
pub(in crate::chat) fn touch(
    connection: &mut SqliteConnection,
    id: &str,
    now: i64,
    title: Option<&str>,
) -> QueryResult<()> {
    let row = conversations::table.find(id);
    match title {
        Some(title) => diesel::update(row)
            .set((conversations::updated_at.eq(now), conversations::title.eq(title)))
            .execute(connection),
        None => diesel::update(row).set(conversations::updated_at.eq(now)).execute(connection),
    }
    .map(drop)
}

/// Removes it with its turns and their events.
pub(super) fn remove(connection: &mut SqliteConnection, id: &str) -> QueryResult<()> {
    diesel::delete(conversations::table.find(id)).execute(connection).map(drop)
}

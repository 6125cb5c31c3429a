//! A conversation's turns, page by page from the latest backwards.

use super::store;
use super::view;
use crate::chat::conversations::service as conversations;
use crate::chat::cursor;
use crate::error::ApiError;
use diesel::sqlite::SqliteConnection;
use todo_contract::{ConversationId, Page, Turn};

/// The turns before `cursor`, the latest last.
pub(super) fn page(
    connection: &mut SqliteConnection,
    user_id: i64,
    conversation_id: ConversationId,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<Turn>, ApiError> {
    let conversation = conversations::get(connection, user_id, conversation_id)?;
    let before = cursor::decode(cursor)?.unwrap_or(i64::MAX);
    let mut rows = store::before(connection, &conversation.id, before, i64::from(limit) + 1)?;
    let has_more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next_cursor = rows.last().filter(|_| has_more).map(|row| cursor::encode(&row.number)).transpose()?;
    let items = rows.into_iter().rev().map(|row| view::turn(connection, row)).collect::<Result<_, _>>()?;
    Ok(Page { items, next_cursor, total: None })
}

//! Making, naming and removing conversations.

use super::store::{self, ConversationRow};
use crate::chat::cursor;
use crate::chat::turns::{self, Attempt};
use crate::db::Tx;
use crate::error::{ApiError, Code};
use crate::signals::Topic;
use diesel::sqlite::SqliteConnection;
use jiff::Timestamp;
use todo_contract::chat::ConversationPatch;
use todo_contract::{Conversation, ConversationId, Page};

/// Most conversations of an account.
const CONVERSATIONS_MAX: i64 = 1_000;
/// Longest title made from a message.
const TITLE_LENGTH: usize = 60;
const UNTITLED: &str = "New conversation";

/// The account's conversation, or 404.
pub(in crate::chat) fn get(
    connection: &mut SqliteConnection,
    user_id: i64,
    id: ConversationId,
) -> Result<ConversationRow, ApiError> {
    store::find(connection, user_id, id)?.ok_or_else(|| ApiError::not_found("conversation"))
}

/// Makes a conversation. The same id again answers with the one that is there, and `false`.
pub(in crate::chat) fn create(
    tx: &mut Tx<'_>,
    user_id: i64,
    id: ConversationId,
    title: Option<String>,
    now: Timestamp,
) -> Result<(Conversation, bool), ApiError> {
    if let Some(row) = store::any(tx, id)? {
        let mine = row.user_id == user_id;
        return if mine { Ok((row.conversation()?, false)) } else { Err(ApiError::not_found("conversation")) };
    }
    if store::count(tx, user_id)? >= CONVERSATIONS_MAX {
        let detail = format!("There are {CONVERSATIONS_MAX} conversations. Delete old ones to begin a new one.");
        return Err(ApiError::new(Code::LimitReached, detail));
    }
    let now = now.as_microsecond();
    let row = ConversationRow {
        id: id.to_string(),
        user_id,
        titled: title.is_some(),
        title: title.unwrap_or_else(|| UNTITLED.to_owned()),
        created_at: now,
        updated_at: now,
    };
    store::insert(tx, &row)?;
    Ok((row.conversation()?, true))
}

pub(super) fn page(
    connection: &mut SqliteConnection,
    user_id: i64,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<Conversation>, ApiError> {
    let before = cursor::decode(cursor)?;
    let mut rows = store::page(connection, user_id, before, i64::from(limit) + 1)?;
    let has_more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let last = rows.last().filter(|_| has_more).map(|row| (row.updated_at, row.id.clone()));
    let next_cursor = last.map(|last| cursor::encode(&last)).transpose()?;
    let items = rows.into_iter().map(ConversationRow::conversation).collect::<Result<_, _>>()?;
    Ok(Page { items, next_cursor, total: None })
}

pub(super) fn rename(
    tx: &mut Tx<'_>,
    user_id: i64,
    id: ConversationId,
    patch: &ConversationPatch,
) -> Result<Conversation, ApiError> {
    let row = get(tx, user_id, id)?;
    store::rename(tx, &row.id, patch.title.as_str())?;
    ConversationRow { title: patch.title.to_string(), ..row }.conversation()
}

/// Removes a conversation, and answers with its attempt at work, which is to be cancelled.
pub(super) fn remove(tx: &mut Tx<'_>, user_id: i64, id: ConversationId) -> Result<Option<Attempt>, ApiError> {
    let row = get(tx, user_id, id)?;
    let unfinished = turns::service::unfinished_of(tx, &row.id)?;
    unfinished.iter().for_each(|attempt| tx.wake(Topic::Turn(attempt.turn_id.0)));
    store::remove(tx, &row.id)?;
    Ok(unfinished)
}

/// Something was said in the conversation: the first message names it, unless a person did.
pub(in crate::chat) fn touch(
    tx: &mut Tx<'_>,
    row: &ConversationRow,
    message: Option<&str>,
    now: Timestamp,
) -> Result<(), ApiError> {
    let title = message.filter(|_| !row.titled).map(title_from);
    Ok(store::touch(tx, &row.id, now.as_microsecond(), title.as_deref())?)
}

/// `message` as one short line.
fn title_from(message: &str) -> String {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|c| !c.is_control()).collect();
    if line.chars().count() <= TITLE_LENGTH {
        return line;
    }
    let cut: String = line.chars().take(TITLE_LENGTH).collect();
    let whole_words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{}…", whole_words.trim_end_matches([',', '.', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_message_on_one_short_line() {
        assert_eq!(title_from("Buy\n  milk"), "Buy milk");
        let long = "Move everything that is due today to Friday, and remind me to renew the passport";
        assert_eq!(title_from(long), "Move everything that is due today to Friday, and remind me…");
        assert_eq!(title_from(&"ü".repeat(70)).chars().count(), TITLE_LENGTH + 1);
    }
}

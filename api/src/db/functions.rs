//! SQLite only: the functions of this program that the triggers of the tasks call. Every connection has them.

use crate::text;
use diesel::QueryResult;
use diesel::sqlite::SqliteConnection;

mod declared {
    #[diesel::declare_sql_function]
    extern "SQL" {
        fn search_words(owner: diesel::sql_types::BigInt, text: diesel::sql_types::Text) -> diesel::sql_types::Text;
        fn title_key(title: diesel::sql_types::Text) -> diesel::sql_types::Binary;
    }
}

/// # Errors
/// SQLite refuses them, for want of memory.
pub(super) fn register(connection: &mut SqliteConnection) -> QueryResult<()> {
    declared::search_words_utils::register_impl(connection, |owner: i64, words: String| text::indexed(owner, &words))?;
    declared::title_key_utils::register_impl(connection, |title: String| text::sort_key(&title))
}

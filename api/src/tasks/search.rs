//! SQLite only: the words that FTS5 understands (<https://sqlite.org/fts5.html>).

/// How a text is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Search {
    /// By the index: an expression for `MATCH`.
    Match(String),
    /// The index knows letters and digits only: other signs are looked for as they stand in titles and notes.
    Literal(String),
}

/// The rows that match an expression.
pub(super) const MATCHING: &str = "row_id IN (SELECT rowid FROM task_search WHERE task_search MATCH ?)";
/// Their join with the tasks, so that they can be ranked.
pub(super) const JOIN: &str = "task_search JOIN tasks ON tasks.row_id = task_search.rowid";
pub(super) const JOINED: &str = "task_search MATCH ?";
/// Best match first: a word in the title weighs most. The owner, which every row has, weighs nothing.
pub(super) const RANKED: &str =
    "tasks.row_id AS found, tasks.id AS number, bm25(task_search, 0.0, 10.0, 1.0, 5.0) AS score";
pub(super) const RANK: &str = "score, number";
/// Rows that bear the text itself; `instr` treats no sign as special.
pub(super) const LITERAL: &str = "(instr(lower(tasks.title), lower(?)) > 0 OR instr(lower(tasks.notes), lower(?)) > 0)";

/// Every word must begin a word of title, notes or tags. The owner comes first, which keeps the search
/// within one account's part of the index.
pub(super) fn search(user_id: i64, text: &str) -> Search {
    let words: Vec<String> =
        text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).map(quoted).collect();
    match words.is_empty() {
        true => Search::Literal(text.to_owned()),
        false => Search::Match(format!("owner : \"u{user_id}\" AND {{title notes tags}} : ({})", words.join(" AND "))),
    }
}

/// In quotes nothing is an operator; `*` behind them asks for words that begin so.
fn quoted(word: &str) -> String {
    format!("\"{}\"*", word.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_becomes_an_operator() {
        let wanted = r#"owner : "u7" AND {title notes tags} : ("OR"* AND "a""b"* AND "title:x"*)"#;
        assert_eq!(search(7, r#"OR a"b title:x"#), Search::Match(wanted.to_owned()));
        assert_eq!(search(7, r#""*-("#), Search::Literal(r#""*-("#.to_owned()));
    }
}

//! SQLite only: what FTS5 understands (<https://sqlite.org/fts5.html>).

use crate::text::{Token, of_owner};

/// The index of words, and the tasks that it names. SQLite takes a CROSS JOIN in the order as written, and a table that is
/// NOT INDEXED by the row's number alone, so that the plan does not depend on statistics: the words are looked up once,
/// and then each of their tasks.
pub(in crate::tasks) const JOIN: &str = "task_search CROSS JOIN tasks NOT INDEXED ON tasks.row_id = task_search.rowid";
pub(in crate::tasks) const MATCH: &str = "task_search MATCH ?";
/// Best match first: a word in the title weighs most.
pub(in crate::tasks) const RANKED: &str =
    "tasks.row_id AS found, tasks.id AS number, bm25(task_search, 10.0, 1.0, 5.0) AS score";
pub(in crate::tasks) const RANK: &str = "score, number";
/// Most matches that are ranked, the latest ones.
pub(in crate::tasks) const RANKED_MAX: usize = 5_000;
/// Rows that bear the text itself; `instr` treats no sign as special.
pub(in crate::tasks) const LITERAL: &str =
    "(instr(lower(tasks.title), lower(?)) > 0 OR instr(lower(tasks.notes), lower(?)) > 0)";

/// The expression for `MATCH`. Each word has its owner in front, which keeps the search within one account's part of the
/// index.
pub(in crate::tasks) fn expression(user_id: i64, words: &[Token]) -> String {
    let terms = words.iter().map(|word| {
        // In quotes nothing is an operator; `*` behind them asks for words that begin so.
        let quoted = format!("\"{}\"", of_owner(user_id, &word.text).replace('"', "\"\""));
        match word.is_letter {
            true => format!("({{title}} : {quoted}* OR {quoted})"),
            false => format!("{quoted}*"),
        }
    });
    terms.collect::<Vec<_>>().join(" AND ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::wanted;

    #[test]
    fn no_word_becomes_an_operator() {
        let wanted = wanted(r#"OR a"b title:xy NEAR(c d)"#);
        let expected = r#""7:or"* AND ({title} : "7:a"* OR "7:a") AND ({title} : "7:b"* OR "7:b") AND "7:title"* AND "7:xy"* AND "7:near"* AND ({title} : "7:c"* OR "7:c") AND ({title} : "7:d"* OR "7:d")"#;
        assert_eq!(expression(7, &wanted), expected);
    }
}

//! What a search asks for, and how the database is asked: `sqlite.rs`, and one file more for another database.

mod sqlite;

pub(super) use sqlite::{JOIN, LITERAL, MATCH, RANK, RANKED, RANKED_MAX, expression};

use crate::text::{self, Token};

/// How a text is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Search {
    /// By the index: every one of these must begin a word of title, notes or tags.
    Words(Vec<Token>),
    /// The index knows words only: other signs are looked for as they stand in titles and notes.
    Literal(String),
}

impl Search {
    pub(super) fn of(text: &str) -> Self {
        match text::wanted(text) {
            words if words.is_empty() => Self::Literal(text.to_owned()),
            words => Self::Words(words),
        }
    }
}

//! Tables: rows of a pattern and what it means. The longest match wins, and of equals the first row.

use super::pattern::{Captures, Pattern};
use super::slot;
use crate::Context;
use crate::token::Text;
use std::collections::HashMap;

type Meaning<T> = fn(&Captures, &Context) -> Option<T>;

/// An index of patterns by the words that they can begin with.
struct Index {
    patterns: Vec<Pattern>,
    by_word: HashMap<&'static str, Vec<usize>>,
    open: Vec<usize>,
}

impl Index {
    fn new(sources: impl Iterator<Item = &'static str>) -> Self {
        let mut index = Self { patterns: Vec::new(), by_word: HashMap::new(), open: Vec::new() };
        for source in sources {
            let row = index.patterns.len();
            let pattern = Pattern::new(source);
            let (words, open) = pattern.beginnings();
            for word in words {
                index.by_word.entry(word).or_default().push(row);
            }
            if open {
                index.open.push(row);
            }
            index.patterns.push(pattern);
        }
        index
    }

    /// The rows that may match from `at`.
    fn rows(&self, text: &Text<'_>, at: usize) -> impl Iterator<Item = usize> {
        let open: &[usize] = if !self.open.is_empty() && slot::may_begin(text, at) { &self.open } else { &[] };
        self.by_word.get(text.word(at)).into_iter().flatten().chain(open).copied()
    }
}

/// Patterns that mean a value.
pub(crate) struct Table<T: 'static> {
    index: Index,
    meanings: Vec<Meaning<T>>,
}

impl<T> Table<T> {
    pub(crate) fn new(rows: &[(&'static str, Meaning<T>)]) -> Self {
        Self { index: Index::new(rows.iter().map(|r| r.0)), meanings: rows.iter().map(|r| r.1).collect() }
    }

    /// The longest match from `at` that means something, and where it ends.
    pub(crate) fn longest(&self, text: &Text<'_>, at: usize, end: usize, context: &Context) -> Option<(usize, T)> {
        let mut best: Option<(usize, T)> = None;
        for row in self.index.rows(text, at) {
            let Some((stop, captures)) = self.index.patterns.get(row).and_then(|p| p.matches(text, at, end, context))
            else {
                continue;
            };
            if stop == at || best.as_ref().is_some_and(|(longest, _)| *longest >= stop) {
                continue;
            }
            if let Some(value) = self.meanings.get(row).and_then(|meaning| meaning(&captures, context)) {
                best = Some((stop, value));
            }
        }
        best
    }
}

/// Patterns that mean a constant.
pub(crate) struct Phrases<T: 'static> {
    index: Index,
    values: Vec<T>,
}

impl<T: Copy> Phrases<T> {
    /// Whether its only row is empty: it begins anywhere.
    pub(crate) fn is_blank(&self) -> bool {
        self.index.patterns.iter().all(Pattern::is_empty)
    }

    pub(crate) fn new(rows: &[(&'static str, T)]) -> Self {
        Self { index: Index::new(rows.iter().map(|r| r.0)), values: rows.iter().map(|r| r.1).collect() }
    }

    /// Whether every row can be left out altogether.
    pub(crate) fn is_optional(&self) -> bool {
        self.index.patterns.iter().all(Pattern::is_optional)
    }

    /// The longest match from `at`, and where it ends.
    pub(crate) fn longest(
        &self,
        text: &Text<'_>,
        at: usize,
        end: usize,
        context: &Context,
    ) -> Option<(usize, T, Captures)> {
        let mut best: Option<(usize, T, Captures)> = None;
        for row in self.index.rows(text, at) {
            let (Some(pattern), Some(value)) = (self.index.patterns.get(row), self.values.get(row)) else { continue };
            let Some((stop, captures)) = pattern.matches(text, at, end, context) else { continue };
            if stop > at && best.as_ref().is_none_or(|(longest, ..)| *longest < stop) {
                best = Some((stop, *value, captures));
            }
        }
        best
    }
}

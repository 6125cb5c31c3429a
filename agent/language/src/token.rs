//! Words, numbers and signs with their places in the text.

use crate::grammar::words;
use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Number,
    Sign,
    Line,
}

#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// In lower case, with straight apostrophes.
    pub(crate) text: String,
    /// Nothing between it and the token before.
    pub(crate) glued: bool,
    /// Begins with a capital.
    pub(crate) capital: bool,
    /// Inside quotation marks or a range that the caller ruled out: nothing is read there.
    pub(crate) literal: bool,
}

/// A text and its tokens.
pub(crate) struct Text<'a> {
    pub(crate) source: &'a str,
    pub(crate) tokens: Vec<Token>,
}

impl<'a> Text<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        let mut text = Self { source, tokens: tokens(source) };
        text.mark_quotes();
        text
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index)
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token's text, or nothing past the end.
    pub(crate) fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |t| t.text.as_str())
    }

    pub(crate) fn is_one_of(&self, index: usize, words: &[&str]) -> bool {
        self.tokens.get(index).is_some_and(|t| !t.literal && words.contains(&t.text.as_str()))
    }

    /// Whether a reading may begin here: not inside a hyphenated word or a number.
    pub(crate) fn starts_clean(&self, index: usize) -> bool {
        let Some(token) = self.get(index) else { return false };
        if !token.glued || index == 0 {
            return true;
        }
        self.get(index - 1).is_none_or(|before| {
            before.kind == Kind::Line
                || (before.kind == Kind::Sign
                    && !matches!(
                        before.text.as_str(),
                        "-" | "_" | "/" | "." | ":" | "#" | "@" | "$" | "€" | "£" | "&" | "+" | "'"
                    ))
        })
    }

    /// Whether a reading may end before `index`.
    pub(crate) fn ends_clean(&self, index: usize) -> bool {
        let Some(token) = self.get(index) else { return true };
        if !token.glued || token.kind == Kind::Line {
            return true;
        }
        if token.kind != Kind::Sign || matches!(token.text.as_str(), "-" | "_" | "/" | "%" | "'" | "@" | "&" | "+") {
            return false;
        }
        !self.get(index + 1).is_some_and(|after| after.glued && matches!(after.kind, Kind::Word | Kind::Number))
    }

    /// The source between two token positions, trimmed.
    pub(crate) fn slice(&self, from: usize, to: usize) -> &'a str {
        self.range(from, to).and_then(|r| self.source.get(r)).unwrap_or("").trim()
    }

    /// The bytes from token `from` to before token `to`.
    pub(crate) fn range(&self, from: usize, to: usize) -> Option<Range<usize>> {
        if to <= from {
            return None;
        }
        Some(self.get(from)?.start..self.get(to - 1)?.end)
    }

    pub(crate) fn rule_out(&mut self, ranges: &[Range<usize>]) {
        for token in &mut self.tokens {
            if ranges.iter().any(|r| r.start < token.end && token.start < r.end) {
                token.literal = true;
            }
        }
    }

    fn mark_quotes(&mut self) {
        let mut index = 0;
        while index < self.tokens.len() {
            match self.closing_quote(index) {
                Some(close) => {
                    for token in self.tokens.iter_mut().take(close).skip(index + 1) {
                        token.literal = true;
                    }
                    index = close + 1;
                }
                None => index += 1,
            }
        }
    }

    /// Where the quotation that opens at `open` closes.
    pub(crate) fn closing_quote(&self, open: usize) -> Option<usize> {
        let closer = match self.get(open)?.text.as_str() {
            "\"" => "\"",
            "'" => "'",
            "“" | "„" => "”",
            "«" => "»",
            "`" => "`",
            _ => return None,
        };
        let opens = open == 0
            || !self.get(open)?.glued
            || self.get(open - 1).is_some_and(|t| t.kind != Kind::Word && t.kind != Kind::Number);
        if !opens || !self.get(open + 1)?.glued {
            return None;
        }
        let close = (open + 2..self.len().min(open + 120)).find(|&i| {
            self.get(i).is_some_and(|t| t.text == closer || (closer == "”" && t.text == "“"))
                && self.get(i + 1).is_none_or(|next| !next.glued || next.kind == Kind::Sign || next.kind == Kind::Line)
        })?;
        let whole_lines = self.tokens.get(open..close)?.iter().all(|t| t.kind != Kind::Line);
        whole_lines.then_some(close)
    }
}

fn tokens(source: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut chars = source.char_indices().peekable();
    let mut last_end = 0;
    while let Some((start, first)) = chars.next() {
        let mut end = start + first.len_utf8();
        let kind = if let Some(letters) = two_for_to(source, start) {
            for _ in 0..letters {
                if let Some((at, c)) = chars.next() {
                    end = at + c.len_utf8();
                }
            }
            Kind::Word
        } else if first == '\n' {
            Kind::Line
        } else if first.is_whitespace() {
            continue;
        } else if first.is_ascii_digit() {
            Kind::Number
        } else if first.is_alphabetic() {
            Kind::Word
        } else {
            Kind::Sign
        };
        while let Some(&(at, next)) = chars.peek() {
            let belongs = match kind {
                Kind::Number => next.is_ascii_digit(),
                Kind::Word => {
                    next.is_alphabetic()
                        || is_mark(next)
                        || (is_apostrophe(next) && letter_follows(source, at + next.len_utf8()))
                }
                Kind::Sign | Kind::Line => false,
            };
            if !belongs {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        let text: String =
            source.get(start..end).unwrap_or("").chars().flat_map(char::to_lowercase).map(straight).collect();
        let text = words::usual(text);
        let glued = start == last_end && !found.is_empty();
        found.push(Token { start, end, kind, text, glued, capital: first.is_uppercase(), literal: false });
        last_end = end;
    }
    found
}

/// How many letters of "2nite", "2moro" and the like follow the digit.
fn two_for_to(source: &str, start: usize) -> Option<usize> {
    let rest = source.get(start..)?.strip_prefix('2')?;
    let letters = rest.chars().take_while(|c| c.is_alphabetic()).count();
    let word = rest.get(..letters)?.to_lowercase();
    matches!(word.as_str(), "nite" | "night" | "moro" | "morrow" | "morow" | "mrw" | "day").then_some(letters)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// Combining marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn straight(c: char) -> char {
    if is_apostrophe(c) { '\'' } else { c }
}

fn letter_follows(source: &str, at: usize) -> bool {
    source.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<String> {
        Text::new(source).tokens.into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn letters_digits_and_signs_part() {
        assert_eq!(words("Don’t call at 3pm, #work"), ["don't", "call", "at", "3", "pm", ",", "#", "work"]);
    }

    #[test]
    fn quoted_words_are_literal() {
        let text = Text::new("rename it to 'call mom tonight' today");
        let literal: Vec<_> = text.tokens.iter().filter(|t| t.literal).map(|t| t.text.as_str()).collect();
        assert_eq!(literal, ["call", "mom", "tonight"]);
        assert!(Text::new("it's mom's and dad's").tokens.iter().all(|t| !t.literal));
    }
}

//! What remains of a text as a title.

use super::Found;
use crate::token::{Kind, Text};

/// The text without the spans, without what dangles at its ends.
pub(super) fn title(text: &Text<'_>, from: usize, end: usize, found: &[Found]) -> String {
    let kept: Vec<usize> = (from..end).filter(|i| !found.iter().any(|f| (f.start..f.stop).contains(i))).collect();
    let kept = trim(text, &kept, from, end);
    let mut title = String::new();
    let mut last: Option<usize> = None;
    for &index in kept {
        let Some(token) = text.get(index) else { continue };
        if token.text == "," && title.ends_with(',') {
            continue;
        }
        let apart = match last {
            None => false,
            Some(before) if before + 1 == index => !token.glued,
            // Where a span was taken out, signs that close still stick to the word before.
            Some(_) => {
                token.kind != Kind::Sign || !matches!(token.text.as_str(), "," | "." | ";" | ":" | "!" | "?" | ")")
            }
        };
        if (apart || token.kind == Kind::Line) && !title.is_empty() {
            title.push(' ');
        }
        if token.kind != Kind::Line {
            title.push_str(text.source.get(token.start..token.end).unwrap_or(""));
        }
        last = Some(index);
    }
    title.replace(" ()", "").trim().to_owned()
}

/// Without signs at the ends, and without words that only joined what was taken out behind them.
fn trim<'k>(text: &Text<'_>, mut kept: &'k [usize], from: usize, end: usize) -> &'k [usize] {
    while let Some((first, rest)) = kept.split_first() {
        let joined = *first > from && text.is_one_of(*first, &["and", "&"]) && !rest.is_empty();
        if !joined && !text.is_one_of(*first, &[",", ";", ":", "-", "–", "—", ".", ")", "•", "\n", "|"]) {
            break;
        }
        kept = rest;
    }
    while let Some((last, rest)) = kept.split_last() {
        let abbreviation = text.word(*last) == "."
            && last
                .checked_sub(1)
                .is_some_and(|i| matches!(text.word(i), "etc" | "st" | "dr" | "mr" | "mrs" | "m" | "inc"));
        let cut = last + 1 < end && rest.len() > 1 && kept.last() != Some(&(end - 1));
        let slashed = text.is_one_of(*last, &["/"]) && text.is_one_of(last.wrapping_sub(1), &["w"]);
        // "the party, which is on the 14th", "mum's birthday is on the 12th"
        let is = last + 1 < end
            && !rest.is_empty()
            && kept.last() != Some(&(end - 1))
            && text.is_one_of(*last, &["is", "are"])
            && !rest
                .iter()
                .any(|i| text.is_one_of(*i, &["where", "what", "who", "how", "if", "when", "check", "see", "sure"]));
        let joint =
            is || cut && (slashed || text.is_one_of(*last, &["and", "&", "due", "of", "it's", "its", "which", "w"]));
        if joint {
            kept = rest;
            continue;
        }
        if abbreviation || !text.is_one_of(*last, &[",", ";", ":", "-", "–", "—", ".", "(", "\n", "|"]) {
            break;
        }
        kept = rest;
    }
    kept
}

//! Characters that a server tore in two: a surrogate of UTF-16 at the end of one piece, and its other half at the
//! beginning of the next, each as an escape of JSON. Until they are joined, a character of the last private plane
//! stands for each.

use serde_json::Value;
use std::iter::Peekable;

/// What is added to a surrogate to get its stand-in.
const STAND_IN: u32 = 0x10_0000;

/// Reads JSON, also with lone surrogates; `true` if there were any.
pub(super) fn json(text: &str) -> serde_json::Result<(Value, bool)> {
    serde_json::from_str(text).map(|value| (value, false)).or_else(|error| match stood_in(text) {
        Some(text) => serde_json::from_str(&text).map(|value| (value, true)),
        None => Err(error),
    })
}

/// Stand-ins for lone surrogates; `None` if there are none.
fn stood_in(text: &str) -> Option<String> {
    let mut told = String::with_capacity(text.len());
    let mut found = false;
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        told.push_str(before);
        let pair =
            surrogate(after).filter(|unit| *unit < 0xdc00).and_then(|_| surrogate(after.get(5..)?.strip_prefix('\\')?));
        let taken = match (surrogate(after), pair) {
            (Some(_), Some(second)) if second >= 0xdc00 => 11,
            (Some(unit), _) => {
                told.extend(char::from_u32(STAND_IN + unit));
                found = true;
                rest = after.get(5..)?;
                continue;
            }
            (None, _) => after.chars().next().map_or(0, char::len_utf8),
        };
        told.push('\\');
        told.push_str(after.get(..taken)?);
        rest = after.get(taken..)?;
    }
    told.push_str(rest);
    found.then_some(told)
}

/// The surrogate that `uXXXX` stands for.
fn surrogate(escape: &str) -> Option<u32> {
    let unit = u32::from_str_radix(escape.strip_prefix('u')?.get(..4)?, 16).ok()?;
    (0xd800..0xe000).contains(&unit).then_some(unit)
}

fn unit(character: char) -> Option<u32> {
    u32::from(character).checked_sub(STAND_IN).filter(|unit| (0xd800..0xe000).contains(unit))
}

/// Joins halves to characters; a half without the other becomes U+FFFD.
pub(super) fn joined(text: &str) -> String {
    let mut characters = text.chars().peekable();
    std::iter::from_fn(|| next(&mut characters)).collect()
}

fn next(characters: &mut Peekable<std::str::Chars<'_>>) -> Option<char> {
    let first = characters.next()?;
    let Some(high) = unit(first) else { return Some(first) };
    let low = characters.peek().copied().and_then(unit).filter(|low| high < 0xdc00 && *low >= 0xdc00);
    let Some(low) = low else { return Some(char::REPLACEMENT_CHARACTER) };
    characters.next();
    char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00))
}

/// Where a text ends with a first half, the place of it.
pub(super) fn half_at_end(text: &str) -> Option<usize> {
    let (at, last) = text.char_indices().next_back()?;
    unit(last).filter(|unit| *unit < 0xdc00).map(|_| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json_text: &str) -> String {
        joined(json(json_text).unwrap().0.as_str().unwrap())
    }

    #[test]
    fn halves_are_joined_and_lost_ones_are_told() {
        assert_eq!(text(r#""a\ud83cb""#), "a\u{fffd}b");
        assert_eq!(text(r#""\ud83c\udf4e \udf4e""#), "🍎 \u{fffd}");
        assert_eq!(text(r#""\\ud83c \"\u00e9\" \udf4e""#), "\\ud83c \"é\" \u{fffd}");
        let (first, second) = (json(r#""\ud83c""#).unwrap(), json(r#""\udf4e!""#).unwrap());
        let both = format!("{}{}", first.0.as_str().unwrap(), second.0.as_str().unwrap());
        assert_eq!((joined(&both).as_str(), first.1), ("🍎!", true));
        assert_eq!(half_at_end(first.0.as_str().unwrap()), Some(0));
        assert_eq!(half_at_end(second.0.as_str().unwrap()), None);
    }

    #[test]
    fn what_is_no_json_stays_none_and_what_is_stays_as_it_is() {
        assert!(json(r#"{"a": "\ud83c"#).is_err() && json("{oops").is_err() && json(r#""\ud8""#).is_err());
        assert_eq!(json(r#"{"a":"\ud83c\udf4e"}"#).unwrap(), (serde_json::json!({"a": "🍎"}), false));
    }
}

//! Letters without what searching leaves out: case, accents, width.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use std::borrow::Cow;

/// `text` without case, accents and compatibility forms: `Straße` and `STRASSE`, `Αθήνας` and `αθηνασ`, `İstanbul` and
/// `istanbul` come out the same.
pub(super) fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return match text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(text.to_ascii_lowercase()),
            false => Cow::Borrowed(text),
        };
    }
    let mut plain = String::with_capacity(text.len());
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    for letter in decomposed.chars().filter(|letter| !is_accent(*letter)) {
        // By way of the capital, so that ß becomes ss and ς becomes σ.
        for letter in letter.to_uppercase().flat_map(char::to_lowercase).filter(|letter| !is_accent(*letter)) {
            match base(letter) {
                Some(base) => plain.push_str(base),
                None => plain.push(letter),
            }
        }
    }
    Cow::Owned(ComposingNormalizerBorrowed::new_nfc().normalize(&plain).into_owned())
}

/// Marks that may be left out in writing. Those that make another syllable, as in Devanagari, stay.
fn is_accent(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{fe00}'..='\u{fe0f}')
}

/// Letters that Unicode does not take apart.
fn base(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'æ' => "ae",
        'œ' => "oe",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Straße", "STRASSE")]
    #[case("Αθήνας", "αθηνασ")]
    #[case("İstanbul ISPARTA ısı", "istanbul isparta isi")]
    #[case("Łódź Ærø Đà Nẵng", "lodz aero da nang")]
    #[case("Ｆｕｌｌ①", "full1")]
    #[case("ｶﾞｷﾞ", "ガギ")]
    #[case("한국어", "한국어")]
    #[case("हिन्दी", "हिन्दी")]
    fn spellings_of_a_word_are_one(#[case] a: &str, #[case] b: &str) {
        assert_eq!(fold(a), fold(b));
    }
}

//! The words of a text, as the search index holds them and as a search asks for them.
//!
//! A word is a run of letters and digits. Scripts without spaces are cut into pairs of characters, so that a part of a
//! longer run is found. Signs that belong to a name make a word of their own beside its letters: `c#`, `c++`, `.net`.

use super::fold::fold;
use std::collections::HashSet;

/// Longest word that is indexed or looked for, in characters; what is beyond is left off.
const WORD_MAX: usize = 64;
/// Most words of one search.
const WANTED_MAX: usize = 12;

/// A word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Token {
    pub(crate) text: String,
    /// A single letter begins too many words to be looked for in all of them.
    pub(crate) is_letter: bool,
}

/// The words of `text`, each as often as it is there, with a space between. `owner` goes before each, which keeps every
/// account's words apart in the one index.
pub(crate) fn indexed(owner: i64, text: &str) -> String {
    let text = fold(text);
    let mut words = String::with_capacity(text.len() * 3 / 2);
    let mut push = |word: &str| {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&of_owner(owner, word));
    };
    for piece in pieces(&text) {
        match piece {
            Piece::Word(word) => push(cut(word)),
            Piece::Named(name) => push(cut(name)),
            Piece::Run(run) => pairs(run).for_each(&mut push),
        }
    }
    words
}

/// The word as the index holds it.
pub(crate) fn of_owner(owner: i64, word: &str) -> String {
    format!("{owner}:{word}")
}

/// The words that a search for `text` asks for, each once; none if there is no letter, digit or picture in it.
pub(crate) fn wanted(text: &str) -> Vec<Token> {
    let text = fold(text);
    let mut seen = HashSet::new();
    let mut tokens = Vec::new();
    let mut named = "";
    let mut add = |text: &str, is_letter: bool| {
        let token = Token { text: text.to_owned(), is_letter };
        if tokens.len() < WANTED_MAX && seen.insert(token.clone()) {
            tokens.push(token);
        }
    };
    let mut all = Vec::new();
    for piece in pieces(&text) {
        // The letters of a name with signs come right after it, and say less.
        match piece {
            Piece::Named(name) => {
                named = name;
                all.push(piece);
            }
            Piece::Word(word) if is_within(word, named) => {}
            _ => all.push(piece),
        }
    }
    for piece in all {
        match piece {
            Piece::Word(word) => add(cut(word), word.chars().count() == 1),
            Piece::Named(name) => add(cut(name), false),
            Piece::Run(run) => {
                let ends = run.char_indices().nth(1).is_some();
                // The last character alone begins no pair that must be there.
                let count = if ends { run.chars().count() - 1 } else { 1 };
                pairs(run).take(count).for_each(|pair| add(pair, false));
            }
        }
    }
    tokens
}

/// Whether `word` is a part of the text of `name`, and not only the same letters.
fn is_within(word: &str, name: &str) -> bool {
    let (outer, inner) = (name.as_bytes().as_ptr_range(), word.as_bytes().as_ptr_range());
    outer.start <= inner.start && inner.end <= outer.end
}

#[derive(Clone, Copy, Debug)]
enum Piece<'a> {
    Word(&'a str),
    /// With the signs in it. Its letters follow as words.
    Named(&'a str),
    /// Of a script without spaces.
    Run(&'a str),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Ideograph,
    /// Part of a name, where it stands beside letters.
    Sign,
    /// A word by itself, such as an emoji.
    Picture,
    Gap,
}

fn kind(c: char) -> Kind {
    match c {
        '#' | '+' | '&' | '$' | '%' => Kind::Sign,
        _ if c.is_ascii() => {
            if c.is_ascii_alphanumeric() {
                Kind::Letter
            } else {
                Kind::Gap
            }
        }
        '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Kind::Ideograph,
        _ if c.is_alphanumeric() => Kind::Letter,
        // Vowel signs and the like are parts of words.
        '\u{964}' | '\u{965}' => Kind::Gap,
        '\u{900}'..='\u{dff}' => Kind::Letter,
        '€' | '£' | '¥' => Kind::Sign,
        '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' => Kind::Picture,
        _ => Kind::Gap,
    }
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut before = Kind::Gap;
    while let Some(first) = rest.chars().next() {
        let of_first = kind(first);
        let length = match of_first {
            Kind::Gap if begins_dotted_name(first, rest, before) => {
                let name = run_length(rest.get(1..).unwrap_or_default(), |kind| kind == Kind::Letter) + 1;
                pieces.push(Piece::Named(part(rest, 0, name)));
                1
            }
            Kind::Gap | Kind::Picture => {
                if of_first == Kind::Picture {
                    pieces.push(Piece::Word(part(rest, 0, first.len_utf8())));
                }
                first.len_utf8()
            }
            Kind::Ideograph => {
                let length = run_length(rest, |kind| kind == Kind::Ideograph);
                pieces.push(Piece::Run(part(rest, 0, length)));
                length
            }
            Kind::Letter | Kind::Sign => {
                let length = run_length(rest, |kind| matches!(kind, Kind::Letter | Kind::Sign));
                push_name(&mut pieces, part(rest, 0, length));
                length
            }
        };
        before = of_first;
        rest = rest.get(length..).unwrap_or_default();
    }
    pieces.into_iter()
}

/// `.net`, also in `asp.net`; a stop with a space behind it ends a sentence.
fn begins_dotted_name(first: char, rest: &str, before: Kind) -> bool {
    let next = rest.chars().nth(1).is_some_and(|next| next.is_alphabetic() && kind(next) == Kind::Letter);
    first == '.' && next && before != Kind::Sign
}

/// A run of letters and signs: the name, if there are signs inside or behind, and its words.
fn push_name<'a>(pieces: &mut Vec<Piece<'a>>, run: &'a str) {
    // `#work` is looked for as `work`.
    let name = run.trim_start_matches('#');
    let has_letters = name.chars().any(|c| kind(c) == Kind::Letter);
    if has_letters && name.chars().any(|c| kind(c) == Kind::Sign) {
        pieces.push(Piece::Named(name));
    }
    let words = name.split(|c| kind(c) == Kind::Sign).filter(|word| !word.is_empty());
    pieces.extend(words.map(Piece::Word));
}

/// Each two characters of a run that follow each other, and its last one.
fn pairs(run: &str) -> impl Iterator<Item = &str> {
    let starts = run.char_indices().map(|(start, _)| start);
    let ends = run.char_indices().map(|(start, _)| start).skip(2).chain([run.len(), run.len()]);
    starts.zip(ends).map(|(start, end)| part(run, start, end))
}

fn run_length(text: &str, belongs: impl Fn(Kind) -> bool) -> usize {
    text.char_indices().find(|(_, c)| !belongs(kind(*c))).map_or(text.len(), |(end, _)| end)
}

fn part(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

fn cut(word: &str) -> &str {
    match word.len() <= WORD_MAX {
        true => word,
        false => word.char_indices().nth(WORD_MAX).map_or(word, |(end, _)| part(word, 0, end)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn asked(text: &str) -> Vec<String> {
        wanted(text).into_iter().map(|token| token.text).collect()
    }

    #[rstest]
    #[case("Buy milk, now!", "1:buy 1:milk 1:now")]
    #[case("NAS-Backup", "1:nas 1:backup")]
    #[case("C# and C++17", "1:c# 1:c 1:and 1:c++17 1:c 1:17")]
    #[case("ASP.NET. End", "1:asp 1:.net 1:net 1:end")]
    #[case("#work R&D 50%", "1:work 1:r&d 1:r 1:d 1:50% 1:50")]
    #[case("购物清单 x", "1:购物 1:物清 1:清单 1:单 1:x")]
    #[case("单", "1:单")]
    #[case("Party 🎉🎈", "1:party 1:🎉 1:🎈")]
    #[case("- [x] **bold** -->", "1:x 1:bold")]
    #[case("[\"home\",\"Büro\"]", "1:home 1:buro")]
    fn a_text_is_its_words(#[case] text: &str, #[case] words: &str) {
        assert_eq!(indexed(1, text), words);
    }

    #[rstest]
    #[case("a a a A a", &["a"])]
    #[case("c#", &["c#"])]
    #[case("c++", &["c++"])]
    #[case(".net", &[".net"])]
    #[case("nas-backup", &["nas", "backup"])]
    #[case("清单", &["清单"])]
    #[case("物清单", &["物清", "清单"])]
    #[case("清", &["清"])]
    #[case("*-(\" ", &[])]
    #[case("C# c", &["c#", "c"])]
    fn a_search_asks_for_words(#[case] text: &str, #[case] words: &[&str]) {
        assert_eq!(asked(text), words);
    }

    #[test]
    fn a_search_has_a_bound() {
        let many: Vec<String> = (0..100).map(|n| format!("w{n}")).collect();
        assert_eq!(wanted(&many.join(" ")).len(), WANTED_MAX);
        assert_eq!(asked(&"ab".repeat(100))[0].len(), WORD_MAX);
    }

    proptest! {
        /// What is in a text is found by it, and every word can stand in quotation marks.
        #[test]
        fn a_text_is_found_by_its_own_words(text in "\\PC{0,60}") {
            let indexed = indexed(7, &text);
            let words: Vec<&str> = indexed.split(' ').collect();
            for token in wanted(&text) {
                prop_assert!(!token.text.is_empty() && !token.text.contains(['"', ' ', '\0']));
                let begins = of_owner(7, &token.text);
                prop_assert!(words.iter().any(|word| word.starts_with(&begins)), "{:?} in {:?}", begins, words);
            }
        }
    }
}

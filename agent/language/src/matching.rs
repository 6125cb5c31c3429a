//! Which titles some words mean: stems, small slips of the keys, and words that say nothing.

mod stem;

use crate::token::{Kind, Text};
pub(crate) use stem::is_past;
pub use stem::stem;

/// How well words and a title fit, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// How much of the words the title has.
    pub words: f32,
    /// How much of the title the words have.
    pub title: f32,
}

/// What was found among titles; the numbers are places in the list that was given.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// One title is plainly meant.
    One(usize),
    /// Several fit equally well.
    Several(Vec<usize>),
    /// None has all the words; these have some, best first.
    Near(Vec<usize>),
    /// None.
    Nothing,
}

/// Words that say nothing about which task is meant.
const EMPTY: &[&str] = &[
    "a", "an", "the", "my", "our", "your", "his", "her", "their", "to", "of", "for", "at", "in", "on", "with", "and",
    "or", "from", "about", "by", "w", "task", "tasks", "todo", "todos", "item", "items", "one", "ones", "thing",
    "things", "reminder", "entry", "is", "are", "be", "was", "it", "that", "this", "these", "those", "up", "out",
    "please", "some", "all", "me", "i", "do", "did", "get", "got", "called", "named", "titled", "just", "already",
    "also", "any", "new", "old", "stuff", "please", "thx", "thanks", "kindly", "now", "today's", "then",
];

/// Words that add little: half a word.
const LIGHT: &[&str] = &[
    "shopping",
    "appointment",
    "meeting",
    "work",
    "stuff",
    "big",
    "go",
    "make",
    "today",
    "tomorrow",
    "tonight",
    "chore",
    "buy",
    "list",
];

/// The words of `text` that count, in lower case. If none counts, all do.
#[must_use]
pub fn content_words(text: &str) -> Vec<String> {
    let words: Vec<String> = Text::new(text)
        .tokens
        .into_iter()
        .filter(|t| t.kind != Kind::Sign && t.kind != Kind::Line)
        .map(|t| t.text)
        .collect();
    let telling: Vec<String> = words.iter().filter(|w| !EMPTY.contains(&w.as_str())).cloned().collect();
    if telling.is_empty() { words } else { telling }
}

/// Compares words with a title.
#[must_use]
pub fn score(words: &str, title: &str) -> Score {
    compare(&content_words(words), &content_words(title))
}

fn compare(words: &[String], title: &[String]) -> Score {
    let covered = |of: &[String], by: &[String]| {
        let (mut sum, mut whole) = (0.0_f32, 0.0_f32);
        for word in of {
            let weight = weight(word);
            whole += weight;
            sum += weight * by.iter().map(|other| likeness(word, other)).fold(0.0, f32::max);
        }
        if whole > 0.0 { sum / whole } else { 0.0 }
    };
    Score { words: covered(words, title), title: covered(title, words) }
}

/// How much a word tells.
fn weight(word: &str) -> f32 {
    match word {
        "appointment" | "chore" | "stuff" => 0.25,
        light if LIGHT.contains(&light) => 0.5,
        _ => 1.0,
    }
}

/// Words for the same errand.
const ALIKE: &[&[&str]] = &[
    &["buy", "get", "purchase", "grab", "pick", "fetch", "shop"],
    &["call", "phone", "ring", "telephone"],
    &["fix", "repair", "mend"],
    &["clean", "tidy", "hoover", "vacuum"],
    &["email", "mail"],
    &["letter", "write"],
    &["report", "paper"],
    &["package", "parcel"],
    &["fees", "bill"],
    &["doctor", "gp", "physician"],
    &["send", "post", "submit"],
    &["meeting", "meet"],
    &["finish", "complete"],
    &["visit", "see"],
    &["invoice", "bill"],
    &["book", "reserve", "schedule"],
    &["electricity", "electric", "power"],
    &["groceries", "grocery", "food", "shopping"],
    &["reply", "respond", "answer"],
    &["renew", "extend"],
];

/// How alike two words are, from 0 to 1.
fn likeness(a: &str, b: &str) -> f32 {
    if a == b {
        return 1.0;
    }
    let (stem_a, stem_b) = (stem(a), stem(b));
    if stem_a == stem_b {
        return 0.97;
    }
    if ALIKE.iter().any(|group| [&stem_a, &stem_b].iter().all(|s| group.iter().any(|word| stem(word) == **s))) {
        return 0.85;
    }
    if a.bytes().any(|c| c.is_ascii_digit()) || b.bytes().any(|c| c.is_ascii_digit()) {
        return 0.0;
    }
    let shorter = a.chars().count().min(b.chars().count());
    if shorter >= 4 && (a.starts_with(b) || b.starts_with(a)) {
        return 0.9;
    }
    let slips = match shorter {
        0..=3 => return 0.0,
        4..=7 => 1,
        _ => 2,
    };
    match distance(a, b, slips).or_else(|| distance(&stem_a, &stem_b, slips)) {
        Some(_) if a.chars().next() == b.chars().next() => 0.86,
        Some(_) if shorter >= 6 => 0.8,
        _ => 0.0,
    }
}

/// A cheap look before the distance is counted: between what they begin and end with alike, one slip leaves little.
/// A character may have several bytes.
fn may_be_one_slip(a: &[u8], b: &[u8]) -> bool {
    const SLIP: usize = 8;
    let (most, least) = (if a.is_ascii() && b.is_ascii() { 2 } else { SLIP }, a.len().min(b.len()));
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let end = a.iter().rev().zip(b.iter().rev()).take(least - start).take_while(|(x, y)| x == y).count();
    a.len().max(b.len()) - start - end <= most
}

/// The Damerau-Levenshtein distance (optimal string alignment), if it is at most `bound`.
#[must_use]
pub fn distance(a: &str, b: &str, bound: usize) -> Option<usize> {
    if bound == 1 && !may_be_one_slip(a.as_bytes(), b.as_bytes()) {
        return None;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(40).collect(), b.chars().take(40).collect());
    if a.len().abs_diff(b.len()) > bound {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |r: &[usize], k: usize| r.get(k).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&last, j) + usize::from(x != y)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|d| *d <= bound)
}

/// From here on a title has all the words, but for slips of the keys.
const WHOLE: f32 = 0.79;
/// From here on a title has enough of the words to ask about it.
const PART: f32 = 0.33;

/// From here on words are nearly all of a title.
const MOST: f32 = 0.65;

/// As [`MOST`], for a single word.
const ALONE: f32 = 0.7;

/// How much of a title the words have; the verb that it begins with counts little if `nouns`.
fn share(words: &[String], title: &[String], nouns: bool) -> f32 {
    let (mut sum, mut whole) = (0.0_f32, 0.0_f32);
    for (place, word) in title.iter().enumerate() {
        let verb = nouns && place == 0 && title.len() > 1 && crate::read::names::is_verb(word);
        let weight = if verb { 0.25 } else { weight(word) };
        whole += weight;
        sum += weight * words.iter().map(|other| likeness(other, word)).fold(0.0, f32::max);
    }
    if whole > 0.0 { sum / whole } else { 0.0 }
}

/// Finds which of `titles` the `words` are nearly the whole of. With `nouns` they may leave out the verb.
#[must_use]
pub fn find_whole<'t>(words: &str, titles: impl IntoIterator<Item = &'t str>, nouns: bool) -> Found {
    let words = content_words(words);
    let titles: Vec<&str> = titles.into_iter().collect();
    let fits = |title: &&str| {
        let title = content_words(title);
        let score = compare(&words, &title);
        let telling = words.iter().filter(|w| weight(w) >= 1.0).count();
        let enough = share(&words, &title, nouns);
        score.words >= WHOLE && enough >= if telling >= 2 { MOST } else { ALONE }
    };
    let places: Vec<usize> = titles.iter().enumerate().filter(|(_, t)| fits(t)).map(|(i, _)| i).collect();
    let named = words.join(" ");
    match find(&named, places.iter().filter_map(|i| titles.get(*i).copied())) {
        Found::One(i) => places.get(i).map_or(Found::Nothing, |i| Found::One(*i)),
        Found::Several(found) => Found::Several(found.iter().filter_map(|i| places.get(*i).copied()).collect()),
        Found::Near(_) | Found::Nothing => Found::Nothing,
    }
}

/// Finds which of `titles` has each and every one of the `words`, but for slips of the keys.
#[must_use]
pub fn find_covered<'t>(words: &str, titles: impl IntoIterator<Item = &'t str>) -> Found {
    let words = content_words(words);
    let titles: Vec<&str> = titles.into_iter().collect();
    let has_all = |title: &&str| {
        let title = content_words(title);
        let has = |word: &String| title.iter().any(|other| likeness(word, other) >= WHOLE);
        words.iter().all(|word| has(word) || weight(word) < 0.5) && words.iter().any(has)
    };
    let places: Vec<usize> = titles.iter().enumerate().filter(|(_, t)| has_all(t)).map(|(i, _)| i).collect();
    match find(&words.join(" "), places.iter().filter_map(|i| titles.get(*i).copied())) {
        Found::One(i) => places.get(i).map_or(Found::Nothing, |i| Found::One(*i)),
        Found::Several(_) => Found::Several(places),
        Found::Near(_) | Found::Nothing => Found::Nothing,
    }
}

/// Finds the one of `titles` that a sentence speaks of: it has more of that title than of any other.
#[must_use]
pub fn find_spoken<'t>(sentence: &str, titles: impl IntoIterator<Item = &'t str>) -> Option<usize> {
    let words = content_words(sentence);
    let mut scored: Vec<(usize, f32)> =
        titles.into_iter().enumerate().map(|(i, title)| (i, share(&words, &content_words(title), true))).collect();
    scored.sort_by(|(_, a), (_, b)| b.partial_cmp(a).unwrap_or(std::cmp::Ordering::Equal));
    match scored.as_slice() {
        [(best, share)] if *share >= 0.5 => Some(*best),
        [(best, share), (_, next), ..] if *share >= 0.5 && *share > next + 0.15 => Some(*best),
        _ => None,
    }
}

/// Finds which of `titles` the `words` mean.
#[must_use]
pub fn find<'t>(words: &str, titles: impl IntoIterator<Item = &'t str>) -> Found {
    let words = content_words(words);
    let mut scored: Vec<(usize, Score)> =
        titles.into_iter().enumerate().map(|(i, title)| (i, compare(&words, &content_words(title)))).collect();
    scored.retain(|(_, s)| s.words >= PART);
    scored.sort_by(|(_, a), (_, b)| {
        (b.words, b.title).partial_cmp(&(a.words, a.title)).unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut whole: Vec<_> = scored.iter().filter(|(_, s)| s.words >= WHOLE).copied().collect();
    // The whole title and a word more.
    if whole.is_empty() {
        let more: Vec<_> = scored.iter().filter(|(_, s)| s.words >= 0.66 && s.title > 0.95).copied().collect();
        if more.len() == 1 {
            whole = more;
        }
    }
    match whole.as_slice() {
        [] if scored.is_empty() => Found::Nothing,
        [] => Found::Near(scored.into_iter().map(|(i, _)| i).take(5).collect()),
        [(only, _)] => Found::One(*only),
        [(first, best), (_, next), ..] => {
            // The very title, or one without a slip among others with one.
            let the_very = best.title > 0.99 && best.words > 0.99 && next.title < 0.99;
            let cleaner = best.words > 0.96 && next.words < 0.92;
            if the_very || cleaner {
                return Found::One(*first);
            }
            let close = whole.iter().filter(|(_, s)| s.words > best.words - 0.08);
            Found::Several(close.map(|(i, _)| *i).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLES: [&str; 6] = [
        "Buy groceries",
        "Call the dentist",
        "Team meeting",
        "Meeting with Bob",
        "Write report",
        "Pay electricity bill",
    ];

    #[test]
    fn words_find_their_title() {
        for (words, at) in [
            ("the groceries task", 0),
            ("grocery", 0),
            ("dentist", 1),
            ("dentst", 1),
            ("calling the dentist", 1),
            ("meeting with bob", 3),
            ("the reports", 4),
            ("wrote the report", 4),
            ("paid the electricity bill", 5),
            ("electrcity", 5),
        ] {
            assert_eq!(find(words, TITLES), Found::One(at), "{words}");
        }
    }

    #[test]
    fn what_fits_several_is_not_decided() {
        assert_eq!(find("meeting", TITLES), Found::Several(vec![2, 3]));
        assert_eq!(find("the electricity contract", TITLES), Found::Near(vec![5]));
        assert_eq!(find("unicorn", TITLES), Found::Nothing);
    }

    #[test]
    fn the_very_title_wins() {
        assert_eq!(find("buy milk", ["Buy milk chocolate", "Buy milk"]), Found::One(1));
    }

    #[test]
    fn distance_counts_slips() {
        assert_eq!(distance("milk", "mlik", 1), Some(1));
        assert_eq!(distance("milk", "silk", 1), Some(1));
        assert_eq!(distance("milk", "bread", 2), None);
    }
}

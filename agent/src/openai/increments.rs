//! Pieces of a text, where some servers send each time all that there is so far.

/// A piece that repeats this much from the start is no chance.
const SURE: usize = 3;
/// A piece of this length that is the whole text once more is no chance either.
const REPEATED: usize = 16;

/// Gives what is new in each piece.
#[derive(Clone, Debug, Default)]
pub(super) struct Increments {
    said: String,
    cumulative: bool,
    /// A piece that may be all so far, or may just begin like it. The next one tells.
    undecided: Option<String>,
}

impl Increments {
    pub(super) fn is_empty(&self) -> bool {
        self.said.is_empty() && self.undecided.is_none()
    }

    /// Takes a piece, and gives what is new in it.
    pub(super) fn push(&mut self, piece: &str) -> String {
        if piece.is_empty() {
            return String::new();
        }
        match self.undecided.take() {
            None => self.decide(piece),
            Some(earlier) => {
                if piece.starts_with(&earlier) && piece.len() > earlier.len() {
                    self.cumulative = true;
                }
                let mut new = self.take(&earlier);
                new.push_str(&self.decide(piece));
                new
            }
        }
    }

    /// Takes the whole text, and gives what was not said yet; nothing if something else was said.
    pub(super) fn whole(&mut self, text: &str) -> String {
        let mut new = self.end();
        let rest = text.strip_prefix(self.said.as_str()).unwrap_or_default().to_owned();
        self.said.push_str(&rest);
        new.push_str(&rest);
        new
    }

    /// What was held back.
    pub(super) fn end(&mut self) -> String {
        let Some(last) = self.undecided.take() else { return String::new() };
        self.cumulative |= last.len() >= self.said.len() + SURE;
        self.take(&last)
    }

    fn decide(&mut self, piece: &str) -> String {
        let extends = !self.said.is_empty() && piece.len() > self.said.len() && piece.starts_with(&self.said);
        if extends && !self.cumulative {
            if self.said.len() < SURE {
                self.undecided = Some(piece.to_owned());
                return String::new();
            }
            self.cumulative = true;
        }
        self.take(piece)
    }

    fn take(&mut self, piece: &str) -> String {
        let repeats = piece == self.said && (self.cumulative || piece.len() >= REPEATED);
        let new = match piece.strip_prefix(self.said.as_str()) {
            Some(rest) if self.cumulative || repeats => rest,
            _ => piece,
        };
        self.said.push_str(new);
        new.to_owned()
    }
}

/// The whole of pieces that were joined, or that each began with all before; the latter only if `is_whole`
/// refuses the former.
pub(super) fn joined(pieces: &[String], is_whole: impl Fn(&str) -> bool) -> String {
    let joined = pieces.concat();
    let pieces: Vec<&String> = pieces.iter().filter(|piece| !piece.is_empty()).collect();
    let grows = pieces.len() > 1 && pieces.windows(2).all(|pair| matches!(pair, [a, b] if b.starts_with(a.as_str())));
    match pieces.last() {
        Some(last) if grows && !is_whole(&joined) && is_whole(last) => (*last).clone(),
        _ => joined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(pieces: &[&str]) -> String {
        let mut increments = Increments::default();
        let mut text: String = pieces.iter().map(|piece| increments.push(piece)).collect();
        text.push_str(&increments.end());
        text
    }

    #[test]
    fn increments_are_joined() {
        assert_eq!(read(&["Hel", "lo", " ", "lo", "lo"]), "Hello lolo");
        assert_eq!(read(&["ha", "ha", "ha"]), "hahaha");
        assert_eq!(read(&["1", "10", "."]), "110.");
        assert_eq!(read(&["a", "ab"]), "aab");
    }

    #[test]
    fn what_grows_is_taken_once() {
        assert_eq!(read(&["Hel", "Hello", "Hello you"]), "Hello you");
        assert_eq!(read(&["H", "He", "Hel", "Hell", "Hello"]), "Hello");
        assert_eq!(read(&["I", "I am here"]), "I am here");
        assert_eq!(read(&["Hello", "Hello you", "Hello you"]), "Hello you");
    }

    #[test]
    fn a_text_that_is_sent_once_more_as_a_whole_is_not_said_twice() {
        assert_eq!(read(&["This is said ", "only once.", "This is said only once."]), "This is said only once.");
        let mut increments = Increments::default();
        let said = [increments.push("Hi"), increments.whole("Hi there"), increments.whole("Something else")];
        assert_eq!(said.concat(), "Hi there");
    }

    #[test]
    fn arguments_are_joined_if_that_makes_sense_and_else_the_last_is_taken() {
        let whole = |text: &str| serde_json::from_str::<serde_json::Value>(text).is_ok();
        let read = |pieces: &[&str]| joined(&pieces.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>(), whole);
        assert_eq!(read(&["{\"a\":", "1}"]), "{\"a\":1}");
        assert_eq!(read(&["{\"a\":", "{\"a\":1", "{\"a\":1}"]), "{\"a\":1}");
        assert_eq!(read(&["", "{\"a\":", "{\"a\":1}}"]), "{\"a\":{\"a\":1}}");
        assert_eq!(read(&["{\"a\":", "{\"b\":1}"]), "{\"a\":{\"b\":1}");
    }

    proptest! {
        #[test]
        fn words_come_out_as_they_went_in(words in prop::collection::vec("[a-z]{1,8} ", 1..20)) {
            let pieces: Vec<&str> = words.iter().map(String::as_str).collect();
            // A word that the text so far begins with could be either; such texts are for the tests above.
            let plain = !words.windows(2).any(|w| w[1].starts_with(w[0].trim_end()));
            prop_assume!(plain);
            prop_assert_eq!(read(&pieces), words.concat());
        }

        #[test]
        fn a_growing_text_comes_out_once(words in prop::collection::vec("[a-z]{1,8} ", 1..20)) {
            let mut so_far = String::new();
            let grown: Vec<String> = words.iter().map(|w| { so_far.push_str(w); so_far.clone() }).collect();
            prop_assume!(words[0].len() >= 3);
            let pieces: Vec<&str> = grown.iter().map(String::as_str).collect();
            prop_assert_eq!(read(&pieces), words.concat());
        }
    }
}

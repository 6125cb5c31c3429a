//! What of a model's words a person gets to read: not its thoughts, and not the calls that it writes as text.

mod marked;
mod thoughts;
pub(super) mod written;

use super::answer::RawCall;
use marked::MARKS;
use thoughts::{Thoughts, partial};

/// Most bytes that are held back before they are taken for words.
const HELD_MAX: usize = 256 * 1024;

/// Whether words may be given on as they come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mode {
    /// It may still become a call.
    #[default]
    Undecided,
    /// It looks like a call so far.
    Held,
    /// Words for a person, up to a mark.
    Open,
    /// A mark came after words: what follows may be calls.
    Marked,
    /// All of it is to be read by the agent first.
    Whole,
}

/// What is left when all words have come.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Rest {
    /// For the person.
    pub(super) text: String,
    /// Calls that were the whole answer, or all that followed a mark in it, and how they were written.
    pub(super) calls: Option<(Vec<RawCall>, String)>,
}

/// How a call that begins with a mark of ours is addressed where it came from a message to a tool.
pub(super) fn recipient_of(written: &str) -> Option<String> {
    let call = written.trim_start().strip_prefix(marked::CALL)?;
    Some(format!("to=functions.{}", call.split_once(marked::ARGUMENTS)?.0.trim()))
}

/// Sorts an answer's words as they come.
#[derive(Clone, Debug, Default)]
pub(super) struct Speech {
    thoughts: Thoughts,
    mode: Mode,
    held: String,
    /// The last character that was passed on.
    last: Option<char>,
}

impl Speech {
    /// `whole`: nothing is given on before the end. `closes`: the answer begins with thoughts, though nothing
    /// opens them.
    pub(super) fn new(whole: bool, closes: bool) -> Self {
        let mode = if whole { Mode::Whole } else { Mode::Undecided };
        Self { thoughts: Thoughts::new(closes), mode, held: String::new(), last: None }
    }

    /// Takes a piece, and gives what may be passed on.
    pub(super) fn push(&mut self, piece: &str) -> String {
        if piece.is_empty() {
            return String::new();
        }
        let words = self.thoughts.push(piece);
        self.sort(words)
    }

    /// Whether thoughts were closed that nothing had opened.
    pub(super) fn leaked(&self) -> bool {
        self.thoughts.leaked()
    }

    /// What is left. `has_calls`: the answer has calls in their right place; what is written like one in its
    /// words is the same once more.
    pub(super) fn end(mut self, has_calls: bool) -> Rest {
        let last = self.thoughts.end();
        let passed = self.sort(last);
        let calls = if self.mode == Mode::Open { None } else { written::calls(self.held.trim()) };
        match calls {
            Some(_) if has_calls => Rest { text: passed, calls: None },
            Some(calls) if self.mode != Mode::Whole => Rest { text: passed, calls: Some((calls, self.held)) },
            _ if matches!(self.mode, Mode::Open | Mode::Marked) => Rest { text: passed + &self.held, calls: None },
            _ => Rest { text: passed + self.held.trim_start(), calls: None },
        }
    }

    fn sort(&mut self, words: String) -> String {
        self.held.push_str(&words);
        let begun = self.held.trim_start();
        let may_be = match self.mode {
            Mode::Whole => Some(true),
            Mode::Open => Some(false),
            _ if begun.is_empty() => None,
            _ if begun.len() > HELD_MAX => Some(false),
            Mode::Marked => Some(true),
            _ => written::may_be_call(begun),
        };
        match may_be {
            None => String::new(),
            Some(true) => {
                if self.mode == Mode::Undecided {
                    self.mode = Mode::Held;
                }
                String::new()
            }
            Some(false) => {
                if !matches!(self.mode, Mode::Open | Mode::Marked) {
                    self.held = begun.to_owned();
                }
                self.mode = Mode::Open;
                self.up_to_mark()
            }
        }
    }

    /// What is held, up to a mark, to what may become one, or to white space, which may stand before one.
    fn up_to_mark(&mut self) -> String {
        let quoted = |at: usize| {
            let before = self.held.get(..at).and_then(|text| text.chars().next_back()).or(self.last);
            matches!(before, Some('`' | '"' | '\''))
        };
        let found = |mark: &&str| self.held.match_indices(mark).map(|(at, _)| at).find(|at| !quoted(*at));
        let mark = MARKS.iter().filter_map(found).min().filter(|_| self.held.len() <= HELD_MAX);
        if mark.is_some() {
            self.mode = Mode::Marked;
        }
        let end = mark.unwrap_or_else(|| self.held.len() - partial(&self.held, &MARKS));
        let end = self.held.get(..end).map_or(0, |words| words.trim_end().len());
        let held = self.held.split_off(end);
        let words = std::mem::replace(&mut self.held, held);
        self.last = words.chars().next_back().or(self.last);
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn speak(pieces: &[&str]) -> (String, Rest) {
        let mut speech = Speech::default();
        let passed = pieces.iter().map(|piece| speech.push(piece)).collect();
        (passed, speech.end(false))
    }

    fn heard(pieces: &[&str]) -> String {
        let (passed, rest) = speak(pieces);
        passed + &rest.text
    }

    const CALL: &str = r#"{"name": "complete_tasks", "arguments": {"ids": [3]}}"#;

    #[test]
    fn plain_words_pass_at_once_and_without_the_space_before_them() {
        assert_eq!(speak(&["\n\n", " Hi", " there"]).0, "Hi there");
    }

    #[test]
    fn a_call_that_is_the_whole_answer_is_a_call_and_no_text() {
        let fenced = format!("```json\n{CALL}\n```");
        let tagged = format!("<tool_call>{CALL}</tool_call>");
        for text in [CALL, &fenced, &tagged, &format!("<think>hm</think>\n{tagged}")] {
            let (passed, rest) = speak(&[text]);
            assert_eq!((passed.as_str(), rest.text.as_str()), ("", ""), "{text}");
            let (calls, _) = rest.calls.unwrap();
            assert_eq!((calls.len(), calls[0].name.as_str()), (1, "complete_tasks"));
        }
    }

    #[test]
    fn what_only_looks_like_a_call_is_text() {
        for text in [
            "{\"a\": 1}",
            "```rust\nfn main() {}\n```",
            "[link](there)",
            "[1] A task",
            &format!("{CALL} is how to do it"),
            &format!("Like this: {CALL}"),
            &CALL.replace("complete_tasks", "drop_tables"),
            &CALL.replace("[3]", "\"three\""),
        ] {
            assert_eq!(heard(&[text]), text);
            assert!(speak(&[text]).1.calls.is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_written_beside_real_calls_is_said_once() {
        let mut speech = Speech::default();
        assert_eq!(speech.push(CALL), "");
        assert_eq!(speech.end(true), Rest::default());
    }

    #[test]
    fn a_marked_call_after_words_is_a_call_and_the_words_are_said() {
        let (passed, rest) = speak(&["Right. <tool", "_call>", CALL, "</tool_call>"]);
        assert_eq!((passed.as_str(), rest.text.as_str()), ("Right.", ""));
        let (calls, written) = rest.calls.unwrap();
        assert_eq!((calls.len(), written), (1, format!(" <tool_call>{CALL}</tool_call>")));
        for text in
            ["The `<tool_call>` mark", "a <tool_call> that is none", "ends with <tool_ca", "Like [TOOL_CALLS] here. "]
        {
            assert_eq!((heard(&[text]).as_str(), speak(&[text]).1.calls), (text, None));
        }
    }

    #[test]
    fn a_whole_answer_is_kept_for_the_end() {
        let mut speech = Speech::new(true, false);
        assert_eq!(speech.push("Hi"), "");
        assert_eq!(speech.end(false).text, "Hi");
        let mut speech = Speech::new(true, false);
        speech.push(CALL);
        assert_eq!(speech.end(false), Rest { text: CALL.into(), calls: None });
    }

    proptest! {
        #[test]
        fn where_the_pieces_are_cut_does_not_matter(cuts in prop::collection::vec(0usize..80, 0..8), which in 0usize..6) {
            let text = [
                "<think>Hm, <b>.</think>\n\nRight: a < b.",
                "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Done.",
                "<tool_call>{\"name\": \"undo_last\", \"arguments\": {}}</tool_call>",
                "Plain é 👍 words, then <thinking>x</thinking> more.",
                "Right.\n\n<tool_call>{\"name\": \"undo_last\", \"arguments\": {}}</tool_call>",
                "Right `<tool_call>` <function=undo_last> is [TOOL_CALLS] none.  ",
            ][which];
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| text.floor_char_boundary(cut)).collect();
            cuts.sort_unstable();
            let mut pieces = Vec::new();
            let mut rest = text;
            for cut in cuts.into_iter().rev() {
                let (before, piece) = rest.split_at(cut.min(rest.len()));
                pieces.insert(0, piece);
                rest = before;
            }
            pieces.insert(0, rest);
            prop_assert_eq!(heard(&pieces), heard(&[text]));
            prop_assert_eq!(speak(&pieces).1.calls, speak(&[text]).1.calls);
        }
    }
}

//! Thoughts that a server leaves in an answer's words, between marks of many kinds.

use super::marked::{ARGUMENTS, CALL};

/// What opens thoughts, and what closes them.
const MARKS: [(&str, &[&str]); 8] = [
    ("<think>", &["</think>"]),
    ("<thinking>", &["</thinking>"]),
    ("<thought>", &["</thought>"]),
    ("<reasoning>", &["</reasoning>"]),
    ("<seed:think>", &["</seed:think>"]),
    ("[THINK]", &["[/THINK]"]),
    ("<|begin_of_thought|>", &["<|end_of_thought|>"]),
    ("<|START_THINKING|>", &["<|END_THINKING|>"]),
];

/// Opens a channel of gpt-oss' format (Harmony); its name follows.
const CHANNEL: &str = "<|channel|>";
const MESSAGE: &str = "<|message|>";
/// Begins a message; to whom it goes, or its channel, follows.
const START: &str = "<|start|>assistant";
/// What ends the message of a channel.
const CHANNEL_ENDS: [&str; 4] = ["<|end|>", "<|call|>", "<|return|>", "<|start|>"];
/// Marks of a message's frame that are not for a person.
const FRAMES: [&str; 6] = ["<|end|>", "<|call|>", "<|return|>", "<|im_end|>", "<|eot_id|>", "<|endoftext|>"];

/// No mark has more bytes.
const LONGEST: usize = 32;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// In words for a person.
    #[default]
    Words,
    /// In thoughts that one of these ends.
    Thoughts(&'static [&'static str]),
    /// In the name of a channel.
    Channel,
    /// In a channel that is not for a person.
    Hidden,
}

/// Takes thoughts out of words that come in pieces.
#[derive(Clone, Debug, Default)]
pub(super) struct Thoughts {
    place: Place,
    buffer: String,
    /// Whether thoughts come first that nothing opens; until they are closed, nothing is words.
    closes: bool,
    leaked: bool,
    /// How much of the buffer was looked through.
    seen: usize,
    /// The last character that was given on; none before the first.
    last: Option<char>,
    /// Whether the white space that comes next belongs to what was taken out.
    trims: bool,
}

impl Thoughts {
    pub(super) fn new(closes: bool) -> Self {
        Self { closes, ..Self::default() }
    }

    /// Whether thoughts were closed that nothing had opened.
    pub(super) fn leaked(&self) -> bool {
        self.leaked
    }

    pub(super) fn push(&mut self, piece: &str) -> String {
        self.buffer.push_str(piece);
        let mut words = String::new();
        while self.advance(&mut words) {}
        words
    }

    /// What may have been the beginning of a mark and was none.
    pub(super) fn end(&mut self) -> String {
        let rest = std::mem::take(&mut self.buffer);
        let mut words = String::new();
        if self.place == Place::Words {
            self.say(&rest, &mut words);
        }
        words
    }

    /// Goes on to the next mark; `false` if more is needed for that.
    fn advance(&mut self, words: &mut String) -> bool {
        match self.place {
            Place::Words => self.advance_words(words),
            Place::Thoughts(closing) => self.skip_to(closing, Place::Words),
            Place::Hidden => self.skip_to(&CHANNEL_ENDS, Place::Words) || self.at_channel(),
            Place::Channel => {
                let Some((name, rest)) = self.buffer.split_once(MESSAGE) else { return false };
                // What goes to a tool is a call, written as others write one.
                let call = recipient(name).map(|tool| format!("{CALL}{tool}{ARGUMENTS}"));
                let channel = name.rsplit_once(CHANNEL).map_or(name, |(_, channel)| channel).trim_start();
                let is_spoken = call.is_some() || channel.is_empty() || channel.starts_with("final");
                self.buffer = rest.to_owned();
                self.place = if is_spoken { Place::Words } else { Place::Hidden };
                self.say(&call.unwrap_or_default(), words);
                true
            }
        }
    }

    fn advance_words(&mut self, words: &mut String) -> bool {
        let closings = MARKS.iter().flat_map(|(_, closing)| closing.iter().copied());
        let openings = MARKS.iter().map(|(opening, _)| *opening);
        let marks: Vec<&str> = openings.chain(closings).chain(FRAMES).chain([START, CHANNEL]).collect();
        let buffer = std::mem::take(&mut self.buffer);
        // What was looked through before is not looked through again, but for the beginning of a mark at its end.
        let from = buffer.floor_char_boundary(std::mem::take(&mut self.seen).saturating_sub(LONGEST));
        let unseen = buffer.get(from..).unwrap_or_default();
        let first = marks.iter().filter_map(|mark| Some((from + unseen.find(mark)?, *mark)));
        let Some((at, mark)) = first.min_by_key(|(at, mark)| (*at, usize::MAX - mark.len())) else {
            let keep = if self.closes { 0 } else { buffer.len() - partial(&buffer, &marks) };
            let (now, later) = buffer.split_at_checked(keep).unwrap_or((&buffer, ""));
            self.say(now, words);
            later.clone_into(&mut self.buffer);
            self.seen = self.buffer.len();
            return false;
        };
        let (before, rest) = buffer.split_at_checked(at).unwrap_or((&buffer, ""));
        rest.get(mark.len()..).unwrap_or_default().clone_into(&mut self.buffer);
        let opening = MARKS.iter().find(|(opening, _)| *opening == mark);
        let is_closing = MARKS.iter().any(|(_, closing)| closing.contains(&mark));
        if is_closing && self.closes {
            // All before were thoughts.
            (self.closes, self.trims, self.leaked) = (false, true, true);
            return true;
        }
        self.say(before, words);
        // A mark that is quoted is spoken of.
        if matches!(self.last, Some('`' | '"' | '\'')) {
            self.say(mark, words);
            return true;
        }
        self.trims = true;
        if let Some((_, closing)) = opening {
            (self.place, self.closes) = (Place::Thoughts(closing), false);
        } else if mark == CHANNEL || mark == START {
            self.place = Place::Channel;
        } else if is_closing {
            self.leaked = true;
            if self.last.is_some() {
                words.push_str("\n\n");
            }
        }
        true
    }

    /// Leaves out all up to the first of these; `false` if there is none yet.
    fn skip_to(&mut self, ends: &[&str], next: Place) -> bool {
        let found = ends.iter().filter_map(|end| Some((self.buffer.find(end)?, *end))).min_by_key(|(at, _)| *at);
        match found {
            Some((at, end)) => {
                // What begins a message is a frame of its own.
                let skipped = if end == "<|start|>" { at } else { at + end.len() };
                self.buffer = self.buffer.get(skipped..).unwrap_or_default().to_owned();
                (self.place, self.trims) = (next, true);
                true
            }
            None => {
                let from = self.buffer.len() - partial(&self.buffer, ends).max(partial(&self.buffer, &[CHANNEL]));
                if !self.buffer.contains(CHANNEL) {
                    self.buffer = self.buffer.get(from..).unwrap_or_default().to_owned();
                }
                false
            }
        }
    }

    /// A channel that begins without an end of the one before.
    fn at_channel(&mut self) -> bool {
        let Some((_, rest)) = self.buffer.split_once(CHANNEL) else { return false };
        self.buffer = rest.to_owned();
        self.place = Place::Channel;
        true
    }

    fn say(&mut self, text: &str, words: &mut String) {
        let text = if self.trims { text.trim_start() } else { text };
        if let Some(last) = text.chars().last() {
            (self.last, self.trims) = (Some(last), false);
            words.push_str(text);
        }
    }
}

/// The tool to which a message of this head goes.
fn recipient(head: &str) -> Option<&str> {
    let to = head.split_once("to=functions.")?.1;
    Some(to.split(|c: char| c.is_whitespace() || c == '<').next().unwrap_or(to))
}

/// The length of the longest end of `text` that begins one of `marks`.
pub(super) fn partial(text: &str, marks: &[&str]) -> usize {
    let longest = marks.iter().map(|mark| mark.len()).max().unwrap_or_default();
    let ends = text.char_indices().rev().map(|(at, _)| text.len() - at).take_while(|length| *length < longest);
    ends.filter(|length| {
        let end = text.get(text.len() - length..).unwrap_or_default();
        marks.iter().any(|mark| mark.len() > end.len() && mark.starts_with(end))
    })
    .max()
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(closes: bool, pieces: &[&str]) -> String {
        let mut thoughts = Thoughts::new(closes);
        let words: String = pieces.iter().map(|piece| thoughts.push(piece)).collect();
        words + &thoughts.end()
    }

    #[test]
    fn thoughts_are_left_out_however_they_are_marked_and_cut() {
        for (pieces, words) in [
            (vec!["<think>a</think>b"], "b"),
            (vec!["<th", "ink>a</thi", "nk>\n\nb"], "b"),
            (vec!["<thinking>a <think> </thinking>b"], "b"),
            (vec!["[THINK]a[/THINK]b"], "b"),
            (vec!["Hi <think>a</think> you"], "Hi you"),
            (vec!["<think>never closed"], ""),
            (vec!["a < b <", " c"], "a < b < c"),
            (vec!["ends with <thi"], "ends with <thi"),
            (
                vec!["<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>b<|return|>"],
                "b",
            ),
            (vec!["<|chan", "nel|>final<|mess", "age|>b"], "b"),
            (vec!["<|channel|>commentary<|message|>a<|channel|>final<|message|>b"], "b"),
            (vec!["the tag `<think>` opens"], "the tag `<think>` opens"),
            (
                vec!["<|channel|>commentary to=functions.x <|constrain|>json<|mess", "age|>{\"a\":1}<|call|>"],
                "[TOOL_CALLS]x[ARGS]{\"a\":1}",
            ),
            (
                vec!["<|start|>assistant to=functions.x<|channel|>commentary json<|message|>{}<|call|>"],
                "[TOOL_CALLS]x[ARGS]{}",
            ),
            (vec!["<|start|>assistant<|message|>b<|end|>"], "b"),
        ] {
            assert_eq!(heard(false, &pieces), words, "{pieces:?}");
        }
    }

    #[test]
    fn thoughts_that_nothing_opens_are_told_and_left_out_the_next_time() {
        let mut thoughts = Thoughts::new(false);
        assert_eq!(thoughts.push("hm"), "hm");
        assert_eq!(thoughts.push("</think>b"), "\n\nb");
        assert!(thoughts.leaked());
        assert_eq!(heard(true, &["h", "m</thi", "nk>\nb"]), "b");
        assert_eq!(heard(true, &["no thoughts at all"]), "no thoughts at all");
    }
}

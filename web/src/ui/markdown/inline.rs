//! Bold, italic, struck out, code and links.

use super::tree::{element, link, text};
use yew::virtual_dom::{VNode, VTag};

/// Deeper nesting is shown as written.
const MAX_DEPTH: usize = 6;

/// The nodes of a paragraph's text.
pub(super) fn inline(source: &str, depth: usize) -> Vec<VNode> {
    let mut found = Found { nodes: Vec::new(), plain: String::new(), unclosed: Vec::new(), depth };
    let (mut rest, mut before) = (source, ' ');
    while let Some(first) = rest.chars().next() {
        let left = found.take(first, before, rest).unwrap_or_else(|| {
            // A run of signs that opens nothing stays as it is, as a whole.
            let run = rest.chars().take_while(|c| *c == first).count();
            let run = if "*_~`".contains(first) { run } else { 1 };
            found.plain.extend(rest.chars().take(run));
            rest.get(run * first.len_utf8()..).unwrap_or_default()
        });
        before = rest.get(..rest.len() - left.len()).and_then(|taken| taken.chars().last()).unwrap_or(' ');
        rest = left;
    }
    found.flush();
    found.nodes
}

struct Found {
    nodes: Vec<VNode>,
    plain: String,
    /// Signs that were looked for in vain: what follows does not close them either.
    unclosed: Vec<&'static str>,
    depth: usize,
}

impl Found {
    fn flush(&mut self) {
        if !self.plain.is_empty() {
            self.nodes.push(text(&std::mem::take(&mut self.plain)));
        }
    }

    fn push(&mut self, node: VNode) {
        self.flush();
        self.nodes.push(node);
    }

    /// Takes what begins here; what is left after it, or nothing if it is plain text.
    fn take<'a>(&mut self, first: char, before: char, rest: &'a str) -> Option<&'a str> {
        match first {
            '\\' => self.escaped(rest),
            '\n' => Some(self.line_end(rest)),
            '`' => {
                let (code, left) = code(rest)?;
                self.push(element("code", vec![text(&code)]));
                Some(left)
            }
            '*' => self.styled(rest, &[("**", "strong"), ("*", "em")]),
            '_' if !before.is_alphanumeric() => self.styled(rest, &[("__", "strong"), ("_", "em")]),
            '~' => self.styled(rest, &[("~~", "del")]),
            '!' if self.depth < MAX_DEPTH => self.link(rest.strip_prefix('!')?),
            '[' if self.depth < MAX_DEPTH => self.link(rest),
            '<' => {
                let (address, left) = rest.get(1..)?.split_once('>')?;
                let shown = !address.contains(char::is_whitespace);
                let node = shown.then(|| link(address, vec![text(address)])).flatten()?;
                self.push(node);
                Some(left)
            }
            _ => None,
        }
    }

    fn escaped<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        let left = rest.get(1..)?;
        let sign = left.chars().next()?;
        if sign == '\n' {
            self.push(VTag::new("br").into());
        } else if sign.is_ascii_punctuation() {
            self.plain.push(sign);
        } else {
            return None;
        }
        left.get(1..)
    }

    /// Two blanks at its end break a line.
    fn line_end<'a>(&mut self, rest: &'a str) -> &'a str {
        let breaks = self.plain.ends_with("  ");
        self.plain.truncate(self.plain.trim_end_matches(' ').len());
        if breaks {
            self.push(VTag::new("br").into());
        } else {
            self.plain.push('\n');
        }
        rest.get(1..).unwrap_or_default()
    }

    fn styled<'a>(&mut self, rest: &'a str, styles: &[(&'static str, &'static str)]) -> Option<&'a str> {
        for (sign, name) in styles {
            let Some(after) = rest.strip_prefix(sign).filter(|_| self.depth < MAX_DEPTH) else { continue };
            if self.unclosed.contains(sign) || after.starts_with(char::is_whitespace) {
                continue;
            }
            let Some((inner, left)) = closed(after, sign) else {
                self.unclosed.push(sign);
                continue;
            };
            self.push(element(name, inline(inner, self.depth + 1)));
            return Some(left);
        }
        None
    }

    /// `[words](address "title")`. What leads nowhere safe keeps its words.
    fn link<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        let inner = rest.strip_prefix('[').filter(|inner| inner.contains("]("))?;
        let mut open = 1_usize;
        let end = inner.char_indices().find(|(_, c)| {
            open = match c {
                '[' => open + 1,
                ']' => open - 1,
                _ => open,
            };
            open == 0
        });
        let (words, after) = inner.split_at_checked(end?.0)?;
        let mut open = 0_usize;
        let after = after.strip_prefix("](")?;
        let end = after.char_indices().find(|(_, c)| match c {
            '(' => {
                open += 1;
                false
            }
            ')' if open > 0 => {
                open -= 1;
                false
            }
            c => *c == ')' || *c == '\n',
        });
        let (address, left) = after.split_at_checked(end?.0)?;
        let left = left.strip_prefix(')')?;
        let address = address.trim().split(char::is_whitespace).next().unwrap_or_default();
        let words = inline(words, self.depth + 1);
        match link(address.trim_matches(['<', '>']), words.clone()) {
            Some(node) => self.push(node),
            None => {
                self.flush();
                self.nodes.extend(words);
            }
        }
        Some(left)
    }
}

/// Code between runs of as many backticks.
fn code(rest: &str) -> Option<(String, &str)> {
    let count = rest.chars().take_while(|c| *c == '`').count();
    let (ticks, after) = rest.split_at_checked(count)?;
    let mut from = 0;
    loop {
        let at = from + after.get(from..)?.find(ticks)?;
        let run = after.get(at..)?.chars().take_while(|c| *c == '`').count();
        if run == count {
            let code = after.get(..at)?.replace('\n', " ");
            let bare = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
            let code = bare.filter(|bare| !bare.trim().is_empty()).unwrap_or(&code).to_owned();
            return Some((code, after.get(at + count..)?));
        }
        from = at + run;
    }
}

/// What stands before the sign that closes, and what after it.
fn closed<'a>(after: &'a str, sign: &str) -> Option<(&'a str, &'a str)> {
    let mark = sign.chars().next()?;
    let (mut rest, mut before) = (after, ' ');
    while let Some(c) = rest.chars().next() {
        let at = after.len() - rest.len();
        let mut step = c.len_utf8();
        if c == '\\' {
            step += rest.chars().nth(1).map_or(0, char::len_utf8);
        } else if c == '`' {
            step = code(rest).map_or(1, |(_, left)| rest.len() - left.len());
        } else if c == mark {
            let run = rest.chars().take_while(|c| *c == mark).count();
            let kept = run.checked_sub(sign.len()).filter(|kept| *kept == 0 || run >= 3);
            let inner_end = at + kept.unwrap_or_default();
            let left = kept.and_then(|_| rest.get(run..));
            let word_goes_on = mark == '_' && left.is_some_and(|left| left.starts_with(char::is_alphanumeric));
            if let Some(left) = left.filter(|_| at > 0 && !before.is_whitespace() && !word_goes_on) {
                return Some((after.get(..inner_end)?, left));
            }
            step = run;
        }
        before = rest.get(..step).and_then(|taken| taken.chars().last()).unwrap_or(' ');
        rest = rest.get(step..)?;
    }
    None
}

//! Paragraphs, headings, lists, quotes, code and tables: the part of CommonMark, and of GitHub's tables, that notes
//! and answers use. A full parser would be a fifth of the page.

use super::inline::inline;
use super::table::table;
use super::tree::{element, text};
use yew::virtual_dom::{VNode, VTag};

/// Deeper nesting is shown flat.
const MAX_DEPTH: usize = 8;

/// The blocks of some lines.
pub(super) fn blocks<'a>(mut lines: &'a [&'a str], depth: usize) -> Vec<VNode> {
    let mut nodes = Vec::new();
    while let Some((line, rest)) = lines.split_first() {
        if line.trim().is_empty() {
            lines = rest;
            continue;
        }
        let nested = depth < MAX_DEPTH;
        let found = fence(line, rest)
            .or_else(|| heading(line).map(|node| (node, rest)))
            .or_else(|| is_rule(line).then(|| (VTag::new("hr").into(), rest)))
            .or_else(|| if nested && line.trim_start().starts_with('>') { Some(quote(lines, depth)) } else { None })
            .or_else(|| if nested { list(lines, depth) } else { None })
            .or_else(|| table(lines));
        let (node, left) = found.unwrap_or_else(|| paragraph(lines));
        nodes.push(node);
        lines = left;
    }
    nodes
}

fn begins_block(line: &str) -> bool {
    is_fence(line).is_some()
        || heading(line).is_some()
        || is_rule(line)
        || line.trim_start().starts_with('>')
        || Marker::of(line).is_some_and(|marker| marker.start.is_none_or(|start| start == 1))
}

/// How many, of what.
fn is_fence(line: &str) -> Option<(char, usize)> {
    let line = line.trim_start();
    let sign = line.chars().next().filter(|c| ['`', '~'].contains(c))?;
    let count = line.chars().take_while(|c| *c == sign).count();
    (count >= 3).then_some((sign, count))
}

fn fence<'a>(line: &str, rest: &'a [&'a str]) -> Option<(VNode, &'a [&'a str])> {
    let (sign, count) = is_fence(line)?;
    let closes = |line: &&str| {
        is_fence(line).is_some_and(|(c, n)| c == sign && n >= count) && line.trim().chars().all(|c| c == sign)
    };
    let end = rest.iter().position(closes).unwrap_or(rest.len());
    let (code, left) = rest.split_at_checked(end)?;
    let mut code = code.join("\n");
    code.push('\n');
    Some((element("pre", vec![text(&code)]), left.get(1..).unwrap_or_default()))
}

/// Below the headings of the page.
fn heading(line: &str) -> Option<VNode> {
    let line = line.trim();
    let level = line.chars().take_while(|c| *c == '#').count();
    let content = line.get(level..).filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))?;
    let name = match level {
        1 => "h3",
        2 => "h4",
        3..=6 => "h5",
        _ => return None,
    };
    Some(element(name, inline(content.trim().trim_end_matches('#').trim_end(), 0)))
}

fn is_rule(line: &str) -> bool {
    let signs: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    signs.len() >= 3 && signs.first().is_some_and(|first| "-*_".contains(*first) && signs.iter().all(|c| c == first))
}

fn quote<'a>(lines: &'a [&'a str], depth: usize) -> (VNode, &'a [&'a str]) {
    let is_quoted = |line: &&str| line.trim_start().starts_with('>');
    let count = lines.iter().take_while(|line| is_quoted(line)).count();
    let (quoted, left) = lines.split_at_checked(count).unwrap_or((lines, &[]));
    let inner: Vec<&str> = quoted
        .iter()
        .map(|line| line.trim_start().trim_start_matches('>'))
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    (element("blockquote", blocks(&inner, depth + 1)), left)
}

/// The sign before an item of a list.
struct Marker<'a> {
    /// `None` for a list without numbers.
    start: Option<u32>,
    /// What all items of a list share.
    sign: char,
    /// How far the sign is moved in.
    indent: usize,
    /// How far the item's further lines are moved in.
    width: usize,
    content: &'a str,
}

impl<'a> Marker<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let inner = line.trim_start();
        let digits = inner.chars().take_while(char::is_ascii_digit).count();
        let start = inner.get(..digits).filter(|digits| !digits.is_empty() && digits.len() <= 9);
        let sign = inner.chars().nth(digits)?;
        let signs = if start.is_some() { ".)" } else { "-*+" };
        let content = inner.get(digits + 1..).filter(|_| signs.contains(sign) && (digits == 0 || start.is_some()))?;
        let content = if content.is_empty() { content } else { content.strip_prefix([' ', '\t'])? };
        let indent = line.len() - inner.len();
        let start = start.and_then(|start| start.parse().ok());
        Some(Self { start, sign, indent, width: indent + digits + 2, content })
    }
}

fn list<'a>(lines: &'a [&'a str], depth: usize) -> Option<(VNode, &'a [&'a str])> {
    let first = Marker::of(lines.first()?)?;
    let mut left = lines;
    let (mut items, mut loose) = (Vec::new(), false);
    while let Some((line, rest)) = left.split_first() {
        let Some(marker) = Marker::of(line).filter(|marker| marker.sign == first.sign && !is_rule(line)) else { break };
        let count = item_lines(rest, marker.indent);
        let (more, after) = rest.split_at_checked(count).unwrap_or((rest, &[]));
        let mut inner = vec![marker.content];
        inner.extend(more.iter().map(|line| outdent(line, marker.width)));
        let blank = more.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
        let inside_blank = more.iter().take(blank).any(|line| line.trim().is_empty());
        let next_is_item = blank < more.len() && after.first().and_then(|line| Marker::of(line)).is_some();
        loose |= inside_blank || next_is_item;
        items.push(inner);
        left = after;
    }
    let children = items.iter().map(|inner| item(inner, loose, depth)).collect();
    let mut tag = VTag::new(if first.start.is_some() { "ol" } else { "ul" });
    if let Some(start) = first.start {
        tag.add_attribute("start", start.to_string());
    }
    Some((super::tree::fill(tag, children), left))
}

/// How many of the lines go on with the item before them.
fn item_lines(lines: &[&str], marker: usize) -> usize {
    let (mut count, mut after_blank) = (0, false);
    for (n, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        if line.trim().is_empty() {
            after_blank = true;
            continue;
        }
        // Answers are often indented less than the marker is wide.
        let goes_on = !after_blank && !begins_block(line) && Marker::of(line).is_none();
        let inside = indent >= marker + 2 || goes_on;
        if !inside {
            break;
        }
        (count, after_blank) = (n + 1, false);
    }
    let blanks = lines.iter().skip(count).take_while(|line| line.trim().is_empty()).count();
    count + blanks
}

fn outdent(line: &str, width: usize) -> &str {
    let indent = line.len() - line.trim_start().len();
    line.get(indent.min(width)..).unwrap_or(line)
}

fn item(lines: &[&str], loose: bool, depth: usize) -> VNode {
    let (mark, first) = match lines.first().map_or("", |line| line) {
        line if line.starts_with("[ ] ") => ("☐ ", line.get(4..).unwrap_or_default()),
        line if line.to_ascii_lowercase().starts_with("[x] ") => ("☑ ", line.get(4..).unwrap_or_default()),
        line => ("", line),
    };
    let mut inner = vec![first];
    inner.extend(lines.iter().skip(1));
    let mut nodes = if mark.is_empty() { Vec::new() } else { vec![text(mark)] };
    if loose {
        nodes.extend(blocks(&inner, depth + 1));
    } else {
        let plain = if begins_block(first) { 0 } else { inner.iter().take_while(|line| !begins_block(line)).count() };
        let (words, rest) = inner.split_at_checked(plain).unwrap_or((&inner, &[]));
        nodes.extend(inline(words.join("\n").trim(), 0));
        nodes.extend(blocks(rest, depth + 1));
    }
    element("li", nodes)
}

fn paragraph<'a>(lines: &'a [&'a str]) -> (VNode, &'a [&'a str]) {
    let goes_on = |line: &&&str| !line.trim().is_empty() && !begins_block(line) && underline(line).is_none();
    let count = 1 + lines.iter().skip(1).take_while(goes_on).count();
    let (words, left) = lines.split_at_checked(count).unwrap_or((lines, &[]));
    let words: Vec<&str> = words.iter().map(|line| line.trim_start()).collect();
    let name = left.first().and_then(|line| underline(line));
    let left = if name.is_some() { left.get(1..).unwrap_or_default() } else { left };
    (element(name.unwrap_or("p"), inline(words.join("\n").trim_end(), 0)), left)
}

/// The line below a heading.
fn underline(line: &str) -> Option<&'static str> {
    let line = line.trim();
    match line.chars().next()? {
        '=' if line.chars().all(|c| c == '=') => Some("h3"),
        '-' if line.chars().all(|c| c == '-') => Some("h4"),
        _ => None,
    }
}

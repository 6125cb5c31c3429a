//! Tables, as GitHub writes them.

use super::inline::inline;
use super::tree::element;
use yew::virtual_dom::VNode;

/// A table: a row of heads, a row of dashes, rows.
pub(super) fn table<'a>(lines: &'a [&'a str]) -> Option<(VNode, &'a [&'a str])> {
    let (head, rest) = lines.split_first()?;
    let (dashes, rest) = rest.split_first()?;
    let columns = cells(head).len();
    let is_dashes = |cell: &&str| cell.contains('-') && cell.chars().all(|c| "-: ".contains(c));
    if !head.contains('|') || !dashes.contains('-') || cells(dashes).len() != columns {
        return None;
    }
    if !cells(dashes).iter().all(|cell| is_dashes(&cell.as_str())) {
        return None;
    }
    let count = rest.iter().take_while(|line| line.contains('|')).count();
    let (body, left) = rest.split_at_checked(count)?;
    let mut rows = vec![row(head, columns)];
    rows.extend(body.iter().map(|line| row(line, columns)));
    Some((element("table", rows), left))
}

fn row(line: &str, columns: usize) -> VNode {
    let mut cells = cells(line);
    cells.resize(columns, String::new());
    element("tr", cells.iter().map(|cell| element("td", inline(cell.trim(), 0))).collect())
}

/// Split at bars; `\|` is a bar in a cell.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let bar = if c == '\\' { chars.next_if_eq(&'|') } else { None };
        match (bar, c, cells.last_mut()) {
            (None, '|', _) => cells.push(String::new()),
            (bar, c, Some(cell)) => cell.push(bar.unwrap_or(c)),
            _ => {}
        }
    }
    cells
}

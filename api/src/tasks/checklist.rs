//! Checklists in notes: the task list items of GitHub Flavored Markdown (`- [x]`).

use pulldown_cmark::{Event, Options, Parser};
use todo_contract::Notes;

/// The notes with every box open again. What only looks like a box, as in a code block, stays.
pub(super) fn unticked(notes: &Notes) -> Notes {
    let text = notes.as_str();
    if !text.contains("[x]") && !text.contains("[X]") {
        return notes.clone();
    }
    let mut open = String::with_capacity(text.len());
    let mut copied = 0;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TASKLISTS | Options::ENABLE_TABLES).into_offset_iter() {
        if let (Event::TaskListMarker(true), Some(before)) = (event, text.get(copied..range.start)) {
            open.push_str(before);
            open.push_str("[ ]");
            copied = range.end;
        }
    }
    open.push_str(text.get(copied..).unwrap_or_default());
    Notes::new(open).unwrap_or_else(|_| notes.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::dash("- [x] a\n- [ ] b\n- [X] c", "- [ ] a\n- [ ] b\n- [ ] c")]
    #[case::star_and_plus("* [X] a\n+ [x] b", "* [ ] a\n+ [ ] b")]
    #[case::numbered("1. [x] a\n2) [x] b", "1. [ ] a\n2) [ ] b")]
    #[case::nested("- [x] a\n  - [x] b\n    1. [x] c\n", "- [ ] a\n  - [ ] b\n    1. [ ] c\n")]
    #[case::quoted("> - [x] a", "> - [ ] a")]
    #[case::windows_lines("- [x] a\r\n- [x] b\r\n", "- [ ] a\r\n- [ ] b\r\n")]
    #[case::wide_letters("Größe ✓\n\n- [x] Äpfel [x]", "Größe ✓\n\n- [ ] Äpfel [x]")]
    #[case::fenced("```\n- [x] a\n```\n- [x] b", "```\n- [x] a\n```\n- [ ] b")]
    #[case::indented_code("text\n\n    - [x] a", "text\n\n    - [x] a")]
    #[case::in_a_line("see [x] and `- [x]`", "see [x] and `- [x]`")]
    #[case::a_link("- [x](https://example.org)", "- [x](https://example.org)")]
    fn boxes_are_open_again_and_nothing_else_changes(#[case] notes: &str, #[case] wanted: &str) {
        assert_eq!(unticked(&Notes::new(notes).unwrap()).as_str(), wanted);
    }
}

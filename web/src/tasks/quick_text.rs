//! Which words of the line being typed are to be left as they are.

use std::ops::Range;

/// Ranges of `before` that still stand in `after`: those before the edit stay, those behind it move along, and
/// those that it touches are forgotten.
pub(super) fn carry_over(before: &str, after: &str, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let prefix = common(before.chars(), after.chars());
    let longest_suffix = before.len().min(after.len()).saturating_sub(prefix);
    let suffix = common(before.chars().rev(), after.chars().rev()).min(longest_suffix);
    let edit_end = before.len().saturating_sub(suffix);
    let moved = |at: usize| (at + after.len()).saturating_sub(before.len());
    ranges
        .iter()
        .filter_map(|range| {
            if range.end <= prefix {
                Some(range.clone())
            } else if range.start >= edit_end {
                Some(moved(range.start)..moved(range.end))
            } else {
                None
            }
        })
        .filter(|range| after.is_char_boundary(range.start) && after.is_char_boundary(range.end))
        .collect()
}

/// Bytes that two texts have in common from their beginnings.
fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(before: &str, after: &str, range: Range<usize>) -> Option<String> {
        carry_over(before, after, &[range]).first().map(|range| after.get(range.clone()).unwrap_or_default().to_owned())
    }

    #[test]
    fn words_stay_ignored_while_typing_around_them() {
        assert_eq!(kept("read today", "read today x", 5..10).as_deref(), Some("today"));
        assert_eq!(kept("read today", "re-read today", 5..10).as_deref(), Some("today"));
        assert_eq!(kept("lies today é", "lies heute, today é", 5..10).as_deref(), Some("today"));
    }

    #[test]
    fn words_that_are_edited_are_read_again() {
        assert_eq!(kept("read today", "read tod", 5..10), None);
        assert_eq!(kept("read today", "", 5..10), None);
    }
}

//! The order of titles, as the Unicode Collation Algorithm has it (UTS #10, CLDR root): Äpfel stands beside apple, and
//! 9 before 10.

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use std::sync::LazyLock;

/// Characters that are compared; titles that begin with the same ones follow each other by number.
const COMPARED: usize = 100;

static COLLATOR: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
    let mut root = CollatorPreferences::default();
    root.numeric_ordering = Some(CollationNumericOrdering::True);
    Collator::try_new(root, CollatorOptions::default()).ok()
});

/// Bytes that compare as the titles do.
pub(crate) fn sort_key(title: &str) -> Vec<u8> {
    let compared = title.char_indices().nth(COMPARED).map_or(title, |(end, _)| title.get(..end).unwrap_or(title));
    let mut key = Vec::with_capacity(2 * compared.len());
    if let Some(collator) = &*COLLATOR {
        let Ok(()) = collator.write_sort_key_to(compared, &mut key);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_sorted_as_people_do() {
        let sorted = [
            "9 eggs",
            "10 eggs",
            "Ångström",
            "Äpfel",
            "apple",
            "Apple",
            "Ärger",
            "Éclair",
            "straße",
            "strasse 2",
            "Zebra",
            "αθήνα",
            "清单",
        ];
        let mut titles = sorted;
        titles.reverse();
        titles.sort_by_key(|title| sort_key(title));
        assert_eq!(titles, sorted);
    }

    #[test]
    fn a_key_is_short_whatever_the_title() {
        assert!(sort_key(&"ẅ".repeat(500)).len() < 1_000);
        assert!(sort_key("Renew the passport at the town hall").len() < 80);
    }
}

//! Ids of calls as Mistral wants them: nine letters and digits.

use crate::openai::items::Item;
use std::collections::HashMap;

const LENGTH: usize = 9;
const LETTERS: &[u8; 62] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// A short id for each id of a conversation, each time the same.
#[derive(Debug, Default)]
pub(super) struct ShortIds(HashMap<String, String>);

impl ShortIds {
    pub(super) fn of(items: &[Item]) -> Self {
        let mut ids = Self::default();
        for item in items {
            if let Item::Assistant { calls, .. } = item {
                calls.iter().for_each(|call| ids.add(&call.id));
            }
        }
        ids
    }

    /// The short id that stands for `id`.
    pub(super) fn of_id(&self, id: &str) -> String {
        self.0.get(id).cloned().unwrap_or_else(|| short(id, 0))
    }

    fn add(&mut self, id: &str) {
        if self.0.contains_key(id) {
            return;
        }
        let fits = id.len() == LENGTH && id.bytes().all(|b| b.is_ascii_alphanumeric());
        let made = (0..).map(|round| short(id, round));
        let mut candidates = fits.then(|| id.to_owned()).into_iter().chain(made);
        if let Some(free) = candidates.find(|short| !self.0.values().any(|taken| taken == short)) {
            self.0.insert(id.to_owned(), free);
        }
    }
}

/// Nine letters and digits made from an id (FNV-1a), others in each round.
fn short(id: &str, round: u64) -> String {
    let start = 0xcbf2_9ce4_8422_2325_u64 ^ round;
    let mut hash = id.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mut letters = String::with_capacity(LENGTH);
    for _ in 0..LENGTH {
        let at = usize::try_from(hash % 62).unwrap_or_default();
        letters.push(char::from(LETTERS.get(at).copied().unwrap_or(b'0')));
        hash /= 62;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openai::carried::Carried;
    use crate::openai::items::PastCall;
    use std::collections::HashSet;

    #[test]
    fn every_id_has_a_short_one_of_its_own_and_keeps_it() {
        let call = |id: String| PastCall { id, name: "undo_last".into(), arguments: "{}".into() };
        let calls = (0..500).map(|n| call(format!("call_{n}"))).chain([call("abcDEF123".into())]).collect();
        let items = [Item::Assistant { text: String::new(), calls, carried: Carried::default() }];
        let (ids, again) = (ShortIds::of(&items), ShortIds::of(&items));
        let short: HashSet<String> = (0..500).map(|n| ids.of_id(&format!("call_{n}"))).collect();
        assert_eq!(short.len(), 500);
        assert!(short.iter().all(|id| id.len() == 9 && id.bytes().all(|b| b.is_ascii_alphanumeric())));
        assert_eq!(ids.of_id("call_7"), again.of_id("call_7"));
        assert_eq!(ids.of_id("abcDEF123"), "abcDEF123");
    }
}

//! Ids of calls that are unique in their turn and fit into a URL.

use todo_contract::CallId;

/// Longest id that is kept as the planner made it.
const LONGEST: usize = 100;

/// `proposed`, if it is unused and plain; else an id made from it. Some servers number the calls of each
/// answer from 0, but here an id is an idempotency key.
#[must_use]
pub fn unique(proposed: &CallId, is_taken: impl Fn(&str) -> bool) -> CallId {
    let plain: String = proposed
        .as_str()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || "_-".contains(c) { c } else { '_' })
        .take(LONGEST)
        .collect();
    let numbered = (2_u32..).map(|number| format!("{plain}-{number}"));
    let id = std::iter::once(plain.clone()).chain(numbered).find(|id| !is_taken(id));
    id.and_then(|id| CallId::new(id).ok()).unwrap_or_else(|| proposed.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> CallId {
        CallId::new(text).unwrap()
    }

    #[test]
    fn a_plain_unused_id_is_kept() {
        assert_eq!(unique(&id("call_Ab-1"), |_| false).as_str(), "call_Ab-1");
    }

    #[test]
    fn a_used_id_gets_a_number() {
        let taken = ["call_0", "call_0-2"];
        assert_eq!(unique(&id("call_0"), |id| taken.contains(&id)).as_str(), "call_0-3");
    }

    #[test]
    fn what_does_not_fit_into_a_url_is_replaced() {
        assert_eq!(unique(&id("functions.add/0?"), |_| false).as_str(), "functions_add_0_");
        assert_eq!(unique(&id(&"é".repeat(128)), |_| false).as_str().len(), LONGEST);
    }
}

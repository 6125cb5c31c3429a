//! What a model answered, whatever dialect it was said in.

use super::carried::Carried;

/// Why an answer ended, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finish {
    Stop,
    Calls,
    Length,
    Filtered,
    /// The server gave up.
    Failed,
}

/// A call as the model wrote it, not yet checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RawCall {
    pub(super) id: Option<String>,
    pub(super) name: String,
    /// JSON text, or what should be.
    pub(super) arguments: String,
}

/// Tokens, as the server counts them: what was cached counts as read, what was thought as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Usage {
    pub(super) input: Option<u64>,
    pub(super) output: Option<u64>,
}

impl Usage {
    /// Counts of the same answer, told again: each count is the highest so far.
    pub(super) fn update(&mut self, newer: Self) {
        self.input = self.input.max(newer.input);
        self.output = self.output.max(newer.output);
    }

    /// Adds the counts of another answer.
    pub(super) fn add(&mut self, other: Self) {
        let add = |total: &mut Option<u64>, more: Option<u64>| {
            if let Some(more) = more {
                *total = Some(total.unwrap_or_default().saturating_add(more));
            }
        };
        add(&mut self.input, other.input);
        add(&mut self.output, other.output);
    }
}

impl Answer {
    /// Keeps only the calls at these places, and what came with them.
    pub(super) fn keep_calls(&mut self, places: &[usize]) {
        let at = |place: &usize| self.calls.get(*place).cloned();
        let calls = places.iter().filter_map(at).collect();
        if !self.carried.extras.is_empty() {
            let extra = |place: &usize| self.carried.extras.get(*place).cloned().flatten();
            self.carried.extras = places.iter().map(extra).collect();
        }
        self.calls = calls;
    }
}

/// The whole answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Answer {
    /// What the person gets to read.
    pub(super) text: String,
    pub(super) calls: Vec<RawCall>,
    pub(super) finish: Option<Finish>,
    pub(super) usage: Usage,
    /// What the model wants to read again in the next step.
    pub(super) carried: Carried,
    /// The answer's own words, if the calls were found written in them.
    pub(super) written: Option<String>,
    /// Whether thoughts were closed that were never opened: they came out as words.
    pub(super) leaked_thoughts: bool,
}

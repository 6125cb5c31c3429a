//! What was done unasked and what was refused, and what follows from it for the next call.

use super::{Bounds, Tally, Touch};
use crate::task::TaskId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is to become of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It runs.
    Run,
    /// The person is asked first.
    Ask,
    /// The person has just said no to it.
    Refuse,
}

/// What the person said no to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Refused {
    deleted: BTreeSet<TaskId>,
    changed: BTreeSet<TaskId>,
    adding: bool,
    taking_back: bool,
}

impl Refused {
    fn add(&mut self, touch: &Touch) {
        self.deleted.extend(&touch.deleted);
        self.changed.extend(touch.changed.difference(&touch.deleted));
        self.adding |= touch.added > 0;
        self.taking_back |= touch.takes_back;
    }

    fn allow(&mut self, touch: &Touch) {
        self.deleted.retain(|id| !touch.deleted.contains(id));
        self.changed.retain(|id| !touch.changed.contains(id));
        self.taking_back &= !touch.takes_back;
    }

    fn meets(&self, touch: &Touch) -> bool {
        let changed = || touch.changed.difference(&touch.deleted);
        touch.deleted.iter().any(|id| self.deleted.contains(id))
            || changed().any(|id| self.changed.contains(id))
            || self.taking_back && touch.takes_back
    }
}

/// What was done unasked and what was refused, in the turn and before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Within the window, before the turn.
    earlier: Tally,
    /// In the turn.
    now: Tally,
    refused_earlier: Refused,
    refused_now: Refused,
}

impl Ledger {
    /// A call of an earlier turn in the window ran unasked, and the person's words did not name what it touched.
    pub fn ran_earlier(&mut self, touch: &Touch) {
        self.earlier.add(touch);
    }

    /// A call of the turn ran unasked, or is to run.
    pub fn runs(&mut self, touch: &Touch) {
        self.now.add(touch);
    }

    /// The person said no to a call of an earlier turn.
    pub fn refused_earlier(&mut self, touch: &Touch) {
        self.refused_earlier.add(touch);
    }

    /// The person said yes to a call of an earlier turn: an earlier no to the same is past.
    pub fn allowed_earlier(&mut self, touch: &Touch) {
        self.refused_earlier.allow(touch);
    }

    /// The person said no to a call of the turn.
    pub fn refused(&mut self, touch: &Touch) {
        self.refused_now.add(touch);
    }

    /// Whether something before the turn weighs on it, so that it matters what the person's words name.
    #[must_use]
    pub fn has_past(&self) -> bool {
        !self.earlier.is_empty() || self.refused_earlier != Refused::default()
    }

    /// What is to become of a call, which is among those that [`Self::runs`] counted. `named` says that the person's
    /// own words of this turn name what it touches: then what was before the turn does not weigh on it.
    #[must_use]
    pub fn judge(&self, touch: &Touch, named: bool) -> Verdict {
        if self.refused_now.meets(touch) {
            return Verdict::Refuse;
        }
        let adds_again = self.refused_now.adding && touch.added > 0;
        let refused_before = !named && self.refused_earlier.meets(touch);
        let big = self.now.is_big(touch, &Bounds::TURN);
        let adds_up = !named && self.earlier.with(&self.now).is_big(touch, &Bounds::WINDOW);
        if adds_again || refused_before || big || adds_up { Verdict::Ask } else { Verdict::Run }
    }
}

#[cfg(test)]
mod tests;

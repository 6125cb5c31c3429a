//! What may be done at once, and what a person is asked about first. Pure: it counts what calls touch, and knows no
//! rows. Every caller that acts in a person's name goes through it.
//!
//! What is small and can be undone runs; what is big asks. A big change in small pieces is still a big change, so what
//! was done unasked is counted, within the turn and over a window of earlier ones.

mod ledger;
mod touch;

pub use ledger::{Ledger, Verdict};
pub use touch::{Tally, Touch};

use crate::limits::{
    CONFIRM_ADDS_ABOVE, CONFIRM_CHANGES_ABOVE, CONFIRM_DELETES_FROM, CONFIRM_WINDOW_ADDS_ABOVE,
    CONFIRM_WINDOW_CHANGES_ABOVE, CONFIRM_WINDOW_DELETES_FROM,
};

/// From where on a change is big.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Deleting this many tasks or more.
    pub deletes_from: usize,
    /// Changing more tasks than this, deletions included.
    pub changes_above: usize,
    /// Adding more tasks than this.
    pub adds_above: usize,
}

impl Bounds {
    /// What one turn may do unasked.
    pub const TURN: Self = Self {
        deletes_from: CONFIRM_DELETES_FROM,
        changes_above: CONFIRM_CHANGES_ABOVE,
        adds_above: CONFIRM_ADDS_ABOVE,
    };
    /// What a turn and those of its window may do unasked, apart from what the person's own words name.
    pub const WINDOW: Self = Self {
        deletes_from: CONFIRM_WINDOW_DELETES_FROM,
        changes_above: CONFIRM_WINDOW_CHANGES_ABOVE,
        adds_above: CONFIRM_WINDOW_ADDS_ABOVE,
    };
}

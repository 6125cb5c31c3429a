//! Sayings and what they ought to do: the notation, a list in memory that runs calls, and the verdict.
//!
//! `docs/language.md` explains the notation. The corpus of the built-in planner and the evals of models share it.

mod changes;
mod list;
mod notation;
mod verdict;

pub use list::{Entry, List, Touched};
pub use notation::{Expected, Line, Malformed, read};
pub use verdict::{Outcome, Verdict, Wording, judge};

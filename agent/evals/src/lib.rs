//! Says sayings to models and compares what comes of them with what was meant; `docs/evals.md` tells how to use it.

pub mod cli;
pub mod report;
pub mod run;
pub mod suite;

mod subject;
mod turn;

pub use subject::{Subject, subjects};

//! Numbers of a series.

use std::time::Duration;

/// Times in order, in milliseconds.
pub(crate) struct Times(Vec<f64>);

impl Times {
    pub(crate) fn of(times: &[Duration]) -> Self {
        let mut millis: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1000.0).collect();
        millis.sort_by(f64::total_cmp);
        Self(millis)
    }

    /// The nearest-rank percentile.
    pub(crate) fn at(&self, percent: usize) -> f64 {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0[rank - 1]
    }
}

/// Prints a line of figures with its bound, and tells whether it holds.
pub(crate) fn bounded(name: &str, value: f64, unit: &str, bound: f64) -> bool {
    let holds = value <= bound;
    println!("{name:<44}{value:>9.1} {unit:<4} bound {bound} {unit}: {}", if holds { "holds" } else { "FAILS" });
    holds
}

/// Prints a line of figures.
pub(crate) fn plain(name: &str, value: f64, unit: &str) {
    println!("{name:<44}{value:>9.1} {unit}");
}

//! What a run found.

mod table;

use crate::cli::Cli;
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// What came of one saying.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Its group.
    pub group: String,
    /// The words.
    pub saying: String,
    /// What is wrong, if anything.
    pub wrong: Option<String>,
    /// Whether the turn came to no end.
    pub failed: bool,
    /// Whether something changed that should not have.
    pub changed_wrongly: bool,
    /// Requests to the model.
    pub steps: usize,
    /// Tokens read.
    pub input_tokens: u64,
    /// Tokens written.
    pub output_tokens: u64,
    /// Time to the first text or call.
    pub first: Option<Duration>,
    /// Time of the turn.
    pub took: Duration,
}

impl Said {
    /// A saying after one whose turn failed.
    #[must_use]
    pub fn broken_off(group: &str, saying: &str) -> Self {
        let wrong = Some("not said, since the turn before it failed".to_owned());
        Self { group: group.to_owned(), saying: saying.to_owned(), wrong, failed: true, ..Self::default() }
    }
}

/// How many of a group are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Score {
    /// Right.
    pub right: usize,
    /// Said.
    pub of: usize,
}

/// A saying that came out wrong.
#[derive(Clone, Debug, Serialize)]
pub struct Wrong {
    /// Its group.
    pub group: String,
    /// The words.
    pub saying: String,
    /// What was wanted, and what happened.
    pub why: String,
}

/// A subject's results; times are in milliseconds, and of whole turns.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The model's name, or `built-in`.
    pub model: String,
    /// By group.
    pub groups: BTreeMap<String, Score>,
    /// All groups together.
    pub all: Score,
    /// Sayings that the bounds left out.
    pub skipped: usize,
    /// Turns that came to no end: errors, time, steps.
    pub failed: usize,
    /// Sayings that changed something they should not have.
    pub changed_wrongly: usize,
    /// Requests to the model.
    pub steps: usize,
    /// Tokens read.
    pub input_tokens: u64,
    /// Tokens written.
    pub output_tokens: u64,
    /// Median time to the first text or call.
    pub first_p50_ms: f64,
    /// Median time of a turn.
    pub p50_ms: f64,
    /// 95 of a hundred turns take at most this long.
    pub p95_ms: f64,
    /// Seconds for all.
    pub seconds: f64,
    /// What came out wrong.
    pub wrong: Vec<Wrong>,
}

impl Report {
    /// Sums up what was said, of `total` sayings.
    #[must_use]
    pub fn new(model: &str, said: Vec<Said>, total: usize, took: Duration) -> Self {
        let mut groups: BTreeMap<String, Score> = BTreeMap::new();
        let mut all = Score::default();
        for one in &said {
            for score in [groups.entry(one.group.clone()).or_default(), &mut all] {
                score.right += usize::from(one.wrong.is_none());
                score.of += 1;
            }
        }
        let times = |time: fn(&Said) -> Option<Duration>| {
            let mut times: Vec<Duration> = said.iter().filter(|one| one.steps > 0).filter_map(time).collect();
            times.sort();
            times
        };
        let (first, whole) = (times(|one| one.first), times(|one| Some(one.took)));
        Self {
            model: model.to_owned(),
            groups,
            all,
            skipped: total.saturating_sub(said.len()),
            failed: said.iter().filter(|one| one.failed).count(),
            changed_wrongly: said.iter().filter(|one| one.changed_wrongly).count(),
            steps: said.iter().map(|one| one.steps).sum(),
            input_tokens: said.iter().map(|one| one.input_tokens).sum(),
            output_tokens: said.iter().map(|one| one.output_tokens).sum(),
            first_p50_ms: percentile(&first, 50),
            p50_ms: percentile(&whole, 50),
            p95_ms: percentile(&whole, 95),
            seconds: took.as_secs_f64(),
            wrong: said.into_iter().filter_map(wrong).collect(),
        }
    }

    /// Right of a hundred; 0 if nothing was said.
    #[must_use]
    pub fn percent(&self) -> f64 {
        percent(self.all)
    }
}

fn wrong(said: Said) -> Option<Wrong> {
    said.wrong.map(|why| Wrong { group: said.group, saying: said.saying, why })
}

pub(crate) fn percent(score: Score) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let (right, of) = (score.right as f64, score.of.max(1) as f64);
    100.0 * right / of
}

/// The nearest-rank percentile in milliseconds; 0 of nothing.
fn percentile(sorted: &[Duration], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

/// Prints all reports, as JSON or as a table.
///
/// # Errors
/// If they cannot be written as JSON.
#[expect(clippy::print_stdout, reason = "the report is what the command is for")]
pub fn print(reports: &[Report], cli: &Cli) -> Result<(), serde_json::Error> {
    if cli.json {
        println!("{}", serde_json::to_string_pretty(reports)?);
    } else {
        println!("{}", table::render(reports, (cli.input_price, cli.output_price)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(group: &str, wrong: Option<&str>, millis: u64) -> Said {
        let took = Duration::from_millis(millis);
        let wrong = wrong.map(str::to_owned);
        Said { group: group.into(), wrong, steps: 1, took, first: Some(took), ..Said::default() }
    }

    #[test]
    fn right_ones_are_counted_by_group() {
        let all = vec![said("a", None, 10), said("a", Some("no"), 20), said("b", None, 30)];
        let report = Report::new("m", all, 5, Duration::from_secs(1));
        assert_eq!(report.groups["a"], Score { right: 1, of: 2 });
        assert_eq!((report.all, report.skipped), (Score { right: 2, of: 3 }, 2));
        assert_eq!((report.p50_ms, report.p95_ms), (20.0, 30.0));
        assert_eq!(report.wrong.len(), 1);
    }

    #[test]
    fn a_run_of_nothing_is_zero() {
        let report = Report::new("m", Vec::new(), 1, Duration::ZERO);
        assert!(report.percent() == 0.0 && report.p95_ms == 0.0);
    }
}

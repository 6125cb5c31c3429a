//! The report as text: a column for each subject, then what came out wrong.

use super::{Report, Score, percent};
use std::collections::BTreeSet;
use std::fmt::Write;

const FIRST: usize = 22;

/// The table; `prices` are those of a million tokens read and written.
pub(super) fn render(reports: &[Report], prices: (Option<f64>, Option<f64>)) -> String {
    let mut out = String::new();
    row(&mut out, "", reports, |report| report.model.clone());
    let groups: BTreeSet<&String> = reports.iter().flat_map(|report| report.groups.keys()).collect();
    for group in groups {
        row(&mut out, group, reports, |report| score(report.groups.get(group).copied().unwrap_or_default()));
    }
    row(&mut out, "all", reports, |report| format!("{} {:.1} %", score(report.all), percent(report.all)));
    row(&mut out, "changed wrongly", reports, |report| report.changed_wrongly.to_string());
    row(&mut out, "failed turns", reports, |report| report.failed.to_string());
    row(&mut out, "skipped", reports, |report| report.skipped.to_string());
    row(&mut out, "requests", reports, |report| report.steps.to_string());
    row(&mut out, "tokens read", reports, |report| report.input_tokens.to_string());
    row(&mut out, "tokens written", reports, |report| report.output_tokens.to_string());
    if let (Some(input), Some(output)) = prices {
        row(&mut out, "cost", reports, |report| format!("{:.4}", cost(report, input, output)));
    }
    row(&mut out, "first word p50", reports, |report| format!("{:.0} ms", report.first_p50_ms));
    row(&mut out, "turn p50", reports, |report| format!("{:.0} ms", report.p50_ms));
    row(&mut out, "turn p95", reports, |report| format!("{:.0} ms", report.p95_ms));
    row(&mut out, "in all", reports, |report| format!("{:.1} s", report.seconds));
    for report in reports.iter().filter(|report| !report.wrong.is_empty()) {
        line(&mut out, &format!("\n{}: what came out wrong", report.model));
        for wrong in &report.wrong {
            line(&mut out, &format!("  {}: {}\n      {}", wrong.group, wrong.saying.replace('\n', "\\n"), wrong.why));
        }
    }
    out
}

fn line(out: &mut String, text: &str) {
    // Writing to a text cannot fail.
    let _ = writeln!(out, "{}", text.trim_end());
}

fn row(out: &mut String, name: &str, reports: &[Report], cell: impl Fn(&Report) -> String) {
    let mut text = format!("{name:<FIRST$}");
    for report in reports {
        let width = report.model.chars().count().max(16) + 2;
        let _ = write!(text, "{:>width$}", cell(report));
    }
    line(out, &text);
}

fn score(score: Score) -> String {
    format!("{}/{}", score.right, score.of)
}

#[expect(clippy::cast_precision_loss, reason = "tokens are far fewer than 2^52")]
fn cost(report: &Report, input: f64, output: f64) -> f64 {
    (report.input_tokens as f64 * input + report.output_tokens as f64 * output) / 1e6
}

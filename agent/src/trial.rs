//! `todo-agent probe`: a trial of the configured model, for a person at a terminal or for a script.

use crate::openai::OpenAi;
use crate::{Fatal, settings};
use std::fmt::Write as _;
use std::io::Write as _;
use todo_contract::{Dialect, ProbeReport, Trial, TrialOutcome};

/// Said where there is nothing to try out.
const NO_MODEL: &str = "no model is configured: the built-in planner is at work, and there is nothing to try out. Set \
                        OPENAI_API_KEY, or OPENAI_BASE_URL and OPENAI_MODEL";

/// Tries the configured model out and prints what was found; whether chatting with it works.
///
/// # Errors
/// If a setting is wrong, no model is configured, or the report cannot be printed.
pub fn probe(as_json: bool) -> Result<bool, Fatal> {
    let model = settings::model(&|name| std::env::var(name).ok())?.ok_or(NO_MODEL)?;
    let planner = OpenAi::new(model)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let report = runtime.block_on(planner.probe());
    let printed = if as_json { serde_json::to_string_pretty(&report)? } else { table(&report) };
    writeln!(std::io::stdout().lock(), "{}", printed.trim_end())?;
    Ok(report.usable)
}

/// The report for a person.
fn table(report: &ProbeReport) -> String {
    let mut text = format!("{} at {}, {}\n\n", report.model, report.host, dialect(report.dialect));
    for trial in &report.trials {
        let (outcome, name) = (outcome(trial.outcome), name(trial.trial));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {outcome:<8}{name:<12}{}", trial.detail);
    }
    if let Some(millis) = report.first_token_ms {
        let _ = writeln!(text, "\nFirst words after {:.1} s.", std::time::Duration::from_millis(millis).as_secs_f64());
    }
    if !report.adapted.is_empty() {
        let _ = writeln!(text, "\nAdapted:");
        report.adapted.iter().for_each(|adapted| {
            let _ = writeln!(text, "  - {adapted}");
        });
    }
    if !report.advice.is_empty() {
        let _ = writeln!(text, "\nTo set:");
        report.advice.iter().for_each(|advice| {
            let _ = writeln!(text, "  {}={}\n      {}", advice.setting, advice.value, advice.reason);
        });
    }
    let verdict =
        if report.usable { "Chatting with this model works." } else { "Chatting with this model does not work." };
    let _ = writeln!(text, "\n{verdict}");
    text
}

fn dialect(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Responses => "by the Responses API",
        Dialect::Chat => "by Chat Completions",
        Dialect::Structured => "by structured output in place of tools",
    }
}

fn outcome(outcome: TrialOutcome) -> &'static str {
    match outcome {
        TrialOutcome::Ok => "ok",
        TrialOutcome::Absent => "absent",
        TrialOutcome::Failed => "FAILED",
        TrialOutcome::Skipped => "-",
    }
}

fn name(trial: Trial) -> &'static str {
    match trial {
        Trial::Reach => "reach",
        Trial::Streaming => "streaming",
        Trial::Tools => "tools",
        Trial::Strict => "strict",
        Trial::Parallel => "parallel",
        Trial::Structured => "structured",
        Trial::Usage => "usage",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use todo_contract::{Advice, TrialReport};

    #[test]
    fn a_report_reads_as_a_table() {
        let trial = |trial, outcome, detail: &str| TrialReport { trial, outcome, detail: detail.into() };
        let report = ProbeReport {
            usable: true,
            model: "m".into(),
            host: "h:1".into(),
            dialect: Dialect::Chat,
            trials: vec![
                trial(Trial::Reach, TrialOutcome::Ok, "Answers."),
                trial(Trial::Tools, TrialOutcome::Failed, "Does not call."),
            ],
            first_token_ms: Some(1_250),
            adapted: vec!["`strict` is left out.".into()],
            advice: vec![Advice { setting: "OPENAI_API".into(), value: "chat".into(), reason: "It is spoken.".into() }],
        };
        let text = table(&report);
        for line in [
            "m at h:1, by Chat Completions\n",
            "  ok      reach       Answers.\n",
            "  FAILED  tools       Does not call.\n",
            "First words after 1.2 s.",
            "  - `strict` is left out.\n",
            "  OPENAI_API=chat\n      It is spoken.\n",
            "Chatting with this model works.",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
    }
}

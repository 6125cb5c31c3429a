//! A trial of the model: what works, what had to be adapted, and what to set. It goes through the very steps that
//! a chat makes, and learns anew what was remembered.

mod advice;
mod models;
mod trials;

use super::Endpoint;
use super::adapt::{Adaptation, Remembered};
use super::request::Ask;
use crate::failure::{Code, Failure};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use todo_contract::{Dialect, ProbeReport, Trial, TrialOutcome, TrialReport};
use tokio::time::Instant;
use trials::Heard;

/// Most time of all trials together.
const ALL: Duration = Duration::from_secs(58);
/// Most time of one.
const ONE: Duration = Duration::from_secs(28);
/// Most tokens of an answer: enough for a model that thinks first.
const MAX_OUTPUT_TOKENS: u32 = 4096;

/// What is said in the trials.
const GREETING: &str = "Say hello in one short sentence. Use no tool.";
const REQUEST: &str = "Mark task 3 as done.";

/// Tries the model out, in about a minute at most.
pub(super) async fn probe(endpoint: &Endpoint) -> ProbeReport {
    let deadline = Instant::now() + ALL;
    let trial = trial_of(endpoint);
    let mut found = Found::default();
    let greeted = trials::say(&trial, GREETING, deadline).await;
    if let Some(failure) = greeted.failure {
        found.failed(&trial, &failure);
        found.advice = advice::after_failure(&trial, &failure).await;
        return found.report(&trial);
    }
    found.greeted(&trial, &greeted);
    let mut asked = trials::say(&trial, REQUEST, deadline).await;
    let structured = trial.adaptations.get().has(Adaptation::NoTools);
    if !structured && asked.misses_tools() {
        found.tools = Some(asked.told());
        // Structured output may do where tools are there and the model does not find them.
        trial.adaptations.add(trial.adaptations.get().with(Adaptation::NoTools));
        asked = trials::say(&trial, REQUEST, deadline).await;
    }
    found.asked(&trial, &asked);
    if found.usable {
        endpoint.adaptations.replace(trial.adaptations.get());
    }
    found.advice = match &asked.failure {
        Some(failure) if !failure_is_of_words(failure) => advice::after_failure(&trial, failure).await,
        _ => advice::after_success(&trial, &found),
    };
    found.report(&trial)
}

/// Whether what the model said was of no use, rather than that it said nothing.
fn failure_is_of_words(failure: &Failure) -> bool {
    matches!(failure.code, Code::Malformed | Code::Refused)
}

/// The same endpoint, with nothing learnt yet and with narrower bounds.
fn trial_of(endpoint: &Endpoint) -> Arc<Endpoint> {
    let mut settings = endpoint.settings.clone();
    settings.step_timeout = settings.step_timeout.min(ONE);
    settings.retries = settings.retries.min(1);
    settings.max_output_tokens = settings.max_output_tokens.min(MAX_OUTPUT_TOKENS);
    let (adaptations, taken) = (Remembered::default(), AtomicUsize::new(usize::MAX));
    let redactor = Arc::clone(&endpoint.redactor);
    Arc::new(Endpoint { settings, redactor, client: endpoint.client.clone(), adaptations, taken })
}

/// What was found so far.
#[derive(Debug, Default)]
struct Found {
    usable: bool,
    trials: Vec<TrialReport>,
    first_token: Option<Duration>,
    /// What the first answer took; the second one may have no end in time.
    tokens: u64,
    advice: Vec<todo_contract::Advice>,
    /// Why tools did not do, if they did not.
    tools: Option<String>,
}

impl Found {
    fn add(&mut self, trial: Trial, outcome: TrialOutcome, detail: impl Into<String>) {
        self.trials.push(TrialReport { trial, outcome, detail: detail.into() });
    }

    fn failed(&mut self, trial: &Endpoint, failure: &Failure) {
        self.add(Trial::Reach, TrialOutcome::Failed, failure.detail.clone());
        let host = trial.settings.host();
        let rest = [Trial::Streaming, Trial::Tools, Trial::Strict, Trial::Parallel, Trial::Structured, Trial::Usage];
        for trial in rest {
            self.add(trial, TrialOutcome::Skipped, format!("Not tried, since {host} gave no answer."));
        }
    }

    fn greeted(&mut self, trial: &Endpoint, heard: &Heard) {
        let (host, model) = (trial.settings.host(), &trial.settings.model);
        self.add(Trial::Reach, TrialOutcome::Ok, format!("{host} answers, and takes the key and the model {model}."));
        (self.first_token, self.tokens) = (heard.first, heard.tokens);
        let adapted = trial.adaptations.get();
        let (outcome, detail) = match heard.pieces {
            _ if adapted.has(Adaptation::NoTools) => {
                (TrialOutcome::Absent, "Structured output is shown once it is whole.".to_owned())
            }
            _ if adapted.has(Adaptation::NoStream) => {
                (TrialOutcome::Absent, "The server does not stream; answers come in one piece.".to_owned())
            }
            0 | 1 => (TrialOutcome::Absent, "The answer came in one piece.".to_owned()),
            pieces => (TrialOutcome::Ok, format!("The answer came in {pieces} pieces.")),
        };
        self.add(Trial::Streaming, outcome, detail);
    }

    fn asked(&mut self, trial: &Endpoint, heard: &Heard) {
        use TrialOutcome::{Absent, Failed, Ok, Skipped};
        let adapted = trial.adaptations.get();
        let well = heard.calls_well();
        self.usable = well;
        let told = heard.told();
        if heard.failure.is_some() && !adapted.has(Adaptation::NoTools) {
            self.add(Trial::Tools, Failed, told);
            for trial in [Trial::Strict, Trial::Parallel, Trial::Structured] {
                self.add(trial, Skipped, "Not tried, since there was no answer to the request to call a tool.");
            }
        } else if adapted.has(Adaptation::NoTools) {
            let outcome = if self.tools.is_some() { Failed } else { Absent };
            let why = self.tools.clone();
            self.add(
                Trial::Tools,
                outcome,
                why.unwrap_or_else(|| "The server says that this model has no tools.".into()),
            );
            self.add(Trial::Strict, Skipped, "Without tools there is nothing to be strict about.");
            self.add(Trial::Parallel, Skipped, "Without tools there are no parallel calls.");
            self.add(Trial::Structured, if well { Ok } else { Failed }, told);
        } else {
            let there = |has_not: bool| if has_not { Absent } else { Ok };
            let strict = adapted.has(Adaptation::NoStrict) || adapted.has(Adaptation::PlainSchemas);
            let parallel = adapted.has(Adaptation::NoParallelToolCalls);
            self.add(Trial::Tools, Ok, told);
            let detail = if strict { "Not understood; the agent checks arguments itself." } else { "Taken." };
            self.add(Trial::Strict, there(strict), detail);
            let detail = if parallel { "Cannot be turned off; calls run one after the other." } else { "Taken." };
            self.add(Trial::Parallel, there(parallel), detail);
            self.add(Trial::Structured, Skipped, "Not needed, since tools work.");
        }
        match if heard.tokens > 0 { heard.tokens } else { self.tokens } {
            0 => self.add(Trial::Usage, Absent, "Tokens are not told: budgets cannot count this model."),
            tokens => self.add(Trial::Usage, Ok, format!("An answer took {tokens} tokens.")),
        }
    }

    fn report(self, trial: &Endpoint) -> ProbeReport {
        let adapted = trial.adaptations.get();
        ProbeReport {
            usable: self.usable,
            model: trial.settings.model.clone(),
            host: trial.settings.host(),
            dialect: dialect(trial),
            trials: self.trials,
            first_token_ms: self.first_token.and_then(|first| u64::try_from(first.as_millis()).ok()),
            adapted: adapted.all().map(|adaptation| adaptation.told().to_owned()).collect(),
            advice: self.advice,
        }
    }
}

fn dialect(trial: &Endpoint) -> Dialect {
    let adaptations = trial.adaptations.get();
    let responses = Ask::goes_to_responses(&trial.settings, adaptations);
    match () {
        () if adaptations.has(Adaptation::NoTools) => Dialect::Structured,
        () if responses => Dialect::Responses,
        () => Dialect::Chat,
    }
}

/// Whether less of a conversation had to be sent than was set.
fn was_trimmed(trial: &Endpoint) -> Option<usize> {
    Some(trial.taken.load(Ordering::Relaxed)).filter(|taken| *taken != usize::MAX)
}

//! What to set, after what was found.

use super::{Found, models, was_trimmed};
use crate::failure::{Code, Failure};
use crate::openai::Endpoint;
use crate::openai::adapt::Adaptation;
use std::time::Duration;
use todo_contract::Advice;

/// A first word after this long is worth a hint.
const SLOW: Duration = Duration::from_secs(8);

fn advice(setting: &str, value: impl Into<String>, reason: impl Into<String>) -> Advice {
    Advice { setting: setting.to_owned(), value: value.into(), reason: reason.into() }
}

/// After the first trial failed.
pub(super) async fn after_failure(trial: &Endpoint, failure: &Failure) -> Vec<Advice> {
    let host = trial.settings.host();
    match failure.code {
        Code::Unauthorized => {
            vec![advice("OPENAI_API_KEY", "a key that is valid there", format!("{host} does not take this one."))]
        }
        Code::Unreachable => {
            let reason = "Nothing answers at this address. From inside a container, localhost is the container.";
            vec![advice("OPENAI_BASE_URL", "the address before /chat/completions", reason)]
        }
        Code::Timeout => vec![advice("OPENAI_TIMEOUT", "180s", "The model needs longer than it is given.")],
        Code::Error if failure.detail.contains("OPENAI_MAX_OUTPUT_TOKENS") => {
            vec![advice("OPENAI_MAX_OUTPUT_TOKENS", "16384", "The model thinks longer than its answer may be.")]
        }
        Code::Error => {
            let names = models::some(trial).await;
            let is_there = names.contains(&trial.settings.model);
            match names.first() {
                Some(first) if !is_there => {
                    let reason = format!("{host} has {}.", names.join(", "));
                    vec![advice("OPENAI_MODEL", first.clone(), reason)]
                }
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// After the trials came to their end.
pub(super) fn after_success(trial: &Endpoint, found: &Found) -> Vec<Advice> {
    let adapted = trial.adaptations.get();
    let mut all = Vec::new();
    if adapted.has(Adaptation::OtherDialect) {
        let value = if trial.settings.begins_with_responses() { "chat" } else { "responses" };
        all.push(advice(
            "OPENAI_API",
            value,
            "It is what this server speaks; to say so saves a request after each start.",
        ));
    }
    if adapted.has(Adaptation::NoTools) {
        let reason = "Structured output works less well, and answers are shown only once they are whole.";
        all.push(advice("OPENAI_MODEL", "a model that can call tools", reason));
    }
    if !found.usable {
        all.push(advice("OPENAI_MODEL", "a larger model", "This one does not call the tool that it is asked to."));
    }
    if let Some(tokens) = was_trimmed(trial) {
        all.push(advice("OPENAI_HISTORY_TOKENS", tokens.to_string(), "The model takes no longer conversations."));
    }
    if found.first_token.is_some_and(|first| first >= SLOW) && trial.settings.reasoning_effort.is_none() {
        all.push(advice(
            "OPENAI_REASONING_EFFORT",
            "low",
            "The first word came late; a model that thinks can think less.",
        ));
    }
    all
}

//! Why a step failed: stable codes, with words that a person can act on.

use std::time::Duration;
use todo_contract::StepEvent;

/// A step's failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What kind it is.
    pub code: Code,
    /// Fit for a person.
    pub detail: String,
    /// Whether trying again may help.
    pub retryable: bool,
    /// How long the model's server asks to wait.
    pub retry_after: Option<Duration>,
}

/// The kinds of failure. The word on the wire is part of the contract with the api.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// No model is configured, but one was asked for.
    NotConfigured,
    /// The key is missing, wrong or not allowed.
    Unauthorized,
    /// The account has no credit left.
    Quota,
    /// Too many requests.
    RateLimited,
    /// No connection, or it broke.
    Unreachable,
    /// It took too long.
    Timeout,
    /// The model or its filter declined to answer.
    Refused,
    /// What the model sent makes no sense, also after asking again.
    Malformed,
    /// Any other error of the model's server.
    Error,
}

impl Code {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotConfigured => "model_not_configured",
            Self::Unauthorized => "model_unauthorized",
            Self::Quota => "model_quota",
            Self::RateLimited => "model_rate_limited",
            Self::Unreachable => "model_unreachable",
            Self::Timeout => "model_timeout",
            Self::Refused => "model_refused",
            Self::Malformed => "model_malformed",
            Self::Error => "model_error",
        }
    }
}

impl Code {
    /// The code of this word on the wire; [`Code::Error`] if there is none.
    #[must_use]
    pub fn named(word: &str) -> Self {
        const ALL: [Code; 9] = [
            Code::NotConfigured,
            Code::Unauthorized,
            Code::Quota,
            Code::RateLimited,
            Code::Unreachable,
            Code::Timeout,
            Code::Refused,
            Code::Malformed,
            Code::Error,
        ];
        ALL.into_iter().find(|code| code.as_str() == word).unwrap_or(Self::Error)
    }
}

impl Failure {
    /// A failure that trying again does not mend.
    #[must_use]
    pub fn lasting(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), retryable: false, retry_after: None }
    }

    /// A failure that may be gone next time.
    #[must_use]
    pub fn passing(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), retryable: true, retry_after: None }
    }

    /// A model was asked for, but none is configured.
    #[must_use]
    pub fn not_configured() -> Self {
        Self::lasting(
            Code::NotConfigured,
            "No model is configured. Set OPENAI_API_KEY, or OPENAI_BASE_URL and OPENAI_MODEL, where the agent runs; \
             or use the built-in planner.",
        )
    }
}

impl From<Failure> for StepEvent {
    fn from(failure: Failure) -> Self {
        Self::Error {
            code: failure.code.as_str().to_owned(),
            detail: failure.detail,
            retryable: failure.retryable,
            retry_after: failure.retry_after.map(|wait| wait.as_secs().max(1)),
        }
    }
}

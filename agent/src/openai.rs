//! The planner that asks a model behind an OpenAI-compatible endpoint.
//!
//! Two dialects, `chat` and `responses`, and structured output in place of tools, meet in `answer`: what a
//! request is made of is `request::Ask`, and what comes back is `answer::Answer`, whatever was spoken between.

mod adapt;
mod address;
mod answer;
mod api_error;
mod asking;
mod calls;
mod carried;
mod chat;
mod client;
mod exchange;
mod history;
mod increments;
mod items;
mod patience;
mod probe;
mod prompt;
mod reader;
mod remedy;
mod repair;
mod request;
mod responses;
mod retry;
mod run;
mod speech;
mod sse;
mod structured;
mod tools;
mod torn;
mod unpacked;
mod usage;

use crate::planner::{Events, Planner, Trace, events_of};
use crate::redact::Redactor;
use crate::settings::ModelSettings;
use adapt::Remembered;
use run::Run;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use todo_contract::{PlannerKind, ProbeReport, StepRequest};

/// The endpoint, and what is known of it.
pub struct OpenAi {
    endpoint: Arc<Endpoint>,
}

struct Endpoint {
    settings: ModelSettings,
    redactor: Arc<Redactor>,
    client: reqwest::Client,
    adaptations: Remembered,
    /// Most tokens of conversation that the model was found to take.
    taken: AtomicUsize,
}

impl Endpoint {
    /// Most tokens of conversation that are sent along.
    fn history_tokens(&self) -> usize {
        self.settings.history_tokens.min(self.taken.load(Ordering::Relaxed))
    }

    fn remember_history_tokens(&self, tokens: usize) {
        self.taken.fetch_min(tokens.max(MIN_HISTORY_TOKENS), Ordering::Relaxed);
    }
}

/// A model that takes less than this is not asked with less.
const MIN_HISTORY_TOKENS: usize = 256;

impl OpenAi {
    /// A planner for this model.
    ///
    /// # Errors
    /// If no TLS client can be made.
    pub fn new(settings: ModelSettings) -> Result<Self, reqwest::Error> {
        let client = client::build(&settings)?;
        let redactor = Arc::new(settings.redactor());
        let (adaptations, taken) = (Remembered::default(), AtomicUsize::new(usize::MAX));
        Ok(Self { endpoint: Arc::new(Endpoint { settings, redactor, client, adaptations, taken }) })
    }

    /// Tries the model out, in about a minute at most, and remembers what it learns.
    pub async fn probe(&self) -> ProbeReport {
        let report = probe::probe(&self.endpoint).await;
        let mut told = serde_json::to_value(&report).unwrap_or_default();
        self.endpoint.redactor.redact_json(&mut told);
        serde_json::from_value(told).unwrap_or(report)
    }

    /// The version of the system prompt.
    #[must_use]
    pub fn prompt_version() -> u32 {
        prompt::version()
    }

    /// What knows the secrets of this endpoint.
    #[must_use]
    pub fn redactor(&self) -> Arc<Redactor> {
        Arc::clone(&self.endpoint.redactor)
    }

    /// The endpoint's host.
    #[must_use]
    pub fn host(&self) -> String {
        self.endpoint.settings.host()
    }
}

impl Planner for OpenAi {
    fn kind(&self) -> PlannerKind {
        PlannerKind::Openai
    }

    fn model(&self) -> Option<&str> {
        Some(&self.endpoint.settings.model)
    }

    fn step(&self, request: StepRequest, trace: Trace) -> Events {
        let endpoint = Arc::clone(&self.endpoint);
        events_of(Arc::clone(&endpoint.redactor), |out| async move {
            Run::new(&endpoint, &request, &trace, out).drive().await;
        })
    }
}

//! The planner that asks a model behind an OpenAI-compatible endpoint (Chat Completions).

mod adapt;
mod api_error;
mod assembler;
mod calls;
mod client;
mod exchange;
mod history;
mod messages;
mod prompt;
mod reader;
mod repair;
mod request;
mod retry;
mod run;
mod sse;
mod tools;
mod wire;

use crate::planner::{Events, Planner, Trace, events_of};
use crate::settings::ModelSettings;
use adapt::Remembered;
use run::Run;
use std::sync::Arc;
use todo_contract::{PlannerKind, StepRequest};

/// The endpoint, and what is known of it.
pub struct OpenAi {
    endpoint: Arc<Endpoint>,
}

struct Endpoint {
    settings: ModelSettings,
    client: reqwest::Client,
    adaptations: Remembered,
}

impl OpenAi {
    /// A planner for this model.
    ///
    /// # Errors
    /// If no TLS client can be made.
    pub fn new(settings: ModelSettings) -> Result<Self, reqwest::Error> {
        let client = client::build(&settings)?;
        Ok(Self { endpoint: Arc::new(Endpoint { settings, client, adaptations: Remembered::default() }) })
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
        events_of(|out| async move { Run::new(&endpoint, &request, &trace, out).drive().await })
    }
}

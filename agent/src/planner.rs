//! Who plans a step: one trait, two planners.

mod builtin;
mod outlet;

pub use builtin::Builtin;
pub(crate) use outlet::{Outlet, events_of};

use crate::failure::Failure;
use crate::openai::OpenAi;
use crate::redact::keep_out_of_logs;
use crate::settings::Settings;
use futures_util::Stream;
use std::pin::Pin;
use todo_contract::step::PlannerInfo;
use todo_contract::{PlannerKind, ProbeReport, StepEvent, StepRequest};

/// A step's events after `started`, up to and with `finished` or `error`. Dropping it ends all work.
pub type Events = Pin<Box<dyn Stream<Item = StepEvent> + Send>>;

/// What identifies a request in the logs of every service; passed on to the model's server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// `X-Request-Id`.
    pub request_id: String,
    /// `traceparent` (W3C Trace Context), if the caller sent one.
    pub traceparent: Option<String>,
}

/// Makes a step of a conversation: a stateless function.
pub trait Planner: Send + Sync {
    /// Which one it is.
    fn kind(&self) -> PlannerKind;
    /// The model's name, if there is a model.
    fn model(&self) -> Option<&str>;
    /// Makes a step.
    fn step(&self, request: StepRequest, trace: Trace) -> Events;
}

/// The planners that this service has.
pub struct Planners {
    default: PlannerKind,
    builtin: Builtin,
    openai: Option<OpenAi>,
}

impl Planners {
    /// The planners that the settings ask for.
    ///
    /// # Errors
    /// If no TLS client can be made for the model.
    pub fn new(settings: &Settings) -> Result<Self, reqwest::Error> {
        let openai = settings.model.clone().map(OpenAi::new).transpose()?;
        if let Some(openai) = &openai {
            keep_out_of_logs(openai.redactor());
        }
        Ok(Self { default: settings.default_planner, builtin: Builtin, openai })
    }

    /// The planner that was asked for, or the default. Never another one than that.
    ///
    /// # Errors
    /// If a model was asked for, but none is configured.
    pub fn choose(&self, wanted: Option<PlannerKind>) -> Result<&dyn Planner, Failure> {
        match wanted.unwrap_or(self.default) {
            PlannerKind::Builtin => Ok(&self.builtin),
            PlannerKind::Openai => {
                self.openai.as_ref().map(|openai| openai as &dyn Planner).ok_or_else(Failure::not_configured)
            }
        }
    }

    /// Tries the model out, in about a minute at most; `None` if there is none.
    pub async fn probe(&self) -> Option<ProbeReport> {
        match &self.openai {
            Some(openai) => Some(openai.probe().await),
            None => None,
        }
    }

    /// What `GET /v1/info` tells.
    #[must_use]
    pub fn info(&self) -> PlannerInfo {
        PlannerInfo {
            available: true,
            default: self.default,
            model: self.openai.as_ref().and_then(Planner::model).map(str::to_owned),
            host: self.openai.as_ref().map(OpenAi::host),
        }
    }
}

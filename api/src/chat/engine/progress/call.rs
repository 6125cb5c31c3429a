//! A call of an attempt, and how it stands.

use crate::chat::engine::look::{Look, TakesBack};
use serde::{Deserialize, Serialize};
use todo_contract::policy::Touch;
use todo_contract::step::ProposedCall;
use todo_contract::tool::Effect;
use todo_contract::{CallStatus, ItemError, ToolResult};

/// What the person said to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Consent {
    NotAsked,
    Waiting,
    Given,
    Refused,
}

/// A call of an attempt, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallState {
    pub(super) step: u32,
    pub(in crate::chat::engine) proposed: ProposedCall,
    pub(super) consent: Consent,
    /// What the person was asked.
    pub(in crate::chat::engine) question: Option<String>,
    pub(in crate::chat::engine) outcome: Option<CallStatus>,
    pub(in crate::chat::engine) result: Option<ToolResult>,
    pub(super) look: Option<Look>,
}

impl CallState {
    pub(super) fn new(step: u32, proposed: ProposedCall) -> Self {
        let (consent, question) = (Consent::NotAsked, None);
        Self { step, proposed, consent, question, outcome: None, result: None, look: None }
    }

    pub(super) fn is_open(&self) -> bool {
        self.outcome.is_none()
    }

    /// What it touches: what it did, or else what it would do as far as that is known.
    pub(in crate::chat::engine) fn touch(&self) -> Touch {
        match (&self.result, self.takes_back()) {
            (Some(result), _) if self.outcome == Some(CallStatus::Done) => Touch::done(&self.proposed.call, result),
            (_, Some(Ok(takes_back))) => takes_back.touch.clone(),
            _ => Touch::of(&self.proposed.call),
        }
    }

    pub(super) fn takes_back(&self) -> Option<&Result<TakesBack, ItemError>> {
        self.look.as_ref()?.takes_back.as_ref()
    }

    pub(super) fn effect(&self) -> Effect {
        self.proposed.call.effect()
    }

    /// Whether the person said yes to it.
    pub(in crate::chat::engine) fn was_allowed(&self) -> bool {
        self.consent == Consent::Given
    }

    /// Whether the person said no to it.
    pub(in crate::chat::engine) fn was_refused(&self) -> bool {
        self.consent == Consent::Refused
    }
}

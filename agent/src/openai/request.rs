//! What is asked of a model, and the request that each dialect makes of it.

use super::adapt::{Adaptation, Adaptations};
use super::chat::ChatRequest;
use super::items::Item;
use super::remedy::Sent;
use super::responses::ResponsesRequest;
use super::tools::Schemas;
use crate::settings::ModelSettings;
use serde::Serialize;

/// All that a request is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask<'a> {
    pub(super) settings: &'a ModelSettings,
    pub(super) instructions: &'a str,
    pub(super) items: &'a [Item],
    pub(super) adaptations: Adaptations,
    pub(super) max_output_tokens: u32,
    /// Whether what was carried is sent along.
    pub(super) with_carried: bool,
    /// Whether the other dialect may still be tried.
    pub(super) may_switch: bool,
}

impl Ask<'_> {
    /// Whether it goes to `/responses`.
    pub(super) fn is_responses(&self) -> bool {
        Self::goes_to_responses(self.settings, self.adaptations)
    }

    /// Whether what is asked with these goes to `/responses`.
    pub(super) fn goes_to_responses(settings: &ModelSettings, adaptations: Adaptations) -> bool {
        settings.begins_with_responses() != adaptations.has(Adaptation::OtherDialect)
    }

    /// Whether an answer is taken to begin with thoughts that nothing opens.
    pub(super) fn hides_thoughts(&self) -> bool {
        self.adaptations.has(Adaptation::HiddenThoughts)
    }

    /// The form of the tools' schemas.
    pub(super) fn schemas(&self) -> Schemas {
        match () {
            () if self.adaptations.has(Adaptation::PlainSchemas) => Schemas::Plain,
            () if self.adaptations.has(Adaptation::NoStrict) => Schemas::Unmarked,
            () => Schemas::Strict,
        }
    }

    /// Whether structured output stands in for tools.
    pub(super) fn is_structured(&self) -> bool {
        self.adaptations.has(Adaptation::NoTools)
    }
}

/// A request's body.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Body<'a> {
    Chat(ChatRequest<'a>),
    Responses(ResponsesRequest<'a>),
}

impl<'a> Body<'a> {
    pub(super) fn new(ask: &Ask<'a>) -> Self {
        if ask.is_responses() { Self::Responses(ResponsesRequest::new(ask)) } else { Self::Chat(ChatRequest::new(ask)) }
    }

    /// What can be adapted of it.
    pub(super) fn sent(&self, ask: &Ask<'_>) -> Sent {
        match self {
            Self::Chat(request) => request.sent(ask),
            Self::Responses(request) => request.sent(ask),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) const LOCAL: &str = "http://localhost/v1";

    pub(crate) fn settings(base_url: &str) -> ModelSettings {
        let lookup = |name: &str| {
            let value = match name {
                "AGENT_TOKEN" => "0123456789abcdef",
                "OPENAI_API_KEY" => "sk-x",
                "OPENAI_BASE_URL" => base_url,
                "OPENAI_MODEL" => "m",
                "OPENAI_TEMPERATURE" => "0.5",
                _ => return None,
            };
            Some(value.to_owned())
        };
        crate::settings::Settings::read(&lookup).unwrap().model.unwrap()
    }

    pub(crate) fn ask_with<T>(base_url: &str, adapted: &[Adaptation], use_it: impl FnOnce(&Ask<'_>) -> T) -> T {
        let settings = settings(base_url);
        use_it(&Ask {
            settings: &settings,
            instructions: "Be brief.",
            items: &[Item::User("Hi".into())],
            adaptations: adapted.iter().fold(Adaptations::default(), |all, one| all.with(*one)),
            max_output_tokens: settings.max_output_tokens,
            with_carried: true,
            may_switch: true,
        })
    }

    #[test]
    fn the_dialect_follows_the_host_and_what_was_learnt() {
        let responses = |url, adapted: &[Adaptation]| {
            ask_with(url, adapted, |ask| Ask::goes_to_responses(ask.settings, ask.adaptations))
        };
        assert!(responses("https://api.openai.com/v1", &[]));
        assert!(responses("https://x.openai.azure.com/openai/v1", &[]));
        assert!(!responses("https://x.openai.azure.com/openai/deployments/d?api-version=1", &[]));
        assert!(!responses(LOCAL, &[]));
        assert!(responses(LOCAL, &[Adaptation::OtherDialect]));
    }
}

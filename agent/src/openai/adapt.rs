//! What a server refuses is left out or said otherwise from then on. What helped is remembered for as long as
//! the process lives.

use std::sync::atomic::{AtomicU32, Ordering};

/// One way in which requests are adapted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Adaptation {
    NoStrict = 1,
    NoParallelToolCalls = 1 << 1,
    NoStreamOptions = 1 << 2,
    NoTemperature = 1 << 3,
    /// `max_tokens` in place of `max_completion_tokens`, or the other way round.
    OtherTokenLimit = 1 << 4,
    NoTokenLimit = 1 << 5,
    /// `reasoning_effort: "none"`: some models take tools on Chat Completions only so.
    EffortNone = 1 << 6,
    NoEffort = 1 << 7,
    NoStream = 1 << 8,
    /// Responses in place of Chat Completions, or the other way round.
    OtherDialect = 1 << 9,
    /// Structured output in place of tools.
    NoTools = 1 << 10,
    /// `json_object` in place of `json_schema`.
    NoJsonSchema = 1 << 11,
    /// The prompt alone asks for JSON.
    NoJsonObject = 1 << 12,
    NoStore = 1 << 13,
    NoInclude = 1 << 14,
    /// Ids of calls in nine letters and digits (Mistral).
    ShortIds = 1 << 15,
    /// Thoughts are not sent back.
    NoThoughts = 1 << 16,
    /// The system prompt as a part of the first message.
    NoSystem = 1 << 17,
    /// An empty text in place of null.
    NoNullContent = 1 << 18,
    /// Answers begin with thoughts that nothing opens.
    HiddenThoughts = 1 << 19,
    /// A stand-in for thought signatures that got lost (Gemini).
    StandInSignatures = 1 << 20,
    /// Schemas in the oldest keywords alone.
    PlainSchemas = 1 << 21,
    /// Empty thoughts where they got lost (DeepSeek).
    StandInThoughts = 1 << 22,
    /// A person and the model speak in turns, whatever came of a turn.
    TakeTurns = 1 << 23,
}

impl Adaptation {
    /// All of them, in the order in which they are told.
    const ALL: [Self; 24] = [
        Self::OtherDialect,
        Self::NoTools,
        Self::NoJsonSchema,
        Self::NoJsonObject,
        Self::NoStream,
        Self::NoStrict,
        Self::PlainSchemas,
        Self::NoParallelToolCalls,
        Self::NoStreamOptions,
        Self::NoTemperature,
        Self::OtherTokenLimit,
        Self::NoTokenLimit,
        Self::EffortNone,
        Self::NoEffort,
        Self::NoStore,
        Self::NoInclude,
        Self::ShortIds,
        Self::NoThoughts,
        Self::NoSystem,
        Self::NoNullContent,
        Self::HiddenThoughts,
        Self::StandInSignatures,
        Self::StandInThoughts,
        Self::TakeTurns,
    ];

    /// A sentence for a person.
    pub(super) fn told(self) -> &'static str {
        match self {
            Self::NoStrict => "`strict` is left out: arguments are checked by the agent alone.",
            Self::NoParallelToolCalls => "`parallel_tool_calls` is left out.",
            Self::NoStreamOptions => "`stream_options` is left out.",
            Self::NoTemperature => "`temperature` is left out.",
            Self::OtherTokenLimit => "The bound of the output is sent under its other name.",
            Self::NoTokenLimit => "No bound of the output is sent.",
            Self::EffortNone => "`reasoning_effort` is `none`, since the model takes tools only so.",
            Self::NoEffort => "The reasoning effort is left out.",
            Self::NoStream => "Answers come in one piece, without streaming.",
            Self::OtherDialect => "The other API is spoken, since the first one is not there.",
            Self::NoTools => "Structured output stands in for tool calls.",
            Self::NoJsonSchema => "`json_schema` is not understood; any JSON is asked for and checked by the agent.",
            Self::NoJsonObject => "`response_format` is not understood; JSON is asked for in words.",
            Self::NoStore => "`store` is left out.",
            Self::NoInclude => "Encrypted reasoning is not asked for.",
            Self::ShortIds => "Calls have ids of nine letters and digits.",
            Self::NoThoughts => "Thoughts are not sent back.",
            Self::NoSystem => "The system prompt is a part of the first message.",
            Self::NoNullContent => "An empty text is sent in place of null.",
            Self::HiddenThoughts => {
                "An answer is shown once its thoughts are over, since nothing marks their beginning."
            }
            Self::PlainSchemas => "The tools are described in simpler schemas.",
            Self::StandInSignatures => "Lost thought signatures are replaced by a stand-in.",
            Self::StandInThoughts => "Lost thoughts are sent back as empty ones.",
            Self::TakeTurns => "Messages are joined or parted so that both sides speak in turns.",
        }
    }
}

/// All adaptations to an endpoint and its model so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Adaptations(u32);

impl Adaptations {
    pub(super) fn has(self, adaptation: Adaptation) -> bool {
        self.0 & adaptation as u32 != 0
    }

    #[must_use]
    pub(super) fn with(self, adaptation: Adaptation) -> Self {
        Self(self.0 | adaptation as u32)
    }

    #[must_use]
    pub(super) fn without(self, adaptation: Adaptation) -> Self {
        Self(self.0 & !(adaptation as u32))
    }

    pub(super) fn all(self) -> impl Iterator<Item = Adaptation> {
        Adaptation::ALL.into_iter().filter(move |adaptation| self.has(*adaptation))
    }
}

/// Adaptations that several steps share.
#[derive(Debug, Default)]
pub(super) struct Remembered(AtomicU32);

impl Remembered {
    pub(super) fn get(&self) -> Adaptations {
        Adaptations(self.0.load(Ordering::Relaxed))
    }

    /// Forgets all others.
    pub(super) fn replace(&self, adaptations: Adaptations) {
        self.0.store(adaptations.0, Ordering::Relaxed);
    }

    pub(super) fn add(&self, adaptations: Adaptations) {
        self.0.fetch_or(adaptations.0, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_adaptation_is_a_bit_of_its_own_and_is_told() {
        let all = Adaptation::ALL.into_iter().fold(Adaptations::default(), Adaptations::with);
        assert_eq!(all.0.count_ones() as usize, Adaptation::ALL.len());
        assert_eq!(all.all().count(), Adaptation::ALL.len());
        assert!(all.all().all(|adaptation| adaptation.told().ends_with('.')));
        assert!(!all.without(Adaptation::NoTools).has(Adaptation::NoTools));
    }

    #[test]
    fn what_is_remembered_adds_up() {
        let remembered = Remembered::default();
        remembered.add(Adaptations::default().with(Adaptation::NoStrict));
        remembered.add(Adaptations::default().with(Adaptation::NoStream));
        assert!(remembered.get().has(Adaptation::NoStrict) && remembered.get().has(Adaptation::NoStream));
    }
}

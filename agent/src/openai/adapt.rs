//! What a server refuses is left out or said otherwise from then on: each adaptation once, remembered
//! for as long as the process lives.

use super::api_error::ApiError;
use std::sync::atomic::{AtomicU16, Ordering};

/// One way in which requests are adapted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
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
}

/// All adaptations to an endpoint and its model so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Adaptations(u16);

impl Adaptations {
    pub(super) fn has(self, adaptation: Adaptation) -> bool {
        self.0 & adaptation as u16 != 0
    }

    #[cfg(test)]
    pub(super) fn with(self, adaptation: Adaptation) -> Self {
        Self(self.0 | adaptation as u16)
    }
}

/// Adaptations that several steps share.
#[derive(Debug, Default)]
pub(super) struct Remembered(AtomicU16);

impl Remembered {
    pub(super) fn get(&self) -> Adaptations {
        Adaptations(self.0.load(Ordering::Relaxed))
    }

    pub(super) fn add(&self, adaptation: Adaptation) {
        self.0.fetch_or(adaptation as u16, Ordering::Relaxed);
    }
}

/// What the refused request had in it that can be adapted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sent {
    pub(super) adaptations: Adaptations,
    /// `max_tokens` or `max_completion_tokens`.
    pub(super) token_limit: Option<&'static str>,
    pub(super) temperature: bool,
}

/// The adaptation that a refusal asks for: the first parameter that it names, that was sent, and that
/// was not adapted already.
pub(super) fn adaptation_to(status: u16, error: &ApiError, sent: Sent) -> Option<Adaptation> {
    match status {
        400 | 422 | 501 => error.words().find_map(|word| named(&word, sent)),
        // llama.cpp: 500 "Cannot use tools with stream".
        500 if error.words().any(|w| w == "stream") && error.words().any(|w| w == "tools") => {
            Some(Adaptation::NoStream).filter(|a| !sent.adaptations.has(*a))
        }
        _ => None,
    }
}

fn named(word: &str, sent: Sent) -> Option<Adaptation> {
    use Adaptation as A;
    let has = |adaptation| sent.adaptations.has(adaptation);
    let adaptation = match word {
        "strict" => A::NoStrict,
        "parallel_tool_calls" => A::NoParallelToolCalls,
        "stream_options" | "include_usage" => A::NoStreamOptions,
        "temperature" if sent.temperature => A::NoTemperature,
        "max_tokens" | "max_completion_tokens" if sent.token_limit == Some(word) => {
            if has(A::OtherTokenLimit) {
                A::NoTokenLimit
            } else {
                A::OtherTokenLimit
            }
        }
        "reasoning_effort" if has(A::EffortNone) => A::NoEffort,
        "reasoning_effort" => A::EffortNone,
        "stream" | "streaming" => A::NoStream,
        _ => return None,
    };
    (!has(adaptation)).then_some(adaptation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refusal(param: Option<&str>, message: &str) -> ApiError {
        ApiError::of(&json!({"error": {"message": message, "param": param}}))
    }

    fn sent() -> Sent {
        Sent { token_limit: Some("max_tokens"), temperature: true, ..Sent::default() }
    }

    #[test]
    fn a_parameter_is_found_by_param_or_by_the_words_of_the_message() {
        use Adaptation as A;
        for (param, message, expected) in [
            (Some("tools[0].function.strict"), "Unknown parameter", A::NoStrict),
            (None, "Unrecognized request argument supplied: parallel_tool_calls", A::NoParallelToolCalls),
            (None, "stream_options is not supported with this stream", A::NoStreamOptions),
            (Some("temperature"), "only the default (1) is supported", A::NoTemperature),
            (None, "'max_tokens' is not supported; use 'max_completion_tokens'", A::OtherTokenLimit),
            (Some("reasoning_effort"), "set reasoning_effort to 'none'", A::EffortNone),
            (None, "Streaming is not supported", A::NoStream),
        ] {
            assert_eq!(adaptation_to(400, &refusal(param, message), sent()), Some(expected), "{message}");
        }
    }

    #[test]
    fn each_is_tried_once_and_then_the_refusal_stands() {
        let refusal = refusal(Some("reasoning_effort"), "no");
        let mut sent = sent();
        let mut tried = Vec::new();
        while let Some(adaptation) = adaptation_to(400, &refusal, sent) {
            tried.push(adaptation);
            sent.adaptations = sent.adaptations.with(adaptation);
        }
        assert_eq!(tried, [Adaptation::EffortNone, Adaptation::NoEffort]);
    }

    #[test]
    fn what_was_not_sent_is_not_adapted() {
        let unsent = Sent { token_limit: Some("max_completion_tokens"), ..Sent::default() };
        assert_eq!(adaptation_to(400, &refusal(Some("temperature"), "bad"), unsent), None);
        assert_eq!(adaptation_to(400, &refusal(None, "max_tokens is too large"), unsent), None);
        assert_eq!(adaptation_to(400, &refusal(None, "the model does not exist"), sent()), None);
    }

    #[test]
    fn only_a_refusal_counts() {
        assert_eq!(adaptation_to(429, &refusal(Some("strict"), "strict"), sent()), None);
        assert_eq!(adaptation_to(500, &refusal(None, "strict"), sent()), None);
        let llama = refusal(None, "Cannot use tools with stream");
        assert_eq!(adaptation_to(500, &llama, sent()), Some(Adaptation::NoStream));
    }
}

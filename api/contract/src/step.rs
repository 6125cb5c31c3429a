//! `POST /v1/step`: what the api asks of the agent, and the events that come back as SSE.
//!
//! The agent is a stateless function: the conversation so far goes in, text and typed tool calls
//! come out. No user id, no credential.

use crate::due::TimeZoneName;
use crate::limits::CARRY_MAX;
use crate::locale::{DateOrder, Locale, WeekStart};
use crate::text::InvalidText;
use crate::tool::{CallId, ToolCall, ToolResult};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PlannerKind {
    /// A model behind an OpenAI-compatible endpoint.
    Openai,
    /// The deterministic English planner.
    Builtin,
}

/// What a planner must know of the moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepContext {
    /// Now.
    #[serde(with = "crate::calendar::moment_text")]
    pub now: Timestamp,
    /// The zone in which "today" is meant.
    pub time_zone: TimeZoneName,
    /// When weeks begin.
    #[serde(default)]
    pub week_start: WeekStart,
    /// How a date such as `5/1` is meant.
    #[serde(default)]
    pub date_order: DateOrder,
}

impl StepContext {
    /// This moment, for a person of this zone and locale.
    #[must_use]
    pub fn new(now: Timestamp, time_zone: TimeZoneName, locale: Locale) -> Self {
        Self { now, time_zone, week_start: locale.week_start, date_order: locale.date_order }
    }
}

/// How a tool call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CallStatus {
    /// Ran; single items may have failed.
    Done,
    /// Refused or failed as a whole.
    Failed,
    /// Waits for a yes or no.
    Pending,
    /// The person said no.
    Declined,
}

impl CallStatus {
    /// The status of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Some(match word {
            "done" => Self::Done,
            "failed" => Self::Failed,
            "pending" => Self::Pending,
            "declined" => Self::Declined,
            _ => return None,
        })
    }
}

/// A message of the conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Message {
    /// The person said this.
    User {
        /// The words.
        text: String,
    },
    /// The planner said and proposed this.
    Assistant {
        /// The words; may be empty.
        text: String,
        /// The calls; may be empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        calls: Vec<ProposedCall>,
        /// What the planner gave to be carried back to it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        carry: Option<Carry>,
    },
    /// A call's result. Each call of the message before has exactly one.
    Tool {
        /// The call's id.
        call_id: CallId,
        /// How it ended.
        status: CallStatus,
        /// The result.
        result: ToolResult,
    },
}

/// What a planner wants to read again in the later steps of the same turn, such as a model's encrypted
/// reasoning. Opaque to everyone else: the api stores it with the turn and sends it back, and shows it to nobody.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Carry(String);

impl Carry {
    /// Takes a text of at most [`CARRY_MAX`] bytes.
    ///
    /// # Errors
    /// If it is longer.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidText> {
        let text = text.into();
        if text.len() > CARRY_MAX {
            return Err(InvalidText(format!("what is carried may have {CARRY_MAX} bytes; this has {}", text.len())));
        }
        Ok(Self(text))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Carry {
    type Error = InvalidText;
    fn try_from(text: String) -> Result<Self, InvalidText> {
        Self::new(text)
    }
}

impl From<Carry> for String {
    fn from(carry: Carry) -> Self {
        carry.0
    }
}

/// Tells the length alone: it must not get into a log.
impl std::fmt::Debug for Carry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Carry({} bytes)", self.0.len())
    }
}

/// A typed call with its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedCall {
    /// Unique in its turn.
    pub id: CallId,
    /// The call.
    #[serde(flatten)]
    pub call: ToolCall,
}

/// `POST /v1/step`, with `Authorization: Bearer <AGENT_TOKEN>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRequest {
    /// Ask for this planner; the agent's default if `null`.
    #[serde(default)]
    pub planner: Option<PlannerKind>,
    /// The moment.
    pub context: StepContext,
    /// Oldest first; the last is a `user` or a `tool` message.
    pub messages: Vec<Message>,
}

/// Why a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepFinish {
    /// The answer is complete.
    Stop,
    /// The calls are to be run, and their results to be sent in the next step.
    ToolCalls,
    /// The model ran out of its output bound.
    Length,
}

/// An event of a step's stream: `{"event": "text", "data": {"text": "…"}}`; in SSE, `event:` and `data:`.
///
/// A step begins with `started`, and ends with `finished` or `error`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", content = "data", rename_all = "snake_case")]
pub enum StepEvent {
    /// Which planner took it up.
    Started {
        /// The planner.
        planner: PlannerKind,
        /// The model's name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
    },
    /// A piece of the answer.
    Text {
        /// The piece; Markdown.
        text: String,
    },
    /// A whole, typed and checked call.
    Call(ProposedCall),
    /// To be sent back with this step's message in the later steps of the turn; at most one a step.
    Carry {
        /// It.
        carry: Carry,
    },
    /// What the step cost.
    Usage {
        /// Tokens read.
        input_tokens: u64,
        /// Tokens written.
        output_tokens: u64,
    },
    /// The end.
    Finished {
        /// Why.
        finish: StepFinish,
    },
    /// The step failed.
    Error {
        /// Stable code, such as `model_unreachable`, `model_quota`, `model_refused`, `model_malformed`.
        code: String,
        /// Fit for a person.
        detail: String,
        /// Whether trying again may help.
        retryable: bool,
        /// Seconds to wait first, if the model's server said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u64>,
    },
}

impl StepEvent {
    /// The name in `event:`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Started { .. } => "started",
            Self::Text { .. } => "text",
            Self::Call(_) => "call",
            Self::Carry { .. } => "carry",
            Self::Usage { .. } => "usage",
            Self::Finished { .. } => "finished",
            Self::Error { .. } => "error",
        }
    }
}

/// `GET /v1/info` of the agent, and `GET /planner` of the api: who would plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannerInfo {
    /// Whether the agent answers at all.
    pub available: bool,
    /// The planner that a turn gets if it asks for none.
    pub default: PlannerKind,
    /// The model's name, if one is configured.
    #[serde(default)]
    pub model: Option<String>,
    /// The host of the model's endpoint, if one is configured.
    #[serde(default)]
    pub host: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_carried_is_bounded_and_shows_nowhere() {
        let carry = Carry::new("secret thoughts").unwrap();
        assert_eq!(format!("{carry:?}"), "Carry(15 bytes)");
        let message = Message::Assistant { text: "Hm".into(), calls: Vec::new(), carry: Some(carry) };
        let written = serde_json::to_value(&message).unwrap();
        assert_eq!(written, json!({"role": "assistant", "text": "Hm", "carry": "secret thoughts"}));
        assert_eq!(serde_json::from_value::<Message>(written).unwrap(), message);
        assert!(Carry::new("x".repeat(CARRY_MAX + 1)).is_err());
    }

    #[test]
    fn a_context_of_an_older_or_newer_release_is_read() {
        let older = json!({"now": "2027-01-01T00:00:00Z", "time_zone": "UTC"});
        let context = serde_json::from_value::<StepContext>(older).unwrap();
        assert_eq!((context.week_start, context.date_order), (WeekStart::Monday, DateOrder::DayFirst));
        let chosen = StepContext { week_start: WeekStart::Sunday, date_order: DateOrder::MonthFirst, ..context };
        let mut newer = serde_json::to_value(&chosen).unwrap();
        assert_eq!((&newer["week_start"], &newer["date_order"]), (&json!("sunday"), &json!("month_first")));
        newer["calendar"] = json!("iso8601");
        assert_eq!(serde_json::from_value::<StepContext>(newer).unwrap(), chosen);
    }

    #[test]
    fn a_message_that_carries_nothing_is_written_as_before() {
        let message = Message::Assistant { text: "Hm".into(), calls: Vec::new(), carry: None };
        assert_eq!(serde_json::to_value(message).unwrap(), json!({"role": "assistant", "text": "Hm"}));
    }
}

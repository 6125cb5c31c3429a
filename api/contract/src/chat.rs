//! Conversations, turns and what happens in a turn.

use crate::due::TimeZoneName;
use crate::limits::{CONVERSATION_TITLE_MAX, MESSAGE_MAX};
use crate::step::{CallStatus, PlannerKind};
use crate::text::{InvalidText, bounded_text, one_line, shown_text, within};
use crate::tool::{CallId, ToolResult};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// A conversation's id; a client may make it (UUID, any version).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
pub struct ConversationId(pub Uuid);

/// A turn's id, made by the client: its idempotency key (UUID, any version).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
pub struct TurnId(pub Uuid);

impl fmt::Display for ConversationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for TurnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn message(text: String) -> Result<String, InvalidText> {
    let trimmed = text.trim();
    within("the message", trimmed, 1, MESSAGE_MAX)?;
    if trimmed.contains('\0') {
        return Err(InvalidText("the message must not contain a NUL character".into()));
    }
    Ok(trimmed.to_owned())
}

fn conversation_title(text: String) -> Result<String, InvalidText> {
    let line = one_line("the title", &text)?;
    within("the title", &line, 1, CONVERSATION_TITLE_MAX)?;
    Ok(line)
}

bounded_text!(MessageText, 1, 4_000, message, "What a person says to the list: 1 to 4 000 characters.");
bounded_text!(
    ConversationTitle,
    1,
    200,
    conversation_title,
    "A conversation's title: one line of 1 to 200 characters."
);
shown_text!(MessageText, ConversationTitle);

/// A conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// Its title: the first message, shortened, until someone changes it.
    pub title: String,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::calendar::moment_text")]
    pub created_at: Timestamp,
    /// When something was last said.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::calendar::moment_text")]
    pub updated_at: Timestamp,
}

/// `POST /conversations`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewConversation {
    /// Made by the api if absent. The same id again answers with the conversation that is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ConversationId>,
    /// "New conversation" if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<ConversationTitle>,
}

/// `PATCH /conversations/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationPatch {
    /// A new title.
    pub title: ConversationTitle,
}

/// `POST /conversations/{id}/turns`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TurnRequest {
    /// Made by the client; the same id again answers with the turn that is there.
    pub id: TurnId,
    /// What the person says.
    pub message: MessageText,
    /// The zone in which "today" is meant; the account's if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<TimeZoneName>,
    /// Ask for this planner; the agent's default if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planner: Option<PlannerKind>,
}

/// `POST /turns/{id}/retry`, all optional.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RetryRequest {
    /// Try with this planner, such as `builtin` in an outage of the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planner: Option<PlannerKind>,
}

/// How a turn stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TurnStatus {
    /// At work.
    Running,
    /// Waiting for a person's yes or no.
    NeedsConfirmation,
    /// Ended well.
    Done,
    /// Ended by an error; can be retried.
    Failed,
    /// Stopped by the person or by an end of the server; can be retried.
    Interrupted,
}

impl TurnStatus {
    /// The status of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Some(match word {
            "running" => Self::Running,
            "needs_confirmation" => Self::NeedsConfirmation,
            "done" => Self::Done,
            "failed" => Self::Failed,
            "interrupted" => Self::Interrupted,
            _ => return None,
        })
    }

    /// Whether nothing more will happen unless someone retries it.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Interrupted)
    }
}

/// One user message and all that followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Turn {
    /// Its id.
    pub id: TurnId,
    /// The conversation that it belongs to.
    pub conversation_id: ConversationId,
    /// What the person said.
    pub message: MessageText,
    /// How it stands.
    pub status: TurnStatus,
    /// Which planner was at work; `null` before the first step.
    pub planner: Option<PlannerKind>,
    /// The model's name, if a model was at work.
    #[serde(default)]
    pub model: Option<String>,
    /// All that happened so far. The stream continues after the last `id`.
    pub events: Vec<TurnEvent>,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::calendar::moment_text")]
    pub created_at: Timestamp,
}

/// One thing that happened in a turn; a row, and an SSE message with the same `id`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "crate::wire::TurnEventWire")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TurnEvent {
    /// Counts from 1 in its turn.
    pub id: i64,
    /// What happened.
    #[serde(flatten)]
    pub body: TurnEventBody,
}

/// What happened: `{"event": "text", "data": {"text": "…"}}`; in SSE, `event:` and `data:`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", content = "data", rename_all = "snake_case", try_from = "crate::wire::TurnEventBodyWire")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TurnEventBody {
    /// The turn stands differently, or a planner took it up.
    Status {
        /// How it stands.
        status: TurnStatus,
        /// Which planner is at work.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        planner: Option<PlannerKind>,
        /// The model's name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
        /// Counts the attempts, from 1. What earlier attempts said is to be hidden; what they did stays.
        attempt: u32,
    },
    /// A piece of the answer, to be appended.
    Text {
        /// The piece; Markdown.
        text: String,
    },
    /// The planner proposes a call.
    ToolCall {
        /// Its id.
        id: CallId,
        /// The tool.
        name: String,
        /// Its arguments.
        #[cfg_attr(feature = "openapi", schema(value_type = Object))]
        arguments: serde_json::Value,
    },
    /// What became of a call.
    ToolResult {
        /// The call's id.
        id: CallId,
        /// How it ended.
        status: CallStatus,
        /// The result.
        result: ToolResult,
    },
    /// A big change waits for a yes or no, or got one.
    Confirmation {
        /// The call's id.
        call_id: CallId,
        /// What would happen, in a sentence.
        summary: String,
        /// `null` while it waits.
        approved: Option<bool>,
    },
    /// What a step cost.
    Usage {
        /// Tokens read.
        input_tokens: u64,
        /// Tokens written.
        output_tokens: u64,
    },
    /// What went wrong.
    Error {
        /// Stable code.
        code: String,
        /// Fit for a person.
        detail: String,
        /// Whether trying again may help.
        retryable: bool,
        /// Whether the built-in planner can take over.
        offer_builtin: bool,
    },
    /// The end of the turn (of this attempt).
    Done {
        /// How it ended.
        status: TurnStatus,
        /// What was proposed and not done, whatever the answer says.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        not_done: Vec<NotDone>,
    },
}

/// Why something was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum NotDoneReason {
    /// The person said no.
    Declined,
    /// It was refused, or it failed.
    Failed,
    /// The turn ended before it ran.
    NotRun,
}

/// A call, or a part of one, that was proposed and not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotDone {
    /// The call.
    pub call_id: CallId,
    /// The tool.
    pub name: String,
    /// What was not done: "Delete 2 tasks: “Milk” and “Bread”".
    pub what: String,
    /// Why not.
    pub reason: NotDoneReason,
    /// Why not, fit for a person.
    pub detail: String,
}

impl NotDone {
    /// What was not done, for the end of an answer: Markdown, and `None` if everything was done.
    #[must_use]
    pub fn told(all: &[Self]) -> Option<String> {
        let line = |one: &Self| format!("{} ({})", one.what, one.detail.trim_end_matches('.'));
        match all {
            [] => None,
            [one] => Some(format!("Not done: {}.", line(one))),
            several => {
                let lines: Vec<String> = several.iter().map(|one| format!("- {}", line(one))).collect();
                Some(format!("Not done:\n\n{}", lines.join("\n")))
            }
        }
    }
}

pub(crate) fn first_attempt() -> u32 {
    1
}

impl TurnEventBody {
    /// The name in `event:`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::Text { .. } => "text",
            Self::ToolCall { .. } => "tool_call",
            Self::ToolResult { .. } => "tool_result",
            Self::Confirmation { .. } => "confirmation",
            Self::Usage { .. } => "usage",
            Self::Error { .. } => "error",
            Self::Done { .. } => "done",
        }
    }
}

/// `POST /turns/{id}/confirmations/{call_id}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Confirmation {
    /// Yes or no.
    pub approve: bool,
}

/// `POST /chat`: one call for scripts, waits for the end of the turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatRequest {
    /// What the person says.
    pub message: MessageText,
    /// Go on with this conversation; a new one if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<ConversationId>,
    /// The zone in which "today" is meant; the account's if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<TimeZoneName>,
    /// Ask for this planner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planner: Option<PlannerKind>,
}

/// How a turn ended, or that it waits, in the answer of `/chat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ChatStatus {
    /// Ended well.
    Done,
    /// Waits for `POST /turns/{id}/confirmations/{call_id}`.
    NeedsConfirmation,
    /// Ended by an error.
    Failed,
    /// Stopped.
    Interrupted,
}

/// A tool call in the answer of `/chat`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatToolCall {
    /// Its id.
    pub id: CallId,
    /// The tool.
    pub name: String,
    /// Its arguments.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub arguments: serde_json::Value,
    /// How it stands.
    pub status: CallStatus,
    /// The result; `null` while it waits.
    pub result: Option<ToolResult>,
}

/// The answer of `/chat` and of a confirmation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatResponse {
    /// For the next message.
    pub conversation_id: ConversationId,
    /// For a confirmation, a stop or a retry.
    pub turn_id: TurnId,
    /// The whole answer; Markdown.
    pub response: String,
    /// All calls of the turn.
    pub tool_calls: Vec<ChatToolCall>,
    /// Which planner was at work; `null` if none could be reached.
    pub planner: Option<PlannerKind>,
    /// How it stands.
    pub status: ChatStatus,
    /// What was proposed and not done, whatever `response` says.
    #[serde(default)]
    pub not_done: Vec<NotDone>,
}

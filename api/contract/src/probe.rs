//! What a trial of the configured model found: `todo-agent probe`, `POST /v1/probe` of the agent, and
//! `POST /planner/probe` of the api.

use serde::{Deserialize, Serialize};

/// The way in which the agent speaks to a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Dialect {
    /// `POST /responses`.
    Responses,
    /// `POST /chat/completions` with function tools.
    Chat,
    /// `POST /chat/completions` with `response_format`, for models that cannot call tools.
    Structured,
}

/// What was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Trial {
    /// The endpoint answers, and takes the key and the model's name.
    Reach,
    /// The answer comes in pieces.
    Streaming,
    /// The model calls the tool that fits.
    Tools,
    /// Tool arguments are held to their schema (`strict`).
    Strict,
    /// One call at a time can be asked for (`parallel_tool_calls: false`).
    Parallel,
    /// An answer that follows a JSON schema, in place of tool calls.
    Structured,
    /// Tokens are told.
    Usage,
}

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TrialOutcome {
    /// Works.
    Ok,
    /// Is not there; the agent does without.
    Absent,
    /// Does not work, and the chat suffers from it.
    Failed,
    /// Not tried, since something before it failed or made it needless.
    Skipped,
}

/// A trial and its outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrialReport {
    /// What was tried.
    pub trial: Trial,
    /// How it went.
    pub outcome: TrialOutcome,
    /// A sentence for a person.
    pub detail: String,
}

/// A setting that would help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Advice {
    /// The environment variable of the agent.
    pub setting: String,
    /// Its value.
    pub value: String,
    /// Why, in a sentence.
    pub reason: String,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProbeReport {
    /// Whether chatting with this model works.
    pub usable: bool,
    /// The model's name.
    pub model: String,
    /// The endpoint's host.
    pub host: String,
    /// The dialect in use after the trials.
    pub dialect: Dialect,
    /// In the order in which they were made.
    pub trials: Vec<TrialReport>,
    /// Milliseconds to the first piece of an answer.
    #[serde(default)]
    pub first_token_ms: Option<u64>,
    /// What the agent leaves out or does otherwise, since the server refused it; a sentence each.
    pub adapted: Vec<String>,
    /// What to set.
    pub advice: Vec<Advice>,
}

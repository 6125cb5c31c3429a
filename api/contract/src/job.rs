//! Work that takes longer than a request should: it runs in steps, between which others get their turn.

use crate::problem::Problem;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// A job's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
pub struct JobId(pub Uuid);

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum JobKind {
    /// Takes in the tasks of a document.
    Import,
    /// Takes changes back.
    Undo,
    /// Brings back what was taken back.
    Redo,
    /// Removes an account and all that is its own.
    DeleteAccount,
}

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum JobStatus {
    /// It waits for its turn, or is at work.
    Running,
    /// All of it is done.
    Done,
    /// It was cancelled. What it had done by then stands.
    Cancelled,
    /// It could not go on; `problem` says why. What it had done by then stands.
    Failed,
}

/// How much a job that ended has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobResult {
    /// Tasks taken in, if it is an import.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<u64>,
    /// Tasks that were there already and were left, if it is an import.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<u64>,
    /// Changes taken back or brought back, if it is an undo or a redo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone: Option<u64>,
    /// Of how many.
    pub total: u64,
}

/// A job (`GET /jobs/{id}`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// What it does.
    pub kind: JobKind,
    /// How it stands.
    pub status: JobStatus,
    /// Rows that are done.
    pub done: u64,
    /// Of how many.
    pub total: u64,
    /// What it did, once it has ended.
    #[serde(default)]
    pub result: Option<JobResult>,
    /// Why it failed.
    #[serde(default)]
    pub problem: Option<Problem>,
    /// When it was begun.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::calendar::moment_text")]
    pub created_at: Timestamp,
    /// When it last got on.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::calendar::moment_text")]
    pub updated_at: Timestamp,
}

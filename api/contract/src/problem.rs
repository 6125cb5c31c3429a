//! Errors on the wire: RFC 9457 problem details.

use serde::{Deserialize, Serialize};

/// The body of every answer of 400 and above (`application/problem+json`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `about:blank`: `code` is the machine-readable kind.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// A short, fixed sentence for this `code`.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time, fit for a person.
    pub detail: String,
    /// The stable, machine-readable kind of error, in `snake_case`.
    pub code: String,
    /// The id under which the services logged the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// What is wrong with which field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// Path of the field in the body or query, such as `due.date`.
    pub field: String,
    /// What is wrong, with the bound.
    pub message: String,
}

//! Tokens of an account by month: `GET /me/usage`.

use serde::{Deserialize, Serialize};

/// A month's tokens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonthUsage {
    /// The month in UTC, such as `2026-11`.
    pub month: String,
    /// Tokens that models read.
    pub input_tokens: u64,
    /// Tokens that models wrote.
    pub output_tokens: u64,
    /// What they cost at today's prices; `null` if no price is set.
    #[serde(default)]
    pub cost: Option<f64>,
}

/// What an account used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Usage {
    /// The newest first, this month included even if nothing was used; at most 12.
    pub months: Vec<MonthUsage>,
    /// Most tokens (read and written) in a month; `null` if there is no bound.
    #[serde(default)]
    pub monthly_budget: Option<u64>,
    /// The day on which the next month begins, in UTC, such as `2026-12-01`.
    pub resets_on: String,
    /// The currency of `cost`, such as `USD`; `null` if no price is set.
    #[serde(default)]
    pub currency: Option<String>,
}

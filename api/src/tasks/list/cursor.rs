//! Where a page ends: opaque to clients, and good for the order that it was made for alone.

use super::order::{Key, Order};
use crate::error::ApiError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use todo_contract::Task;

/// Where the next page begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cursor {
    #[serde(rename = "s")]
    order: String,
    /// The key of the last task seen.
    #[serde(rename = "k", default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::tasks) key: Vec<Key>,
    /// How many were seen, where the order has no key of its own.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub(in crate::tasks) seen: Option<u32>,
}

impl Cursor {
    pub(super) fn after(order: Order, task: &Task) -> Self {
        Self { order: order.word(), key: order.key_of(task), seen: None }
    }

    pub(super) fn after_count(order: Order, seen: u32) -> Self {
        Self { order: order.word(), key: Vec::new(), seen: Some(seen) }
    }

    pub(crate) fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// # Errors
    /// The cursor is not ours, or is for another order.
    pub(super) fn decode(text: &str, order: Order) -> Result<Self, ApiError> {
        let wrong = |why: &str| ApiError::field("cursor", why.to_owned());
        let cursor = URL_SAFE_NO_PAD.decode(text).ok().and_then(|json| serde_json::from_slice::<Self>(&json).ok());
        let cursor = cursor.ok_or_else(|| wrong("must be the next_cursor of the page before"))?;
        if cursor.order != order.word() {
            return Err(wrong("is from a list with another sort; begin again without it"));
        }
        let complete = match order.columns().len() {
            0 => cursor.key.is_empty() && cursor.seen.is_some(),
            columns => cursor.key.len() == columns && cursor.seen.is_none(),
        };
        let fits = cursor.key.iter().enumerate().all(|(part, key)| order.fits(part, key));
        if complete && fits { Ok(cursor) } else { Err(wrong("must be the next_cursor of the page before")) }
    }
}

//! Pages as they were last answered: a list that is asked for again costs no query.

use super::{DueFilter, Query};
use crate::error::ApiError;
use crate::state::AppState;
use actix_web::http::header::HeaderValue;
use actix_web::web::Bytes;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use moka::sync::Cache;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use std::time::Duration;

/// Changes made in this process count at once; this bounds what a command beside it changed.
const REMEMBERED_FOR: Duration = Duration::from_secs(1);
/// Bytes of all pages together, and of the largest that is worth keeping.
const BYTES_MAX: u64 = 4 << 20;
const PAGE_BYTES_MAX: usize = 256 << 10;
/// About what a page costs besides its JSON.
const OVERHEAD: usize = 1024;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    user_id: i64,
    query: Query,
}

/// A page, ready to be sent.
#[derive(Debug)]
pub(in crate::tasks) struct Rendered {
    pub(in crate::tasks) json: Bytes,
    /// The `ETag`: the same for the same JSON alone.
    pub(in crate::tasks) tag: HeaderValue,
    /// The count of the account's changes before it was read.
    changes: u64,
}

/// Pages that were asked for a moment ago.
pub(crate) struct PageCache(Cache<Key, Arc<Rendered>>);

impl std::fmt::Debug for PageCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PageCache({} bytes)", self.0.weighted_size())
    }
}

impl PageCache {
    pub(crate) fn new() -> Self {
        let weigh = |_: &Key, page: &Arc<Rendered>| u32::try_from(page.json.len() + OVERHEAD).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(BYTES_MAX).weigher(weigh).time_to_live(REMEMBERED_FOR).build())
    }
}

/// The page as JSON, from the cache if nothing of the account changed since.
///
/// # Errors
/// The database's.
pub(in crate::tasks) async fn cached_page(
    state: &AppState,
    user_id: i64,
    query: Query,
) -> Result<Arc<Rendered>, ApiError> {
    let key = Key { user_id, query };
    let changes = state.signals.changes.count(user_id);
    if let Some(page) = state.pages.0.get(&key).filter(|page| page.changes == changes) {
        return Ok(page);
    }
    let query = key.query.clone();
    let rendered = state.db.read(move |conn| {
        let page = super::page(conn, user_id, &query)?;
        render(serde_json::to_vec(&page).map_err(ApiError::internal)?, changes)
    });
    let page = Arc::new(rendered.await?);
    // What is overdue changes by the minute, without a write.
    let lasts = !matches!(key.query.filter.due, Some(DueFilter::Overdue { .. }));
    if lasts && page.json.len() <= PAGE_BYTES_MAX {
        state.pages.0.insert(key, Arc::clone(&page));
    }
    Ok(page)
}

fn render(json: Vec<u8>, changes: u64) -> Result<Rendered, ApiError> {
    let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(&json));
    let tag = HeaderValue::try_from(format!("\"{digest}\"")).map_err(ApiError::internal)?;
    Ok(Rendered { json: Bytes::from(json), tag, changes })
}

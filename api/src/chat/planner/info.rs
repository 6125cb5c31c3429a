//! Who would plan, asked at most every few seconds.

use super::remote;
use crate::state::AppState;
use std::time::{Duration, Instant};
use todo_contract::PlannerKind;
use todo_contract::step::PlannerInfo;
use tokio::sync::Mutex;

const FRESH: Duration = Duration::from_secs(3);
const PATIENCE: Duration = Duration::from_secs(2);

/// The agent's latest word on who would plan.
#[derive(Debug, Default)]
pub(in crate::chat) struct InfoCache(Mutex<Option<(Instant, PlannerInfo)>>);

impl InfoCache {
    /// The agent's word, or that it cannot be had: then with what it said last.
    pub(in crate::chat) async fn get(&self, state: &AppState) -> PlannerInfo {
        // Held while asking, so that many who ask at once make one request.
        let mut cached = self.0.lock().await;
        if let Some((_, info)) = cached.as_ref().filter(|(at, _)| at.elapsed() < FRESH) {
            return info.clone();
        }
        let answer = tokio::time::timeout(PATIENCE, remote::info(state)).await.ok().flatten();
        let info = answer.unwrap_or_else(|| match cached.as_ref() {
            Some((_, last)) => PlannerInfo { available: false, ..last.clone() },
            None => PlannerInfo { available: false, default: PlannerKind::Builtin, model: None, host: None },
        });
        *cached = Some((Instant::now(), info.clone()));
        info
    }
}

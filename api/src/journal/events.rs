//! `GET /events`: the journal as it grows, as server-sent events.

use super::store;
use crate::error::ApiError;
use crate::http::{LastEventId, SseMessage, sse};
use crate::identity::Identity;
use crate::signals::Topic;
use crate::state::AppState;
use actix_web::{Responder, get, web};
use futures_util::{Stream, stream};
use std::collections::VecDeque;
use todo_contract::{Operation, Problem};
use tokio::sync::watch;

/// Rows read at once.
const PAGE: i64 = 100;

/// Every change to a task, as it happens. `id:` is the operation's, `event:` is `operation`, `data:` the
/// operation. With `Last-Event-ID` (or `?after=`) it begins after that one and leaves nothing out; else it
/// begins now, with an event `ready` that bears the id to go on from.
#[utoipa::path(tag = "journal", params(
    ("Last-Event-ID" = Option<i64>, Header, description = "Begin after this operation"),
    ("after" = Option<i64>, Query, description = "The same, for clients that cannot set headers"),
), responses(
    (status = 200, description = "Events `ready` and `operation`", content_type = "text/event-stream", body = String),
    (status = 422, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
#[get("/events")]
pub(super) async fn events(
    identity: Identity,
    state: web::Data<AppState>,
    last: LastEventId,
) -> Result<impl Responder, ApiError> {
    // Listening begins before the first look, so that no row slips between the two.
    let wakes = state.signals.subscribe(Topic::Journal(identity.user_id));
    let user_id = identity.user_id;
    let head = state.db.read(move |conn| store::head(conn, user_id)).await?;
    let mut waiting = VecDeque::new();
    // An id that is ahead of us comes from before a restored backup: the client must look at everything anew.
    let after = match last.0.filter(|last| *last <= head) {
        Some(last) => last,
        None => {
            waiting.push_back(ready(head));
            head
        }
    };
    let follower = Follower { state: state.get_ref().clone(), user_id, after, wakes, waiting };
    sse(&state, &identity, follower.stream())
}

struct Follower {
    state: AppState,
    user_id: i64,
    /// The last operation read.
    after: i64,
    wakes: watch::Receiver<()>,
    waiting: VecDeque<SseMessage>,
}

impl Follower {
    fn stream(self) -> impl Stream<Item = SseMessage> {
        stream::unfold(self, |mut follower| async move { follower.next().await.map(|message| (message, follower)) })
    }

    /// The next message; `None` ends the stream, and the client comes back with the last id that it saw.
    async fn next(&mut self) -> Option<SseMessage> {
        loop {
            if let Some(message) = self.waiting.pop_front() {
                return Some(message);
            }
            // Rows that come after this are announced by another wake.
            self.wakes.mark_unchanged();
            if !self.read().await? {
                self.wakes.changed().await.ok()?;
            }
        }
    }

    /// Reads the next page; whether there was anything on it.
    async fn read(&mut self) -> Option<bool> {
        let (user_id, after) = (self.user_id, self.after);
        let read = self.state.db.read(move |conn| store::after(conn, user_id, after, PAGE)).await;
        let page = read.inspect_err(|error| tracing::warn!(%error, "a stream of events ends early")).ok()?;
        self.after = page.last().map_or(self.after, |operation| operation.id.0);
        self.waiting.extend(page.iter().filter_map(message));
        Some(!page.is_empty())
    }
}

fn ready(head: i64) -> SseMessage {
    SseMessage { id: Some(head), event: "ready".into(), data: format!("{{\"head\":{head}}}") }
}

fn message(operation: &Operation) -> Option<SseMessage> {
    let data = serde_json::to_string(operation).ok()?;
    Some(SseMessage { id: Some(operation.id.0), event: "operation".into(), data })
}

//! A turn's events as a stream: from any event on, without a gap and without a repetition.

use super::store;
use crate::error::ApiError;
use crate::http::SseMessage;
use crate::signals::Topic;
use crate::state::AppState;
use futures_util::{Stream, stream};
use std::collections::VecDeque;
use todo_contract::TurnId;
use tokio::sync::watch;

/// The events of the turn after `after`, up to the end of its present attempt.
pub(super) fn follow(
    state: AppState,
    user_id: i64,
    turn_id: TurnId,
    after: i64,
) -> impl Stream<Item = SseMessage> + 'static {
    // Listening begins before the first look, so that nothing slips between.
    let changes = state.signals.subscribe(Topic::Turn(turn_id.0));
    let follower =
        Follower { state, user_id, turn_id, after, changes, ready: VecDeque::new(), looked: false, ended: false };
    stream::unfold(follower, |mut follower| async move { follower.next().await.map(|message| (message, follower)) })
}

struct Follower {
    state: AppState,
    user_id: i64,
    turn_id: TurnId,
    after: i64,
    changes: watch::Receiver<()>,
    ready: VecDeque<SseMessage>,
    looked: bool,
    ended: bool,
}

impl Follower {
    async fn next(&mut self) -> Option<SseMessage> {
        loop {
            if let Some(message) = self.ready.pop_front() {
                self.after = message.id.unwrap_or(self.after);
                return Some(message);
            }
            if self.ended || (self.looked && self.changes.changed().await.is_err()) {
                return None;
            }
            self.looked = true;
            self.changes.mark_unchanged();
            if let Err(error) = self.look().await {
                // The client comes back for the rest by itself.
                tracing::warn!(%error, turn_id = %self.turn_id, "a stream of events ends early");
                return None;
            }
        }
    }

    async fn look(&mut self) -> Result<(), ApiError> {
        let (user_id, turn_id, after) = (self.user_id, self.turn_id, self.after);
        let read = self.state.db.read(move |connection| {
            let Some(row) = store::find(connection, user_id, turn_id)? else { return Ok(None) };
            Ok(Some((row.status()?.is_final(), store::events(connection, &row.id, after)?)))
        });
        match read.await? {
            Some((is_final, events)) => {
                self.ended = is_final;
                self.ready.extend(events.into_iter().map(|event| SseMessage {
                    id: Some(event.id),
                    event: event.event.into(),
                    data: event.data,
                }));
            }
            None => self.ended = true,
        }
        Ok(())
    }
}

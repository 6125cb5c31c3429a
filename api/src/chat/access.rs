//! What lasts longer than a request ends with the sign-in that asked for it.

use crate::accounts::may_go_on;
use crate::error::{ApiError, Code};
use crate::identity::Identity;
use crate::signals::Topic;
use crate::state::AppState;

/// Waits until what `identity` came in with is no longer good: the session or token was ended, or the account is gone.
pub(super) async fn lost(state: &AppState, identity: &Identity) {
    let mut changes = state.signals.subscribe(Topic::Access(identity.user_id));
    while may_go_on(state, identity).await {
        tokio::select! {
            changed = changes.changed() => if changed.is_err() { return std::future::pending().await },
            // Asked now and then too, since sessions also end by time, and by commands beside the server.
            () = tokio::time::sleep(state.settings.sse_heartbeat) => {}
        }
    }
}

/// For whoever still waits then.
pub(super) fn ended() -> ApiError {
    ApiError::new(Code::Unauthenticated, "The account was deleted, or the session or token that asked was ended.")
}

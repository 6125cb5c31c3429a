//! The password again, for what is dangerous in the hands of somebody who found a browser unlocked.

use super::security_log::{self, Event, Origin};
use super::{service, store};
use crate::clock::timestamp;
use crate::db::Scope;
use crate::error::{ApiError, Code};
use crate::state::AppState;
use jiff::SignedDuration;
use uuid::Uuid;

/// How long a password that was given counts.
const GOOD_FOR: SignedDuration = SignedDuration::from_mins(15);

/// Refuses unless the password was given in this session within 15 minutes.
///
/// # Errors
/// `reauthentication_required`.
pub(super) async fn require(state: &AppState, session_id: Uuid) -> Result<(), ApiError> {
    let at = state.db.read(move |connection| Ok(store::authenticated_at(connection, session_id)?)).await?;
    match at.map(timestamp) {
        Some(at) if state.clock.now().duration_since(at) < GOOD_FOR => Ok(()),
        _ => Err(ApiError::new(
            Code::ReauthenticationRequired,
            "Send your password to /api/auth/reauthenticate first; it counts for 15 minutes.",
        )),
    }
}

/// Takes the password again.
///
/// # Errors
/// `validation_failed` if it is wrong.
pub(super) async fn reauthenticate(
    state: &AppState,
    user_id: i64,
    session_id: Uuid,
    password: String,
    origin: &Origin,
) -> Result<(), ApiError> {
    let verified = service::verify(state, user_id, password, "password").await;
    let event = if verified.is_ok() { Event::Reauthenticated } else { Event::ReauthenticationFailed };
    security_log::note(event, user_id, Some(origin));
    verified?;
    let now = state.clock.now();
    let noted =
        state.db.write_essential(Scope::Account(user_id), move |tx| Ok(store::set_authenticated(tx, session_id, now)?));
    noted.await?;
    Ok(())
}

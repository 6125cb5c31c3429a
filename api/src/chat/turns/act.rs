//! What requests do to turns: the change in the rows, then the work on it. A client that goes away between
//! the two changes nothing: both happen apart from its request.

use super::Attempt;
use super::service::{self, Said};
use crate::chat::Chat;
use crate::chat::planner::TraceHeaders;
use crate::db::{Scope, Tx};
use crate::error::ApiError;
use crate::identity::Identity;
use crate::state::{AppState, apart};
use todo_contract::{CallId, PlannerKind, TurnId};

/// Begins the turn; whether it is new.
pub(in crate::chat) async fn begin<F>(
    state: &AppState,
    trace: TraceHeaders,
    identity: &Identity,
    said: Said,
    prepare: F,
) -> Result<bool, ApiError>
where
    F: FnOnce(&mut Tx<'_>) -> Result<(), ApiError> + Send + 'static,
{
    let now = state.clock.now();
    let work = move |tx: &mut Tx<'_>| {
        prepare(tx)?;
        service::begin(tx, &said, now)
    };
    write_and_start(state, trace, identity, work).await
}

/// Takes a person's answer about a call.
pub(in crate::chat) async fn answer(
    state: &AppState,
    trace: TraceHeaders,
    identity: &Identity,
    turn_id: TurnId,
    call_id: CallId,
    approve: bool,
) -> Result<(), ApiError> {
    let (now, user_id) = (state.clock.now(), identity.user_id);
    let work = move |tx: &mut Tx<'_>| service::answer(tx, user_id, turn_id, &call_id, approve, now);
    write_and_start(state, trace, identity, work).await.map(drop)
}

/// Begins another attempt.
pub(in crate::chat) async fn retry(
    state: &AppState,
    trace: TraceHeaders,
    identity: &Identity,
    turn_id: TurnId,
    planner: Option<PlannerKind>,
) -> Result<(), ApiError> {
    let (now, user_id) = (state.clock.now(), identity.user_id);
    let work = move |tx: &mut Tx<'_>| service::retry(tx, user_id, turn_id, planner, now).map(Some);
    write_and_start(state, trace, identity, work).await.map(drop)
}

/// Ends the turn, and cancels what is asked of the agent.
pub(in crate::chat) async fn stop(state: &AppState, user_id: i64, turn_id: TurnId) -> Result<(), ApiError> {
    let (now, own) = (state.clock.now(), state.clone());
    let work = async move {
        if let Some(attempt) =
            own.db.write(Scope::Account(user_id), move |tx| service::stop(tx, user_id, turn_id, now)).await?
        {
            own.chat.cancel(attempt);
        }
        Ok(())
    };
    apart(state, work).await
}

/// Whether there was something to start.
async fn write_and_start<F>(
    state: &AppState,
    trace: TraceHeaders,
    identity: &Identity,
    work: F,
) -> Result<bool, ApiError>
where
    F: FnOnce(&mut Tx<'_>) -> Result<Option<Attempt>, ApiError> + Send + 'static,
{
    let (own, identity) = (state.clone(), identity.clone());
    let write_and_start = async move {
        let attempt = own.db.write(Scope::Account(identity.user_id), work).await?;
        if let Some(attempt) = attempt {
            Chat::start(&own, attempt, trace, identity);
        }
        Ok(attempt.is_some())
    };
    apart(state, write_and_start).await
}

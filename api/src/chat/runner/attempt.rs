//! One attempt of a turn, from its first step to its end.

use super::Halt;
use crate::chat::access;
use crate::chat::engine::{Failure, Limits, NextStep, Progress};
use crate::chat::planner::TraceHeaders;
use crate::chat::turns::record::{self, Recorded};
use crate::chat::turns::{Attempt, service, store, window};
use crate::db::{Scope, Tx};
use crate::error::ApiError;
use crate::identity::Identity;
use crate::state::AppState;
use std::time::Duration;
use todo_contract::{Locale, PlannerKind, TimeZoneName, TurnEventBody, TurnStatus};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// The work on an attempt.
pub(super) struct Runner {
    pub(super) state: AppState,
    pub(super) attempt: Attempt,
    pub(super) trace: TraceHeaders,
    /// Who asked for it: the work ends with their session or token.
    identity: Identity,
    pub(super) limits: Limits,
    pub(super) progress: Progress,
    pub(super) deadline: Instant,
    pub(super) requested_planner: Option<PlannerKind>,
    pub(super) time_zone: TimeZoneName,
    pub(super) locale: Locale,
}

impl Runner {
    pub(super) fn new(state: AppState, attempt: Attempt, trace: TraceHeaders, identity: Identity) -> Self {
        let chat = &state.settings.chat;
        let limits =
            Limits { steps: chat.steps, tokens: chat.turn_tokens, repeats: chat.repeated_calls, ..Limits::default() };
        let deadline = Instant::now() + chat.turn_timeout;
        let (progress, time_zone, locale) = (Progress::default(), TimeZoneName::utc(), Locale::default());
        Self { state, attempt, trace, identity, limits, progress, deadline, requested_planner: None, time_zone, locale }
    }

    /// Works until the attempt ends, waits for a person, or is cancelled.
    pub(super) async fn run(mut self, cancel: CancellationToken) {
        let shutdown = self.state.shutdown.clone();
        // Half of what the server waits for its work: the rest is for writing that it was interrupted.
        let grace = self.state.settings.shutdown_timeout / 2;
        let too_late = async {
            shutdown.cancelled().await;
            tokio::time::sleep(grace).await;
        };
        let (state, identity) = (self.state.clone(), self.identity.clone());
        let halted = tokio::select! {
            halted = self.work() => halted,
            () = cancel.cancelled() => return,
            () = access::lost(&state, &identity) => {
                let error = Failure::SignedOut.event(None);
                return self.end(TurnStatus::Interrupted, Some(error), &cancel).await;
            }
            () = too_late => return self.end(TurnStatus::Interrupted, None, &cancel).await,
        };
        if let Err(Halt::Failed(failure)) = halted {
            tracing::warn!(turn_id = %self.attempt.turn_id, ?failure, "a turn failed");
            let error = failure.event(self.progress.planner().or(self.requested_planner));
            self.end(TurnStatus::Failed, Some(error), &cancel).await;
        }
    }

    async fn work(&mut self) -> Result<(), Halt> {
        self.rebuild().await?;
        loop {
            match self.progress.next_step(&self.limits) {
                NextStep::CallModel => {
                    self.check_budget().await?;
                    self.step().await?;
                }
                NextStep::Look(calls) => self.look(calls).await?,
                NextStep::Run(call, operation) => self.run_call(call, operation).await?,
                NextStep::Conclude { id, status, result } => {
                    self.record(vec![TurnEventBody::ToolResult { id, status, result }]).await?;
                }
                NextStep::Ask(questions) => {
                    let (attempt, now) = (self.attempt, self.state.clock.now());
                    let ask = move |tx: &mut Tx<'_>| service::ask(tx, attempt, &questions, now);
                    self.state.db.write(Scope::Account(attempt.user_id), ask).await?;
                    return Ok(());
                }
                NextStep::Wait => return Ok(()),
                NextStep::Done(words) => {
                    if let Some(text) = words {
                        self.record(vec![TurnEventBody::Text { text }]).await?;
                    }
                    let (attempt, now) = (self.attempt, self.state.clock.now());
                    let end = move |tx: &mut Tx<'_>| service::end(tx, attempt, TurnStatus::Done, None, now);
                    self.state.db.write(Scope::Account(attempt.user_id), end).await?;
                    return Ok(());
                }
                NextStep::Fail(failure) => return Err(failure.into()),
            }
        }
    }

    /// Takes the attempt up where its events left it.
    async fn rebuild(&mut self) -> Result<(), Halt> {
        let (attempt, now) = (self.attempt, self.state.clock.now());
        let read = self.state.db.read(move |connection| {
            let Some(row) = store::find(connection, attempt.user_id, attempt.turn_id)? else { return Ok(None) };
            let events = record::attempt_events(connection, &row)?;
            let background = window::background(connection, &row, now)?;
            let progress = Progress::after(background, &events);
            Ok(Some((progress, row.requested_planner()?, service::time_zone(&row)?, service::locale(&row)?)))
        });
        let (progress, requested_planner, time_zone, locale) = read.await?.ok_or(Halt::Ended)?;
        self.progress = progress;
        (self.requested_planner, self.time_zone, self.locale) = (requested_planner, time_zone, locale);
        Ok(())
    }

    /// Stores events, and takes them into account.
    pub(super) async fn record(&mut self, bodies: Vec<TurnEventBody>) -> Result<(), Halt> {
        let (attempt, now) = (self.attempt, self.state.clock.now());
        let stored = bodies.clone();
        let recorded = self
            .state
            .db
            .write(Scope::Account(attempt.user_id), move |tx| record::record(tx, attempt, &stored, now))
            .await?;
        self.take_in(recorded, &bodies)
    }

    /// Takes events into account that were stored, or were not.
    pub(super) fn take_in(&mut self, recorded: Recorded, bodies: &[TurnEventBody]) -> Result<(), Halt> {
        match recorded {
            Recorded::Ended => return Err(Halt::Ended),
            Recorded::Full => return Err(Failure::AnswerTooLong.into()),
            Recorded::Stored => bodies.iter().for_each(|body| self.progress.apply(body)),
        }
        match () {
            () if self.progress.is_too_long(&self.limits) => Err(Failure::AnswerTooLong.into()),
            () if self.progress.proposes_too_much(&self.limits) => Err(Failure::TooManyCalls.into()),
            () => Ok(()),
        }
    }

    /// Ends the attempt. While the disk is full, say, that takes a while; a turn must not seem at work
    /// when nobody works on it.
    async fn end(&self, status: TurnStatus, error: Option<TurnEventBody>, cancel: &CancellationToken) {
        let mut pause = FIRST_PAUSE;
        while let Err(failed) = self.try_end(status, error.clone()).await {
            tracing::error!(error = %failed, turn_id = %self.attempt.turn_id, "the end of a turn cannot be stored yet");
            tokio::select! {
                () = cancel.cancelled() => return,
                () = self.state.shutdown.cancelled() => return,
                () = tokio::time::sleep(pause) => pause = (pause * 2).min(LONGEST_PAUSE),
            }
        }
    }

    async fn try_end(&self, status: TurnStatus, error: Option<TurnEventBody>) -> Result<(), ApiError> {
        let (attempt, now) = (self.attempt, self.state.clock.now());
        self.state
            .db
            .write(Scope::Account(attempt.user_id), move |tx| service::end(tx, attempt, status, error, now))
            .await
    }
}

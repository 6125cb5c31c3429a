//! One step: asks the planner, and stores what comes back as it comes.

use super::attempt::Runner;
use super::text::TextBuffer;
use super::{Halt, history};
use crate::chat::engine::{Failure, call_id};
use crate::chat::planner::{self, StepStream};
use crate::chat::turns::{record, store};
use crate::db::{Scope, Tx};
use futures_util::StreamExt;
use todo_contract::step::ProposedCall;
use todo_contract::{
    CallId, Carry, PlannerKind, StepContext, StepEvent, StepFinish, StepRequest, TurnEventBody, TurnStatus,
};
use tokio::time::{Instant, sleep_until, timeout_at};

enum Next {
    Event(Option<Result<StepEvent, Failure>>),
    TextIsDue,
    Late,
}

impl Runner {
    /// Asks the planner once.
    pub(super) async fn step(&mut self) -> Result<(), Halt> {
        let request = self.request().await?;
        self.progress.step_begun();
        let deadline = self.deadline.min(Instant::now() + self.state.settings.chat.step_timeout);
        let begun = timeout_at(deadline, planner::begin_step(&self.state, &self.trace, &request)).await;
        let stream = begun.map_err(|_| self.late())??;
        let mut text = TextBuffer::default();
        let finish = self.listen(stream, deadline, &mut text).await;
        // What came before an error is worth keeping too.
        if !matches!(finish, Err(Halt::Ended)) {
            self.store_text(&mut text).await?;
        }
        self.progress.step_finished(finish?);
        Ok(())
    }

    async fn request(&self) -> Result<StepRequest, Halt> {
        let attempt = self.attempt;
        let messages = self.state.db.read(move |connection| history::load(connection, attempt)).await?;
        let context = StepContext::new(self.state.clock.now(), self.time_zone.clone(), self.locale);
        Ok(StepRequest { planner: self.requested_planner, context, messages: messages.ok_or(Halt::Ended)? })
    }

    async fn listen(
        &mut self,
        mut stream: StepStream,
        deadline: Instant,
        text: &mut TextBuffer,
    ) -> Result<StepFinish, Halt> {
        loop {
            let due = text.due(Instant::now());
            let next = tokio::select! {
                biased;
                () = sleep_until(deadline) => Next::Late,
                () = sleep_until(due.unwrap_or(deadline)), if due.is_some() => Next::TextIsDue,
                event = stream.next() => Next::Event(event),
            };
            match next {
                Next::Late => return Err(self.late().into()),
                Next::TextIsDue => self.store_text(text).await?,
                Next::Event(event) => {
                    if let Some(finish) = self.take_event(event.unwrap_or(Err(Failure::AgentBroken))?, text).await? {
                        return Ok(finish);
                    }
                }
            }
        }
    }

    async fn take_event(&mut self, event: StepEvent, text: &mut TextBuffer) -> Result<Option<StepFinish>, Halt> {
        if let StepEvent::Text { text: piece } = &event {
            text.push(piece);
            return Ok(None);
        }
        self.store_text(text).await?;
        match event {
            StepEvent::Started { planner, model } => self.take_planner(planner, model).await?,
            StepEvent::Call(call) => self.take_call(call).await?,
            StepEvent::Carry { carry } => self.take_carry(carry).await?,
            StepEvent::Usage { input_tokens, output_tokens } => {
                self.record(vec![TurnEventBody::Usage { input_tokens, output_tokens }]).await?;
            }
            StepEvent::Finished { finish } => return Ok(Some(finish)),
            StepEvent::Error { code, detail, retryable, retry_after } => {
                return Err(Failure::Planner { code, detail, retryable, retry_after }.into());
            }
            StepEvent::Text { .. } => {}
        }
        Ok(None)
    }

    async fn store_text(&mut self, text: &mut TextBuffer) -> Result<(), Halt> {
        match text.take(Instant::now()) {
            Some(text) => self.record(vec![TurnEventBody::Text { text }]).await,
            None => Ok(()),
        }
    }

    async fn take_planner(&mut self, planner: PlannerKind, model: Option<String>) -> Result<(), Halt> {
        if self.progress.is_planned_by(planner, model.as_deref()) {
            return Ok(());
        }
        let (attempt, now) = (self.attempt, self.state.clock.now());
        let body = TurnEventBody::Status {
            status: TurnStatus::Running,
            planner: Some(planner),
            model: model.clone(),
            attempt: attempt.number,
        };
        let write = move |tx: &mut Tx<'_>| record::record_planner(tx, attempt, planner, model, now);
        let recorded = self.state.db.write(Scope::Account(attempt.user_id), write).await?;
        self.take_in(recorded, &[body])
    }

    async fn take_call(&mut self, call: ProposedCall) -> Result<(), Halt> {
        let attempt = self.attempt;
        let taken = self.state.db.read(move |c| Ok(store::call_ids(c, &attempt.turn_id.to_string())?)).await?;
        let id: CallId = call_id::unique(&call.id, |id| taken.iter().any(|taken| taken == id));
        let (name, arguments) = (call.call.name().to_owned(), call.call.arguments());
        self.record(vec![TurnEventBody::ToolCall { id, name, arguments }]).await
    }

    async fn take_carry(&mut self, carry: Carry) -> Result<(), Halt> {
        let (attempt, now) = (self.attempt, self.state.clock.now());
        let write = move |tx: &mut Tx<'_>| record::record_carry(tx, attempt, &carry, now);
        let recorded = self.state.db.write(Scope::Account(attempt.user_id), write).await?;
        self.take_in(recorded, &[])
    }

    /// Which bound of time was reached.
    fn late(&self) -> Failure {
        if Instant::now() >= self.deadline { Failure::TurnTimeout } else { Failure::StepTimeout }
    }
}

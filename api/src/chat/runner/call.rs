//! Running a call in the name of the person, as part of the turn.

use super::Halt;
use super::attempt::Runner;
use crate::chat::turns::record::{self, Recorded};
use crate::db::{Scope, Tx};
use crate::error::{ApiError, Code};
use crate::identity::Author;
use crate::tasks::service::{list_call, run_call, take_back_call};
use todo_contract::step::ProposedCall;
use todo_contract::{
    Actor, ActorKind, CallId, CallStatus, ItemError, OperationId, ToolCall, ToolResult, TurnEventBody,
};

impl Runner {
    /// Runs a call. The change and its result are one transaction: there is never the one without the
    /// other.
    pub(super) async fn run_call(
        &mut self,
        proposed: ProposedCall,
        operation: Option<OperationId>,
    ) -> Result<(), Halt> {
        let ProposedCall { id, call } = proposed;
        let author = self.author(&id);
        let ran = match call {
            ToolCall::ListTasks(list) => {
                let listed = self.state.db.read(move |connection| list_call(connection, &author, &list)).await;
                match listed {
                    Ok(result) => return self.record(vec![result_event(id, result)]).await,
                    Err(error) => Err(error),
                }
            }
            call => self.change(id.clone(), call, operation, author).await,
        };
        match ran {
            Ok(Some(body)) => self.take_in(Recorded::Stored, &[body]),
            Ok(None) => Err(Halt::Ended),
            // Everything that the call did is taken back by now.
            Err(error) => self.record(vec![result_event(id, refusal(error)?)]).await,
        }
    }

    async fn change(
        &self,
        id: CallId,
        call: ToolCall,
        operation: Option<OperationId>,
        author: Author,
    ) -> Result<Option<TurnEventBody>, ApiError> {
        let attempt = self.attempt;
        let work = move |tx: &mut Tx<'_>| {
            let Some(row) = record::at_work(tx, attempt)? else { return Ok(None) };
            let result = match operation {
                Some(operation) => take_back_call(tx, &author, &call, operation)?,
                None => run_call(tx, &author, &call)?,
            };
            let body = result_event(id, result);
            record::append(tx, &row, std::slice::from_ref(&body), author.now)?;
            Ok(Some(body))
        };
        self.state.db.write(Scope::Account(attempt.user_id), work).await
    }

    fn author(&self, call_id: &CallId) -> Author {
        let key = format!("{}:{call_id}", self.attempt.turn_id);
        Author {
            user_id: self.attempt.user_id,
            actor: Actor { kind: ActorKind::Agent, name: None },
            time_zone: self.time_zone.clone(),
            now: self.state.clock.now(),
            turn_id: Some(self.attempt.turn_id),
            call_id: Some(call_id.clone()),
            group: key.clone(),
            idempotency_key: Some(key),
            request_hash: None,
        }
    }
}

fn result_event(id: CallId, result: ToolResult) -> TurnEventBody {
    let status = match &result {
        ToolResult::Failed { .. } => CallStatus::Failed,
        ToolResult::Declined => CallStatus::Declined,
        ToolResult::Changed { .. }
        | ToolResult::Listed { .. }
        | ToolResult::Undone { .. }
        | ToolResult::Redone { .. } => CallStatus::Done,
    };
    TurnEventBody::ToolResult { id, status, result }
}

/// A call that was refused is a result that the planner can speak about; a fault of ours is not.
fn refusal(error: ApiError) -> Result<ToolResult, Halt> {
    if error.is_storage_fault() || matches!(error.code, Code::Internal | Code::Overloaded) {
        return Err(error.into());
    }
    let (code, detail) = (error.code.word().to_owned(), error.detail);
    Ok(ToolResult::Failed { error: ItemError { code, detail, candidates: Vec::new() } })
}

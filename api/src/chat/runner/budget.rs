//! The bound on what an account's months may cost.

use super::Halt;
use super::attempt::Runner;
use crate::chat::engine::Failure;
use crate::usage::service::exhausted_until;
use todo_contract::PlannerKind;

impl Runner {
    /// Ends the attempt if a model would take the next step and the account's tokens of the month are used up.
    pub(super) async fn check_budget(&self) -> Result<(), Halt> {
        match exhausted_until(&self.state, self.attempt.user_id).await? {
            Some(day) if self.asks_model().await => Err(Failure::BudgetExhausted(day).into()),
            _ => Ok(()),
        }
    }

    /// Who would take the next step: who was asked for, or is at work already, or is the agent's default.
    async fn asks_model(&self) -> bool {
        let planner = match self.requested_planner.or(self.progress.planner()) {
            Some(planner) => planner,
            None => self.state.chat.planner_info.get(&self.state).await.default,
        };
        planner == PlannerKind::Openai
    }
}

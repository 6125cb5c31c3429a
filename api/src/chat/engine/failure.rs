//! Why an attempt failed, in words for a person.

use jiff::civil::Date;
use todo_contract::{PlannerKind, TurnEventBody};

/// Why an attempt failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The planner took as many steps as it may.
    StepLimit(u32),
    /// The planner used up its tokens.
    TokenLimit,
    /// The account has used up its tokens of the month; the day on which it gets new ones.
    BudgetExhausted(Date),
    /// The planner proposes the same call again and again.
    RepeatedCall(&'static str),
    /// The model ran out of its output bound in mid-answer.
    AnswerCut,
    /// The planner neither said nor proposed anything.
    EmptyAnswer,
    /// More text or more events than a turn may have.
    AnswerTooLong,
    /// More calls, or bigger ones, than a turn may have.
    TooManyCalls,
    /// The session or token that asked for the turn was ended.
    SignedOut,
    /// A step took too long.
    StepTimeout,
    /// The turn took too long.
    TurnTimeout,
    /// The agent does not answer.
    AgentUnavailable,
    /// The agent stopped in mid-answer, or said what cannot be understood.
    AgentBroken,
    /// The agent says that its planner failed.
    Planner {
        /// The agent's code.
        code: String,
        /// The agent's words.
        detail: String,
        /// Whether trying again may help.
        retryable: bool,
        /// Seconds to wait first.
        retry_after: Option<u64>,
    },
    /// The turn's events cannot be stored.
    Storage {
        /// The code of the error table.
        code: &'static str,
        /// What happened.
        detail: String,
    },
}

impl Failure {
    fn code(&self) -> &str {
        match self {
            Self::StepLimit(_) => "step_limit",
            Self::TokenLimit => "token_limit",
            Self::BudgetExhausted(_) => "budget_exhausted",
            Self::RepeatedCall(_) => "repeated_call",
            Self::AnswerCut => "answer_cut",
            Self::EmptyAnswer => "empty_answer",
            Self::AnswerTooLong => "answer_too_long",
            Self::TooManyCalls => "too_many_calls",
            Self::SignedOut => "signed_out",
            Self::StepTimeout => "step_timeout",
            Self::TurnTimeout => "turn_timeout",
            Self::AgentUnavailable => "agent_unavailable",
            Self::AgentBroken => "agent_interrupted",
            Self::Planner { code, .. } => code,
            Self::Storage { code, .. } => code,
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::StepLimit(steps) => {
                format!("The assistant took {steps} steps without coming to an end. What it did so far stays.")
            }
            Self::TokenLimit => "The assistant used up its tokens for one message. What it did so far stays.".into(),
            Self::BudgetExhausted(day) => format!(
                "Your tokens for this month are used up. There are new ones from {} (UTC). What was done so far stays.",
                day.strftime("%-d %B %Y")
            ),
            Self::RepeatedCall(name) => {
                format!("The assistant kept repeating the same call of {name}, so it was ended.")
            }
            Self::AnswerCut => "The model reached its longest answer before it was complete.".into(),
            Self::EmptyAnswer => "The model gave an empty answer.".into(),
            Self::AnswerTooLong => "The answer grew too long, so it was ended.".into(),
            Self::TooManyCalls => {
                "The assistant proposed more changes than one message may have. What it did so far stays.".into()
            }
            Self::SignedOut => "The session or token that asked for this was ended. What was done so far stays.".into(),
            Self::StepTimeout => "The model took too long to answer.".into(),
            Self::TurnTimeout => "The answer took too long, so it was ended. What was done so far stays.".into(),
            Self::AgentUnavailable => {
                "The assistant cannot be reached right now. Your tasks go on working; try again in a moment.".into()
            }
            Self::AgentBroken => "The assistant broke off in mid-answer. What was done so far stays.".into(),
            Self::Planner { detail, retry_after: Some(seconds), .. } => {
                format!("{detail} Try again in {seconds} seconds.")
            }
            Self::Planner { detail, .. } | Self::Storage { detail, .. } => detail.clone(),
        }
    }

    /// As an event. `planner` is who was at work or was asked for: nobody is offered the one that failed.
    #[must_use]
    pub fn event(&self, planner: Option<PlannerKind>) -> TurnEventBody {
        let retryable = match self {
            Self::Planner { retryable, .. } => *retryable,
            Self::BudgetExhausted(_) => false,
            _ => true,
        };
        let offer_builtin = !matches!(self, Self::Storage { .. }) && planner != Some(PlannerKind::Builtin);
        TurnEventBody::Error { code: self.code().to_owned(), detail: self.detail(), retryable, offer_builtin }
    }
}

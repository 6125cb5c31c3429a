//! The wire types that web, api and agent share.
//!
//! No I/O and no server crates: this compiles for `wasm32-unknown-unknown`. Types hold their own
//! rules (parse, don't validate), so that the page shows the same message that the api would.

pub mod account;
#[cfg(feature = "agent-token")]
pub mod agent_token;
pub mod calendar;
pub mod chat;
pub mod due;
pub mod job;
pub mod limits;
pub mod locale;
pub mod operation;
pub mod page;
pub mod policy;
pub mod probe;
pub mod problem;
pub mod repeat;
pub mod step;
pub mod task;
pub mod text;
pub mod tool;
pub mod usage;

mod serde_util;
mod wire;

pub use account::{
    Account, AccountPatch, AccountStorage, ApiTokenCreated, ApiTokenInfo, ApiTokenRequest, AuthResponse, Credentials,
    Registration, SessionInfo, TokenScope,
};
pub use chat::{
    ChatRequest, ChatResponse, ChatStatus, ChatToolCall, Confirmation, Conversation, ConversationId, NotDone,
    NotDoneReason, Turn, TurnEvent, TurnEventBody, TurnId, TurnRequest, TurnStatus,
};
pub use due::{ClockTime, Due, TimeZoneName};
pub use job::{Job, JobId, JobKind, JobResult, JobStatus};
pub use locale::{DateOrder, Locale, WeekStart};
pub use operation::{Actor, ActorKind, Operation, OperationId, OperationKind, UndoRequest, UndoResponse, UndoScope};
pub use page::Page;
pub use probe::{Advice, Dialect, ProbeReport, Trial, TrialOutcome, TrialReport};
pub use problem::{FieldProblem, Problem};
pub use repeat::{Repeat, RepeatFrom, Rule};
pub use step::{CallStatus, Carry, Message, PlannerKind, StepContext, StepEvent, StepFinish, StepRequest};
pub use task::{Priority, Tag, Task, TaskId, TaskPatch, TaskStatus};
pub use text::{Email, InvalidText, Notes, Password, PersonName, Title};
pub use tool::{
    AddTasks, Batch, CallId, ItemError, ItemOutcome, ListTasks, NewTask, RedoLast, TaskBrief, TaskChange, TaskIds,
    ToolCall, ToolResult, UndoLast, UpdateTasks,
};
pub use usage::{MonthUsage, Usage};

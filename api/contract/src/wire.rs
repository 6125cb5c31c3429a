//! How tagged enums are read: from one flat form with every field of every kind. What serde derives would read them
//! twice, once into a buffer, and cost the page 100 KB of code.

use crate::chat::{NotDone, TurnEvent, TurnEventBody, TurnStatus, first_attempt};
use crate::job::JobId;
use crate::operation::OperationId;
use crate::step::{CallStatus, PlannerKind};
use crate::text::InvalidText;
use crate::tool::{CallId, ItemError, ItemOutcome, TaskBrief, ToolResult};
use serde::Deserialize;

fn need<T>(value: Option<T>, kind: &str, field: &str) -> Result<T, InvalidText> {
    value.ok_or_else(|| InvalidText(format!("{kind} needs {field}")))
}

#[derive(Deserialize)]
pub(crate) struct ToolResultWire {
    kind: String,
    #[serde(default)]
    items: Option<Vec<ItemOutcome>>,
    #[serde(default)]
    operations: Option<Vec<OperationId>>,
    #[serde(default)]
    tasks: Option<Vec<TaskBrief>>,
    #[serde(default)]
    total: Option<i64>,
    #[serde(default)]
    error: Option<ItemError>,
    #[serde(default)]
    already_done: bool,
    #[serde(default)]
    job: Option<JobId>,
}

impl TryFrom<ToolResultWire> for ToolResult {
    type Error = InvalidText;
    fn try_from(wire: ToolResultWire) -> Result<Self, InvalidText> {
        let kind = wire.kind.as_str();
        Ok(match kind {
            "changed" => Self::Changed {
                items: need(wire.items, kind, "items")?,
                operations: need(wire.operations, kind, "operations")?,
                already_done: wire.already_done,
            },
            "listed" => {
                Self::Listed { tasks: need(wire.tasks, kind, "tasks")?, total: need(wire.total, kind, "total")? }
            }
            "undone" => Self::Undone {
                tasks: need(wire.tasks, kind, "tasks")?,
                operations: need(wire.operations, kind, "operations")?,
                job: wire.job,
            },
            "redone" => Self::Redone {
                tasks: need(wire.tasks, kind, "tasks")?,
                operations: need(wire.operations, kind, "operations")?,
                job: wire.job,
            },
            "declined" => Self::Declined,
            "failed" => Self::Failed { error: need(wire.error, kind, "error")? },
            _ => return Err(InvalidText(format!("there is no result of the kind {kind}"))),
        })
    }
}

#[derive(Deserialize)]
pub(crate) struct TurnEventWire {
    id: i64,
    event: String,
    data: EventData,
}

#[derive(Deserialize)]
pub(crate) struct TurnEventBodyWire {
    event: String,
    data: EventData,
}

#[derive(Deserialize)]
struct EventData {
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    planner: Option<PlannerKind>,
    #[serde(default)]
    model: Option<String>,
    #[serde(default = "first_attempt")]
    attempt: u32,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    id: Option<CallId>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    arguments: serde_json::Value,
    #[serde(default)]
    result: Option<ToolResult>,
    #[serde(default)]
    call_id: Option<CallId>,
    #[serde(default)]
    summary: Option<String>,
    #[serde(default)]
    approved: Option<bool>,
    #[serde(default)]
    input_tokens: Option<u64>,
    #[serde(default)]
    output_tokens: Option<u64>,
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    detail: Option<String>,
    #[serde(default)]
    retryable: bool,
    #[serde(default)]
    offer_builtin: bool,
    #[serde(default)]
    not_done: Vec<NotDone>,
}

impl EventData {
    fn into_body(self, event: &str) -> Result<TurnEventBody, InvalidText> {
        let status = self.status.as_deref();
        Ok(match event {
            "status" => TurnEventBody::Status {
                status: need(status.and_then(TurnStatus::named), event, "status")?,
                planner: self.planner,
                model: self.model,
                attempt: self.attempt,
            },
            "text" => TurnEventBody::Text { text: need(self.text, event, "text")? },
            "tool_call" => TurnEventBody::ToolCall {
                id: need(self.id, event, "id")?,
                name: need(self.name, event, "name")?,
                arguments: self.arguments,
            },
            "tool_result" => TurnEventBody::ToolResult {
                id: need(self.id, event, "id")?,
                status: need(status.and_then(CallStatus::named), event, "status")?,
                result: need(self.result, event, "result")?,
            },
            "confirmation" => TurnEventBody::Confirmation {
                call_id: need(self.call_id, event, "call_id")?,
                summary: need(self.summary, event, "summary")?,
                approved: self.approved,
            },
            "usage" => TurnEventBody::Usage {
                input_tokens: need(self.input_tokens, event, "input_tokens")?,
                output_tokens: need(self.output_tokens, event, "output_tokens")?,
            },
            "error" => TurnEventBody::Error {
                code: need(self.code, event, "code")?,
                detail: need(self.detail, event, "detail")?,
                retryable: self.retryable,
                offer_builtin: self.offer_builtin,
            },
            "done" => TurnEventBody::Done {
                status: need(status.and_then(TurnStatus::named), event, "status")?,
                not_done: self.not_done,
            },
            _ => return Err(InvalidText(format!("there is no event {event}"))),
        })
    }
}

impl TryFrom<TurnEventBodyWire> for TurnEventBody {
    type Error = InvalidText;
    fn try_from(wire: TurnEventBodyWire) -> Result<Self, InvalidText> {
        wire.data.into_body(&wire.event)
    }
}

impl TryFrom<TurnEventWire> for TurnEvent {
    type Error = InvalidText;
    fn try_from(wire: TurnEventWire) -> Result<Self, InvalidText> {
        Ok(Self { id: wire.id, body: wire.data.into_body(&wire.event)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::NotDoneReason;
    use serde_json::json;

    #[test]
    fn every_event_reads_as_it_is_written() {
        let call = CallId::new("c1").unwrap();
        let error = ItemError { code: "not_found".into(), detail: "No.".into(), candidates: Vec::new() };
        let results = [
            ToolResult::Changed { items: Vec::new(), operations: vec![OperationId(4)], already_done: false },
            ToolResult::Changed { items: Vec::new(), operations: Vec::new(), already_done: true },
            ToolResult::Listed { tasks: Vec::new(), total: 0 },
            ToolResult::Undone { tasks: Vec::new(), operations: Vec::new(), job: None },
            ToolResult::Redone {
                tasks: Vec::new(),
                operations: vec![OperationId(5)],
                job: Some(JobId(uuid::Uuid::nil())),
            },
            ToolResult::Declined,
            ToolResult::Failed { error },
        ];
        let mut bodies = vec![
            TurnEventBody::Status {
                status: TurnStatus::Running,
                planner: Some(PlannerKind::Builtin),
                model: None,
                attempt: 2,
            },
            TurnEventBody::Text { text: "Hello".into() },
            TurnEventBody::ToolCall { id: call.clone(), name: "undo_last".into(), arguments: json!({}) },
            TurnEventBody::Confirmation { call_id: call.clone(), summary: "Delete?".into(), approved: None },
            TurnEventBody::Confirmation { call_id: call.clone(), summary: "Delete?".into(), approved: Some(false) },
            TurnEventBody::Usage { input_tokens: 1, output_tokens: 2 },
            TurnEventBody::Error { code: "x".into(), detail: "y".into(), retryable: true, offer_builtin: false },
            TurnEventBody::Done { status: TurnStatus::Done, not_done: Vec::new() },
            TurnEventBody::Done {
                status: TurnStatus::Done,
                not_done: vec![NotDone {
                    call_id: call.clone(),
                    name: "undo_last".into(),
                    what: "Take back the latest change".into(),
                    reason: NotDoneReason::Failed,
                    detail: "There is nothing to undo.".into(),
                }],
            },
        ];
        bodies.extend(results.map(|result| TurnEventBody::ToolResult {
            id: call.clone(),
            status: CallStatus::Done,
            result,
        }));
        for body in bodies {
            let event = TurnEvent { id: 7, body };
            let written = serde_json::to_value(&event).unwrap();
            assert_eq!(serde_json::from_value::<TurnEvent>(written.clone()).unwrap(), event, "{written}");
            assert_eq!(serde_json::from_value::<TurnEventBody>(written.clone()).unwrap(), event.body, "{written}");
        }
    }

    #[test]
    fn what_lacks_a_field_is_refused_by_its_name() {
        let read = |json| serde_json::from_value::<TurnEvent>(json).unwrap_err().to_string();
        assert!(read(json!({"id": 1, "event": "text", "data": {}})).contains("text needs text"));
        assert!(read(json!({"id": 1, "event": "dance", "data": {}})).contains("no event dance"));
    }
}

//! How an attempt ends: no call is left without a result.

use super::Progress;
use todo_contract::{CallId, CallStatus, ItemError, ToolResult, TurnEventBody, TurnStatus};

/// The code of a call that never ran.
pub const NOT_RUN: &str = "not_run";

/// The result of a call that never ran.
#[must_use]
pub fn not_run() -> ToolResult {
    ToolResult::Failed {
        error: ItemError {
            code: NOT_RUN.to_owned(),
            detail: "This was ended before it ran. Nothing was changed.".to_owned(),
            candidates: Vec::new(),
        },
    }
}

/// The calls among `events` that have no result yet.
pub fn open_calls<'a>(events: impl IntoIterator<Item = &'a TurnEventBody>) -> Vec<CallId> {
    let mut open: Vec<CallId> = Vec::new();
    for event in events {
        match event {
            TurnEventBody::ToolCall { id, .. } => open.push(id.clone()),
            TurnEventBody::ToolResult { id, .. } => open.retain(|other| other != id),
            _ => {}
        }
    }
    open
}

/// The last events of an attempt that stands at `events` and ends as `status`.
pub fn ending(events: &[TurnEventBody], status: TurnStatus, error: Option<TurnEventBody>) -> Vec<TurnEventBody> {
    let result = |id| TurnEventBody::ToolResult { id, status: CallStatus::Failed, result: not_run() };
    let mut last: Vec<TurnEventBody> = open_calls(events).into_iter().map(result).collect();
    let not_done = Progress::of(events.iter().chain(&last)).not_done();
    last.extend(error);
    last.push(TurnEventBody::Done { status, not_done });
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn call(id: &str) -> TurnEventBody {
        let (id, name) = (CallId::new(id).unwrap(), "undo_last".to_owned());
        TurnEventBody::ToolCall { id, name, arguments: json!({}) }
    }

    #[test]
    fn only_a_call_without_a_result_gets_one() {
        let done = TurnEventBody::ToolResult {
            id: CallId::new("a").unwrap(),
            status: CallStatus::Done,
            result: ToolResult::Declined,
        };
        let events = [call("a"), call("b"), done];
        let last = ending(&events, TurnStatus::Interrupted, None);
        let names: Vec<_> = last.iter().map(TurnEventBody::name).collect();
        assert_eq!(names, ["tool_result", "done"]);
        assert!(
            matches!(&last[0], TurnEventBody::ToolResult { id, status: CallStatus::Failed, .. } if id.as_str() == "b")
        );
        assert_eq!(open_calls(events.iter().chain(&last)), []);
        let Some(TurnEventBody::Done { not_done, .. }) = last.last() else { panic!("no end") };
        assert_eq!(not_done.iter().map(|not| not.call_id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    }
}

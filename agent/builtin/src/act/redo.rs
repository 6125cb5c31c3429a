//! Redo: makes the call again that the latest undo in this conversation took back.

use super::said;
use crate::conversation::{Done, touched};
use crate::run::{Run, Stop};
use crate::say;
use todo_contract::{CallStatus, TaskId, ToolCall, ToolResult};

const NOTHING: &str = "There is nothing that I could redo: I can do again what was undone in this conversation. Everything else can be brought back in the activity view.";

pub(super) fn redo(run: &mut Run<'_>) -> Result<(), Stop> {
    let Some(call) = undone(run) else { return said(run, NOTHING) };
    let result = run.call(call)?;
    match &result {
        ToolResult::Changed { items, .. } if items.iter().any(|i| i.ok) => {
            let tasks: Vec<_> = items.iter().filter_map(|i| i.task.as_ref()).collect();
            let lines: Vec<String> = tasks.iter().map(|t| crate::ids::named(t.title.as_str(), t.id)).collect();
            run.say(format!("Done again: {}.", todo_language::describe::listed(&lines, "and")));
            for item in items.iter().filter(|i| !i.ok) {
                let what = item.id.map_or_else(|| "one task".to_owned(), |id| format!("#{id}"));
                run.say(say::item_failed("change", &what, item.error.as_ref()));
            }
            Ok(())
        }
        ToolResult::Changed { items, .. } => {
            let why = items.first().and_then(|i| i.error.as_ref());
            said(run, &say::item_failed("redo", "that", why))
        }
        _ => said(run, &say::failed(&result)),
    }
}

/// The latest change that an undo took back and that was not made again.
fn undone(run: &Run<'_>) -> Option<ToolCall> {
    let mut made: Vec<Done<'_>> = Vec::new();
    let mut taken_back: Vec<ToolCall> = Vec::new();
    for turn in &run.conversation.earlier {
        for done in turn.done.iter().filter(|d| d.status == CallStatus::Done) {
            match (done.call, done.result) {
                (ToolCall::UndoLast(_), ToolResult::Undone { tasks, .. }) => {
                    let ids: Vec<TaskId> = tasks.iter().map(|t| t.id).collect();
                    let same = made.last().is_some_and(|last| touched(last.result).iter().any(|id| ids.contains(id)));
                    if same && let Some(last) = made.pop() {
                        taken_back.push(last.call.clone());
                    }
                }
                (_, ToolResult::Changed { items, .. }) if items.iter().any(|i| i.ok) => {
                    if taken_back.last() == Some(done.call) {
                        taken_back.pop();
                    } else {
                        taken_back.clear();
                    }
                    made.push(*done);
                }
                _ => {}
            }
        }
    }
    taken_back.pop()
}

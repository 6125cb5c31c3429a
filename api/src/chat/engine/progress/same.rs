//! What is proposed once more, though it was done.

use std::collections::BTreeSet;
use todo_contract::policy::Touch;
use todo_contract::tool::Effect;
use todo_contract::{ItemOutcome, OperationId, TaskId, ToolCall, ToolResult};

/// What `earlier` calls of the turn did, oldest first, if that is all that `call` would do, and nothing has touched the
/// tasks since.
pub(super) fn result(call: &ToolCall, earlier: &[(&ToolCall, &ToolResult)]) -> Option<ToolResult> {
    let (items, operations) = match call.effect() {
        Effect::Add => made_before(call, earlier)?,
        Effect::Change | Effect::Delete => changed_before(call, earlier)?,
        Effect::Read | Effect::Undo => return None,
    };
    Some(ToolResult::Changed { items, operations, already_done: true })
}

type Made = (Vec<ItemOutcome>, Vec<OperationId>);

/// Each of the new tasks, by whichever call it was made: a planner may add two at once and then one after the other.
fn made_before(call: &ToolCall, earlier: &[(&ToolCall, &ToolResult)]) -> Option<Made> {
    let (mut made, mut all) = (Vec::new(), Vec::new());
    for (at, (other, result)) in earlier.iter().enumerate() {
        let ToolResult::Changed { items, operations, already_done: false } = result else { continue };
        let since = touched(earlier.get(at + 1..).unwrap_or_default());
        let stands = |item: &&ItemOutcome| item.ok && item.id.is_some_and(|id| !since.contains(&id));
        let outcomes = other.forms_of_new_tasks().into_iter().zip(items).filter(|(_, item)| stands(item));
        made.extend(outcomes.map(|(form, item)| (form, item.clone(), operations)));
    }
    let mut outcomes = Vec::new();
    for form in call.forms_of_new_tasks() {
        let at = made.iter().position(|(other, ..)| *other == form)?;
        let (_, item, operations) = made.swap_remove(at);
        outcomes.push(item);
        all.extend(operations.iter().copied().filter(|id| !all.contains(id)).collect::<Vec<_>>());
    }
    Some((outcomes, all))
}

/// The latest call that asked for the very same.
fn changed_before(call: &ToolCall, earlier: &[(&ToolCall, &ToolResult)]) -> Option<Made> {
    let (at, (_, result)) = earlier.iter().enumerate().rev().find(|(_, (other, _))| other.is_same_change(call))?;
    let ToolResult::Changed { items, operations, .. } = result else { return None };
    let since = touched(earlier.get(at + 1..).unwrap_or_default());
    let mut done = items.iter().filter(|item| item.ok).filter_map(|item| item.id).peekable();
    let stands = done.peek().is_some() && done.all(|id| !since.contains(&id));
    stands.then(|| (items.clone(), operations.clone()))
}

fn touched(calls: &[(&ToolCall, &ToolResult)]) -> BTreeSet<TaskId> {
    calls.iter().flat_map(|(call, result)| Touch::done(call, result).changed).collect()
}

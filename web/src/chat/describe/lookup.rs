use super::Context;
use crate::chat::card::Card;
use crate::words::chat as words;
use todo_contract::{ListTasks, TaskStatus, ToolCall};
use todo_language::describe as say;

/// "Looked up open tasks due this week matching ‘meeting’".
pub(super) fn tell(card: &mut Card, call: Option<&ToolCall>, context: Context<'_>) {
    if let Some(ToolCall::ListTasks(list)) = call {
        card.lead = format!("{} {}", card.lead, what_is_sought(list, context));
    }
}

fn what_is_sought(list: &ListTasks, context: Context<'_>) -> String {
    let status = match list.status {
        Some(TaskStatus::Open) => words::OPEN_TASKS,
        Some(TaskStatus::Done) => words::DONE_TASKS,
        None => words::ANY_TASKS,
    };
    let mut parts = vec![status.to_owned()];
    let day = |day| say::date(day, context.today);
    match (list.due_from, list.due_to) {
        (Some(from), Some(to)) if from == to => parts.push(words::due_on(&day(from))),
        (Some(from), Some(to)) => parts.push(words::due_between(&day(from), &day(to))),
        (Some(from), None) => parts.push(words::due_from(&day(from))),
        (None, Some(to)) => parts.push(words::due_until(&day(to))),
        (None, None) => {}
    }
    parts.extend(list.priority.map(words::with_priority));
    parts.extend(list.tag.as_ref().map(|tag| words::tagged(tag.as_str())));
    parts.extend(list.text.as_ref().filter(|text| !text.is_empty()).map(|text| words::matching(text)));
    parts.join(" ")
}

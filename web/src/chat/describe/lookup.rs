use super::Context;
use crate::chat::card::Card;
use crate::words::chat as words;
use jiff::civil::Date;
use todo_contract::{ListTasks, TaskStatus, ToolCall};
use todo_language::describe as say;

/// "Looked up open tasks due this week matching ‘meeting’".
pub(super) fn tell(card: &mut Card, call: Option<&ToolCall>, context: Context<'_>) {
    if let Some(ToolCall::ListTasks(list)) = call {
        card.lead = format!("{} {}", card.lead, what_is_sought(list, context));
    }
}

/// "due tomorrow or later"
fn days(what: &str, from: Option<Date>, to: Option<Date>, today: Date) -> Option<String> {
    let day = |day| say::date(day, today);
    Some(match (from, to) {
        (Some(from), Some(to)) if from == to => words::on(what, &day(from)),
        (Some(from), Some(to)) => words::between(what, &day(from), &day(to)),
        (Some(from), None) => words::not_before(what, &day(from)),
        (None, Some(to)) => words::not_after(what, &day(to)),
        (None, None) => return None,
    })
}

fn what_is_sought(list: &ListTasks, context: Context<'_>) -> String {
    let status = match list.status {
        Some(TaskStatus::Open) => words::OPEN_TASKS,
        Some(TaskStatus::Done) => words::DONE_TASKS,
        None => words::ANY_TASKS,
    };
    let mut parts = vec![status.to_owned()];
    parts.extend(days(words::DUE, list.due_from, list.due_to, context.today));
    parts.extend(days(words::COMPLETED, list.completed_from, list.completed_to, context.today));
    parts.extend(list.priority.map(words::with_priority));
    parts.extend(list.tag.as_ref().map(|tag| words::tagged(tag.as_str())));
    parts.extend(list.text.as_ref().filter(|text| !text.is_empty()).map(|text| words::matching(text)));
    parts.join(" ")
}

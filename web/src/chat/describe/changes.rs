use super::{Context, failures};
use crate::chat::call::CallState;
use crate::chat::card::{Card, CardIcon, TaskLink};
use crate::words::chat::{self as words, Verb};
use todo_contract::tool::Clearable;
use todo_contract::{ItemOutcome, TaskChange, ToolCall};
use todo_language::describe as say;

/// "Completed 3 tasks", with the tasks, and what failed.
pub(super) fn tell(card: &mut Card, call: Option<&ToolCall>, verb: Verb, items: &[ItemOutcome], context: Context<'_>) {
    let done: Vec<TaskLink> =
        items.iter().enumerate().filter(|(_, item)| item.ok).map(|(n, item)| outcome(call, n, item, context)).collect();
    card.failures = failures(items, context);
    if done.is_empty() && !card.failures.is_empty() {
        card.icon = CardIcon::Problem;
        card.lead = verb.lead(CallState::Failed);
        let named = call.map(|call| named(call, context)).unwrap_or_default();
        enumerate(card, named);
    } else {
        enumerate(card, done);
    }
}

/// One task goes into the line, several below it; what they have in common goes into the line.
pub(super) fn enumerate(card: &mut Card, mut links: Vec<TaskLink>) {
    if links.len() == 1 {
        card.subject = links.pop();
        return;
    }
    card.lead = format!("{} {}", card.lead, words::tasks(links.len()));
    let shared = links.first().and_then(|first| first.detail.clone());
    if shared.is_some() && links.iter().all(|link| link.detail == shared) {
        card.detail = shared;
        for link in &mut links {
            link.detail = None;
        }
    }
    card.tasks = links;
}

/// The tasks that a call names.
pub(super) fn named(call: &ToolCall, context: Context<'_>) -> Vec<TaskLink> {
    match call {
        ToolCall::AddTasks(add) => {
            let link = |title: String| TaskLink { id: None, title, detail: None };
            add.tasks.iter().map(|task| link(task.title.to_string())).collect()
        }
        ToolCall::UpdateTasks(update) => {
            let alone = verb(&update.changes);
            update.changes.iter().map(|change| changed(context.link(change.id), change, alone, context)).collect()
        }
        ToolCall::CompleteTasks(tasks) | ToolCall::ReopenTasks(tasks) | ToolCall::DeleteTasks(tasks) => {
            tasks.ids.iter().map(|id| context.link(*id)).collect()
        }
        ToolCall::ListTasks(_) | ToolCall::UndoLast(_) | ToolCall::RedoLast(_) => Vec::new(),
    }
}

/// The most telling verb that fits all changes.
pub(super) fn verb(changes: &[TaskChange]) -> Verb {
    let of = |change: &TaskChange| {
        let renamed = change.title.is_some();
        let moved = change.due.is_some();
        let tagged = !change.add_tags.is_empty();
        let other = change.notes.is_some()
            || change.add_notes.is_some()
            || change.priority.is_some()
            || change.repeat.is_some()
            || !change.remove_tags.is_empty()
            || !change.clear.is_empty();
        match (renamed, moved, tagged, other) {
            (true, false, false, false) => words::RENAME,
            (false, true, false, false) => words::MOVE,
            (false, false, true, false) => words::TAG,
            _ => words::CHANGE,
        }
    };
    match changes {
        [first, rest @ ..] if rest.iter().all(|change| of(change) == of(first)) => of(first),
        _ => words::CHANGE,
    }
}

fn outcome(call: Option<&ToolCall>, n: usize, item: &ItemOutcome, context: Context<'_>) -> TaskLink {
    let mut link = match (&item.task, item.id) {
        (Some(task), _) => context.brief_link(task),
        (None, Some(id)) => context.link(id),
        (None, None) => call.and_then(|call| named(call, context).into_iter().nth(n)).unwrap_or_else(|| TaskLink {
            id: None,
            title: words::tasks(1),
            detail: None,
        }),
    };
    match call {
        Some(ToolCall::AddTasks(_)) => {}
        Some(ToolCall::UpdateTasks(update)) => {
            if let Some(change) = update.changes.get(n) {
                let alone = verb(&update.changes);
                if alone == words::RENAME {
                    link.title = words::task_number(change.id.0);
                }
                link = changed(link, change, alone, context);
            }
        }
        _ => {
            let next = item.next.as_ref().and_then(|next| next.due.as_ref());
            link.detail = next.map(|due| words::next_occurrence(&say::due(due, context.today)));
        }
    }
    link
}

fn changed(mut link: TaskLink, change: &TaskChange, alone: Verb, context: Context<'_>) -> TaskLink {
    let mut facts = Vec::new();
    facts.extend(change.title.as_ref().map(|title| words::now_titled(title.as_str())));
    facts.extend(change.due.as_ref().map(|due| {
        let day = say::due(due, context.today);
        if alone == words::MOVE { words::to_day(&day) } else { words::now_due(&day) }
    }));
    facts.extend(change.repeat.as_ref().map(say::repeat));
    facts.extend(change.priority.map(|priority| words::priority(priority).to_owned()));
    facts.extend(change.add_tags.iter().map(|tag| words::tag(tag.as_str())));
    facts.extend(change.remove_tags.iter().map(|tag| words::no_more_tag(tag.as_str())));
    facts.extend(change.notes.as_ref().or(change.add_notes.as_ref()).map(|_| words::NOTES_CHANGED.to_owned()));
    facts.extend(change.clear.iter().map(|field| cleared(*field).to_owned()));
    link.detail = (!facts.is_empty()).then(|| facts.join(" · "));
    link
}

fn cleared(field: Clearable) -> &'static str {
    match field {
        Clearable::Notes => words::NO_NOTES,
        Clearable::Due => words::NO_DUE,
        Clearable::Priority => words::NO_PRIORITY,
        Clearable::Tags => words::NO_TAGS,
        Clearable::Repeat => words::NO_REPEAT,
    }
}

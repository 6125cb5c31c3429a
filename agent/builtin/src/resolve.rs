//! From references to tasks: numbers at once, words by looking the list up, doubts by asking back.

mod described;

use crate::run::{Run, Stop};
use crate::say;
pub(crate) use described::tagged;
use todo_contract::limits::{PAGE_MAX, SEARCH_MAX};
use todo_contract::{ListTasks, TaskBrief, TaskId, TaskStatus, ToolResult};
use todo_language::intent::{Reference, Target};
use todo_language::matching::{self, Found};
use todo_language::{Context, DueRange, Filter, calendar};

/// What a target came to.
pub(crate) enum Resolved {
    /// These tasks, in order, without doubles.
    Tasks(Vec<TaskId>),
    /// No tasks; this is to be said.
    Said(String),
}

/// Resolves a target; `wanted` is the status that its tasks most likely have.
pub(crate) fn resolve(run: &mut Run<'_>, target: &Target, wanted: Option<TaskStatus>) -> Result<Resolved, Stop> {
    let mut tasks: Vec<TaskId> = Vec::new();
    for reference in &target.references {
        match one(run, reference, wanted)? {
            Resolved::Tasks(found) => tasks.extend(found),
            said @ Resolved::Said(_) => return Ok(said),
        }
    }
    for reference in &target.except {
        match one(run, reference, wanted)? {
            Resolved::Tasks(spared) => tasks.retain(|id| !spared.contains(id)),
            said @ Resolved::Said(_) => return Ok(said),
        }
    }
    let mut distinct: Vec<TaskId> = Vec::new();
    for id in tasks {
        if !distinct.contains(&id) {
            distinct.push(id);
        }
    }
    run.left_over(distinct.len().saturating_sub(todo_contract::limits::BATCH_MAX));
    distinct.truncate(todo_contract::limits::BATCH_MAX);
    Ok(if distinct.is_empty() { Resolved::Said(say::NOTHING_FITS.to_owned()) } else { Resolved::Tasks(distinct) })
}

fn one(run: &mut Run<'_>, reference: &Reference, wanted: Option<TaskStatus>) -> Result<Resolved, Stop> {
    match reference {
        Reference::Number(number) => Ok(Resolved::Tasks(vec![TaskId(*number)])),
        Reference::It => pointed(run, false),
        Reference::Them => pointed(run, true),
        Reference::Other => Ok(match run.conversation.other() {
            Some(id) => Resolved::Tasks(vec![id]),
            None => Resolved::Said(say::WHICH_TASK.to_owned()),
        }),
        Reference::Nth(nth) => place(run, *nth, wanted),
        Reference::All(filter) => all(run, filter, wanted),
        Reference::Words(words) | Reference::Title(words) | Reference::Covered(words) => by_words(run, words, wanted),
        Reference::Described(told) => described::resolve(run, told, wanted),
        Reference::Spoken(sentence) => spoken(run, sentence, wanted),
    }
}

/// "it" and "them": what was spoken of last.
fn pointed(run: &mut Run<'_>, several: bool) -> Result<Resolved, Stop> {
    let mentioned = run.mentioned();
    match mentioned.as_slice() {
        [] => Ok(Resolved::Said(say::WHICH_TASK.to_owned())),
        [_] => Ok(Resolved::Tasks(mentioned)),
        _ if several => Ok(Resolved::Tasks(mentioned)),
        _ => {
            let (tasks, _) = match run.list(everything())? {
                Ok(found) => found,
                Err(result) => return Ok(Resolved::Said(say::failed(&result))),
            };
            let tasks: Vec<_> = mentioned.iter().filter_map(|id| tasks.iter().find(|t| t.id == *id)).collect();
            Ok(Resolved::Said(say::which("There are several", &tasks, run.context.today)))
        }
    }
}

/// The task that a sentence speaks of, or else what was spoken of last.
fn spoken(run: &mut Run<'_>, sentence: &str, wanted: Option<TaskStatus>) -> Result<Resolved, Stop> {
    let all = match run.list(everything())? {
        Ok((tasks, _)) => tasks,
        Err(result) => return Ok(Resolved::Said(say::failed(&result))),
    };
    let (likely, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|t| wanted.is_none_or(|status| t.status == status));
    let found = [likely, others].iter().find_map(|tasks| {
        matching::find_spoken(sentence, tasks.iter().map(|t| t.title.as_str())).and_then(|i| tasks.get(i)).map(|t| t.id)
    });
    match found {
        Some(id) => Ok(Resolved::Tasks(vec![id])),
        None => pointed(run, false),
    }
}

/// "the second one": of what was shown last, or else of the open tasks.
fn place(run: &mut Run<'_>, nth: i64, wanted: Option<TaskStatus>) -> Result<Resolved, Stop> {
    let mut shown = run.mentioned();
    // "the second one" counts in the list that was shown, and so does "the last one" if what was spoken of is on it.
    let list = run.conversation.listed();
    let on_it = nth != -1 || shown.iter().all(|id| list.contains(id));
    if shown.len() < 2 && list.len() > 1 && on_it {
        shown = list;
    }
    if shown.len() < 2 && (nth != -1 || shown.is_empty()) {
        let list =
            ListTasks { status: wanted.or(Some(TaskStatus::Open)), limit: Some(PAGE_MAX), ..ListTasks::default() };
        shown = match run.list(list)? {
            Ok((tasks, _)) => tasks.iter().map(|t| t.id).collect(),
            Err(result) => return Ok(Resolved::Said(say::failed(&result))),
        };
    }
    let index = if nth < 0 {
        usize::try_from(-nth).ok().and_then(|n| shown.len().checked_sub(n))
    } else {
        usize::try_from(nth).ok().and_then(|n| n.checked_sub(1))
    };
    Ok(match index.and_then(|i| shown.get(i)) {
        Some(id) => Resolved::Tasks(vec![*id]),
        None => Resolved::Said(say::WHICH_TASK.to_owned()),
    })
}

fn all(run: &mut Run<'_>, filter: &Filter, wanted: Option<TaskStatus>) -> Result<Resolved, Stop> {
    let filter = Filter { status: filter.status.or(wanted), ..filter.clone() };
    Ok(match listed(run, &filter)? {
        Ok((tasks, _)) if tasks.is_empty() => Resolved::Said(say::nothing_there(&filter)),
        Ok((tasks, total)) => {
            run.left_over(usize::try_from(total).unwrap_or(0).saturating_sub(tasks.len()));
            Resolved::Tasks(tasks.iter().map(|t| t.id).collect())
        }
        Err(result) => Resolved::Said(say::failed(&result)),
    })
}

/// The tasks that pass a filter, and how many there are.
pub(crate) fn listed(run: &mut Run<'_>, filter: &Filter) -> Result<Result<(Vec<TaskBrief>, i64), ToolResult>, Stop> {
    if !filter.about.is_empty() {
        let about = Filter { words: filter.about.clone(), about: String::new(), ..filter.clone() };
        match listed(run, &about)? {
            Ok((tasks, _)) if tasks.is_empty() => {}
            found => return Ok(found),
        }
    }
    let found = run.list(query(filter, &run.context.clone()))?;
    Ok(found.map(|(mut tasks, total)| {
        if filter.due == Some(DueRange::Unset) {
            tasks.retain(|task| task.due.is_none());
            let count = i64::try_from(tasks.len()).unwrap_or(total);
            return (tasks, count);
        }
        (tasks, total)
    }))
}

fn query(filter: &Filter, context: &Context) -> ListTasks {
    let (due_from, due_to) = match filter.due {
        Some(DueRange::Between(from, to)) => (from, to),
        Some(DueRange::Overdue) => (None, Some(calendar::days(context.today, -1))),
        Some(DueRange::Unset) | None => (None, None),
    };
    let text = search_text(&filter.words);
    ListTasks {
        status: filter.status,
        due_from,
        due_to,
        completed_from: filter.completed.and_then(|(from, _)| from),
        completed_to: filter.completed.and_then(|(_, to)| to),
        priority: filter.priority,
        tag: filter.tag.clone(),
        text,
        limit: Some(PAGE_MAX),
    }
}

pub(crate) fn search_text(words: &str) -> Option<String> {
    let text: String = matching::content_words(words).join(" ").chars().take(SEARCH_MAX).collect();
    (!text.is_empty()).then_some(text)
}

pub(crate) fn everything() -> ListTasks {
    ListTasks { limit: Some(PAGE_MAX), ..ListTasks::default() }
}

/// Looks for words: by the list's own search first, then among all tasks with some tolerance.
fn by_words(run: &mut Run<'_>, words: &str, wanted: Option<TaskStatus>) -> Result<Resolved, Stop> {
    let narrow = ListTasks { status: wanted, text: search_text(words), limit: Some(PAGE_MAX), ..ListTasks::default() };
    let first = match run.list(narrow)? {
        Ok((tasks, _)) => tasks,
        Err(result) => return Ok(Resolved::Said(say::failed(&result))),
    };
    if let Some(resolved) = chosen(run, words, &first) {
        return Ok(resolved);
    }
    let all = match run.list(everything())? {
        Ok((tasks, _)) => tasks,
        Err(result) => return Ok(Resolved::Said(say::failed(&result))),
    };
    let (likely, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|t| wanted.is_none_or(|status| t.status == status));
    let head = without_reason(words);
    let resolved = chosen(run, words, &likely)
        .or_else(|| chosen(run, words, &others))
        .or_else(|| parts(run, words, &likely))
        .or_else(|| chosen(run, head?, &likely))
        .or_else(|| chosen(run, head?, &others));
    if let Some(resolved) = resolved {
        return Ok(resolved);
    }
    if let Some(resolved) = described::by_words(run, words, &likely, wanted)? {
        return Ok(resolved);
    }
    let near: Vec<&TaskBrief> = match matching::find(words, likely.iter().map(|t| t.title.as_str())) {
        Found::Near(places) => places.iter().take(3).filter_map(|i| likely.get(*i)).collect(),
        _ => Vec::new(),
    };
    Ok(Resolved::Said(say::not_found(words, &near, run.context.today)))
}

/// "the gym, I don't go any more": what stands before the reason, if it may be one.
fn without_reason(words: &str) -> Option<&str> {
    let joints =
        [",", " - ", " – ", " — ", ";", ". ", " because ", " cos ", " cause ", " since ", " as ", " thanks", "("];
    let at = joints.iter().filter_map(|joint| words.find(joint)).min()?;
    words.get(..at).map(str::trim).filter(|head| !head.is_empty())
}

/// The one that is meant, or a question where several fit.
fn chosen(run: &Run<'_>, words: &str, tasks: &[TaskBrief]) -> Option<Resolved> {
    match matching::find(words, tasks.iter().map(|t| t.title.as_str())) {
        Found::One(i) => tasks.get(i).map(|t| Resolved::Tasks(vec![t.id])),
        Found::Several(places) => {
            let candidates: Vec<_> = places.iter().filter_map(|i| tasks.get(*i)).collect();
            let lead = format!("I found {} tasks that match “{words}”", candidates.len());
            Some(Resolved::Said(say::which(&lead, &candidates, run.context.today)))
        }
        Found::Near(_) | Found::Nothing => None,
    }
}

/// "the milk and the bread": each part by itself, if the whole fits nothing.
fn parts(run: &Run<'_>, words: &str, tasks: &[TaskBrief]) -> Option<Resolved> {
    let parts: Vec<&str> =
        words.split(" and ").flat_map(|p| p.split(',')).map(str::trim).filter(|p| !p.is_empty()).collect();
    if parts.len() < 2 {
        return None;
    }
    let mut found = Vec::new();
    for part in parts {
        match chosen(run, part, tasks)? {
            Resolved::Tasks(ids) => found.extend(ids),
            said @ Resolved::Said(_) => return Some(said),
        }
    }
    Some(Resolved::Tasks(found))
}

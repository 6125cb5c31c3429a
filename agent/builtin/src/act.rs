//! Doing what a saying asks for.

mod change;

use crate::ids::escaped;
use crate::run::{Run, Stop};
use crate::say::{self, line};
use crate::{resolve, show, weigh};
use todo_contract::{
    AddTasks, ItemOutcome, NewTask, Notes, RedoLast, TaskBrief, Title, ToolCall, ToolResult, UndoLast,
};
use todo_language::intent::Intent;
use todo_language::{Parsed, describe};

pub(crate) fn act(run: &mut Run<'_>, intent: &Intent) -> Result<(), Stop> {
    match intent {
        Intent::Add(tasks) => add(run, tasks),
        Intent::List(listing) => show::show(run, listing),
        Intent::Complete(target) => change::complete(run, target),
        Intent::Reopen(target) => change::reopen(run, target),
        Intent::Delete(target) => change::delete(run, target),
        Intent::Update(target, changes) => change::update(run, target, changes),
        Intent::Either(readings, otherwise) => {
            let meant = weigh::weigh(run, readings, otherwise)?;
            if run.corrects && meant != **otherwise {
                undo(run)?;
            }
            act(run, &meant)
        }
        Intent::Parts(parts, whole) => match weigh::parts(run, parts)? {
            Some(parts) => parts.iter().try_for_each(|part| act(run, part)),
            None => act(run, whole),
        },
        Intent::Offer(intent) => offer(run, intent),
        Intent::Undo => undo(run),
        Intent::Redo => redo(run),
        Intent::Help => said(run, say::HELP),
        Intent::Talk(talk) => said(run, say::talk(*talk)),
        Intent::Untouched(why) => said(run, say::untouched(*why)),
        Intent::Unclear => unclear(run),
    }
}

fn said(run: &mut Run<'_>, text: &str) -> Result<(), Stop> {
    run.say(text);
    Ok(())
}

/// A few words that may be a task are offered as one.
fn unclear(run: &mut Run<'_>) -> Result<(), Stop> {
    let saying = run.conversation.saying().trim();
    let words = saying.split_whitespace().count();
    let offer = (1..=5).contains(&words)
        && saying.chars().all(|c| c.is_alphanumeric() || " '’-".contains(c))
        && saying.chars().any(char::is_alphabetic);
    if offer {
        run.say(format!("I'm not sure what to do with that. {} **{}** as a task?", say::SHALL_I_ADD, escaped(saying)));
        return Ok(());
    }
    said(run, say::UNCLEAR)
}

/// Asks whether to do it.
fn offer(run: &mut Run<'_>, intent: &Intent) -> Result<(), Stop> {
    if let Intent::Add(tasks) = intent
        && let [task] = tasks.as_slice()
    {
        let title = escaped(&task.title);
        return said(run, &format!("{} {} **{title}** as a task?", say::NOT_MINE, say::SHALL_I_ADD));
    }
    let Some(target) = intent.target() else { return unclear(run) };
    match resolve::resolve(run, target, None)? {
        resolve::Resolved::Tasks(ids) => {
            let names: Vec<String> = ids
                .iter()
                .map(|id| run.seen(*id).map_or_else(|| format!("#{id}"), |t| crate::ids::named(t.title.as_str(), *id)))
                .collect();
            run.mention(ids);
            run.say(format!("{} {}?", say::SHALL_I_DELETE, describe::listed(&names, "and")));
            Ok(())
        }
        resolve::Resolved::Said(text) => said(run, &text),
    }
}

fn new_task(parsed: &Parsed) -> Option<NewTask> {
    let title: String = parsed.title.chars().take(todo_contract::limits::TITLE_MAX).collect();
    Some(NewTask {
        title: Title::new(title).ok()?,
        notes: Notes::default(),
        due: parsed.due.clone(),
        priority: parsed.priority,
        tags: parsed.tags.clone(),
        repeat: parsed.repeat.clone(),
    })
}

fn add(run: &mut Run<'_>, tasks: &[Parsed]) -> Result<(), Stop> {
    let tasks: Vec<NewTask> = tasks.iter().filter_map(new_task).take(todo_contract::limits::BATCH_MAX).collect();
    if tasks.is_empty() {
        return said(run, say::NO_TITLE);
    }
    let result = run.call(ToolCall::AddTasks(AddTasks { tasks: tasks.clone() }))?;
    let ToolResult::Changed { items, .. } = result else {
        return said(run, &say::failed(&result));
    };
    let today = run.context.today;
    let added: Vec<_> = items.iter().filter(|i| i.ok).filter_map(|i| i.task.as_ref()).collect();
    match added.as_slice() {
        [] => {}
        [task] => {
            let mut details = Vec::new();
            details.extend(task.due.as_ref().map(|due| format!("due {}", describe::due(due, today))));
            details.extend(task.repeat.as_ref().map(describe::repeat));
            if task.priority != todo_contract::Priority::None {
                details.push(describe::priority(task.priority).to_lowercase());
            }
            details.extend(task.tags.iter().map(|tag| escaped(&format!("#{tag}"))));
            let details: String = details.iter().map(|d| format!(", {d}")).collect();
            run.say(format!("Added {}{details}.", crate::ids::named(task.title.as_str(), task.id)));
        }
        several => {
            let lines: String = several.iter().map(|task| format!("\n- {}", line(task, today))).collect();
            run.say(format!("Added {} tasks:\n{lines}", several.len()));
        }
    }
    for (item, task) in items.iter().zip(&tasks).filter(|(item, _)| !item.ok) {
        run.say(say::item_failed("add", &format!("**{}**", escaped(task.title.as_str())), item.error.as_ref()));
    }
    Ok(())
}

fn undo(run: &mut Run<'_>) -> Result<(), Stop> {
    let result = run.call(ToolCall::UndoLast(UndoLast {}))?;
    let ToolResult::Undone { tasks, job, .. } = &result else {
        return said(run, &say::failed(&result));
    };
    if job.is_some() {
        return said(run, "I am taking the last change back. It is a big one, so that takes a moment.");
    }
    say_as_now(run, "I took the last change back", tasks);
    Ok(())
}

fn redo(run: &mut Run<'_>) -> Result<(), Stop> {
    let result = run.call(ToolCall::RedoLast(RedoLast {}))?;
    let ToolResult::Redone { tasks, job, .. } = &result else {
        return said(run, &say::failed(&result));
    };
    if job.is_some() {
        return said(run, "I am doing it again. It is a big change, so that takes a moment.");
    }
    say_as_now(run, "Done again", tasks);
    Ok(())
}

/// What was done, and how the tasks are after it.
fn say_as_now(run: &mut Run<'_>, done: &str, tasks: &[TaskBrief]) {
    let today = run.context.today;
    run.say(match tasks {
        [] => format!("{done}."),
        [task] => format!("{done}: {} now.", line(task, today)),
        several => format!("{done}. Now:\n{}", say::bullets(several, today)),
    });
}

/// The outcomes that went well, and those that did not.
fn parted(items: &[ItemOutcome]) -> (Vec<&ItemOutcome>, Vec<&ItemOutcome>) {
    items.iter().partition(|item| item.ok)
}

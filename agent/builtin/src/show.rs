//! Showing tasks.

use crate::lookup;
use crate::resolve::{self, Resolved};
use crate::run::{Run, Stop};
use crate::say;
use todo_contract::limits::PAGE_MAX;
use todo_contract::{ListTasks, Priority, TaskBrief, TaskStatus};
use todo_language::intent::{Listing, Target};
use todo_language::{DueRange, Filter, describe};

pub(crate) fn show(run: &mut Run<'_>, listing: &Listing) -> Result<(), Stop> {
    match listing {
        Listing::Show(filter) => list(run, filter),
        Listing::Count(filter) => count(run, filter),
        Listing::About(target) => about(run, target),
        Listing::Mentioning(filter, loosely) => mentioning(run, filter, *loosely),
    }
}

fn list(run: &mut Run<'_>, filter: &Filter) -> Result<(), Stop> {
    let today = run.context.today;
    match resolve::listed(run, filter)? {
        Err(result) => run.say(say::failed(&result)),
        // Of what is asked for as the most important, the next level is better than nothing.
        Ok((tasks, _)) if tasks.is_empty() && only_urgent(filter) => {
            run.say("Nothing is urgent.");
            return list(run, &Filter { priority: Some(Priority::High), ..filter.clone() });
        }
        Ok((tasks, _)) if tasks.is_empty() => run.say(empty(filter)),
        Ok((tasks, total)) => {
            let shown = tasks.len();
            let lead = heading(filter, total);
            let more = total.saturating_sub(i64::try_from(shown).unwrap_or(total));
            let rest = if more > 0 { format!("\n\n… and {more} more.") } else { String::new() };
            run.say(format!("{lead}:\n{}{rest}", say::bullets(&tasks, today)));
            run.mention(tasks.iter().map(|t| t.id).collect());
        }
    }
    Ok(())
}

/// Whether the most important of what is to be done is asked for.
fn only_urgent(filter: &Filter) -> bool {
    filter.priority == Some(Priority::Urgent) && filter.status == Some(TaskStatus::Open) && filter.words.is_empty()
}

/// The tasks that have words, open ones first; done ones too if no open one has them.
fn mentioning(run: &mut Run<'_>, filter: &Filter, loosely: bool) -> Result<(), Stop> {
    let wide = Filter { status: None, words: String::new(), ..filter.clone() };
    let tasks = match resolve::listed(run, &wide)? {
        Ok((tasks, _)) => tasks,
        Err(result) => {
            run.say(say::failed(&result));
            return Ok(());
        }
    };
    let (open, done): (Vec<_>, Vec<_>) = tasks.iter().partition(|task| task.status == TaskStatus::Open);
    let asked = if filter.status == Some(TaskStatus::Done) { [done, Vec::new()] } else { [open, done] };
    let found = asked.into_iter().map(|some| lookup::mentioning(&filter.words, some, loosely)).find(|f| !f.is_empty());
    let Some(found) = found else {
        run.say(say::nothing_there(filter));
        return Ok(());
    };
    let (ids, today) = (found.iter().map(|task| task.id).collect(), run.context.today);
    match found.as_slice() {
        [task] => run.say(standing(task, today)),
        several => {
            let noun = if filter.due == Some(DueRange::Overdue) { "overdue tasks" } else { "tasks" };
            run.say(format!("{} {noun}:\n{}", several.len(), say::bullets(several.iter().copied(), today)));
        }
    }
    run.mention(ids);
    Ok(())
}

/// "2 open tasks due tomorrow", "You completed 2 tasks yesterday".
fn heading(filter: &Filter, total: i64) -> String {
    let singular = |kind: String| if total == 1 { kind.replacen("tasks", "task", 1) } else { kind };
    if let Some(days) = say::completed_on(filter) {
        let kind = singular(say::kind_of(&Filter { status: None, ..filter.clone() }));
        return format!("You completed {total} {kind}{days}");
    }
    let kind = singular(say::kind_of(filter));
    let days = match (filter.due, &filter.said) {
        (Some(DueRange::Overdue), _) => {
            return format!("{total} overdue {}", if total == 1 { "task" } else { "tasks" });
        }
        (Some(DueRange::Unset), _) => " without a due date".to_owned(),
        (Some(DueRange::Between(..)), Some(said)) => format!(" due {}", said.trim_start_matches("due ")),
        _ => String::new(),
    };
    format!("{total} {kind}{days}")
}

fn empty(filter: &Filter) -> String {
    let plain = filter.priority.is_none() && filter.tag.is_none() && filter.words.is_empty();
    match (filter.status, filter.due) {
        (Some(TaskStatus::Open), None) if plain => "Nothing open. Enjoy your day.".to_owned(),
        (Some(TaskStatus::Done), None) if plain && filter.completed.is_none() => {
            "You haven't completed anything yet.".to_owned()
        }
        (Some(TaskStatus::Open), Some(DueRange::Between(..))) if plain => {
            let said = filter.said.as_deref().unwrap_or("then");
            format!("Nothing is due {}.", said.trim_start_matches("due "))
        }
        _ => say::nothing_there(filter),
    }
}

fn count(run: &mut Run<'_>, filter: &Filter) -> Result<(), Stop> {
    match resolve::listed(run, filter)? {
        Err(result) => run.say(say::failed(&result)),
        Ok((_, 0)) if filter.completed.is_some() => run.say(say::nothing_there(filter)),
        Ok((_, total)) => {
            let found = heading(filter, total);
            run.say(if filter.completed.is_some() { format!("{found}.") } else { format!("You have {found}.") });
        }
    }
    Ok(())
}

/// How tasks stand: "**Pay rent** (#2) is open, due tomorrow."
fn about(run: &mut Run<'_>, target: &Target) -> Result<(), Stop> {
    let ids = match resolve::resolve(run, target, None)? {
        Resolved::Tasks(ids) => ids,
        Resolved::Said(text) => {
            run.say(text);
            return Ok(());
        }
    };
    if ids.iter().any(|id| run.seen(*id).is_none()) {
        let all = ListTasks { limit: Some(PAGE_MAX), ..ListTasks::default() };
        if let Err(result) = run.list(all)? {
            run.say(say::failed(&result));
            return Ok(());
        }
    }
    let known: Vec<TaskBrief> = ids.iter().filter_map(|id| run.seen(*id).cloned()).collect();
    for id in ids.iter().filter(|id| !known.iter().any(|t| t.id == **id)) {
        run.say(format!("There is no task #{id}."));
    }
    let today = run.context.today;
    match known.as_slice() {
        [] => {}
        [task] => run.say(standing(task, today)),
        several => run.say(format!("{} tasks:\n{}", several.len(), say::bullets(several, today))),
    }
    run.mention(ids);
    Ok(())
}

fn standing(task: &TaskBrief, today: jiff::civil::Date) -> String {
    let name = crate::ids::named(task.title.as_str(), task.id);
    let state = if task.status == TaskStatus::Done { "done" } else { "open" };
    let due = task.due.as_ref().map(|due| format!("due {}", describe::due(due, today)));
    let repeat = task.repeat.as_ref().map(describe::repeat);
    let priority = (task.priority != Priority::None).then(|| describe::priority(task.priority).to_lowercase());
    let tags: Vec<String> = task.tags.iter().map(|tag| crate::ids::escaped(&format!("#{tag}"))).collect();
    let details: Vec<String> = [due, priority, repeat].into_iter().flatten().chain(tags).collect();
    let undated = if task.due.is_none() && task.status == TaskStatus::Open { " It has no due date." } else { "" };
    if details.is_empty() {
        format!("{name} is {state}.{undated}")
    } else {
        format!("{name} is {state}: {}.{undated}", details.join(", "))
    }
}

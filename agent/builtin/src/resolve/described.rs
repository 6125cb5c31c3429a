//! Tasks told by what they are like: "the overdue one", "the call due on Friday", "the work ones".

use super::{Resolved, listed};
use crate::run::{Run, Stop};
use crate::say;
use todo_contract::{TaskBrief, TaskStatus};
use todo_language::intent::Described;
use todo_language::matching::{self, Found};
use todo_language::{DueRange, Filter, search_filter};

/// The one task that fits, or a question where several do. If none fits, the words may be of a title.
pub(super) fn resolve(run: &mut Run<'_>, told: &Described, wanted: Option<TaskStatus>) -> Result<Resolved, Stop> {
    let filter = Filter { status: told.filter.status.or(wanted), ..told.filter.clone() };
    let tasks = match fitting(run, &filter)? {
        Ok(tasks) => tasks,
        Err(said) => return Ok(said),
    };
    let fits = |task: &&TaskBrief| match (told.repeats, &task.repeat) {
        (None, _) => true,
        (Some(rule), Some(repeat)) => rule.is_empty() || repeat.rule.part("FREQ") == Some(rule),
        (Some(_), None) => false,
    };
    let tasks: Vec<&TaskBrief> = tasks.iter().filter(fits).collect();
    match chosen(run, &tasks, told.many) {
        Some(resolved) => Ok(resolved),
        None => match titled(run, &told.said, wanted)? {
            Some(resolved) => Ok(resolved),
            None => Ok(Resolved::Said(none(told, &filter))),
        },
    }
}

/// What is said where nothing fits.
fn none(told: &Described, filter: &Filter) -> String {
    let plain = filter.words.is_empty() && told.repeats.is_none();
    if plain { say::nothing_there(filter) } else { say::not_found(&told.said, &[], jiff::civil::Date::ZERO) }
}

fn chosen(run: &Run<'_>, tasks: &[&TaskBrief], many: bool) -> Option<Resolved> {
    match tasks {
        [] => None,
        [only] => Some(Resolved::Tasks(vec![only.id])),
        several if many => Some(Resolved::Tasks(several.iter().map(|task| task.id).collect())),
        several => Some(Resolved::Said(say::which("Several tasks are like that", several, run.context.today))),
    }
}

/// The tasks that pass; their titles have the words, or else the word is their tag.
fn fitting(run: &mut Run<'_>, filter: &Filter) -> Result<Result<Vec<TaskBrief>, Resolved>, Stop> {
    let any = Filter { words: String::new(), ..filter.clone() };
    let tasks = match listed(run, &any)? {
        Ok((tasks, _)) => tasks,
        Err(result) => return Ok(Err(Resolved::Said(say::failed(&result)))),
    };
    if filter.words.is_empty() {
        return Ok(Ok(tasks));
    }
    let places = places(&filter.words, &tasks);
    Ok(Ok(places.into_iter().filter_map(|place| tasks.get(place).cloned()).collect()))
}

fn places(words: &str, tasks: &[TaskBrief]) -> Vec<usize> {
    let found = match matching::find_covered(words, tasks.iter().map(|task| task.title.as_str())) {
        Found::One(place) => vec![place],
        Found::Several(places) => places,
        Found::Near(_) | Found::Nothing => Vec::new(),
    };
    if found.is_empty() { tagged(words, tasks) } else { found }
}

/// Where the tasks are that have the word as a tag.
pub(crate) fn tagged(words: &str, tasks: &[TaskBrief]) -> Vec<usize> {
    let content = matching::content_words(words);
    let [word] = content.as_slice() else { return Vec::new() };
    let has = |task: &TaskBrief| task.tags.iter().any(|tag| tag.to_string().eq_ignore_ascii_case(word));
    tasks.iter().enumerate().filter(|(_, task)| has(task)).map(|(place, _)| place).collect()
}

fn titled(run: &mut Run<'_>, said: &str, wanted: Option<TaskStatus>) -> Result<Option<Resolved>, Stop> {
    let any = Filter { status: wanted, ..Filter::default() };
    Ok(listed(run, &any)?.ok().and_then(|(tasks, _)| super::chosen(run, said, &tasks)))
}

/// "the meeting tomorrow", "work": no title has these words, but a day or a tag of a task may explain them.
pub(super) fn by_words(
    run: &mut Run<'_>,
    words: &str,
    likely: &[TaskBrief],
    wanted: Option<TaskStatus>,
) -> Result<Option<Resolved>, Stop> {
    let tagged: Vec<&TaskBrief> = tagged(words, likely).into_iter().filter_map(|place| likely.get(place)).collect();
    if !tagged.is_empty() {
        return Ok(chosen(run, &tagged, false));
    }
    let filter = search_filter(words, &run.context).filter;
    let narrows =
        matches!(filter.due, Some(DueRange::Between(..))) || filter.tag.is_some() || filter.priority.is_some();
    if !narrows || filter.words.is_empty() {
        return Ok(None);
    }
    let filter = Filter { status: filter.status.or(wanted), ..filter };
    Ok(fitting(run, &filter)?.ok().and_then(|tasks| chosen(run, &tasks.iter().collect::<Vec<_>>(), false)))
}

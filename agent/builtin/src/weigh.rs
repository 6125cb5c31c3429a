//! Which of several readings is meant: the list decides.

use crate::lookup;
use crate::resolve::{self, everything, search_text};
use crate::run::{Run, Stop};
use todo_contract::{ListTasks, TaskBrief, TaskStatus};
use todo_language::Filter;
use todo_language::intent::{Intent, Listing, Reference, Target};
use todo_language::matching::{self, Found};

/// The first reading whose task is on the list, with that task in place of the words, or else the last resort.
pub(crate) fn weigh(run: &mut Run<'_>, readings: &[Intent], otherwise: &Intent) -> Result<Intent, Stop> {
    let spoken = readings.iter().any(|r| matches!(references(r), [Reference::Spoken(_)]) || mentioned(r).is_some());
    let reopens = readings.iter().any(|r| matches!(r, Intent::Reopen(_)));
    let status = (!spoken && !reopens).then_some(TaskStatus::Open);
    let Ok((mut tasks, total)) = run.list(ListTasks { status, ..everything() })? else { return Ok(otherwise.clone()) };
    if usize::try_from(total).is_ok_and(|total| total > tasks.len()) {
        for words in readings.iter().filter_map(words) {
            let narrow = ListTasks { status: Some(TaskStatus::Open), text: search_text(words), ..everything() };
            if let Ok((more, _)) = run.list(narrow)? {
                tasks.extend(more);
            }
        }
    }
    Ok(readings.iter().find_map(|reading| fitting(reading, &tasks)).unwrap_or_else(|| otherwise.clone()))
}

/// The parts with the tasks that they change, if all of those are on the list.
pub(crate) fn parts(run: &mut Run<'_>, parts: &[Intent]) -> Result<Option<Vec<Intent>>, Stop> {
    let mut meant = Vec::new();
    for part in parts {
        let readings = match part {
            Intent::Add(_) => {
                meant.push(part.clone());
                continue;
            }
            Intent::Either(readings, otherwise) => readings.iter().chain([&**otherwise]).cloned().collect(),
            other => vec![other.clone()],
        };
        let changes: Vec<Intent> = readings.into_iter().filter(|r| r.is_change() && r.target().is_some()).collect();
        match weigh(run, &changes, &Intent::Unclear)? {
            Intent::Unclear => return Ok(None),
            change => meant.push(change),
        }
    }
    Ok(Some(meant))
}

fn references(reading: &Intent) -> &[Reference] {
    reading.target().map_or(&[], |target| target.references.as_slice())
}

fn words(reading: &Intent) -> Option<&str> {
    match references(reading) {
        [Reference::Words(words) | Reference::Title(words) | Reference::Covered(words)] => Some(words),
        _ => None,
    }
}

/// What a list is asked for by, if words of tasks are among it.
fn mentioned(reading: &Intent) -> Option<(&Filter, bool)> {
    match reading {
        Intent::List(Listing::Mentioning(filter, loosely)) => Some((filter, *loosely)),
        _ => None,
    }
}

/// The reading with the tasks that its words name, if there are any.
fn fitting(reading: &Intent, tasks: &[TaskBrief]) -> Option<Intent> {
    if let Some((filter, loosely)) = mentioned(reading) {
        return (!lookup::mentioning(&filter.words, tasks, loosely).is_empty()).then(|| reading.clone());
    }
    let status = if matches!(reading, Intent::Reopen(_)) { TaskStatus::Done } else { TaskStatus::Open };
    let fit: Vec<&TaskBrief> = tasks.iter().filter(|task| task.status == status).collect();
    let titles = || fit.iter().map(|task| task.title.as_str());
    // What is told as done says its verb too: "called the dentist" is not "emailed the dentist".
    let nouns = !matches!(reading, Intent::Complete(_));
    let found = match references(reading) {
        [Reference::Spoken(sentence)] => {
            let place = matching::find_spoken(sentence, tasks.iter().map(|task| task.title.as_str()))?;
            let mut meant = reading.clone();
            *meant.target_mut()? = Target::one(Reference::Number(tasks.get(place)?.id.0));
            return Some(meant);
        }
        [Reference::Words(words)] => matching::find(words, titles()),
        [Reference::Title(words)] => matching::find_whole(words, titles(), nouns),
        [Reference::Covered(words)] => match matching::find_covered(words, titles()) {
            Found::Nothing => return tagged(reading, words, &fit).or_else(|| covered_by_several(reading, words, &fit)),
            found => found,
        },
        _ => return None,
    };
    let mut meant = reading.clone();
    match found {
        Found::One(place) => {
            let task = fit.get(place)?;
            *meant.target_mut()? = Target::one(Reference::Number(task.id.0));
            Some(meant)
        }
        // Which of them is asked when it is done.
        Found::Several(_) => Some(meant),
        Found::Near(_) | Found::Nothing => None,
    }
}

/// "the work one": the word is the tag of a task.
fn tagged(reading: &Intent, word: &str, fit: &[&TaskBrief]) -> Option<Intent> {
    let tasks: Vec<TaskBrief> = fit.iter().map(|task| (*task).clone()).collect();
    let places = resolve::tagged(word, &tasks);
    let mut meant = reading.clone();
    match places.as_slice() {
        [] => return None,
        [only] => *meant.target_mut()? = Target::one(Reference::Number(tasks.get(*only)?.id.0)),
        // Which of them is asked when it is done.
        _ => {}
    }
    Some(meant)
}

/// "rent and gym": each of the parts has a task of its own.
fn covered_by_several(reading: &Intent, words: &str, fit: &[&TaskBrief]) -> Option<Intent> {
    let parts: Vec<&str> = words.split(" and ").collect();
    if parts.len() < 2 {
        return None;
    }
    let mut references = Vec::new();
    for part in parts {
        match matching::find_covered(part, fit.iter().map(|task| task.title.as_str())) {
            Found::One(place) => references.push(Reference::Number(fit.get(place)?.id.0)),
            // Which of them is asked when it is done.
            Found::Several(_) => references.push(Reference::Covered(part.to_owned())),
            Found::Near(_) | Found::Nothing => return None,
        }
    }
    let mut meant = reading.clone();
    *meant.target_mut()? = Target { references, except: Vec::new() };
    Some(meant)
}

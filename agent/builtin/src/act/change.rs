//! Completing, reopening, deleting and changing tasks.

use super::{parted, said};
use crate::ids::named;
use crate::resolve::{self, Resolved};
use crate::run::{Run, Stop};
use crate::say;
use todo_contract::limits::PAGE_MAX;
use todo_contract::tool::Clearable;
use todo_contract::{
    ClockTime, Due, ItemOutcome, ListTasks, Notes, Repeat, TaskBrief, TaskChange, TaskId, TaskIds, TaskStatus, Title,
    ToolCall, ToolResult, UpdateTasks,
};
use todo_language::intent::{Changes, Move, Target};
use todo_language::{calendar, describe};

pub(super) fn complete(run: &mut Run<'_>, target: &Target) -> Result<(), Stop> {
    let Some(ids) = found(run, target, Some(TaskStatus::Open))? else { return Ok(()) };
    let ids = not_yet(run, ids, TaskStatus::Done, "is already done");
    let call = |ids| ToolCall::CompleteTasks(TaskIds { ids });
    change(run, ids, call, "complete", "Completed")
}

pub(super) fn reopen(run: &mut Run<'_>, target: &Target) -> Result<(), Stop> {
    let Some(ids) = found(run, target, Some(TaskStatus::Done))? else { return Ok(()) };
    let ids = not_yet(run, ids, TaskStatus::Open, "is still open");
    let call = |ids| ToolCall::ReopenTasks(TaskIds { ids });
    change(run, ids, call, "reopen", "Reopened")
}

pub(super) fn delete(run: &mut Run<'_>, target: &Target) -> Result<(), Stop> {
    let Some(ids) = found(run, target, Some(TaskStatus::Open))? else { return Ok(()) };
    change(run, ids, |ids| ToolCall::DeleteTasks(TaskIds { ids }), "delete", "Deleted")
}

/// The tasks that a target came to; says why there are none.
fn found(run: &mut Run<'_>, target: &Target, wanted: Option<TaskStatus>) -> Result<Option<Vec<TaskId>>, Stop> {
    match resolve::resolve(run, target, wanted)? {
        Resolved::Tasks(ids) => Ok(Some(ids)),
        Resolved::Said(text) => {
            run.say(text);
            Ok(None)
        }
    }
}

/// Leaves out what is known to stand as wanted, and says so.
fn not_yet(run: &mut Run<'_>, ids: Vec<TaskId>, status: TaskStatus, state: &str) -> Vec<TaskId> {
    let (there, left): (Vec<TaskId>, Vec<TaskId>) =
        ids.into_iter().partition(|id| run.seen(*id).is_some_and(|t| t.status == status));
    for id in there {
        if let Some(title) = run.seen(id).map(|t| t.title.clone()) {
            run.say(format!("{} {state}.", named(title.as_str(), id)));
        }
    }
    left
}

fn change(
    run: &mut Run<'_>,
    ids: Vec<TaskId>,
    call: impl Fn(Vec<TaskId>) -> ToolCall,
    verb: &str,
    done: &str,
) -> Result<(), Stop> {
    if ids.is_empty() {
        return Ok(());
    }
    let result = run.call(call(ids.clone()))?;
    let ToolResult::Changed { items, .. } = &result else {
        return said(run, &say::failed(&result));
    };
    let (well, badly) = parted(items);
    match well.as_slice() {
        [] => {}
        [only] => run.say(format!("{done} {}.{}", item_name(run, only), next(run, only))),
        several => {
            let lines: String =
                several.iter().map(|item| format!("\n- {}{}", item_name(run, item), next(run, item))).collect();
            run.say(format!("{done} {} tasks:\n{lines}", several.len()));
        }
    }
    failures(run, &ids, items, &badly, verb);
    rest(run);
    Ok(())
}

fn item_name(run: &Run<'_>, item: &ItemOutcome) -> String {
    let known = item.task.as_ref().or_else(|| item.id.and_then(|id| run.seen(id)));
    match (known, item.id) {
        (Some(task), _) => named(task.title.as_str(), task.id),
        (None, Some(id)) => format!("#{id}"),
        (None, None) => "it".to_owned(),
    }
}

/// The next occurrence that completing a repeating task made.
fn next(run: &Run<'_>, item: &ItemOutcome) -> String {
    let Some(next) = &item.next else { return String::new() };
    let due = next.due.as_ref().map(|due| format!("due {}", describe::due(due, run.context.today))).unwrap_or_default();
    format!(" The next one is {due} (#{}).", next.id)
}

fn failures(run: &mut Run<'_>, ids: &[TaskId], items: &[ItemOutcome], badly: &[&ItemOutcome], verb: &str) {
    for item in badly {
        let place = items.iter().position(|i| std::ptr::eq(i, *item));
        let id = item.id.or_else(|| place.and_then(|i| ids.get(i)).copied());
        let what = id.map_or_else(|| "one task".to_owned(), |id| format!("#{id}"));
        run.say(say::item_failed(verb, &what, item.error.as_ref()));
    }
}

pub(super) fn update(run: &mut Run<'_>, target: &Target, changes: &Changes) -> Result<(), Stop> {
    let Some(ids) = found(run, target, Some(TaskStatus::Open))? else { return Ok(()) };
    if changes.title.is_some() && ids.len() > 1 {
        return said(run, "I can rename only one task at a time.");
    }
    if needs_due(changes) && ids.iter().any(|id| run.seen(*id).is_none()) {
        let all = ListTasks { limit: Some(PAGE_MAX), ..ListTasks::default() };
        if let Err(result) = run.list(all)? {
            return said(run, &say::failed(&result));
        }
    }
    let mut wanted = Vec::new();
    for id in &ids {
        match task_change(run, *id, changes) {
            Ok(change) => wanted.push(change),
            Err(why) => run.say(why),
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let ids: Vec<TaskId> = wanted.iter().map(|c| c.id).collect();
    let result = run.call(ToolCall::UpdateTasks(UpdateTasks { changes: wanted }))?;
    let ToolResult::Changed { items, .. } = &result else {
        return said(run, &say::failed(&result));
    };
    let (well, badly) = parted(items);
    let now = |run: &Run<'_>, item: &ItemOutcome| {
        item.task.as_ref().map_or_else(|| item_name(run, item), |task| outcome(task, changes, run))
    };
    match well.as_slice() {
        [] => {}
        [only] => run.say(format!("Changed {}.", now(run, only))),
        several => {
            let lines: String = several.iter().map(|item| format!("\n- {}", now(run, item))).collect();
            run.say(format!("Changed {} tasks:\n{lines}", several.len()));
        }
    }
    failures(run, &ids, items, &badly, "change");
    rest(run);
    Ok(())
}

/// Says how many more were meant than one call can take.
fn rest(run: &mut Run<'_>) {
    match run.take_left_over() {
        0 => {}
        count => {
            run.say(format!("{count} more are left: I can change {PAGE_MAX} at a time. Say it again for the rest."));
        }
    }
}

/// What a changed task is like now, as far as it was changed.
fn outcome(task: &TaskBrief, changes: &Changes, run: &Run<'_>) -> String {
    let mut parts = Vec::new();
    if changes.due.is_some() || changes.repeat.is_some() {
        parts.extend(task.due.as_ref().map(|due| format!("now due {}", describe::due(due, run.context.today))));
    }
    if changes.clear_due && task.due.is_none() {
        parts.push("no due date any more".to_owned());
    }
    if changes.priority.is_some() {
        parts.push(describe::priority(task.priority).to_lowercase());
    }
    if changes.repeat.is_some() {
        parts.extend(task.repeat.as_ref().map(describe::repeat));
    }
    if changes.clear_repeat && task.repeat.is_none() {
        parts.push("no longer repeating".to_owned());
    }
    if !changes.add_tags.is_empty() || !changes.remove_tags.is_empty() || changes.clear_tags {
        let tags: Vec<String> = task.tags.iter().map(|t| crate::ids::escaped(&format!("#{t}"))).collect();
        parts.push(if tags.is_empty() { "no tags".to_owned() } else { format!("tagged {}", tags.join(" ")) });
    }
    if changes.notes.is_some() {
        parts.push("with new notes".to_owned());
    }
    if changes.add_notes.is_some() {
        parts.push("with a new note".to_owned());
    }
    if changes.clear_notes {
        parts.push("without notes".to_owned());
    }
    let name = named(task.title.as_str(), task.id);
    if parts.is_empty() { name } else { format!("{name}: {}", parts.join(", ")) }
}

/// Whether the change depends on when the task is due now.
fn needs_due(changes: &Changes) -> bool {
    changes.repeat.is_some()
        || matches!(changes.due, Some(Move::By(..) | Move::ByMinutes(_) | Move::AtTime(..) | Move::To(_, None)))
}

fn task_change(run: &Run<'_>, id: TaskId, changes: &Changes) -> Result<TaskChange, String> {
    let mut change = TaskChange::of(id);
    if let Some(title) = &changes.title {
        change.title = Some(Title::new(title.clone()).map_err(|e| format!("I couldn't rename #{id}: {e}."))?);
    }
    if let Some(notes) = &changes.notes {
        change.notes = Some(Notes::new(notes.clone()).map_err(|e| format!("I couldn't change #{id}: {e}."))?);
    }
    if let Some(notes) = &changes.add_notes {
        change.add_notes = Some(Notes::new(notes.clone()).map_err(|e| format!("I couldn't change #{id}: {e}."))?);
    }
    change.due = moved(run, id, changes)?;
    change.priority = changes.priority;
    change.add_tags.clone_from(&changes.add_tags);
    change.remove_tags.clone_from(&changes.remove_tags);
    if let Some((repeat, date, time)) = &changes.repeat {
        change.repeat = Some(repeat.clone());
        // "weekly" goes on from the day that the task has; "every Monday" says its own, unless it is a Monday.
        let has = run.seen(id).and_then(|task| task.due.clone());
        let kept = has.clone().filter(|due| time.is_none() && comes_up(repeat, due.date));
        let first = Due {
            date: *date,
            time: time.map(ClockTime::new).or(has.as_ref().and_then(|due| due.time)),
            zone: has.filter(|_| time.is_none()).and_then(|due| due.zone),
        };
        change.due = change.due.or(kept).or(Some(first));
    }
    let clear = [
        (changes.clear_due, Clearable::Due),
        (changes.clear_notes, Clearable::Notes),
        (changes.clear_tags, Clearable::Tags),
        (changes.clear_repeat, Clearable::Repeat),
    ];
    change.clear = clear.into_iter().filter(|(wanted, _)| *wanted).map(|(_, field)| field).collect();
    Ok(change)
}

/// Whether a repeat may come up on this day, as far as its weekdays tell.
fn comes_up(repeat: &Repeat, date: jiff::civil::Date) -> bool {
    match (repeat.rule.part("FREQ"), repeat.rule.part("BYDAY")) {
        (Some("WEEKLY"), Some(days)) => days.split(',').any(|day| day == todo_language::weekday_code(date.weekday())),
        _ => !repeat.rule.to_string().contains("BY"),
    }
}

/// When the task is to be due. A day alone keeps the time that the task has.
fn moved(run: &Run<'_>, id: TaskId, changes: &Changes) -> Result<Option<Due>, String> {
    let Some(to) = changes.due else { return Ok(None) };
    let now = run.seen(id).and_then(|task| task.due.clone());
    let due = match to {
        Move::To(date, Some(time)) => Due { date, time: Some(ClockTime::new(time)), zone: None },
        Move::To(date, None) => Due { date, time: now.as_ref().and_then(|d| d.time), zone: now.and_then(|d| d.zone) },
        Move::AtTime(time, loose) => {
            let today = now.as_ref().is_none_or(|d| d.date == run.context.today);
            // "half past seven" stays in the half of the day in which the task is.
            let late = now.as_ref().and_then(|d| d.time).is_some_and(|t| t.time().hour() >= 12);
            let time = match (loose, today) {
                (true, true) => later(run, time),
                (true, false) if late && time.hour() < 12 => evening(time),
                _ => time,
            };
            let date = now.as_ref().map_or_else(|| day_for(run, time), |d| d.date);
            Due { date, time: Some(ClockTime::new(time)), zone: now.and_then(|d| d.zone) }
        }
        Move::ByMinutes(minutes) => {
            let from = now.and_then(|due| Some((due.date, due.time?, due.zone)));
            let Some((date, time, zone)) = from else {
                return Err(format!("#{id} has no time that I could move. Say for example “move it to 3pm”."));
            };
            let moved = date
                .to_datetime(time.time())
                .checked_add(jiff::Span::new().minutes(minutes))
                .map_err(|_| format!("I couldn't move #{id}: that is beyond the calendar."))?;
            Due { date: moved.date(), time: Some(ClockTime::new(moved.time())), zone }
        }
        Move::By(count, unit) => {
            let from = now.clone().unwrap_or_else(|| Due::on(run.context.today));
            let date = calendar::shift(from.date, count, unit)
                .ok_or_else(|| format!("I couldn't move #{id}: that is beyond the calendar."))?;
            Due { date, ..from }
        }
    };
    Ok(Some(due))
}

/// "at 8", said at ten, is eight in the evening.
fn later(run: &Run<'_>, time: jiff::civil::Time) -> jiff::civil::Time {
    let evening = evening(time);
    if time <= run.context.now && time.hour() < 12 && evening > run.context.now { evening } else { time }
}

fn evening(time: jiff::civil::Time) -> jiff::civil::Time {
    jiff::civil::Time::new((time.hour() + 12) % 24, time.minute(), 0, 0).unwrap_or(time)
}

/// The day on which a time alone comes next.
fn day_for(run: &Run<'_>, time: jiff::civil::Time) -> jiff::civil::Date {
    if time > run.context.now { run.context.today } else { calendar::days(run.context.today, 1) }
}

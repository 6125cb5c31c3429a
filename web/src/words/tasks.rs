//! Words of the list.

use crate::store::commands::ManyKind;
use crate::store::query::{DueFilter, Sort, StatusFilter};
use jiff::civil::{Date, DateTime};
use todo_contract::{Operation, Priority, Tag, TaskId, Title};
use todo_language::describe;

pub const TASKS: &str = "Tasks";
pub const EDIT_CONFLICT: &str = "Someone changed this task in the meantime. It now shows the newest version.";
pub const REDONE: &str = "Redone";
pub const UNDO_NOT_FOUND: &str = "This change can no longer be undone here. See Activity.";

/// Long titles are cut, so that a toast stays short.
fn quoted(title: &Title) -> String {
    let mut short: String = title.as_str().chars().take(40).collect();
    if short.len() < title.as_str().len() {
        short.push('…');
    }
    format!("“{short}”")
}

pub fn completed(title: &Title) -> String {
    format!("Completed {}", quoted(title))
}

pub fn deleted(title: &Title) -> String {
    format!("Deleted {}", quoted(title))
}

pub fn restored(title: &Title) -> String {
    format!("Restored {}", quoted(title))
}

pub fn undone(operations: &[Operation]) -> String {
    let title = operations.first().and_then(|op| op.after.as_ref().or(op.before.as_ref())).map(|task| &task.title);
    // A repeat's next occurrence comes and goes with the completion that made it.
    match (title, operations.iter().filter(|op| op.caused_by.is_none()).count()) {
        (Some(title), 1) => format!("Undone: {}", quoted(title)),
        (_, count) => format!("Undone: {count} changes"),
    }
}

/// After an undo that took a job.
pub fn many_undone(count: u64) -> String {
    format!("Undone: {count} changes")
}

/// After a redo that took a job.
pub fn many_redone(count: u64) -> String {
    format!("Redone: {count} changes")
}

pub fn many_done(kind: ManyKind, count: usize) -> String {
    let tasks = counted(count);
    match kind {
        ManyKind::Complete => format!("Completed {tasks}"),
        ManyKind::Delete => format!("Deleted {tasks}"),
        ManyKind::Restore => format!("Restored {tasks}"),
    }
}

pub fn counted(count: usize) -> String {
    if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") }
}

pub fn selected(count: usize) -> String {
    format!("{count} selected")
}

pub fn found(total: i64) -> String {
    if total == 1 { "1 task found".to_owned() } else { format!("{total} tasks found") }
}

pub fn moved(rank: usize, total: i64) -> String {
    format!("Moved to position {rank} of {total}")
}

pub fn delete_many_title(count: usize) -> String {
    format!("Delete {}?", counted(count))
}

pub fn delete_for_good_title(title: &Title) -> String {
    format!("Delete {} for good?", quoted(title))
}

pub fn added_elsewhere(title: &Title) -> String {
    format!("Added {}. The current filter hides it.", quoted(title))
}

pub fn task_number(id: TaskId) -> String {
    if id.0 < 0 { "New task".to_owned() } else { format!("Task {id}") }
}

pub fn created(when: &str) -> String {
    format!("Created {when}")
}

pub fn completed_at(when: &str) -> String {
    format!("Completed {when}")
}

/// "22 Nov 2026, 15:04".
pub fn moment(at: DateTime) -> String {
    let month = MONTHS.get(usize::from(at.month().unsigned_abs()).saturating_sub(1)).unwrap_or(&"");
    format!("{} {month} {}, {:02}:{:02}", at.day(), at.year(), at.hour(), at.minute())
}

pub const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub fn view_title(status: StatusFilter) -> &'static str {
    match status {
        StatusFilter::Open => "Tasks",
        StatusFilter::Done => "Completed",
        StatusFilter::All => "All tasks",
        StatusFilter::Trash => "Trash",
    }
}

pub fn status(status: StatusFilter) -> &'static str {
    match status {
        StatusFilter::Open => "Open",
        StatusFilter::Done => "Done",
        StatusFilter::All => "All",
        StatusFilter::Trash => "Trash",
    }
}

pub fn due_filter(due: DueFilter) -> &'static str {
    match due {
        DueFilter::Any => "Any date",
        DueFilter::Overdue => "Overdue",
        DueFilter::Today => "Today",
        DueFilter::Tomorrow => "Tomorrow",
        DueFilter::Week => "This week",
        DueFilter::None => "No date",
    }
}

pub fn sort(sort: Sort) -> &'static str {
    match sort {
        Sort::Manual => "My order",
        Sort::Due => "Due date",
        Sort::Priority => "Priority",
        Sort::Created => "Newest",
        Sort::Title => "Title",
        Sort::Completed => "Completed",
    }
}

pub fn sort_label(by: Sort) -> String {
    format!("Sort: {}", sort(by))
}

pub fn filter_label(name: &str, value: &str) -> String {
    if name == value { format!("{name}: any") } else { format!("{name}: {value}") }
}

pub fn tag_count(tag: &Tag, count: i64) -> String {
    format!("#{tag} ({count})")
}

pub fn priority(priority: Priority) -> &'static str {
    match priority {
        Priority::None => "None",
        Priority::Low => "Low",
        Priority::Medium => "Medium",
        Priority::High => "High",
        Priority::Urgent => "Urgent",
    }
}

pub fn repeat_choice(choice: &str, due: Option<Date>) -> String {
    let weekday = due.map(|due| describe::weekday(due.weekday()));
    match (choice, weekday, due) {
        ("never", ..) => "Does not repeat".to_owned(),
        ("daily", ..) => "Every day".to_owned(),
        ("weekdays", ..) => "Every weekday (Mon to Fri)".to_owned(),
        ("weekly", Some(weekday), _) => format!("Every week on {weekday}"),
        ("weekly", ..) => "Every week".to_owned(),
        ("monthly", _, Some(due)) => format!("Every month on day {}", due.day()),
        ("monthly", ..) => "Every month".to_owned(),
        ("month-end", ..) => "Every month on the last day".to_owned(),
        ("yearly", ..) => "Every year".to_owned(),
        _ => "Custom…".to_owned(),
    }
}

fn of_task(what: &str, title: &str) -> String {
    format!("{what}: {title}")
}

pub fn select_task(title: &str) -> String {
    of_task("Select", title)
}

pub fn complete_task(title: &str) -> String {
    of_task("Done", title)
}

pub fn details_of(title: &str) -> String {
    of_task("Details", title)
}

pub fn delete_task(title: &str) -> String {
    of_task("Delete", title)
}

pub fn restore_task(title: &str) -> String {
    of_task("Restore", title)
}

pub fn delete_for_good_task(title: &str) -> String {
    of_task("Delete for good", title)
}

pub fn filter_by_tag(tag: &str) -> String {
    format!("Show tasks with the tag {tag}")
}

pub fn take_off(what: &str) -> String {
    format!("Remove {what}")
}

pub const TITLE: &str = "Title";
pub const NOTES: &str = "Notes";
pub const NOTES_PLACEHOLDER: &str = "Details, links, a checklist… Markdown works.";
pub const PREVIEW_NOTES: &str = "Preview";
pub const EDIT_NOTES: &str = "Edit";
pub const HAS_NOTES: &str = "Has notes";
pub const DUE: &str = "Due";
pub const DUE_DATE: &str = "Due date";
pub const DUE_TIME: &str = "Due time";
pub const DUE_TODAY: &str = "Today";
pub const DUE_TOMORROW: &str = "Tomorrow";
pub const DUE_NEXT_WEEK: &str = "Next Monday";
pub const DUE_NEVER: &str = "No date";
pub const BAD_DATE: &str = "This is not a date.";
pub const OVERDUE: &str = "Overdue";
pub const PRIORITY: &str = "Priority";
pub const TAGS: &str = "Tags";
pub const ADD_TAG: &str = "Add a tag";
pub const REPEAT: &str = "Repeat";
pub const REPEAT_FROM: &str = "Counted from";
pub const FROM_DUE: &str = "from the due date";
pub const FROM_COMPLETION: &str = "from completion";
pub const RULE: &str = "Recurrence rule";
pub const RULE_NOTE: &str = "An RFC 5545 rule, such as FREQ=WEEKLY;INTERVAL=2;BYDAY=MO.";
pub const DETAILS: &str = "Details";
pub const DISCARD_CHANGES: &str = "Discard your changes?";
pub const KEEP_EDITING: &str = "Keep editing";
pub const DISCARD: &str = "Discard";
pub const ADD_TASK: &str = "Add a task";
pub const NEW_TASK: &str = "New task";
pub const ADD: &str = "Add";
pub const QUICK_PLACEHOLDER: &str = "Add a task… “Pay rent every 1st !high #home”";
pub const SEARCH: &str = "Search";
pub const SEARCH_TASKS: &str = "Search tasks";
pub const CLEAR_SEARCH: &str = "Clear search";
pub const FILTERS: &str = "Filters";
pub const FILTER_STATUS: &str = "Show";
pub const FILTER_DUE: &str = "Due";
pub const FILTER_PRIORITY: &str = "Priority";
pub const FILTER_TAG: &str = "Tag";
pub const ANY_PRIORITY: &str = "Any priority";
pub const ANY_TAG: &str = "Any tag";
pub const CLEAR_FILTERS: &str = "Clear filters";
pub const SELECT: &str = "Select";
pub const SELECT_ALL: &str = "Select all shown";
pub const SELECTION: &str = "Selected tasks";
pub const COMPLETE: &str = "Complete";
pub const DELETE: &str = "Delete";
pub const RESTORE: &str = "Restore";
pub const DELETE_MANY_BODY: &str = "They go to the trash and stay there for 30 days.";
pub const DELETE_FOR_GOOD: &str = "Delete for good";
pub const DELETE_FOR_GOOD_BODY: &str = "This cannot be undone.";
pub const TRASH_NOTE: &str = "Deleted tasks stay here for 30 days.";
pub const ONLY_MANUAL: &str = "Tasks can be moved when the list is sorted by “My order”.";
pub const GRIP: &str = "Drag to move. On the keyboard: Alt and an arrow key.";
pub const NO_MATCH: &str = "Nothing matches";
pub const NO_MATCH_DETAIL: &str = "No task fits this search and these filters.";
pub const EMPTY_OPEN: &str = "All clear";
pub const EMPTY_OPEN_DETAIL: &str =
    "Add a task above, or ask for it in the chat: “remind me to water the plants every Friday”.";
pub const EMPTY_DONE: &str = "Nothing completed yet";
pub const EMPTY_DONE_DETAIL: &str = "Tasks that you check off are kept here.";
pub const EMPTY_TRASH: &str = "The trash is empty";
pub const EMPTY_TRASH_DETAIL: &str = "Deleted tasks stay here for 30 days and can be restored.";

/// Keys, and what they do.
pub const SHORTCUTS: [(&[&str], &str); 15] = [
    (&["n"], "New task"),
    (&["/"], "Search"),
    (&["j", "k"], "Next, previous task"),
    (&["x"], "Check off, or open again"),
    (&["e", "Enter"], "Edit the title"),
    (&["d"], "Details"),
    (&["Del"], "Delete"),
    (&["s"], "Select several tasks"),
    (&["Alt ↑", "Alt ↓"], "Move up, down"),
    (&["z", "Ctrl Z"], "Undo the latest change"),
    (&["Shift Z", "Ctrl Y"], "Redo what was undone"),
    (&["Esc"], "Leave a field or the selection"),
    (&["Ctrl Enter"], "Save the details"),
    (&["?"], "This list"),
    (&["Tab"], "Through the buttons of a task"),
];

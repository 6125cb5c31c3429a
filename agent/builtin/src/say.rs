//! What the planner says. Every sentence about a change is made from a result.

use crate::ids::{escaped, named};
use jiff::civil::Date;
use todo_contract::{ItemError, Priority, TaskBrief, TaskStatus, ToolResult};
use todo_language::intent::{Talk, Untouched};
use todo_language::{DueRange, Filter, describe};

/// Ends a question that the next saying may answer.
pub(crate) const WHICH_ONE: &str = "Which one do you mean?";
/// Ends a question about a single task.
pub(crate) const DID_YOU_MEAN: &str = "Did you mean";
/// Begins an offer to add what was not understood.
pub(crate) const SHALL_I_ADD: &str = "Shall I add";

/// Begins an offer to delete what a remark said is off.
pub(crate) const SHALL_I_DELETE: &str = "I changed nothing. Shall I delete";

pub(crate) const WHICH_TASK: &str = "I'm not sure which task you mean. Tell me its number or a word of its title, such as “task 3” or “the dentist one”.";
/// Begins what is said where no title fits the words.
pub(crate) const NO_TASK: &str = "There is no task that matches";
/// Ends what is said of words that no task has.
pub(crate) const CHANGED_NOTHING: &str = "so I changed nothing. Say “show my tasks” to see the list.";
pub(crate) const NOTHING_FITS: &str = "No task fits that.";
pub(crate) const DECLINED: &str = "OK, I left everything as it was.";
const NOTHING_TO_REDO: &str = "There is nothing to redo: nothing was undone since the latest change. What was undone before it can be brought back in the activity view.";
pub(crate) const NO_TITLE: &str = "What should the task say? For example “add buy milk tomorrow at 5pm”.";
pub(crate) const NOT_MINE: &str = "That's not something I can do: I only look after your to-do list.";
pub(crate) const HELP: &str = "I look after your list. You can say, for example:\n\
- “Add buy groceries tomorrow at 5pm #home”\n\
- “Remind me to water the plants every Monday”\n\
- “What's due this week?”, “Show overdue tasks”, “What have I completed?”\n\
- “Mark task 3 as done”, “Complete the milk task”\n\
- “Move the report to Friday”, “Make task 2 high priority”, “Rename task 1 to 'Call mom'”\n\
- “Delete the meeting task”, and “Undo” if something went wrong";
pub(crate) const UNCLEAR: &str = "I didn't understand that, so I changed nothing. Try “add buy milk tomorrow”, “what's due today?” or “complete task 3”; “help” shows more.";

pub(crate) fn talk(talk: Talk) -> &'static str {
    match talk {
        Talk::Greeting => {
            "Hello! What would you like to do? You can say “add buy milk tomorrow” or “what's due today?”."
        }
        Talk::Thanks => "You're welcome!",
        Talk::HowAreYou => "All good here, thanks for asking. What can I do for your list?",
        Talk::WhoAreYou => {
            "I'm the built-in planner of this to-do list: a program that reads plain English, without a model. Say “help” to see what I understand."
        }
        Talk::Farewell => "Goodbye! Your list will be here.",
        Talk::Praise => "Glad to help.",
        Talk::Complaint => {
            "I'm sorry about that. Say “undo” to take the last change back, or “help” to see what I understand."
        }
        Talk::Remark => "I hear you. Your list is here when you need it.",
        Talk::Yes => "There is nothing waiting for an answer. What would you like to do?",
        Talk::No => DECLINED,
    }
}

pub(crate) fn untouched(why: Untouched) -> &'static str {
    match why {
        Untouched::Negated => DECLINED,
        Untouched::Question => {
            "I can't answer that, and I changed nothing. I can show your tasks (“what's due this week?”) or change them when you tell me to (“delete task 2”)."
        }
        Untouched::Reported | Untouched::Musing => {
            "I changed nothing. If you want it done, tell me directly, for example “delete task 2” or “add call the bank”."
        }
        Untouched::OutOfScope => {
            "That's not something I can do: I only look after your to-do list. Say “help” to see what I understand."
        }
    }
}

/// "**Title** (#3) · due tomorrow · High priority · #home · every Monday · done".
pub(crate) fn line(task: &TaskBrief, today: Date) -> String {
    let mut parts = vec![named(task.title.as_str(), task.id)];
    if let Some(due) = &task.due {
        let late = due.date < today && task.status == TaskStatus::Open;
        parts.push(format!("{} {}", if late { "overdue since" } else { "due" }, describe::due(due, today)));
    }
    if task.priority != Priority::None {
        parts.push(describe::priority(task.priority).to_lowercase());
    }
    if let Some(repeat) = &task.repeat {
        parts.push(describe::repeat(repeat));
    }
    parts.extend(task.tags.iter().map(|tag| escaped(&format!("#{tag}"))));
    if task.deleted {
        parts.push("in the trash".to_owned());
    } else if task.status == TaskStatus::Done {
        parts.push("done".to_owned());
    }
    parts.join(" · ")
}

/// A bullet list.
pub(crate) fn bullets<'t>(tasks: impl IntoIterator<Item = &'t TaskBrief>, today: Date) -> String {
    tasks.into_iter().map(|task| format!("\n- {}", line(task, today))).collect()
}

pub(crate) fn which(lead: &str, candidates: &[&TaskBrief], today: Date) -> String {
    format!("{lead}. {WHICH_ONE}{}", bullets(candidates.iter().copied(), today))
}

pub(crate) fn not_found(words: &str, near: &[&TaskBrief], today: Date) -> String {
    let words = escaped(words);
    match near {
        [] => format!("{NO_TASK} “{words}”, so I changed nothing. Say “show my tasks” to see the list."),
        [only] => format!("I found nothing called “{words}”. {DID_YOU_MEAN} {}?", named(only.title.as_str(), only.id)),
        _ => format!(
            "I found nothing called “{words}”. The nearest are these. {WHICH_ONE}{}",
            bullets(near.iter().copied(), today)
        ),
    }
}

pub(crate) fn nothing_there(filter: &Filter) -> String {
    if let Some(days) = completed_on(filter) {
        let any = Filter { status: None, ..filter.clone() };
        let plain = any.priority.is_none() && any.tag.is_none() && any.words.is_empty();
        let what = if plain { "nothing".to_owned() } else { format!("no {}", kind_of(&any)) };
        return format!("You completed {what}{days}.");
    }
    let kind = kind_of(filter);
    match (filter.status, filter.due) {
        (_, Some(DueRange::Overdue)) => "Nothing is overdue.".to_owned(),
        (_, Some(DueRange::Between(..))) => {
            format!("There are no {kind} due {}.", filter.said.as_deref().unwrap_or("then").trim_start_matches("due "))
        }
        _ => format!("There are no {kind}."),
    }
}

/// The days of completion as they were said, if any are asked for; " yesterday".
pub(crate) fn completed_on(filter: &Filter) -> Option<String> {
    let Some(said) = filter.completed.map(|_| filter.said.as_deref())? else { return Some(String::new()) };
    if said.starts_with("the weekend") {
        return Some(format!(" over {said}"));
    }
    let bare = said.strip_prefix("for ").or_else(|| said.strip_prefix("from "));
    let alone = |rest: &&str| ["last ", "this ", "today", "yesterday"].iter().any(|days| rest.starts_with(days));
    Some(format!(" {}", bare.filter(alone).unwrap_or(said)))
}

/// "open tasks", "completed high priority tasks tagged #work".
pub(crate) fn kind_of(filter: &Filter) -> String {
    let mut kind = match filter.status {
        Some(TaskStatus::Open) => "open ".to_owned(),
        Some(TaskStatus::Done) => "completed ".to_owned(),
        None => String::new(),
    };
    if let Some(priority) = filter.priority {
        kind += &format!("{} ", describe::priority(priority).to_lowercase());
    }
    kind += "tasks";
    if let Some(tag) = &filter.tag {
        kind += &format!(" tagged {}", escaped(&format!("#{tag}")));
    }
    if !filter.words.is_empty() {
        kind += &format!(" that match “{}”", escaped(&filter.words));
    }
    kind
}

/// Why a call as a whole did nothing.
pub(crate) fn failed(result: &ToolResult) -> String {
    match result {
        ToolResult::Declined => DECLINED.to_owned(),
        ToolResult::Failed { error } if error.code == "nothing_to_undo" => "There is nothing to undo.".to_owned(),
        ToolResult::Failed { error } if error.code == "nothing_to_redo" => NOTHING_TO_REDO.to_owned(),
        ToolResult::Failed { error } => format!("That didn't work: {}", sentence(&error.detail)),
        _ => "That didn't work, and I can't tell why.".to_owned(),
    }
}

/// Why one item was not done, and what may have been meant.
pub(crate) fn item_failed(verb: &str, what: &str, error: Option<&ItemError>) -> String {
    let Some(error) = error else { return format!("I couldn't {verb} {what}.") };
    let said = format!("I couldn't {verb} {what}: {}", sentence(&error.detail));
    let names: Vec<String> = error.candidates.iter().take(3).map(|t| named(t.title.as_str(), t.id)).collect();
    if names.is_empty() { said } else { format!("{said} {DID_YOU_MEAN} {}?", describe::listed(&names, "or")) }
}

fn sentence(detail: &str) -> String {
    let detail = detail.trim();
    if detail.ends_with(['.', '!', '?']) { detail.to_owned() } else { format!("{detail}.") }
}

//! What the chat says.

use crate::chat::call::CallState;
use todo_contract::Priority;

/// What a call does, in the forms that a sentence needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb {
    base: &'static str,
    going_on: &'static str,
    past: &'static str,
}

pub const ADD: Verb = Verb { base: "add", going_on: "Adding", past: "Added" };
pub const CHANGE: Verb = Verb { base: "change", going_on: "Changing", past: "Changed" };
pub const MOVE: Verb = Verb { base: "move", going_on: "Moving", past: "Moved" };
pub const RENAME: Verb = Verb { base: "rename", going_on: "Renaming", past: "Renamed" };
pub const TAG: Verb = Verb { base: "tag", going_on: "Tagging", past: "Tagged" };
pub const COMPLETE: Verb = Verb { base: "complete", going_on: "Completing", past: "Completed" };
pub const REOPEN: Verb = Verb { base: "reopen", going_on: "Reopening", past: "Reopened" };
pub const DELETE: Verb = Verb { base: "delete", going_on: "Deleting", past: "Deleted" };
pub const LOOK_UP: Verb = Verb { base: "look up", going_on: "Looking up", past: "Looked up" };
pub const TAKE_BACK: Verb = Verb { base: "take back", going_on: "Taking back", past: "Took back" };
pub const BRING_BACK: Verb = Verb { base: "bring back", going_on: "Bringing back", past: "Brought back" };
pub const RUN: Verb = Verb { base: "run", going_on: "Running", past: "Ran" };

pub const LAST_CHANGE: &str = "the last change";
pub const LAST_UNDONE: &str = "what was undone last";

impl Verb {
    /// The start of the sentence that says how a call stands.
    pub fn lead(self, state: CallState) -> String {
        let Self { base, going_on, past } = self;
        match state {
            CallState::Running => going_on.to_owned(),
            CallState::Waiting => format!("Wants to {base}"),
            CallState::Done => past.to_owned(),
            CallState::Failed => format!("Could not {base}"),
            CallState::Declined => format!("Did not {base}"),
            CallState::Stopped => format!("Stopped before it could {base}"),
        }
    }

    pub fn base(self) -> &'static str {
        self.base
    }
}

pub fn tasks(count: usize) -> String {
    if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") }
}

pub fn task_number(id: i64) -> String {
    format!("task {id}")
}

pub fn found(total: i64) -> String {
    if total == 0 { "nothing found".to_owned() } else { format!("{total} found") }
}

pub fn to_day(day: &str) -> String {
    format!("to {day}")
}

pub fn now_due(day: &str) -> String {
    format!("due {day}")
}

pub fn now_titled(title: &str) -> String {
    format!("to “{title}”")
}

pub fn tag(tag: &str) -> String {
    format!("#{tag}")
}

pub fn no_more_tag(tag: &str) -> String {
    format!("no longer #{tag}")
}

pub fn next_occurrence(day: &str) -> String {
    format!("next one {day}")
}

pub const NOTES_CHANGED: &str = "new notes";
pub const NO_NOTES: &str = "no notes";
pub const NO_DUE: &str = "no due date";
pub const NO_TAGS: &str = "no tags";
pub const NO_REPEAT: &str = "no longer repeats";
pub const NO_PRIORITY: &str = "no priority";

pub fn priority(priority: Priority) -> &'static str {
    match priority {
        Priority::None => NO_PRIORITY,
        Priority::Low => "low priority",
        Priority::Medium => "medium priority",
        Priority::High => "high priority",
        Priority::Urgent => "urgent",
    }
}

pub const OPEN_TASKS: &str = "open tasks";
pub const DONE_TASKS: &str = "completed tasks";
pub const ANY_TASKS: &str = "tasks";

pub const DUE: &str = "due";
pub const COMPLETED: &str = "completed";

pub fn on(what: &str, day: &str) -> String {
    format!("{what} {day}")
}

pub fn between(what: &str, from: &str, to: &str) -> String {
    format!("{what} from {from} to {to}")
}

pub fn not_before(what: &str, day: &str) -> String {
    format!("{what} {day} or later")
}

pub fn not_after(what: &str, day: &str) -> String {
    format!("{what} {day} or earlier")
}

pub fn with_priority(priority: Priority) -> String {
    format!("with {}", if priority == Priority::Urgent { "urgent priority" } else { self::priority(priority) })
}

pub fn tagged(tag: &str) -> String {
    format!("tagged #{tag}")
}

pub fn matching(text: &str) -> String {
    format!("matching ‘{text}’")
}

pub const DID_YOU_MEAN: &str = "Did you mean one of these?";

pub const NEW_CONVERSATION: &str = "New conversation";

pub const CONVERSATIONS: &str = "Conversations";
pub const NEW_CONVERSATION_ACTION: &str = "New conversation";
pub const NO_CONVERSATIONS: &str = "Nothing said yet. Conversations that you begin show here.";
pub const CONVERSATIONS_FAILED: &str = "The conversations could not be loaded.";
pub const DELETE_ACTION: &str = "Delete";
pub const TITLE_LABEL: &str = "Title of the conversation";
pub const DELETE_TITLE: &str = "Delete this conversation?";

pub fn delete_body(title: &str) -> String {
    format!("“{title}” and its messages will be gone for good. Your tasks stay as they are.")
}

pub fn renaming(title: &str) -> String {
    format!("Rename “{title}”")
}

pub fn deleting(title: &str) -> String {
    format!("Delete “{title}”")
}

pub fn current_conversation(title: &str) -> String {
    format!("Conversation: {title}")
}

pub const LOG: &str = "Messages";
pub const YOU: &str = "You said";
pub const ASSISTANT: &str = "Assistant";
pub const THINKING: &str = "Thinking";
pub const EARLIER: &str = "Show earlier messages";
pub const NEW_MESSAGES: &str = "New messages";
pub const NOT_SENT: &str = "Not sent.";
pub const USE_BUILTIN: &str = "Use the built-in planner";
pub const STOPPED: &str = "Stopped.";
pub const FAILED: &str = "Something went wrong.";
pub const BUILTIN_HINT: &str = "The built-in planner works without a model. It understands plain requests.";

pub fn show_task(title: &str) -> String {
    format!("Show “{title}” in the list")
}

pub fn more_tasks(count: usize) -> String {
    format!("{count} more")
}

pub const SHOW_TASKS: &str = "Show tasks";

pub fn yes(verb: Verb, count: usize) -> String {
    format!("Yes, {} {}", verb.base, tasks(count))
}

pub fn no(count: usize) -> &'static str {
    if count == 1 { "No, keep it" } else { "No, keep them" }
}

pub const YES: &str = "Yes, go ahead";

pub const COMPOSER_LABEL: &str = "Message";
pub const COMPOSER_HINT: &str = "Say what you need to do…";
pub const COMPOSER_OFFLINE: &str = "You are offline. What you write is kept until you are back.";
pub const COMPOSER_WAITING: &str = "Answer above, or type yes or no";
pub const COMPOSER_UNAVAILABLE: &str = "Chat is unavailable; your tasks still work.";
/// What a typed answer to a question means.
pub fn answer(text: &str) -> Option<bool> {
    match text.trim().trim_end_matches(['.', '!']).to_lowercase().as_str() {
        "yes" | "y" | "ok" | "okay" | "sure" | "go ahead" => Some(true),
        "no" | "n" | "nope" | "cancel" | "keep them" => Some(false),
        _ => None,
    }
}

pub const SEND: &str = "Send";
pub const STOP: &str = "Stop";

pub fn characters_left(left: i64) -> String {
    if left < 0 { format!("{} too many", -left) } else { format!("{left} left") }
}

pub const EMPTY_TITLE: &str = "What’s on your mind?";
pub const EMPTY_BODY: &str =
    "Say it as you would to a person. Every change shows in your list at once, and you can undo it.";
pub const EXAMPLES_LABEL: &str = "Examples";
pub const EXAMPLES: [&str; 5] = [
    "Add a task to buy groceries tomorrow",
    "What’s due this week?",
    "Remind me to water the plants every Saturday",
    "Move everything due today to Friday",
    "What have I completed?",
];

pub const PLANNER_BUILTIN: &str = "Built-in planner";
pub const PLANNER_BUILTIN_NOTE: &str = "no model needed";
pub const PLANNER_DOWN: &str = "Chat is unavailable; your tasks still work";
pub const PLANNER_ABOUT_BUILTIN: &str = "The built-in planner reads plain English on your own server: no key, no network. It knows adding, \
     finding, changing, completing, deleting and undoing tasks.";
pub const PLANNER_ABOUT_DOWN: &str = "The part that plans what to do does not answer. The list, search and the activity view go on \
     working. If this is your server, see its log, and check AGENT_URL and AGENT_TOKEN.";
pub const PLANNER_HOW_TO: &str = "To use a model, start the server with OPENAI_API_KEY, or with OPENAI_BASE_URL for Ollama, llama.cpp or any \
     other compatible server.";
pub const PLANNER_DOCS: &str = "How to is in docs/models.md.";

pub fn planner_about_model(model: &str, host: Option<&str>) -> String {
    let place = host.map(|host| format!(" at {host}")).unwrap_or_default();
    format!("{model}{place} decides what to do. It sees your message and the tasks that it looks up, and nothing else.")
}

pub fn planner_model(model: &str, host: Option<&str>) -> String {
    match host {
        Some(host) => format!("{model} · {host}"),
        None => model.to_owned(),
    }
}

pub const ANSWERED_BY_BUILTIN: &str = "Answered by the built-in planner";

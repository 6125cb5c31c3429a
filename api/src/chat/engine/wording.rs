//! What the person's own words ask for, as far as it can be read without a model. What is not plainly said counts as not
//! said: then the policy is as careful as it would be without any words.

use jiff::civil::{DateTime, date};
use std::collections::HashMap;
use todo_contract::{Locale, TaskId, ToolCall};
use todo_language::Context;
use todo_language::intent::{self, Intent, Reference, Target};
use todo_language::matching::{self, Found};

/// Messages that are longer are about more than a task or two.
const READ_MAX: usize = 500;
/// Reading wants a moment; no date matters here.
const SOME_MOMENT: DateTime = date(2026, 1, 1).at(9, 0, 0, 0);

/// A person's message, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wording {
    intents: Vec<Intent>,
    undo: bool,
    redo: bool,
}

impl Wording {
    /// Reads a message.
    #[must_use]
    pub fn of(message: &str) -> Self {
        if message.chars().count() > READ_MAX {
            return Self::default();
        }
        let mut intents = Vec::new();
        for intent in intent::read(message, &Context::of(SOME_MOMENT, Locale::default())) {
            flatten(intent, &mut intents);
        }
        let (undo, redo) = (commands(message, UNDO), commands(message, REDO));
        let (undo, redo) = (undo || intents.contains(&Intent::Undo), redo || intents.contains(&Intent::Redo));
        Self { intents, undo, redo }
    }

    /// Whether they ask for something to be taken back, and not only for what was done here.
    #[must_use]
    pub fn asks_for_undo(&self) -> bool {
        self.undo
    }

    /// Whether they ask for something to be brought back.
    #[must_use]
    pub fn asks_for_redo(&self) -> bool {
        self.redo
    }

    /// Whether they ask for what `call` does, by the number or the words of each task that it touches. `titles` are
    /// those from before planners of the window renamed it: what they rename does not become what the person named.
    #[must_use]
    pub fn asks_for(&self, call: &ToolCall, titles: &HashMap<TaskId, String>) -> bool {
        let named = |id: TaskId, fits: fn(&Intent) -> bool| {
            let title = titles.get(&id).map(String::as_str);
            self.intents.iter().filter(|intent| fits(intent)).filter_map(Intent::target).any(|t| names(t, id, title))
        };
        match call {
            ToolCall::UndoLast(_) => self.asks_for_undo(),
            ToolCall::RedoLast(_) => self.asks_for_redo(),
            ToolCall::DeleteTasks(t) => t.ids.iter().all(|id| named(*id, |i| matches!(i, Intent::Delete(_)))),
            ToolCall::CompleteTasks(t) => t.ids.iter().all(|id| named(*id, |i| matches!(i, Intent::Complete(_)))),
            ToolCall::ReopenTasks(t) => t.ids.iter().all(|id| named(*id, |i| matches!(i, Intent::Reopen(_)))),
            ToolCall::UpdateTasks(u) => {
                u.changes.iter().all(|change| named(change.id, |i| matches!(i, Intent::Update(..))))
            }
            ToolCall::AddTasks(_) => self.intents.iter().any(|intent| matches!(intent, Intent::Add(_))),
            ToolCall::ListTasks(_) => true,
        }
    }
}

/// What begins a sentence that asks for an undo.
const UNDO: &[&str] = &["undo", "revert", "restore", "take back", "bring back", "roll back"];
/// What begins a sentence that asks for a redo.
const REDO: &[&str] = &["redo", "reapply"];
/// What may stand before.
const BEFORE: &[&str] = &[
    "please", "can", "could", "would", "will", "you", "ok", "okay", "no", "oh", "oops", "now", "just", "then", "and",
    "but",
];

/// Whether a part of the message begins with one of `verbs`: "Undo the import", "no, restore them please".
fn commands(message: &str, verbs: &[&str]) -> bool {
    let message = message.to_lowercase();
    message.split(['.', ',', ';', '!', '\n']).any(|part| {
        let words: Vec<&str> = part.split_whitespace().skip_while(|word| BEFORE.contains(word)).take(2).collect();
        let two = words.join(" ");
        verbs.iter().any(|verb| words.first() == Some(verb) || two == *verb)
    })
}

/// All that a saying may mean, each by itself.
fn flatten(intent: Intent, into: &mut Vec<Intent>) {
    match intent {
        Intent::Either(readings, otherwise) | Intent::Parts(readings, otherwise) => {
            readings.into_iter().chain([*otherwise]).for_each(|reading| flatten(reading, into));
        }
        other => into.push(other),
    }
}

fn names(target: &Target, id: TaskId, title: Option<&str>) -> bool {
    let only = |found: &Found| *found == Found::One(0);
    target.except.is_empty()
        && target.references.iter().any(|reference| match (reference, title) {
            (Reference::Number(number), _) => *number == id.0,
            (Reference::Words(words) | Reference::Title(words), Some(title)) => only(&matching::find(words, [title])),
            (Reference::Covered(words), Some(title)) => only(&matching::find_covered(words, [title])),
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn asks(message: &str, name: &str, arguments: serde_json::Value) -> bool {
        let titles = HashMap::from([(TaskId(1), "Buy milk".to_owned()), (TaskId(2), "Call Ann".to_owned())]);
        Wording::of(message).asks_for(&ToolCall::parse(name, arguments).unwrap(), &titles)
    }

    #[test]
    fn a_task_is_named_by_its_words_or_its_number() {
        assert!(asks("Delete buy milk", "delete_tasks", json!({"ids": [1]})));
        assert!(asks("delete task 2", "delete_tasks", json!({"ids": [2]})));
        assert!(asks("complete buy milk", "complete_tasks", json!({"ids": [1]})));
    }

    #[test]
    fn what_is_not_said_is_not_named() {
        assert!(!asks("Delete buy milk", "delete_tasks", json!({"ids": [2]})));
        assert!(!asks("Delete buy milk", "delete_tasks", json!({"ids": [1, 2]})));
        assert!(!asks("What is on my list?", "delete_tasks", json!({"ids": [1]})));
        assert!(!asks("Don't delete buy milk", "delete_tasks", json!({"ids": [1]})));
        assert!(!asks("complete buy milk", "delete_tasks", json!({"ids": [1]})));
        assert!(!asks("Delete everything", "delete_tasks", json!({"ids": [1]})));
        assert!(!asks(&format!("Delete buy milk {}", "x ".repeat(300)), "delete_tasks", json!({"ids": [1]})));
    }

    #[test]
    fn undo_and_redo_are_asked_for_in_plain_words() {
        for saying in ["Undo", "undo that", "take that back", "Undo the last change", "put it back"] {
            assert!(asks(saying, "undo_last", json!({})), "{saying}");
        }
        for saying in
            ["undo the last two changes", "Undo the import", "no, restore them please", "take back everything"]
        {
            assert!(asks(saying, "undo_last", json!({})), "{saying}");
        }
        assert!(asks("redo that", "redo_last", json!({})) && asks("Redo everything", "redo_last", json!({})));
        for saying in
            ["What is on my list?", "add undo the knots to my list", "no", "don't undo anything", "what does undo do?"]
        {
            assert!(!asks(saying, "undo_last", json!({})), "{saying}");
        }
    }
}

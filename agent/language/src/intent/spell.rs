//! Slips of the keys in the word that a command begins with.

use crate::matching::distance;
use crate::token::{Kind, Text};

const COMMANDS: &[&str] = &[
    "add",
    "delete",
    "remove",
    "complete",
    "finish",
    "rename",
    "change",
    "update",
    "reopen",
    "postpone",
    "reschedule",
    "create",
    "remind",
    "mark",
    "move",
    "show",
    "list",
    "undo",
    "remember",
    "schedule",
    "completed",
    "finished",
    "cancel",
    "cancelled",
    "prioritise",
    "prioritize",
    "restore",
    "please",
];

/// Words that commands end with: "mark task 3 as compelte".
const STATES: &[&str] = &["done", "complete", "completed", "finished", "urgent", "important", "undone", "priority"];

/// "Would you mind adding …"
const GERUNDS: &[(&str, &str)] = &[
    ("adding", "add"),
    ("putting", "put"),
    ("creating", "create"),
    ("making", "make"),
    ("setting", "set"),
    ("moving", "move"),
    ("deleting", "delete"),
    ("removing", "remove"),
    ("marking", "mark"),
    ("changing", "change"),
    ("renaming", "rename"),
    ("reminding", "remind"),
    ("showing", "show"),
    ("telling", "tell"),
    ("completing", "complete"),
    ("reopening", "reopen"),
    ("pushing", "push"),
    ("postponing", "postpone"),
    ("rescheduling", "reschedule"),
    ("tagging", "tag"),
    ("ticking", "tick"),
    ("listing", "list"),
];

/// Rights the first word of each part of a saying where it is one slip away from a command.
pub(super) fn correct(text: &mut Text<'_>) {
    let starts: Vec<usize> = (0..text.len()).filter(|&i| may_begin(text, i)).collect();
    for at in 1..text.len().min(40) {
        // "milk n bread", "done w laundry"
        let letter = match text.word(at) {
            "n" if text.get(at).is_some_and(|t| !t.glued && t.kind == Kind::Word) => Some("and"),
            "w" if text.is_one_of(at - 1, &["done", "finished", "through"]) => Some("with"),
            _ => None,
        };
        if let Some(meant) = letter
            && let Some(token) = text.tokens.get_mut(at)
        {
            token.text = meant.to_owned();
        }
        // "i need 2 call"
        let to = text.is_one_of(at, &["2"])
            && text.is_one_of(at - 1, &["need", "have", "want", "got", "remember", "going", "forget", "me"])
            && crate::read::names::is_task_verb(text, at + 1);
        if to && let Some(token) = text.tokens.get_mut(at) {
            token.text = "to".to_owned();
            token.kind = Kind::Word;
        }
    }
    for token in text.tokens.iter_mut().take(40).filter(|t| !t.literal) {
        if matches!(token.text.as_str(), "todays" | "tomorrows" | "tonights") {
            token.text.insert(token.text.len() - 1, '\'');
        }
    }
    for at in 1..text.len().min(12) {
        if text.is_one_of(at - 1, &["mind"])
            && let Some(token) = text.tokens.get_mut(at)
            && let Some((_, command)) = GERUNDS.iter().find(|(gerund, _)| *gerund == token.text)
        {
            token.text = (*command).to_owned();
        }
    }
    for at in 1..text.len().min(40) {
        let Some(token) = text.tokens.get_mut(at).filter(|t| t.kind == Kind::Word && !t.literal && t.text.len() >= 5)
        else {
            continue;
        };
        if let Some(state) = STATES.iter().find(|s| s.len() >= 6 && **s != token.text && same_letters(s, &token.text)) {
            token.text = (*state).to_owned();
        }
    }
    for at in starts {
        let Some(token) = text.tokens.get_mut(at).filter(|t| t.kind == Kind::Word && !t.literal) else { continue };
        if matches!(token.text.as_str(), "ad" | "addd" | "aadd" | "dd" | "ass" | "adda" | "asd") && at == 0 {
            token.text = "add".to_owned();
        }
        if let Some(command) = meant(&token.text) {
            token.text = command.to_owned();
        }
    }
}

fn may_begin(text: &Text<'_>, at: usize) -> bool {
    at == 0
        || text
            .is_one_of(at - 1, &["please", "pls", "and", "then", ",", ".", ";", "you", "me", "to", "now", "just", "!"])
            && at <= 40
}

fn meant(word: &str) -> Option<&'static str> {
    if COMMANDS.contains(&word) || crate::read::names::is_verb(word) {
        return None;
    }
    COMMANDS.iter().copied().find(|command| {
        let swapped = command.len() == word.len() && command.len() >= 4;
        let long = command.len() >= 6 && word.len() >= 5;
        (swapped || long)
            && command.as_bytes().first() == word.as_bytes().first()
            && distance(command, word, 1).is_some()
            && (long || same_letters(command, word))
    })
}

fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |s: &str| {
        let mut letters: Vec<char> = s.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

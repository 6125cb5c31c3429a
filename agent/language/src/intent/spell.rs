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
];

/// Rights the first word of each part of a saying where it is one slip away from a command.
pub(super) fn correct(text: &mut Text<'_>) {
    let starts: Vec<usize> = (0..text.len()).filter(|&i| may_begin(text, i)).collect();
    for at in 1..text.len().min(40) {
        // "i need 2 call"
        let to = text.is_one_of(at, &["2"])
            && text.is_one_of(at - 1, &["need", "have", "want", "got", "remember", "going", "forget", "me"])
            && crate::read::names::is_task_verb(text, at + 1);
        if to && let Some(token) = text.tokens.get_mut(at) {
            token.text = "to".to_owned();
            token.kind = Kind::Word;
        }
    }
    for at in starts {
        let Some(token) = text.tokens.get_mut(at).filter(|t| t.kind == Kind::Word && !t.literal) else { continue };
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

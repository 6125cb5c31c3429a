//! The conversation that is sent along: trimmed to a budget, never parting a call from its result.

use super::items::Item;
use std::collections::HashSet;
use todo_contract::Message;

/// Told for a call whose result is not in the conversation, since servers insist on one.
const NO_RESULT: &str = r#"{"status":"failed","detail":"this call was interrupted; whether it ran is not known"}"#;
/// Told in place of what was cut from a long result.
const CUT: &str = " … (shortened)";

/// The messages that fit into `budget` tokens by estimate, oldest first. The turn at work, from the last
/// user message on, is always kept; its tool results are shortened if it alone is too long.
pub(super) fn trimmed(messages: &[Message], budget: usize) -> Vec<Item> {
    let mut groups = groups(messages);
    let current = groups.iter().rposition(|group| group.is_user).unwrap_or(0);
    let mut turn = groups.split_off(current);
    let mut used: usize = turn.iter().map(Group::tokens).sum();
    if used > budget {
        shorten_results(&mut turn, budget);
        used = turn.iter().map(Group::tokens).sum();
    }
    let mut kept = Vec::new();
    for group in groups.into_iter().rev() {
        used = used.saturating_add(group.tokens());
        if used > budget {
            break;
        }
        kept.push(group);
    }
    // The oldest message must be a person's: an answer without its question confuses some templates.
    while kept.last().is_some_and(|group| !group.is_user) {
        kept.pop();
    }
    kept.into_iter().rev().chain(turn).flat_map(|group| group.messages).collect()
}

/// Messages that only make sense together: a user's, or an answer with the results of its calls.
struct Group {
    messages: Vec<Item>,
    is_user: bool,
}

impl Group {
    fn tokens(&self) -> usize {
        self.messages.iter().map(Item::tokens).sum()
    }
}

fn groups(messages: &[Message]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut open: HashSet<String> = HashSet::new();
    for message in messages {
        let Some(item) = Item::of(message) else { continue };
        if let Message::Tool { call_id, .. } = message {
            // A result without its call is dropped: servers refuse one.
            if open.remove(call_id.as_str())
                && let Some(group) = groups.last_mut()
            {
                group.messages.push(item);
            }
            continue;
        }
        close(groups.last_mut(), &mut open);
        if let Message::Assistant { calls, .. } = message {
            open.extend(calls.iter().map(|call| call.id.as_str().to_owned()));
        }
        groups.push(Group { messages: vec![item], is_user: matches!(message, Message::User { .. }) });
    }
    close(groups.last_mut(), &mut open);
    groups
}

/// Gives every call of the last answer a result.
fn close(group: Option<&mut Group>, open: &mut HashSet<String>) {
    let mut missing: Vec<String> = open.drain().collect();
    missing.sort_unstable();
    if let Some(group) = group {
        let results = missing.into_iter().map(|id| Item::Result { call_id: id, content: NO_RESULT.into() });
        group.messages.extend(results);
    }
}

/// Shortens the longest results, all to the same length, until the turn fits or nothing is left to cut.
fn shorten_results(turn: &mut [Group], budget: usize) {
    let mut most = 32 * 1024;
    while turn.iter().map(Group::tokens).sum::<usize>() > budget && most >= 256 {
        for message in turn.iter_mut().flat_map(|group| &mut group.messages) {
            if let Item::Result { content, .. } = message {
                shorten(content, most);
            }
        }
        most /= 2;
    }
}

fn shorten(content: &mut String, most: usize) {
    if content.len() > most + CUT.len() {
        content.truncate(content.floor_char_boundary(most));
        content.push_str(CUT);
    }
}

#[cfg(test)]
mod tests;

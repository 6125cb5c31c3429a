//! "What did you just delete?": what was done last, as it was told then.

use crate::conversation::Conversation;
use todo_contract::ToolResult;

/// The answer, if that is what the saying asks and something was done in this conversation.
pub(crate) fn read(conversation: &Conversation<'_>, saying: &str) -> Option<String> {
    if !asks(saying) {
        return None;
    }
    let did = |result: &ToolResult| matches!(result, ToolResult::Changed { .. } | ToolResult::Undone { .. });
    let turn = conversation.earlier.iter().rev().find(|turn| turn.done.iter().any(|done| did(done.result)))?;
    Some(format!("This is what I did last: {}", turn.answer))
}

fn asks(saying: &str) -> bool {
    const STARTS: [&str; 14] = [
        "what did you just",
        "what have you just",
        "what did u just",
        "what did you do",
        "what have you done",
        "what did you change",
        "what have you changed",
        "what did you delete",
        "what did you add",
        "what did i just",
        "what was the last thing",
        "what just happened",
        "what did you remove",
        "which one did you",
    ];
    let said = saying.trim().to_lowercase();
    let said = ["ok ", "wait ", "wait, ", "hang on ", "sorry ", "sorry, ", "so ", "hey "]
        .iter()
        .find_map(|lead| said.strip_prefix(lead))
        .unwrap_or(&said);
    let few = said.split_whitespace().count() <= 9;
    few && STARTS.iter().any(|start| said.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_what_was_done_is_told() {
        for saying in ["what did you just delete?", "What have you done", "wait, what did you change"] {
            assert!(asks(saying), "{saying}");
        }
        for saying in ["what did I finish yesterday", "what have I done", "delete it"] {
            assert!(!asks(saying), "{saying}");
        }
    }
}

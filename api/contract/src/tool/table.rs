//! The table of tools: what each does to the list.

use super::ToolCall;

/// What a tool does to the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Looks, and changes nothing.
    Read,
    /// Makes tasks.
    Add,
    /// Changes tasks.
    Change,
    /// Puts tasks into the trash.
    Delete,
    /// Takes changes back, or brings them back: it does whatever that takes.
    Undo,
}

impl Effect {
    /// Whether it changes nothing.
    #[must_use]
    pub fn is_harmless(self) -> bool {
        self == Self::Read
    }

    /// Whether tasks may be gone afterwards.
    #[must_use]
    pub fn is_destructive(self) -> bool {
        matches!(self, Self::Delete | Self::Undo)
    }
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tool {
    /// The name by which it is called.
    pub name: &'static str,
    /// What it does.
    pub effect: Effect,
}

impl ToolCall {
    /// All tools.
    pub const TOOLS: [Tool; 8] = [
        Tool { name: "add_tasks", effect: Effect::Add },
        Tool { name: "list_tasks", effect: Effect::Read },
        Tool { name: "update_tasks", effect: Effect::Change },
        Tool { name: "complete_tasks", effect: Effect::Change },
        Tool { name: "reopen_tasks", effect: Effect::Change },
        Tool { name: "delete_tasks", effect: Effect::Delete },
        Tool { name: "undo_last", effect: Effect::Undo },
        Tool { name: "redo_last", effect: Effect::Undo },
    ];

    /// The names of all tools.
    pub const NAMES: [&'static str; 8] = {
        let [a, b, c, d, e, f, g, h] = Self::TOOLS;
        [a.name, b.name, c.name, d.name, e.name, f.name, g.name, h.name]
    };

    /// What this call does to the list.
    #[must_use]
    pub fn effect(&self) -> Effect {
        let name = self.name();
        Self::TOOLS.iter().find(|tool| tool.name == name).map_or(Effect::Undo, |tool| tool.effect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_call_finds_its_row() {
        let effect = |name: &str, arguments| ToolCall::parse(name, arguments).unwrap().effect();
        assert_eq!(effect("add_tasks", json!({"tasks": [{"title": "Milk"}]})), Effect::Add);
        assert_eq!(effect("list_tasks", json!({})), Effect::Read);
        assert_eq!(effect("update_tasks", json!({"changes": [{"id": 1}]})), Effect::Change);
        assert_eq!(effect("complete_tasks", json!({"ids": [1]})), Effect::Change);
        assert_eq!(effect("reopen_tasks", json!({"ids": [1]})), Effect::Change);
        assert_eq!(effect("delete_tasks", json!({"ids": [1]})), Effect::Delete);
        assert_eq!(effect("undo_last", json!({})), Effect::Undo);
        assert_eq!(effect("redo_last", json!({})), Effect::Undo);
    }

    #[test]
    fn only_looking_is_harmless_and_only_what_removes_is_destructive() {
        let named = |test: fn(Effect) -> bool| -> Vec<&str> {
            ToolCall::TOOLS.iter().filter(|tool| test(tool.effect)).map(|tool| tool.name).collect()
        };
        assert_eq!(named(Effect::is_harmless), ["list_tasks"]);
        assert_eq!(named(Effect::is_destructive), ["delete_tasks", "undo_last", "redo_last"]);
    }
}

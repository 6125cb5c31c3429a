//! Short notices.

use todo_contract::{OperationId, OperationKind, TaskId};

/// How a toast looks, and whether it interrupts a screen reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastKind {
    /// Something was done.
    Info,
    /// Something failed.
    Error,
}

/// What a toast's button does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToastAction {
    /// Takes this operation back, with all of its group.
    Undo(OperationId),
    /// Takes an undo back, with all of its group.
    Redo(OperationId),
    /// Takes the latest change of this kind to this task back.
    UndoOf(TaskId, OperationKind),
    /// Asks for the list anew.
    Reload,
}

/// A short notice with at most one button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Distinguishes toasts; given by the reducer.
    pub key: u64,
    /// How it looks.
    pub kind: ToastKind,
    /// Its words.
    pub text: String,
    /// Its button.
    pub action: Option<ToastAction>,
    /// The change that it tells of: if the api refuses that, the toast goes.
    pub change: Option<u64>,
}

impl Toast {
    /// Something was done.
    #[must_use]
    pub fn info(text: impl Into<String>) -> Self {
        Self { key: 0, kind: ToastKind::Info, text: text.into(), action: None, change: None }
    }

    /// Something failed.
    #[must_use]
    pub fn error(text: impl Into<String>) -> Self {
        Self { kind: ToastKind::Error, ..Self::info(text) }
    }

    /// Ties it to a change under way.
    #[must_use]
    pub fn about(mut self, change: u64) -> Self {
        self.change = Some(change);
        self
    }

    /// Adds a button.
    #[must_use]
    pub fn with(mut self, action: ToastAction) -> Self {
        self.action = Some(action);
        self
    }
}

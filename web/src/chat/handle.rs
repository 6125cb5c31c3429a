//! The chat's state and what can be done with it, for all of its components.

use super::state::{ChatAction, ChatState};
use std::ops::Deref;
use std::rc::Rc;
use yew::prelude::*;

impl Reducible for ChatState {
    type Action = ChatAction;

    fn reduce(self: Rc<Self>, action: ChatAction) -> Rc<Self> {
        Rc::new(Rc::unwrap_or_clone(self).after(action))
    }
}

/// The chat as its components see it; read it like the state, and see `commands.rs` for what it can do.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chat {
    state: UseReducerHandle<ChatState>,
}

impl Chat {
    /// Wraps the reducer of the pane.
    #[must_use]
    pub(super) fn new(state: UseReducerHandle<ChatState>) -> Self {
        Self { state }
    }

    /// Lets something happen to the state.
    pub(super) fn dispatch(&self, action: ChatAction) {
        self.state.dispatch(action);
    }
}

impl Deref for Chat {
    type Target = ChatState;

    fn deref(&self) -> &ChatState {
        &self.state
    }
}

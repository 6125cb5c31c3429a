//! What the page knows: tasks, the list that is shown, toasts, the connection.
//!
//! [`State`] and its reducer are pure. [`Store`] is the handle that components use; its commands
//! change the state at once, ask the api, and take the change back if the api refuses.

pub mod action;
pub mod change;
pub mod commands;
pub mod listing;
pub mod provider;
pub mod query;
pub mod reducer;
pub mod state;
pub mod toast;

pub use action::Action;
pub use commands::ManyKind;
pub use provider::{Store, StoreProvider, use_store};
pub use query::TaskQuery;
pub use state::State;
pub use toast::{Toast, ToastAction, ToastKind};

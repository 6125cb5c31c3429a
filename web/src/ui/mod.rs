//! Small shared components.

pub mod button;
pub mod class;
pub mod confirm;
pub mod dialog;
pub mod field;
pub mod hooks;
pub mod icon;
pub mod input;
pub mod loaded;
pub mod markdown;
pub mod menu;
pub mod states;
pub mod toasts;

pub use button::{Button, ButtonKind, IconButton};
pub use class::{class, when};
pub use confirm::ConfirmDialog;
pub use dialog::Dialog;
pub use field::TextField;
pub use icon::{IconName, picture};
pub use input::{on_press, value_of};
pub use loaded::{Loaded, use_loaded};
pub use markdown::Markdown;
pub use menu::{Menu, MenuItem};
pub use states::{empty_state, error_state, spinner};
pub use toasts::Toasts;

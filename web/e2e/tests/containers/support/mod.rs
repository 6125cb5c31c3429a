//! What the tests of the images share.

#[path = "../../front_door/support/browser.rs"]
pub mod browser;
pub mod command;
pub mod engine;
pub mod relay;
pub mod stack;

pub use todo_stack::{eventually, eventually_within};

pub mod client {
    pub use todo_stack::{Client, PASSWORD};
}

pub mod service {
    pub use todo_stack::free_port;
}

//! What the tests at the front door share.

pub mod browser;
pub mod listener;
pub mod turns;

pub use todo_stack::eventually;

pub mod client {
    pub use todo_stack::{Client, PASSWORD};
}

pub mod service {
    pub use todo_stack::{binary, free_port, web_root};
}

pub mod stack {
    pub use todo_stack::Stack;
}

//! `todo-api`.

fn main() {}

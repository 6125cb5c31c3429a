//! Starts the page.

fn main() {
    todo_web::start();
}

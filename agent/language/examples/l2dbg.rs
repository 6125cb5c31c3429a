#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::allow_attributes_without_reason,
    clippy::allow_attributes
)]
fn main() {
    let c = todo_language::Context::new(jiff::civil::date(2026, 11, 4), jiff::civil::time(10, 0, 0, 0));
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        println!(
            "{line}\n   {:?}\n   follow {:?}",
            todo_language::intent::read(&line, &c),
            todo_language::intent::follow(&line, &c)
        );
    }
}

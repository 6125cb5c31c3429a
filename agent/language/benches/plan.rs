//! How long it takes to read a saying.

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::{Date, Time};
use std::hint::black_box;
use todo_language::{Context, intent, quick_add};

const SAYINGS: [&str; 8] = [
    "Add a task to buy groceries tomorrow",
    "Show me all my tasks",
    "Mark task 3 as complete",
    "Delete the meeting task",
    "Change task 1 to 'Call mom tonight'",
    "I need to remember to pay bills every month on the 1st #home",
    "finish the milk one and move the report to Monday",
    "don't delete task 2",
];

fn plan(c: &mut Criterion) {
    let context = Context::new(Date::constant(2026, 11, 4), Time::constant(10, 0, 0, 0));
    for saying in SAYINGS {
        c.bench_function(saying, |b| b.iter(|| intent::read(black_box(saying), &context)));
    }
    let line = "Submit the report every 2nd friday at 3pm until 1 March #work !high";
    c.bench_function("quick add", |b| b.iter(|| quick_add(black_box(line), &context)));
}

criterion_group!(benches, plan);
criterion_main!(benches);

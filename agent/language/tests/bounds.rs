//! How long the worst texts take. `cargo test --release -p todo-language --test bounds` checks the bound that
//! people feel; without optimisation the test holds a looser one.

use jiff::civil::{Date, Time};
use std::time::{Duration, Instant};
use todo_language::{Context, intent, quick_add, search_filter};

/// Without optimisation it is some thirty times slower than what people run.
const BOUND: Duration = if cfg!(debug_assertions) { Duration::from_millis(500) } else { Duration::from_millis(5) };

/// Repeated to 2,000 characters: what begins patterns over and over, and never ends them.
const WORST: &[&str] = &[
    "a ",
    "every ",
    "the ",
    "1 ",
    "at 3 ",
    "- ",
    "'",
    "\"",
    "add the ",
    "monday and ",
    "2027-",
    "in a ",
    "#a ",
    "#a,",
    "delete the ",
    "and delete ",
    ", complete task 1 ",
    "1) ",
    "1) a 2) b ",
    "every other week on monday and ",
    "by the end of the ",
    "first of the month of ",
    "no, actually ",
    "i don't need the ",
    "don't ",
    "show me all the tasks due on ",
    "move it to ",
    "from monday to ",
    "from 1 to 2 ",
    "please ",
    "tomorrow i have to ",
    "tag it with a, b and ",
    "is the report done? ",
    "I paid the bill and ",
    "with high priority ",
    "instead of monday ",
    "- buy milk\n",
    "3pm-4pm ",
    "and to buy ",
    "so that it ",
    "it is done and ",
    "a: b, ",
    "is at 5, not ",
    "\u{301}",
    "🎉",
];

#[test]
fn the_worst_texts_take_no_longer_than_a_frame() {
    let context = Context::new(Date::constant(2026, 11, 4), Time::constant(10, 0, 0, 0));
    for text in WORST {
        let long: String = text.chars().cycle().take(2_000).collect();
        held("quick_add", text, || quick_add(&long, &context));
        held("intent::read", text, || intent::read(&long, &context));
        held("search_filter", text, || search_filter(&long, &context));
    }
}

fn held<T>(name: &str, text: &str, read: impl Fn() -> T) {
    // The best of three, for a machine that does other things as well.
    let best = (0..3).map(|_| {
        let start = Instant::now();
        let _ = read();
        start.elapsed()
    });
    assert!(best.min().is_some_and(|best| best < BOUND), "{name} of {text:?} takes over {BOUND:?}");
}

//! Random inputs for a while: made from samples by a strategy of proptest, without a look at which lines they reach. A
//! coverage-guided fuzzer finds more, and needs a nightly compiler; this needs nothing.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

/// Runs `case` with inputs for `FUZZ_SECONDS`, or half a second. Each has a bound in time, ten times as wide in a build
/// for tests.
pub(crate) fn for_a_while<T: Debug>(inputs: impl Strategy<Value = T>, bound: Duration, case: impl Fn(&T)) {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(0.5);
    let bound = if cfg!(debug_assertions) { bound * 10 } else { bound };
    let end = Instant::now() + Duration::from_secs_f64(seconds);
    let mut runner = TestRunner::default();
    let (mut runs, mut slowest) = (0_u64, Duration::ZERO);
    while Instant::now() < end {
        let input = inputs.new_tree(&mut runner).unwrap().current();
        // What else the machine does at the moment is not the input's fault.
        let took = (0..3).map(|_| timed(&input, &case)).find_or_least(bound);
        assert!(took <= bound, "took {took:?} for {input:?}");
        slowest = slowest.max(took);
        runs += 1;
    }
    eprintln!("{runs} inputs, the slowest in {slowest:?}");
}

fn timed<T: Debug>(input: &T, case: &impl Fn(&T)) -> Duration {
    let begun = Instant::now();
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| case(input))) {
        eprintln!("the input was {input:?}");
        resume_unwind(panic);
    }
    begun.elapsed()
}

trait FindOrLeast: Iterator<Item = Duration> + Sized {
    /// The first within the bound, else the least.
    fn find_or_least(self, bound: Duration) -> Duration {
        let mut least = Duration::MAX;
        for took in self {
            least = least.min(took);
            if least <= bound {
                break;
            }
        }
        least
    }
}

impl<I: Iterator<Item = Duration>> FindOrLeast for I {}

/// Texts put together from pieces of the samples and from anything else.
pub(crate) fn mixed(samples: &'static [&'static str], pieces: usize) -> impl Strategy<Value = String> {
    let part = (prop::sample::select(samples), 0_usize..200, 0_usize..200).prop_map(|(sample, from, length)| {
        let count = sample.chars().count();
        let from = if from > count { 0 } else { from };
        sample.chars().skip(from).take(length.max(1)).collect::<String>()
    });
    let whole = prop::sample::select(samples).prop_map(str::to_owned);
    let any = prop_oneof!["\\PC{0,8}", "[0-9,;=:+-]{1,6}", ".{0,4}"];
    prop::collection::vec(prop_oneof![3 => whole, 3 => part, 1 => any], 0..=pieces).prop_map(|parts| parts.concat())
}

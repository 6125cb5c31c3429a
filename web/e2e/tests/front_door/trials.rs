//! Lists of trials for the harness, which runs each in a runtime of its own.

use libtest_mimic::Trial;

/// A trial from an async function, in a runtime of its own.
macro_rules! trials {
    ($($module:ident :: { $($name:ident),* $(,)? }),* $(,)?) => {
        vec![$($($crate::trials::trial(concat!(stringify!($module), "::", stringify!($name)), || $crate::trials::run($module::$name())),)*)*]
    };
}

pub(crate) fn trial(name: &str, test: fn()) -> Trial {
    Trial::test(name, move || {
        test();
        Ok(())
    })
}

pub(crate) fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(test);
}

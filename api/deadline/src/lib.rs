//! Ends SQLite's statements at a deadline, or once nobody waits for them.
//!
//! Diesel does not give out its connection, so SQLite itself is told to set a progress handler on every connection
//! that it opens (<https://sqlite.org/c3ref/auto_extension.html>, <https://sqlite.org/c3ref/progress_handler.html>).
//! The handler asks the thread that runs the statement how long it may go on: [`within`] says so.

use std::cell::RefCell;
use std::ffi::{c_char, c_int, c_void};
use std::sync::Arc;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Steps of SQLite's virtual machine between two looks at the clock: some 50 µs.
const STEPS: c_int = 2_000;

thread_local! {
    static LIMIT: RefCell<Option<Limit>> = const { RefCell::new(None) };
}

/// How long statements may go on.
#[derive(Clone, Debug)]
pub struct Limit {
    /// Until then.
    pub until: Instant,
    /// Set once nobody waits for the answer.
    pub given_up: Option<Arc<AtomicBool>>,
}

/// Makes connections that are opened from now on heed [`within`]. Only the first call does anything.
pub fn install() {
    static ONCE: Once = Once::new();
    #[expect(unsafe_code, reason = "a C function that is given a function of the form that it asks for")]
    ONCE.call_once(|| {
        // SAFETY: `prepare` has the signature of an extension's entry point, lives for ever, and calls nothing but
        // what such an entry point may call.
        unsafe { libsqlite3_sys::sqlite3_auto_extension(Some(prepare)) };
    });
}

/// Runs `work`; statements in it that go on longer than `limit` end with the error `interrupted`.
pub fn within<T>(limit: Limit, work: impl FnOnce() -> T) -> T {
    /// Ends the limit, also if `work` panics.
    struct Restore(Option<Limit>);
    impl Drop for Restore {
        fn drop(&mut self) {
            LIMIT.with(|slot| *slot.borrow_mut() = self.0.take());
        }
    }
    let _restore = Restore(LIMIT.with(|slot| slot.borrow_mut().replace(limit)));
    work()
}

#[expect(unsafe_code, reason = "called by SQLite with a connection that has just been opened")]
unsafe extern "C" fn prepare(
    connection: *mut libsqlite3_sys::sqlite3,
    _message: *mut *mut c_char,
    _api: *const libsqlite3_sys::sqlite3_api_routines,
) -> c_int {
    // SAFETY: the connection is open; the handler takes no context.
    unsafe { libsqlite3_sys::sqlite3_progress_handler(connection, STEPS, Some(is_over), std::ptr::null_mut()) };
    libsqlite3_sys::SQLITE_OK
}

/// Not 0 ends the statement.
extern "C" fn is_over(_: *mut c_void) -> c_int {
    // The slot is borrowed for moments in which no statement runs; a thread that ends has none any more.
    let is_over = LIMIT.try_with(|slot| {
        let slot = slot.try_borrow().ok()?;
        let limit = slot.as_ref()?;
        let given_up = limit.given_up.as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed));
        Some(given_up || Instant::now() >= limit.until)
    });
    c_int::from(is_over.ok().flatten().unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use diesel::connection::SimpleConnection;
    use diesel::prelude::*;
    use std::time::Duration;

    const ENDLESS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

    #[test]
    fn a_statement_ends_at_its_deadline_and_the_connection_goes_on() {
        install();
        let mut connection = SqliteConnection::establish(":memory:").unwrap();
        let limit = Limit { until: Instant::now() + Duration::from_millis(50), given_up: None };
        let ended = within(limit, || connection.batch_execute(ENDLESS)).unwrap_err();
        assert_eq!(ended.to_string(), "interrupted");
        connection.batch_execute("CREATE TABLE t (a)").unwrap();
    }

    #[test]
    fn a_statement_that_nobody_waits_for_ends() {
        install();
        let mut connection = SqliteConnection::establish(":memory:").unwrap();
        let given_up = Arc::new(AtomicBool::new(false));
        let limit = Limit { until: Instant::now() + Duration::from_secs(60), given_up: Some(Arc::clone(&given_up)) };
        let running = std::thread::spawn(move || within(limit, || connection.batch_execute(ENDLESS).is_err()));
        given_up.store(true, Ordering::Relaxed);
        assert!(running.join().unwrap());
    }
}

//! Failed sign-ins, and how long they make one wait. Rows, so that a restart or another replica forgets nothing.
//!
//! Three rules. From one network (an IPv4 address, or a /48 of IPv6) an account may be tried five times at once; each further
//! failure doubles the wait, up to an hour. From everywhere together, an account takes 300 failures a day, which are
//! forgotten evenly. A browser in
//! which somebody signed in to the account before counts by itself: others cannot lock it out, and it has the wait alone.

use super::store_attempts as store;
use crate::clock::timestamp;
use crate::db::{Connection, Scope};
use crate::error::{ApiError, Code};
use crate::state::AppState;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::net::{IpAddr, Ipv6Addr};

/// Failures from one network before one has to wait.
const FREE: i64 = 5;
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(1);
/// Failures from everywhere in a day.
const DAILY_MAX: i64 = 300;
/// After this long without a failure all is forgotten.
pub(crate) const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// A sign-in that is being tried.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    /// Of this account from there.
    here: Vec<u8>,
    /// Of this account from everywhere; a known browser does not count there.
    everywhere: Option<Vec<u8>>,
}

impl Attempt {
    /// `device` is the known browser, if it is one.
    pub(super) fn new(email: &str, address: IpAddr, device: Option<&str>) -> Self {
        let email = email.trim().to_lowercase();
        let key = |parts: [&str; 3]| Sha256::digest(parts.join("\n")).to_vec();
        match device {
            Some(device) => Self { here: key(["device", &email, device]), everywhere: None },
            None => Self {
                here: key(["network", &email, &network(address).to_string()]),
                everywhere: Some(key(["account", &email, ""])),
            },
        }
    }

    /// Counts it as failed, until [`Attempt::succeeded`] says otherwise: what is tried at the same time counts too.
    ///
    /// # Errors
    /// `rate_limited` with the time to wait; then it does not count.
    pub(super) async fn begin(&self, state: &AppState) -> Result<(), ApiError> {
        if !state.settings.rate_limit {
            return Ok(());
        }
        let (attempt, now) = (self.clone(), state.clock.now());
        let scope = Scope::key("sign-in", attempt.everywhere.as_ref().unwrap_or(&attempt.here));
        state.db.write_essential(scope, move |tx| attempt.count(tx, now)).await
    }

    fn count(&self, c: &mut Connection, now: Timestamp) -> Result<(), ApiError> {
        let here = current(store::find(c, &self.here)?, now);
        if let Some((failures, last_at)) = here {
            let until = last_at + wait(failures);
            if until > now {
                return Err(refused(until.duration_since(now)));
            }
        }
        if let Some(key) = &self.everywhere {
            let failures = leaked(store::find(c, key)?, now);
            if failures >= DAILY_MAX {
                return Err(refused(LONGEST_WAIT));
            }
            store::set(c, key, failures + 1, now)?;
        }
        store::set(c, &self.here, here.map_or(0, |(failures, _)| failures) + 1, now)?;
        Ok(())
    }

    /// Takes back what [`Attempt::begin`] counted: the password was right.
    pub(super) fn succeeded(&self, c: &mut Connection, now: Timestamp) -> Result<(), ApiError> {
        store::remove(c, &self.here)?;
        if let Some(key) = &self.everywhere
            && let row @ Some(_) = store::find(c, key)?
        {
            store::set(c, key, leaked(row, now) - 1, now)?;
        }
        Ok(())
    }
}

/// What is still remembered: how many failures, and when the last was.
fn current(row: Option<(i64, i64)>, now: Timestamp) -> Option<(i64, Timestamp)> {
    row.map(|(failures, at)| (failures, timestamp(at))).filter(|(_, at)| now.duration_since(*at) < FORGOTTEN_AFTER)
}

/// How many failures of the last row count now: [`DAILY_MAX`] are forgotten evenly in a day.
fn leaked(row: Option<(i64, i64)>, now: Timestamp) -> i64 {
    let left = |(failures, at): (i64, i64)| {
        let seconds = now.duration_since(timestamp(at)).as_secs().clamp(0, 24 * 3600);
        failures - seconds * DAILY_MAX / (24 * 3600)
    };
    row.map_or(0, left).max(0)
}

/// None up to [`FREE`] failures, then 1 s, 2 s, 4 s and so on.
fn wait(failures: i64) -> SignedDuration {
    match u32::try_from(failures - FREE) {
        Ok(over) => SignedDuration::from_secs(1_i64.checked_shl(over.min(20)).unwrap_or(i64::MAX)).min(LONGEST_WAIT),
        Err(_) => SignedDuration::ZERO,
    }
}

fn refused(wait: SignedDuration) -> ApiError {
    let seconds = wait.as_secs().unsigned_abs() + 1;
    let detail = format!("There were too many wrong passwords for this account. Try again in {seconds} s.");
    ApiError { retry_after: Some(seconds), ..ApiError::new(Code::RateLimited, detail) }
}

/// IPv6 gives a customer a /48 at most: its addresses count as one.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 80))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_ends_at_an_hour() {
        let seconds: Vec<i64> = [0, 4, 5, 6, 10, 16, 17, 60].map(|failures| wait(failures).as_secs()).into();
        assert_eq!(seconds, [0, 0, 1, 2, 32, 2048, 3600, 3600]);
    }

    #[test]
    fn one_network_guesses_some_forty_times_a_day() {
        let (mut failures, mut seconds) = (0, 0);
        while seconds < 24 * 3600 {
            failures += 1;
            seconds += wait(failures).as_secs().max(1);
        }
        assert!((30..60).contains(&failures), "{failures}");
    }

    #[test]
    fn failures_from_everywhere_are_forgotten_evenly() {
        let (then, hours) = (Timestamp::UNIX_EPOCH, |n| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(n));
        let row = Some((300, then.as_microsecond()));
        assert_eq!([0, 6, 12, 24, 99].map(|n| leaked(row, hours(n))), [300, 225, 150, 0, 0]);
        // Three networks that try as often as they may, some forty times a day each, stay below the bound for ever.
        let (mut count, mut at) = (0, 0);
        for _ in 0..30 * 120 {
            count = leaked(Some((count, hours(at / 60).as_microsecond())), hours((at + 12) / 60)) + 1;
            at += 12;
        }
        assert!(count < DAILY_MAX, "{count}");
    }

    #[test]
    fn a_network_counts_as_one_and_a_known_browser_by_itself() {
        let attempt = |address: &str, device| Attempt::new(" A@b.c", address.parse().unwrap(), device);
        assert_eq!(attempt("2001:db8:1::1", None).here, attempt("2001:db8:1:ffff::2", None).here);
        assert_ne!(attempt("2001:db8:1::1", None).here, attempt("2001:db8:2::1", None).here);
        assert_ne!(attempt("10.0.0.1", None).here, attempt("10.0.0.2", None).here);
        assert_eq!(attempt("10.0.0.1", None).everywhere, attempt("10.0.0.2", None).everywhere);
        let known = attempt("10.0.0.1", Some("a"));
        assert_eq!((known.everywhere.clone(), known.here), (None, attempt("10.0.0.9", Some("a")).here));
    }
}

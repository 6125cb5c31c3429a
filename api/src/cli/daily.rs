//! Doing something every day, for containers, which have no cron.

use super::Failure;
use jiff::civil::Time;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

/// A machine that slept is noticed this soon.
const LOOK: Duration = Duration::from_secs(60);

/// Does `work` every day at `at` (UTC), and now if the last time, `last`, was more than a day ago. Ends well on SIGTERM
/// and SIGINT.
///
/// # Errors
/// The first failure of `work`.
pub(super) fn run(
    at: Time,
    last: Option<Timestamp>,
    mut work: impl FnMut() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let mut due = first(Timestamp::now(), at, last);
        loop {
            while Timestamp::now() < due {
                let rest = Duration::try_from(due.duration_since(Timestamp::now())).unwrap_or_default();
                tokio::select! {
                    () = tokio::time::sleep(rest.min(LOOK)) => {}
                    _ = terminate.recv() => return Ok(()),
                    _ = interrupt.recv() => return Ok(()),
                }
            }
            work()?;
            due = next(Timestamp::now(), at);
        }
    })
}

/// When the first time is.
fn first(now: Timestamp, at: Time, last: Option<Timestamp>) -> Timestamp {
    let is_recent = last.is_some_and(|last| now.duration_since(last).as_hours() < 24);
    if is_recent { next(now, at) } else { now }
}

/// The first `at` after `now`.
fn next(now: Timestamp, at: Time) -> Timestamp {
    let today = now.to_zoned(TimeZone::UTC).date();
    let days = [Some(today), today.checked_add(1.day()).ok()];
    let times = days.into_iter().flatten().filter_map(|day| day.to_datetime(at).to_zoned(TimeZone::UTC).ok());
    times.map(|time| time.timestamp()).find(|time| *time > now).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Time = jiff::civil::time(3, 0, 0, 0);

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_next_time_is_today_or_tomorrow() {
        assert_eq!(next(time("2027-02-28T02:59:59Z"), AT), time("2027-02-28T03:00:00Z"));
        assert_eq!(next(time("2027-02-28T03:00:00Z"), AT), time("2027-03-01T03:00:00Z"));
    }

    #[test]
    fn what_was_not_done_for_a_day_is_done_at_once() {
        let now = time("2027-03-02T12:00:00Z");
        assert_eq!(first(now, AT, None), now);
        assert_eq!(first(now, AT, Some(time("2027-03-01T03:00:00Z"))), now);
        assert_eq!(first(now, AT, Some(time("2027-03-02T03:00:00Z"))), time("2027-03-03T03:00:00Z"));
    }
}

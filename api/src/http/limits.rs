//! Who may come how often.

use crate::error::{ApiError, Code};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;

const LOGIN_PER_MINUTE: u32 = 10;
const REGISTER_PER_HOUR: u32 = 20;
const REFRESH_PER_MINUTE: u32 = 60;
const PASSWORD_PER_MINUTE: u32 = 5;
const CHAT_PER_MINUTE: u32 = 30;
/// Each costs a few questions to the model.
const PROBE_PER_MINUTE: u32 = 3;

/// The limits of rate. All of an account's or address's requests count, not only those that fail.
#[derive(Debug)]
pub struct RateLimits {
    login: Limit<IpAddr>,
    register: Limit<IpAddr>,
    refresh: Limit<IpAddr>,
    password: Limit<i64>,
    chat: Limit<i64>,
    probe: Limit<i64>,
}

impl RateLimits {
    /// The limits, or none.
    #[must_use]
    pub fn new(on: bool) -> Self {
        let minute = |count| Limit::new(on, NonZeroU32::new(count).map(Quota::per_minute));
        let minute_of_accounts = |count| Limit::new(on, NonZeroU32::new(count).map(Quota::per_minute));
        Self {
            login: minute(LOGIN_PER_MINUTE),
            register: Limit::new(on, NonZeroU32::new(REGISTER_PER_HOUR).map(Quota::per_hour)),
            refresh: minute(REFRESH_PER_MINUTE),
            password: minute_of_accounts(PASSWORD_PER_MINUTE),
            chat: minute_of_accounts(CHAT_PER_MINUTE),
            probe: minute_of_accounts(PROBE_PER_MINUTE),
        }
    }

    /// A sign-in: 10 a minute from an address. What fails for an account is counted apart, in rows.
    ///
    /// # Errors
    /// `rate_limited`.
    pub fn login(&self, address: IpAddr) -> Result<(), ApiError> {
        self.login.check(network(address))
    }

    /// A registration: 20 an hour from an address.
    ///
    /// # Errors
    /// `rate_limited`.
    pub fn register(&self, address: IpAddr) -> Result<(), ApiError> {
        self.register.check(network(address))
    }

    /// A refresh of a session: 60 a minute from an address.
    ///
    /// # Errors
    /// `rate_limited`.
    pub fn refresh(&self, address: IpAddr) -> Result<(), ApiError> {
        self.refresh.check(network(address))
    }

    /// A password asked for again within a session: 5 a minute for an account.
    ///
    /// # Errors
    /// `rate_limited`.
    pub fn password(&self, user_id: i64) -> Result<(), ApiError> {
        self.password.check(user_id)
    }

    /// A message to the assistant: 30 a minute for an account.
    ///
    /// # Errors
    /// `rate_limited`.
    pub fn chat(&self, user_id: i64) -> Result<(), ApiError> {
        self.chat.check(user_id)
    }

    /// A trial of the model: 3 a minute for an account.
    ///
    /// # Errors
    /// `rate_limited`.
    pub fn probe(&self, user_id: i64) -> Result<(), ApiError> {
        self.probe.check(user_id)
    }

    /// Forgets who has not come for a while.
    pub fn tidy(&self) {
        self.login.tidy();
        self.register.tidy();
        self.refresh.tidy();
        self.password.tidy();
        self.chat.tidy();
        self.probe.tidy();
    }
}

/// IPv6 gives a household a /64: its addresses count as one.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
    }
}

#[derive(Debug)]
struct Limit<K: Clone + Eq + Hash>(Option<DefaultKeyedRateLimiter<K>>);

impl<K: Clone + Eq + Hash> Limit<K> {
    fn new(on: bool, quota: Option<Quota>) -> Self {
        Self(quota.filter(|_| on).map(RateLimiter::keyed))
    }

    fn check(&self, key: K) -> Result<(), ApiError> {
        let Some(limiter) = &self.0 else { return Ok(()) };
        limiter.check_key(&key).map(|_| ()).map_err(|wait| {
            let seconds = wait.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
            let detail = format!("Please try again in {seconds} s.");
            ApiError { retry_after: Some(seconds), ..ApiError::new(Code::RateLimited, detail) }
        })
    }

    fn tidy(&self) {
        if let Some(limiter) = &self.0 {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logins(limits: &RateLimits, address: &str) -> usize {
        let address = address.parse().unwrap();
        (0..40).take_while(|_| limits.login(address).is_ok()).count()
    }

    #[test]
    fn an_address_may_try_ten_times_and_is_told_how_long_to_wait() {
        let limits = RateLimits::new(true);
        assert_eq!(logins(&limits, "10.0.0.1"), 10);
        let refused = limits.login("10.0.0.1".parse().unwrap()).unwrap_err();
        assert_eq!((refused.code, refused.retry_after), (Code::RateLimited, Some(6)));
        assert_eq!(logins(&limits, "10.0.0.2"), 10, "others are not concerned");
    }

    #[test]
    fn an_ipv6_network_counts_as_one_address() {
        let limits = RateLimits::new(true);
        assert_eq!(logins(&limits, "2001:db8::1"), 10);
        assert_eq!(logins(&limits, "2001:db8::ffff"), 0);
        assert_eq!(logins(&limits, "2001:db8:0:1::1"), 10);
    }

    #[test]
    fn switched_off_it_lets_everything_pass() {
        assert_eq!(logins(&RateLimits::new(false), "10.0.0.1"), 40);
    }
}

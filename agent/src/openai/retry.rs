//! When a failed request is sent again.

use crate::settings::ModelSettings;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use std::time::{Duration, SystemTime};

/// How long to wait before the next request, after `tried` retries; `None` to give up: no retry is left,
/// or the server asks for more patience than we have. `jitter` is from 0 to 1.
pub(super) fn wait(settings: &ModelSettings, tried: u32, asked: Option<Duration>, jitter: f64) -> Option<Duration> {
    if tried >= settings.retries || asked.is_some_and(|asked| asked > settings.retry_cap) {
        return None;
    }
    let full = settings.retry_base.saturating_mul(2u32.saturating_pow(tried)).min(settings.retry_cap);
    let jittered = full.mul_f64(0.5 + jitter.clamp(0.0, 1.0) / 2.0);
    Some(jittered.max(asked.unwrap_or_default()))
}

/// `retry-after-ms`, or `Retry-After` in seconds or as a date (RFC 9110, 10.2.3).
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let positive = |text: &str| text.parse::<f64>().ok().filter(|n| (0.0..=1e9).contains(n));
    if let Some(millis) = text("retry-after-ms").and_then(positive) {
        return Some(Duration::from_secs_f64(millis / 1000.0));
    }
    let value = text(RETRY_AFTER.as_str())?;
    if let Some(seconds) = positive(value) {
        return Some(Duration::from_secs_f64(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    fn settings() -> ModelSettings {
        let lookup = |name: &str| match name {
            "AGENT_TOKEN" => Some("0123456789abcdef".to_owned()),
            "OPENAI_API_KEY" => Some("sk-x".to_owned()),
            _ => None,
        };
        crate::settings::Settings::read(&lookup).unwrap().model.unwrap()
    }

    #[test]
    fn waits_double_and_end() {
        let waits: Vec<_> = (0..4).map(|tried| wait(&settings(), tried, None, 1.0)).collect();
        assert_eq!(waits, [Some(Duration::from_millis(500)), Some(Duration::from_secs(1)), None, None]);
        assert_eq!(wait(&settings(), 0, None, 0.0), Some(Duration::from_millis(250)));
    }

    #[test]
    fn the_servers_wish_is_granted_within_our_cap() {
        assert_eq!(wait(&settings(), 0, Some(Duration::from_secs(7)), 0.5), Some(Duration::from_secs(7)));
        assert_eq!(wait(&settings(), 0, Some(Duration::from_secs(21)), 0.5), None);
    }

    #[test]
    fn every_form_of_retry_after_is_read() {
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        let read = |name: &'static str, value: &'static str| {
            retry_after(&HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::from_static(value))]), now)
        };
        assert_eq!(read("retry-after", "3"), Some(Duration::from_secs(3)));
        assert_eq!(read("retry-after", "0.5"), Some(Duration::from_millis(500)));
        assert_eq!(read("retry-after-ms", "250"), Some(Duration::from_millis(250)));
        assert_eq!(read("retry-after", "Sun, 06 Nov 1994 08:49:40 GMT"), Some(Duration::from_secs(3)));
        assert_eq!(read("retry-after", "Sun, 06 Nov 1994 08:49:00 GMT"), Some(Duration::ZERO));
        assert_eq!(read("retry-after", "soon"), None);
        assert_eq!(read("retry-after", "-1"), None);
    }
}

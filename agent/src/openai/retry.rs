//! When a failed request is sent again.

use crate::settings::ModelSettings;
use std::time::Duration;

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

#[cfg(test)]
mod tests {
    use super::*;

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
}

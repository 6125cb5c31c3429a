//! How long a server asks to wait, wherever it says so.

use super::api_error::ApiError;
use reqwest::header::HeaderMap;
use serde_json::Value;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// From the headers, then from the body. Limits that are told with every answer count with 429 alone.
pub(super) fn asked(status: u16, headers: Option<&HeaderMap>, error: &ApiError, now: SystemTime) -> Option<Duration> {
    let header = |name: &str| headers?.get(name)?.to_str().ok().map(|value| value.trim().to_owned());
    let field = |name: &str| {
        let (_, value) = error.headers.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        value.as_str().map(str::to_owned).or_else(|| value.as_number().map(ToString::to_string))
    };
    let limited = status == 429;
    retry_after(&header, now)
        .or_else(|| retry_after(&field, now))
        .or_else(|| retry_delay(&error.details))
        .or_else(|| limited.then(|| reset(&header, now)).flatten())
        .or_else(|| limited.then(|| reset(&field, now)).flatten())
        .or_else(|| in_words(&error.message))
}

/// `retry-after-ms`, or `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), or, against the rules, as a moment.
fn retry_after(header: &dyn Fn(&str) -> Option<String>, now: SystemTime) -> Option<Duration> {
    if let Some(millis) = header("retry-after-ms").and_then(|text| positive(&text)) {
        return Some(Duration::from_secs_f64(millis / 1000.0));
    }
    let value = header("retry-after")?;
    let date = || Some(httpdate::parse_http_date(&value).ok()?.duration_since(now).unwrap_or_default());
    moment(&value, now).or_else(date)
}

/// When what is used up may be used again: the longest of those, or else the shortest of all.
fn reset(header: &dyn Fn(&str) -> Option<String>, now: SystemTime) -> Option<Duration> {
    let of = |what: &str| {
        let wait = header(&format!("x-ratelimit-reset{what}")).and_then(|text| moment(&text, now))?;
        let left = header(&format!("x-ratelimit-remaining{what}"));
        Some((wait, left.is_some_and(|left| positive(&left) == Some(0.0))))
    };
    let told: Vec<(Duration, bool)> = ["", "-requests", "-tokens"].into_iter().filter_map(of).collect();
    let used_up = told.iter().filter(|(_, used_up)| *used_up).map(|(wait, _)| *wait).max();
    used_up.or_else(|| told.iter().map(|(wait, _)| *wait).min())
}

/// `retryDelay` of a `google.rpc.RetryInfo`, such as `"34s"`.
fn retry_delay(details: &Value) -> Option<Duration> {
    duration(details.as_array()?.iter().find_map(|detail| detail.get("retryDelay"))?.as_str()?)
}

/// Such as "Please try again in 2m59.56s." or "Please retry after 45 seconds."
fn in_words(message: &str) -> Option<Duration> {
    let words = message.to_ascii_lowercase();
    let told = ["again in ", "retry after ", "retry in ", "reset after ", "resets in "];
    told.iter().find_map(|told| duration(words.split_once(told)?.1))
}

/// A time to wait, or, as a number too high for that, the moment until which, in seconds or milliseconds since 1970.
fn moment(text: &str, now: SystemTime) -> Option<Duration> {
    let Some(number) = positive(text) else { return duration(text) };
    let until = match number {
        seconds if seconds < 1e9 => return Some(Duration::from_secs_f64(seconds)),
        seconds if seconds < 1e11 => Duration::from_secs_f64(seconds),
        millis => Duration::from_secs_f64(millis / 1000.0),
    };
    Some((UNIX_EPOCH + until).duration_since(now).unwrap_or_default())
}

fn positive(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| (0.0..1e14).contains(number))
}

/// What a text begins with: a number and a unit, several times, as in `1h2m3.5s`.
fn duration(text: &str) -> Option<Duration> {
    let mut total = None;
    let mut rest = text.trim_start();
    loop {
        let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let (number, after) = rest.split_at_checked(digits)?;
        let after = after.trim_start();
        let letters = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let (unit, after) = after.split_at_checked(letters)?;
        let (Ok(number), Some(unit)) = (number.parse::<f64>(), seconds_of(unit)) else { return total };
        let seconds = (number * unit).clamp(0.0, 1e9);
        total = Some(total.unwrap_or_default() + Duration::from_secs_f64(seconds));
        rest = after;
    }
}

fn seconds_of(unit: &str) -> Option<f64> {
    match unit {
        "ms" | "millisecond" | "milliseconds" => Some(0.001),
        "s" | "sec" | "secs" | "second" | "seconds" => Some(1.0),
        "m" | "min" | "mins" | "minute" | "minutes" => Some(60.0),
        "h" | "hr" | "hour" | "hours" => Some(3_600.0),
        "d" | "day" | "days" => Some(86_400.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;
    use serde_json::json;

    fn read(headers: &[(&'static str, &'static str)], error: &Value) -> Option<Duration> {
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)));
        asked(429, Some(&HeaderMap::from_iter(headers)), &ApiError::of(error), now)
    }

    #[test]
    fn every_form_of_retry_after_is_read() {
        let read = |name, value| read(&[(name, value)], &json!({}));
        assert_eq!(read("retry-after", "3"), Some(Duration::from_secs(3)));
        assert_eq!(read("retry-after", "0.5"), Some(Duration::from_millis(500)));
        assert_eq!(read("retry-after-ms", "250"), Some(Duration::from_millis(250)));
        assert_eq!(read("retry-after", "Sun, 06 Nov 1994 08:49:40 GMT"), Some(Duration::from_secs(3)));
        assert_eq!(read("retry-after", "Sun, 06 Nov 1994 08:49:00 GMT"), Some(Duration::ZERO));
        assert_eq!(read("retry-after", "1m"), Some(Duration::from_secs(60)));
        assert_eq!(read("retry-after", "soon"), None);
        assert_eq!(read("retry-after", "-1"), None);
    }

    #[test]
    fn the_limit_that_is_used_up_counts() {
        let limits = |left: &'static str| {
            let limits = [
                ("x-ratelimit-remaining-requests", left),
                ("x-ratelimit-reset-requests", "1m30s"),
                ("x-ratelimit-remaining-tokens", "900"),
                ("x-ratelimit-reset-tokens", "6s"),
            ];
            read(&limits, &json!({}))
        };
        assert_eq!(limits("0"), Some(Duration::from_secs(90)));
        assert_eq!(limits("1"), Some(Duration::from_secs(6)));
        assert_eq!(read(&[("x-ratelimit-reset", "784111787")], &json!({})), Some(Duration::from_secs(784_111_787)));
        assert_eq!(
            read(&[("x-ratelimit-reset", "1784111787000")], &json!({})),
            Some(Duration::from_secs(1_000_000_010))
        );
    }

    #[test]
    fn words_and_fields_of_the_body_are_read() {
        let words = |message: &str| read(&[], &json!({"error": {"message": message}}));
        assert_eq!(words("Please try again in 1h2m3.5s. Visit x"), Some(Duration::from_millis(3_723_500)));
        assert_eq!(words("Please retry after 45 seconds."), Some(Duration::from_secs(45)));
        assert_eq!(words("Please try again in 350ms."), Some(Duration::from_millis(350)));
        assert_eq!(words("Please try again in a while."), None);
        let google = json!([{"error": {"code": 429, "message": "x", "details": [{"retryDelay": "3.5s"}]}}]);
        assert_eq!(read(&[], &google), Some(Duration::from_millis(3_500)));
        let fields = json!({"error": {"message": "x", "metadata": {"headers": {"X-RateLimit-Reset": "7"}}}});
        assert_eq!(read(&[], &fields), Some(Duration::from_secs(7)));
    }
}

//! Reads single settings. Every message ends with an example.

use crate::db;
use std::fmt::Display;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;
use tracing_subscriber::EnvFilter;

/// Where metrics are served, if anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MetricsBind(pub Option<SocketAddr>);

/// Origins as browsers write them (RFC 6454, section 6.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(pub Vec<String>);

pub(super) fn api_bind(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "not an IP address and port; example: API_BIND=127.0.0.1:8000".to_owned())
}

pub(super) fn metrics_bind(text: &str) -> Result<MetricsBind, String> {
    if text.is_empty() || text == "off" {
        return Ok(MetricsBind(None));
    }
    text.parse()
        .map(|address| MetricsBind(Some(address)))
        .map_err(|_| "neither \"off\" nor an IP address and port; example: METRICS_BIND=0.0.0.0:9000".to_owned())
}

pub(super) fn database_url(text: &str) -> Result<PathBuf, String> {
    const EXAMPLE: &str = "example: DATABASE_URL=data/todo.sqlite3";
    let file = db::path_of(text);
    match text.split_once("://") {
        Some((scheme, _)) if scheme != "sqlite" => {
            Err(format!("{scheme}:// is not supported, only SQLite is; {EXAMPLE}"))
        }
        _ if file.as_os_str().is_empty() || file.file_name().is_none() => Err(format!("names no file; {EXAMPLE}")),
        _ if file.is_dir() => Err(format!("is a folder; {EXAMPLE}")),
        _ => Ok(file),
    }
}

pub(super) fn agent_url(text: &str) -> Result<String, String> {
    let wrong = |what: &str| format!("{what}; example: AGENT_URL=http://127.0.0.1:8010");
    let url = reqwest::Url::parse(text).map_err(|_| wrong("not a URL"))?;
    if url.scheme() != "http" {
        return Err(wrong("must begin with http:// (the agent is next door and speaks plain HTTP)"));
    }
    if url.path() != "/" || url.query().is_some() {
        return Err(wrong("must not have a path: /v1/step is added to it"));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

pub(super) fn origins(text: &str) -> Result<Origins, String> {
    let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    entries.map(origin).collect::<Result<_, _>>().map(Origins)
}

fn origin(text: &str) -> Result<String, String> {
    reqwest::Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.path() == "/" && url.query().is_none())
        .map(|url| url.origin().ascii_serialization())
        .ok_or_else(|| {
            format!(
                "\"{text}\" is not an origin (scheme, host, port); example: PUBLIC_ORIGINS=https://todo.example.org"
            )
        })
}

pub(super) fn duration(text: &str) -> Result<Duration, String> {
    text.parse::<jiff::SignedDuration>()
        .ok()
        .and_then(|duration| Duration::try_from(duration).ok())
        .filter(|duration| !duration.is_zero())
        .ok_or_else(|| "not a duration above zero with its unit; examples: 60s, 2m, 500ms".to_owned())
}

/// A number of bytes within bounds, with or without a unit.
pub(super) fn bytes(range: RangeInclusive<u64>, example: &'static str) -> impl Fn(&str) -> Result<u64, String> + Clone {
    move |text| {
        let (digits, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
        let shift = match unit.trim().to_ascii_lowercase().as_str() {
            "" | "b" => Some(0),
            "k" | "kb" | "kib" => Some(10),
            "m" | "mb" | "mib" => Some(20),
            "g" | "gb" | "gib" => Some(30),
            _ => None,
        };
        let number = digits.parse::<u64>().ok().zip(shift);
        let bytes = number.and_then(|(number, shift)| number.checked_mul(1 << shift)).filter(|n| range.contains(n));
        let bounds = || format!("not a size from {} to {} bytes; example: {example}", range.start(), range.end());
        bytes.ok_or_else(bounds)
    }
}

/// A number of days within bounds.
pub(super) fn days(
    range: RangeInclusive<u64>,
    example: &'static str,
) -> impl Fn(&str) -> Result<Duration, String> + Clone {
    move |text| {
        let number = text.trim().trim_end_matches('d').parse::<u64>().ok().filter(|days| range.contains(days));
        let bounds = || format!("not a number of days from {} to {}; example: {example}", range.start(), range.end());
        number.map(|days| Duration::from_secs(days * 24 * 3600)).ok_or_else(bounds)
    }
}

/// A whole number within bounds.
pub(super) fn number<T>(range: RangeInclusive<T>, example: &'static str) -> impl Fn(&str) -> Result<T, String> + Clone
where
    T: FromStr + PartialOrd + Display + Clone,
{
    move |text| {
        let number = text.parse::<T>().ok().filter(|number| range.contains(number));
        let bounds = || format!("not a whole number from {} to {}; example: {example}", range.start(), range.end());
        number.ok_or_else(bounds)
    }
}

/// Something that may be left empty, and is not there then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Optional<T>(pub(super) Option<T>);

/// What `parse` reads, or nothing.
pub(super) fn optional<T>(
    parse: impl Fn(&str) -> Result<T, String> + Clone,
) -> impl Fn(&str) -> Result<Optional<T>, String> + Clone {
    move |text| match text.trim() {
        "" => Ok(Optional(None)),
        text => parse(text).map(|value| Optional(Some(value))),
    }
}

/// A price: a decimal number of 0 or more.
pub(super) fn price(example: &'static str) -> impl Fn(&str) -> Result<f64, String> + Clone {
    move |text| {
        let price = text.parse::<f64>().ok().filter(|price| (0.0..=1_000_000.0).contains(price));
        price.ok_or_else(|| format!("not a number from 0 to 1000000; example: {example}"))
    }
}

/// A currency's code of three letters (ISO 4217).
pub(super) fn currency(text: &str) -> Result<String, String> {
    let code = text.to_ascii_uppercase();
    match code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        true => Ok(code),
        false => Err("not a code of three letters; example: MODEL_CURRENCY=EUR".to_owned()),
    }
}

/// Yes or no.
pub(super) fn switch(example: &'static str) -> impl Fn(&str) -> Result<bool, String> + Clone {
    move |text| match text.to_ascii_lowercase().as_str() {
        "on" | "true" | "yes" | "1" => Ok(true),
        "off" | "false" | "no" | "0" => Ok(false),
        _ => Err(format!("neither on nor off; example: {example}")),
    }
}

pub(super) fn directives(text: &str) -> Result<String, String> {
    EnvFilter::builder()
        .parse(text)
        .map(|_| text.to_owned())
        .map_err(|error| format!("{error}; example: RUST_LOG=info,todo_api=debug"))
}

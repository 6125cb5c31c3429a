//! Cookies in the hand rather than in a browser.

use reqwest::Response;
use std::collections::BTreeMap;

/// The cookies that an answer sets, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cookies(BTreeMap<String, String>);

impl Cookies {
    pub(crate) fn of(response: &Response) -> Self {
        let pairs = response.headers().get_all("set-cookie").iter().map(|value| {
            let (pair, _) = value.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            (name.to_owned(), value.to_owned())
        });
        Self(pairs.collect())
    }

    /// As a `Cookie` header.
    pub(crate) fn header(&self) -> String {
        let pairs: Vec<String> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    pub(crate) fn refresh(&self) -> &str {
        &self.0["todo_refresh"]
    }
}

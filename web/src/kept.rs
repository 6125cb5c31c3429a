//! What the browser keeps. Where its storage is full or forbidden, nothing is kept, and nothing else is lost.

use web_sys::{Storage, window};

/// A place that outlives the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// In this browser, for good.
    InBrowser,
    /// In this tab, until it is closed.
    InTab,
}

impl Kept {
    fn storage(self) -> Option<Storage> {
        let window = window()?;
        match self {
            Self::InBrowser => window.local_storage(),
            Self::InTab => window.session_storage(),
        }
        .ok()?
    }

    /// What is kept under `key`.
    #[must_use]
    pub fn get(self, key: &str) -> Option<String> {
        self.storage()?.get_item(key).ok()?
    }

    /// Keeps `value`.
    pub fn put(self, key: &str, value: &str) {
        drop(self.storage().map(|storage| storage.set_item(key, value)));
    }

    /// Forgets what is kept.
    pub fn forget(self, key: &str) {
        drop(self.storage().map(|storage| storage.remove_item(key)));
    }
}

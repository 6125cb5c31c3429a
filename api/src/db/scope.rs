//! What a write reads and changes, so that others need not wait for it.

/// What a write reads and changes. Writes of one scope never run at the same time; on SQLite no two writes do, and the
/// scope says whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// What belongs to an account.
    Account(i64),
    /// One thing that belongs to no account yet, such as a refresh token that was shown.
    Key(String),
    /// Anything.
    Global,
}

impl Scope {
    /// The thing of this kind that is known by these bytes.
    #[must_use]
    pub fn key(kind: &str, bytes: &[u8]) -> Self {
        let mut key = format!("{kind}:");
        bytes.iter().for_each(|byte| key.push_str(&format!("{byte:02x}")));
        Self::Key(key)
    }
}

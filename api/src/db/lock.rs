//! One server a file: the lock that a server holds for its life.

use super::OpenError;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// Held by a server, or by a command that must be alone. The operating system lets go of it when the
/// program ends, however it ends.
#[derive(Debug)]
pub struct ServerLock(#[expect(dead_code, reason = "held for its lock")] File);

impl ServerLock {
    /// Locks `<file>.lock`, which stays behind, empty.
    ///
    /// # Errors
    /// Another program holds it, or it cannot be written.
    pub fn take(file: &Path) -> Result<Self, OpenError> {
        super::setup::make_folder(file)?;
        let path = with_suffix(file, ".lock");
        let lock = File::options().create(true).truncate(false).write(true).open(&path);
        let lock = lock.map_err(|error| OpenError::new(&path, error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self(lock)),
            Err(TryLockError::WouldBlock) => {
                Err(OpenError::new(file, "a todo-api server is running on this file; stop it first"))
            }
            Err(TryLockError::Error(error)) => Err(OpenError::new(&path, error)),
        }
    }
}

/// `file` with something added to its name.
pub(super) fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

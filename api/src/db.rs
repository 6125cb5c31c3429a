//! The database file: one writer that groups commits, a pool of readers, and the migrations.
//!
//! What is SQLite's alone (PRAGMA, the writer's lock, backup) stands here and in `tasks/search.rs`.

mod backup;
mod check;
mod functions;
mod lock;
mod queue;
mod readers;
mod scope;
mod setup;
mod space;
mod writer;

pub use backup::{backup, restore};
pub use check::check;
/// A connection, for code that only hands it on to a `store.rs`.
pub use diesel::sqlite::SqliteConnection as Connection;
pub use lock::ServerLock;
pub use scope::Scope;
pub use setup::{OpenError, alone, connect, migrate, path_of};
pub use writer::Tx;

use self::writer::Need;
use crate::error::{ApiError, Code};
use crate::signals::Signals;
use diesel::connection::SimpleConnection;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sqlite::SqliteConnection;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use todo_sqlite_deadline as deadline;

/// How the database is to be used.
#[derive(Clone, Debug)]
pub struct Options {
    /// Connections that read.
    pub readers: u32,
    /// Most bytes of an account.
    pub account_max_bytes: u64,
    /// Bytes of the disk that are kept for signing in and for getting rid of things; 0 for none.
    pub reserve_bytes: u64,
    /// How long a statement that reads may take, and a write's.
    pub query_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            readers: 4,
            account_max_bytes: 256 << 20,
            reserve_bytes: 32 << 20,
            query_timeout: Duration::from_secs(2),
        }
    }
}

/// The database. Clones share its connections.
#[derive(Clone)]
pub struct Db {
    readers: readers::Readers,
    writer: writer::Writer,
}

impl Db {
    /// Opens the file, which [`migrate`] has brought up to date.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn open(file: &Path, options: &Options, signals: Arc<Signals>) -> Result<Self, OpenError> {
        deadline::install();
        let writer = writer::Writer::start(file, options, signals)?;
        Ok(Self { writer, readers: readers::Readers::open(file, options)? })
    }

    /// Runs `work` on a read connection, in one transaction, away from the async threads.
    ///
    /// # Errors
    /// What `work` answers; `overloaded` if no connection is free for a second.
    pub async fn read<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        F: FnOnce(&mut SqliteConnection) -> Result<T, ApiError> + Send + 'static,
        T: Send + 'static,
    {
        self.readers.run(work).await
    }

    /// Runs `work` on the one write connection. When this answers `Ok`, the change is committed.
    ///
    /// Writes that wait at the same time share a commit, each in a savepoint of its own: an error takes
    /// back its own work alone. A caller that goes away does not take back its write. Accounts take turns; work
    /// that may take longer than some 50 ms is to be done in steps.
    ///
    /// # Errors
    /// What `work` answers; `storage_full` or `storage_unavailable` if the commit fails; `rate_limited` if the account
    /// has too many writes waiting, `overloaded` if all have.
    pub async fn write<T, F>(&self, scope: Scope, work: F) -> Result<T, ApiError>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, ApiError> + Send + 'static,
        T: Send + 'static,
    {
        self.writer.run(scope, Need::Ordinary, work).await
    }

    /// As [`Db::write`], for what must also work when the disk is nearly full: getting in, out, and rid of things.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_essential<T, F>(&self, scope: Scope, work: F) -> Result<T, ApiError>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, ApiError> + Send + 'static,
        T: Send + 'static,
    {
        self.writer.run(scope, Need::Essential, work).await
    }
}

impl From<DieselError> for ApiError {
    fn from(error: DieselError) -> Self {
        match &error {
            DieselError::NotFound => Self::not_found("thing"),
            DieselError::DatabaseError(kind, info) => match storage_fault(info.message()) {
                Some(code) => Self { source: Some(Box::new(error)), ..storage_error(code) },
                None if matches!(kind, DatabaseErrorKind::UniqueViolation) => Self {
                    source: Some(Box::new(error)),
                    ..Self::new(Code::BadRequest, "There is one like it already.")
                },
                None => Self::internal(error),
            },
            _ => Self::internal(error),
        }
    }
}

/// SQLite's result codes come as their fixed English texts (<https://sqlite.org/rescode.html>).
fn storage_fault(message: &str) -> Option<Code> {
    let message = message.to_ascii_lowercase();
    if message.contains("database or disk is full") {
        return Some(Code::StorageFull);
    }
    if message == "interrupted" {
        return Some(Code::QueryTimeout);
    }
    ["readonly database", "disk i/o error", "unable to open database", "disk image is malformed", "database is locked"]
        .iter()
        .any(|text| message.contains(text))
        .then_some(Code::StorageUnavailable)
}

fn storage_error(code: Code) -> ApiError {
    let detail = match code {
        Code::StorageFull => {
            "Nothing was changed. Free some space on the server's volume, then try again. Signing in and deleting still work."
        }
        Code::QueryTimeout => "Nothing was changed. The server may be busy; ask for less, or try again shortly.",
        _ => "Nothing was changed. The database file cannot be written at the moment.",
    };
    ApiError { retry_after: Some(5), ..ApiError::new(code, detail) }
}

/// Whether the file can be read and written now, without changing it.
///
/// # Errors
/// `storage_full`, `storage_unavailable` or `overloaded`.
pub async fn probe(db: &Db) -> Result<(), ApiError> {
    db.read(|connection| Ok(connection.batch_execute("SELECT 1 FROM users LIMIT 1")?)).await?;
    // Writes the first page as it is. Nothing else uses this number.
    db.write_essential(Scope::Global, |tx| Ok(tx.batch_execute("PRAGMA user_version = 1")?)).await
}

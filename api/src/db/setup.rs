//! Opening connections, and the migrations.

use super::functions;
use diesel::connection::{Connection, SimpleConnection};
use diesel::migration::MigrationSource;
use diesel::sqlite::SqliteConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Settings of every connection. `synchronous = NORMAL` in WAL mode keeps the file whole at any crash and
/// every commit at a crash of the program; <https://sqlite.org/pragma.html#pragma_synchronous>.
const COMMON: &str = "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; \
                      PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4096;";
pub(super) const READER: &str = "PRAGMA query_only = ON;";
pub(super) const WRITER: &str = "PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 16777216; \
                                 PRAGMA secure_delete = FAST;";

/// The database cannot be opened or brought up to date.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", file.display())]
pub struct OpenError {
    file: PathBuf,
    reason: String,
}

impl OpenError {
    pub(super) fn new(file: &Path, reason: impl ToString) -> Self {
        Self { file: file.to_owned(), reason: reason.to_string() }
    }

    /// The same, said of another file: the one that the person named.
    pub(super) fn about(self, file: &Path) -> Self {
        Self { file: file.to_owned(), ..self }
    }
}

/// The file that `DATABASE_URL` names: a path, or `sqlite://` and a path.
#[must_use]
pub fn path_of(database_url: &str) -> PathBuf {
    let path = database_url.strip_prefix("sqlite://").or_else(|| database_url.strip_prefix("sqlite:"));
    PathBuf::from(path.unwrap_or(database_url))
}

/// SQLite reads names that begin with `file:` as URIs, which none of ours is.
pub(super) fn url(file: &Path) -> String {
    match file.is_absolute() {
        true => file.display().to_string(),
        false => Path::new(".").join(file).display().to_string(),
    }
}

pub(super) fn pragmas(connection: &mut SqliteConnection, own: &str) -> diesel::QueryResult<()> {
    connection.batch_execute(COMMON)?;
    functions::register(connection)?;
    connection.batch_execute(own)
}

/// Bytes of the file in which nothing is any more.
pub(super) fn unused_bytes(connection: &mut SqliteConnection) -> u64 {
    #[derive(diesel::QueryableByName)]
    struct Unused {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        bytes: i64,
    }
    let sql = "SELECT freelist_count * page_size AS bytes FROM pragma_freelist_count, pragma_page_size";
    let unused = diesel::RunQueryDsl::get_result::<Unused>(diesel::sql_query(sql), connection);
    unused.map_or(0, |unused| u64::try_from(unused.bytes).unwrap_or_default())
}

/// Makes the folder of `file`, if it is not there.
pub(super) fn make_folder(file: &Path) -> Result<(), OpenError> {
    match file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => std::fs::create_dir_all(folder).map_err(|error| OpenError::new(folder, error)),
        None => Ok(()),
    }
}

/// Makes the file, if it is not there, for its owner alone; SQLite gives the files beside it the same mode.
fn make_private(file: &Path) -> Result<(), OpenError> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(OpenError::new(file, error)),
        _ => Ok(()),
    }
}

/// Opens a connection without changing how the file keeps its journal.
pub(super) fn open_existing(file: &Path) -> Result<SqliteConnection, OpenError> {
    let mut connection = SqliteConnection::establish(&url(file)).map_err(|e| OpenError::new(file, e))?;
    pragmas(&mut connection, "").map_err(|e| OpenError::new(file, e))?;
    Ok(connection)
}

/// The versions of all migrations, oldest first.
pub(super) fn migration_versions() -> Vec<String> {
    let migrations = MigrationSource::<diesel::sqlite::Sqlite>::migrations(&MIGRATIONS).unwrap_or_default();
    let mut versions: Vec<String> = migrations.iter().map(|m| m.name().version().to_string()).collect();
    versions.sort_unstable();
    versions
}

/// Opens a connection that writes, making the file if it is not there.
///
/// # Errors
/// The file cannot be opened, or is no database.
pub fn connect(file: &Path) -> Result<SqliteConnection, OpenError> {
    let mut connection = SqliteConnection::establish(&url(file)).map_err(|e| OpenError::new(file, e))?;
    pragmas(&mut connection, WRITER).map_err(|e| OpenError::new(file, e))?;
    Ok(connection)
}

/// Runs `work` in one transaction on a connection of its own, beside a server if there is one.
///
/// # Errors
/// What `work` answers, or that the file cannot be opened or written.
pub fn alone<T, E>(file: &Path, work: impl FnOnce(&mut SqliteConnection) -> Result<T, E>) -> Result<T, E>
where
    E: From<OpenError> + From<diesel::result::Error>,
{
    connect(file)?.immediate_transaction(work)
}

/// Brings the file up to date and answers with the names of the migrations that it took. Each runs in a
/// transaction; two programs that start at once wait for each other.
///
/// # Errors
/// A migration fails, or the file is newer than this program.
pub fn migrate(file: &Path) -> Result<Vec<String>, OpenError> {
    make_folder(file)?;
    make_private(file)?;
    let mut connection = connect(file)?;
    // The lock is held over all of them, so that a second program finds nothing left to do.
    connection
        .exclusive_transaction(|connection| -> Result<Vec<String>, Box<dyn std::error::Error + Send + Sync>> {
            let taken = connection.run_pending_migrations(MIGRATIONS)?;
            Ok(taken.iter().map(ToString::to_string).collect())
        })
        .map_err(|e| OpenError::new(file, e))
}

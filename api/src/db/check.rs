//! Whether a file is whole, and ours.

use super::setup::{self, OpenError};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;
use std::path::Path;

/// Most problems that are listed of one kind.
const LISTED_MAX: usize = 20;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// What is wrong with the file, in sentences; nothing is wrong if there are none. A server may run meanwhile.
///
/// # Errors
/// The file cannot be opened or is no SQLite database.
pub fn check(file: &Path) -> Result<Vec<String>, OpenError> {
    if !file.is_file() {
        return Err(OpenError::new(file, "there is no such file"));
    }
    let mut connection = setup::open_existing(file)?;
    problems(&mut connection).map_err(|error| OpenError::new(file, error))
}

fn problems(connection: &mut SqliteConnection) -> QueryResult<Vec<String>> {
    let damage = lines(
        connection,
        "SELECT integrity_check AS line FROM pragma_integrity_check WHERE integrity_check <> 'ok' LIMIT 20",
    )?;
    if !damage.is_empty() {
        return Ok(damage.into_iter().map(|line| format!("the file is damaged: {line}")).collect());
    }
    let migrations = migration_problems(connection)?;
    if !migrations.is_empty() {
        return Ok(migrations);
    }
    let mut problems = lines(
        connection,
        "SELECT 'a row of ' || \"table\" || ' belongs to a row of ' || parent || ' that is not there' AS line \
         FROM pragma_foreign_key_check LIMIT 20",
    )?;
    problems.extend(search_problems(connection)?);
    Ok(problems)
}

/// Whether the tables are those of this program.
fn migration_problems(connection: &mut SqliteConnection) -> QueryResult<Vec<String>> {
    let known = setup::migration_versions();
    let table = "SELECT name AS line FROM sqlite_schema WHERE name = '__diesel_schema_migrations'";
    if lines(connection, table)?.is_empty() {
        return Ok(vec!["this is no todo-app database".to_owned()]);
    }
    let applied = lines(connection, "SELECT version AS line FROM __diesel_schema_migrations ORDER BY version")?;
    if applied.first() != known.first() {
        return Ok(vec!["this is no todo-app database".to_owned()]);
    }
    if let Some(newer) = applied.iter().find(|version| !known.contains(version)) {
        return Ok(vec![format!("the database is newer than this program: it has the migration {newer}")]);
    }
    let missing: Vec<_> = known.iter().filter(|version| !applied.contains(version)).collect();
    Ok(missing.into_iter().map(|version| format!("the migration {version} is missing: run todo-api migrate")).collect())
}

/// SQLite only: whether the full-text index has exactly the tasks that there are.
fn search_problems(connection: &mut SqliteConnection) -> QueryResult<Vec<String>> {
    let unindexed = "SELECT 'the search index lacks task ' || id || ' of account ' || user_id AS line FROM tasks \
                     WHERE row_id NOT IN (SELECT id FROM task_search_docsize) LIMIT 20";
    let left_over = "SELECT 'the search index has row ' || id || ', of which there is no task' AS line \
                     FROM task_search_docsize WHERE id NOT IN (SELECT row_id FROM tasks) LIMIT 20";
    let mut problems = lines(connection, unindexed)?;
    problems.extend(lines(connection, left_over)?);
    let inner = connection.batch_execute("INSERT INTO task_search (task_search) VALUES ('integrity-check')");
    if let Err(error) = inner {
        problems.push(format!("the search index is damaged: {error}"));
    }
    problems.truncate(LISTED_MAX);
    Ok(problems)
}

fn lines(connection: &mut SqliteConnection, sql: &str) -> QueryResult<Vec<String>> {
    Ok(diesel::sql_query(sql).load::<Line>(connection)?.into_iter().map(|row| row.line).collect())
}

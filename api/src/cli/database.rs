//! `todo-api migrate|restore|check`.

use super::{Failure, say};
use crate::config::DatabaseArgs;
use crate::db::{self, ServerLock};
use jiff::Timestamp;
use std::path::Path;

pub(super) fn migrate(database: &DatabaseArgs) -> Result<(), Failure> {
    let _lock = ServerLock::take(&database.database_url)?;
    let taken = db::migrate(&database.database_url)?;
    if taken.is_empty() {
        return say("The database is up to date.");
    }
    taken.iter().try_for_each(|name| say(&format!("Took the migration {name}.")))
}

pub(super) fn restore(database: &DatabaseArgs, from: &Path) -> Result<(), Failure> {
    let kept = db::restore(&database.database_url, from, Timestamp::now())?;
    say(&format!("Restored {} from {}.", database.database_url.display(), from.display()))?;
    match kept {
        Some(old) => say(&format!("The old database is kept as {}.", old.display())),
        None => Ok(()),
    }
}

pub(super) fn check(database: &DatabaseArgs) -> Result<(), Failure> {
    let problems = db::check(&database.database_url)?;
    problems.iter().try_for_each(|problem| say(problem))?;
    match problems.is_empty() {
        true => say(&format!("{} is whole.", database.database_url.display())),
        false => Err(format!("{} is not whole", database.database_url.display()).into()),
    }
}

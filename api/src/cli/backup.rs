//! `todo-api backup`.

use super::{Failure, say};
use crate::config::DatabaseArgs;
use crate::db;
use jiff::Timestamp;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

const PREFIX: &str = "todo-";
const SUFFIX: &str = ".sqlite3";
/// Sorts as time goes.
const TIME: &str = "%Y%m%dT%H%M%SZ";

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("place").required(true).args(["file", "into"]))]
pub(super) struct Args {
    /// Where to write the copy.
    file: Option<PathBuf>,
    /// Replace FILE if it is there.
    #[arg(long, conflicts_with = "into")]
    force: bool,
    /// Write todo-<time in UTC>.sqlite3 in this folder instead.
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
    /// Once the copy is written, delete all but the newest of that name: so many stay.
    #[arg(long, value_name = "NUMBER", requires = "into", conflicts_with = "file")]
    keep: Option<NonZeroUsize>,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let database = &args.database.database_url;
    if let Some(file) = &args.file {
        return write(database, file, args.force);
    }
    let folder = args.into.as_deref().unwrap_or(Path::new("."));
    let name = format!("{PREFIX}{}{SUFFIX}", Timestamp::now().strftime(TIME));
    write(database, &folder.join(name), false)?;
    args.keep.map_or(Ok(()), |keep| keep_newest(folder, keep.get()))
}

fn write(database: &Path, to: &Path, force: bool) -> Result<(), Failure> {
    db::backup(database, to, force)?;
    say(&format!("Wrote {}.", to.display()))
}

fn keep_newest(folder: &Path, keep: usize) -> Result<(), Failure> {
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut backups: Vec<PathBuf> = entries
        .iter()
        .filter(|entry| is_backup(&entry.file_name().to_string_lossy()))
        .map(fs::DirEntry::path)
        .collect();
    backups.sort();
    backups.iter().rev().skip(keep).try_for_each(|old| {
        fs::remove_file(old)?;
        say(&format!("Deleted {}.", old.display()))
    })
}

/// Nothing else in the folder is ours to delete.
fn is_backup(name: &str) -> bool {
    let time = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    time.is_some_and(|time| {
        jiff::civil::DateTime::strptime(TIME.trim_end_matches('Z'), time.trim_end_matches('Z')).is_ok()
    })
}
